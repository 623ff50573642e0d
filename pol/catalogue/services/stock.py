"""Stock that many people fight for: each change is one guarded statement (I3).

All quantities are thousandths of the product's unit. Only counted products come here.
"""

from collections.abc import Iterable

from sqlalchemy import BigInteger, ColumnElement, Update, bindparam, update

from pol.catalogue.models import Stock
from pol.kernel.db import run, table

Need = tuple[int, int]
"""A product id and a quantity in thousandths."""


FREE = Stock.on_hand_milli - Stock.reserved_milli - Stock.sold_milli
MILLI = bindparam("milli", type_=BigInteger)


def _guarded(guard: ColumnElement[bool], **values: object) -> Update:
    """Return an UPDATE of one product's stock, built once; it takes `product` and `milli`."""
    return (
        update(table(Stock)).where(Stock.product_id == bindparam("product"), guard).values(values)
    )


_HELD = Stock.reserved_milli >= MILLI
_RESERVE = _guarded(FREE >= MILLI, reserved_milli=Stock.reserved_milli + MILLI)
_RELEASE = _guarded(_HELD, reserved_milli=Stock.reserved_milli - MILLI)
_SELL = _guarded(
    _HELD, reserved_milli=Stock.reserved_milli - MILLI, sold_milli=Stock.sold_milli + MILLI
)
_WRITE_OFF = _guarded(
    _HELD, reserved_milli=Stock.reserved_milli - MILLI, on_hand_milli=Stock.on_hand_milli - MILLI
)
_SOLD = Stock.sold_milli >= MILLI
_BRING_BACK = _guarded(_SOLD, sold_milli=Stock.sold_milli - MILLI)
_THROW_AWAY = _guarded(
    _SOLD, sold_milli=Stock.sold_milli - MILLI, on_hand_milli=Stock.on_hand_milli - MILLI
)


def reserve(needs: Iterable[Need]) -> list[int]:
    """Take quantities out of free stock; return the products that had too little.

    When the list is not empty the caller must undo the transaction or give back the rest.
    """
    return [need[0] for need in sorted(needs) if not _change(_RESERVE, need)]


def release(needs: Iterable[Need]) -> None:
    """Give reserved quantities back to free stock."""
    _must_change(_RELEASE, needs)


def sell(needs: Iterable[Need]) -> None:
    """Turn reserved quantities into sold ones."""
    _must_change(_SELL, needs)


def write_off(needs: Iterable[Need]) -> None:
    """Take reserved quantities that turned out not to exist off the books."""
    _must_change(_WRITE_OFF, needs)


def bring_back(needs: Iterable[Need]) -> None:
    """Put sold quantities that came back into free stock."""
    _must_change(_BRING_BACK, needs)


def throw_away(needs: Iterable[Need]) -> None:
    """Take sold quantities that came back and cannot be sold again off the books."""
    _must_change(_THROW_AWAY, needs)


def _must_change(statement: Update, needs: Iterable[Need]) -> None:
    for product_id, milli in sorted(needs):
        if not _change(statement, (product_id, milli)):
            raise RuntimeError(f"product {product_id} has less than {milli} reserved or sold")


def _change(statement: Update, need: Need) -> int:
    return run(statement, {"product": need[0], "milli": need[1]}).rowcount
