"""Whose cart a visitor fills."""

from datetime import datetime

from flask import session
from flask_login import current_user

from pol.cart import queries
from pol.cart import services as carts
from pol.cart.queries import Holder
from pol.kernel.tokens import new_token
from pol.web.language import has_cookie


def my_holder() -> Holder:
    """Return the cart of the person, or of the browser; a browser gets its token here."""
    if has_cookie() and current_user.is_authenticated:
        return Holder(current_user.id, None)
    if "cart" not in session:
        session["cart"] = new_token()
        session.permanent = True
    return Holder(None, session["cart"])


def find_holder() -> Holder | None:
    """Return the same, or None for a browser that has never put anything in."""
    if not has_cookie():
        return None
    if current_user.is_authenticated or "cart" in session:
        return my_holder()
    return None


def show_count(lines: int) -> None:
    """Remember the number for the badge in the header."""
    session["cart_n"] = lines


def take_cart_along(*, user_id: int, now: datetime) -> None:
    """Merge what the browser collected into the cart of the person who has just logged in."""
    token = session.pop("cart", None)
    if isinstance(token, str):
        show_count(carts.merge_carts(token=token, user_id=user_id, now=now))
        return
    cart = queries.find_cart(Holder(user_id, None))
    show_count(cart[1] if cart else 0)
