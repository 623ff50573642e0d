"""The one address that stands in the code of every numbered paper, for whoever scans it."""

from flask import url_for

from pol.web.addresses import public_address


def record_of(number: str, *, store: str | None = None) -> str:
    """Return the full address that leads each side of a paper to its own page of the record.

    The number of a stock card is that of its product, so it also names a `store`.
    """
    return public_address(url_for("account_record.show", number=number, toko=store))
