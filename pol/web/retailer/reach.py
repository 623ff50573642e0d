"""Which stores of the retailer the person at this page may touch, and which one it is about."""

from flask import request

from pol.kernel.errors import NotFound
from pol.partnership.consignment.queries.stores import Reach, StoreRow, get_store, list_stores
from pol.web.access import my_retail_seat


def my_reach() -> Reach:
    """Return the stores of this person: one for a clerk, all of the retailer for others."""
    seat = my_retail_seat()
    return Reach(seat.retailer_id, seat.store_id)


def my_stores() -> list[StoreRow]:
    """Return the stores of this person, by name."""
    return list_stores(my_reach())


def chosen_store() -> StoreRow:
    """Return the store that `?toko=` or the form's `toko` names, else the first.

    :raises NotFound: it is not within reach, or there is none yet
    """
    asked = request.values.get("toko", "")
    if asked:
        return get_store(my_reach(), slug=asked)
    stores = my_stores()
    if not stores:
        raise NotFound
    return stores[0]
