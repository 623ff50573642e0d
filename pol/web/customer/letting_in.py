"""Who may open an order group: its owner, or whoever has the key from the guest's link."""

from flask import request
from flask_login import current_user

from pol.kernel.errors import NotFound
from pol.orders.queries import customer
from pol.web.guest import is_guest_key
from pol.web.language import has_cookie


def let_in(number: str) -> str | None:
    """Return the guest's key after making sure that the group is this visitor's.

    :raises NotFound: it is somebody else's
    """
    key = request.args.get("kunci")
    if key and is_guest_key(number, key):
        return key
    owner = customer.find_owner(number)
    if owner is None or not has_cookie() or not current_user.is_authenticated:
        raise NotFound
    if owner != current_user.id:
        raise NotFound
    return None


def customer_id() -> int | None:
    """Return the customer's account, if they are logged in."""
    known = has_cookie() and current_user.is_authenticated
    return current_user.id if known else None
