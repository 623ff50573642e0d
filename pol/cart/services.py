"""Filling and changing a cart."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from pol.cart import queries, rules
from pol.cart.models import Cart, CartLine
from pol.cart.queries import Holder
from pol.catalogue.models import Product
from pol.kernel.db import db, insert, is_postgresql, run, table
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.kernel.text import decimal
from pol.kernel.tokens import hash_token

FORGOTTEN_AFTER = timedelta(days=60)


@dataclass(frozen=True)
class Wish:
    """What a visitor wants of one product; the quantity in thousandths of its unit."""

    slug: str
    quantity_milli: int
    note: str = ""
    if_gone: rules.IfGone = rules.IfGone.CALL


def add_line(*, holder: Holder, wish: Wish, now: datetime) -> int:
    """Put a product into the cart, on top of what is there; return the number of lines.

    Writes last, and once unless the cart is new, so that nothing of it ever needs undoing.

    :raises NotForSale: the product is not listed (any more)
    :raises QuantityTooSmall, QuantityNotInSteps, QuantityTooLarge: see `rules.check_quantity`
    :raises CartFull: the cart has 60 lines
    """
    product = _get_product(wish.slug, holder)
    rules.check_quantity(wish.quantity_milli, step=_step(product))
    lines: int = (product.others or 0) + 1
    if lines > rules.MAX_LINES:
        raise rules.CartFull
    values = {
        "cart_id": product.cart_id or _open_cart(holder, now=now),
        "product_id": product.id,
        "quantity_milli": wish.quantity_milli,
        "price_seen": product.price,
        "note": wish.note[:200],
        "if_gone": wish.if_gone,
    }
    if run(_put_in(is_postgresql()), values).first() is None:
        raise rules.QuantityTooLarge
    return lines


@cache
def _put_in(_engine: bool) -> Any:  # noqa: FBT001 - only tells the engines' statements apart
    """Return the INSERT that adds to a line that is there already, built once per engine."""
    added = insert(table(CartLine))
    more = CartLine.quantity_milli + added.excluded.quantity_milli
    return added.on_conflict_do_update(
        index_elements=["cart_id", "product_id"],
        set_={
            "quantity_milli": more,
            "price_seen": added.excluded.price_seen,
            "note": added.excluded.note,
        },
        where=more <= rules.MAX_MILLI,
    ).returning(table(CartLine).c.id)


def change_line(*, holder: Holder, line_id: int, wish: Wish, now: datetime) -> None:
    """Set quantity, note and what to do if the product is gone; the price seen is renewed."""
    line = _get_line(holder, line_id)
    product = db.session.get_one(Product, line.product_id)
    rules.check_quantity(wish.quantity_milli, step=_step(product))
    line.quantity_milli = wish.quantity_milli
    line.note, line.if_gone = wish.note[:200], wish.if_gone


def remove_line(*, holder: Holder, line_id: int) -> int:
    """Take a line out; return how many are left."""
    line = _get_line(holder, line_id)
    db.session.delete(line)
    db.session.flush()
    return queries.count_lines(line.cart_id)


def accept_prices(*, holder: Holder, now: datetime) -> None:
    """Note that the visitor has seen today's prices."""
    for line in queries.list_lines(holder, now=now):
        if rules.Trouble.PRICE in line.troubles:
            _set_price_seen(line.id, line.base_price)


def _set_price_seen(line_id: int, price: Rupiah) -> None:
    db.session.execute(
        update(CartLine)
        .where(CartLine.id == line_id)
        .values(price_seen=price)
        .execution_options(synchronize_session=False)
    )


_EMPTY = {
    of_person: delete(table(CartLine)).where(
        CartLine.cart_id == select(Cart.id).where(owns).scalar_subquery()
    )
    for of_person, owns in queries.OWNS.items()
}


def empty_cart(*, holder: Holder) -> None:
    """Take everything out, after it was ordered."""
    run(_EMPTY[holder.user_id is not None], {"who": holder.who})


def merge_carts(*, token: str, user_id: int, now: datetime) -> int:
    """Move what a browser collected into the cart of the person who logged in.

    A product in both keeps the larger quantity. Returns the number of lines.
    """
    browser, person = Holder(None, token), Holder(user_id, None)
    from_id = queries.find_cart_id(browser)
    into_id = queries.find_cart_id(person) or _open_cart(person, now=now)
    if from_id is not None:
        _move_lines(from_id, into_id)
        db.session.execute(delete(Cart).where(Cart.id == from_id))
    return queries.count_lines(into_id)


def _move_lines(from_id: int, into_id: int) -> None:
    lines = db.session.scalars(
        select(CartLine).where(CartLine.cart_id.in_([from_id, into_id])).order_by(CartLine.id)
    ).all()
    kept = {line.product_id: line for line in lines if line.cart_id == into_id}
    for line in (line for line in lines if line.cart_id == from_id):
        twin = kept.get(line.product_id)
        if twin is None:
            line.cart_id = into_id
        else:
            twin.quantity_milli = max(twin.quantity_milli, line.quantity_milli)
            db.session.delete(line)
    db.session.flush()


def forget_old_carts(*, now: datetime) -> int:
    """Delete carts of browsers that nobody touched for 60 days; return how many."""
    old = db.session.scalars(
        select(Cart.id)
        .where(Cart.updated_at < now - FORGOTTEN_AFTER, Cart.user_id.is_(None))
        .limit(500)
    ).all()
    db.session.execute(delete(CartLine).where(CartLine.cart_id.in_(old)))
    db.session.execute(delete(Cart).where(Cart.id.in_(old)))
    return len(old)


def _open_cart(holder: Holder, *, now: datetime) -> int:
    token_hash = hash_token(holder.token) if holder.user_id is None and holder.token else None
    values = {"token_hash": token_hash, "user_id": holder.user_id, "updated_at": now}
    cart_id = run(_open(is_postgresql()), values).scalar() or queries.find_cart_id(holder)
    if cart_id is None:
        raise NotFound
    return cart_id


@cache
def _open(_engine: bool) -> Any:  # noqa: FBT001 - only tells the engines' statements apart
    return insert(table(Cart)).on_conflict_do_nothing().returning(table(Cart).c.id)


_OFFERS = {
    of_person: select(
        Product.id,
        Product.min_milli,
        Product.step_milli,
        Product.unit,
        Product.price,
        Product.listed_at,
        Cart.id.label("cart_id"),
        queries.OTHER_LINES_IN_CART.label("others"),
    )
    .outerjoin(Cart, owns)
    .where(Product.slug == bindparam("slug"))
    for of_person, owns in queries.OWNS.items()
}


def _get_product(slug: str, holder: Holder) -> Any:
    """Return what is sold, and the cart that it would go into, in one statement."""
    asked = {"slug": slug, "who": holder.who}
    product = run(_OFFERS[holder.user_id is not None], asked).one_or_none()
    if product is None:
        raise NotFound
    if product.listed_at is None:
        raise rules.NotForSale
    return product


def _step(product: Any) -> rules.Step:
    smallest = f"{decimal(product.min_milli)} {product.unit.value}"
    return rules.Step(product.min_milli, product.step_milli, smallest)


def _get_line(holder: Holder, line_id: int) -> CartLine:
    line = db.session.scalar(
        select(CartLine)
        .join(Cart, Cart.id == CartLine.cart_id)
        .where(CartLine.id == line_id, queries.OWNS[holder.user_id is not None]),
        {"who": holder.who},
    )
    if line is None:
        raise NotFound
    return line
