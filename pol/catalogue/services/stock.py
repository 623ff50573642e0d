"""Stock that many people fight for: each change is one guarded statement (I3).

All quantities are thousandths of the product's unit. Only counted products come here.
"""

from collections.abc import Iterable
from typing import cast

from sqlalchemy import CursorResult, update

from pol.catalogue.models import Stock
from pol.kernel.db import db

Need = tuple[int, int]
"""A product id and a quantity in thousandths."""


def reserve(needs: Iterable[Need]) -> list[int]:
    """Take quantities out of free stock; return the products that had too little.

    When the list is not empty the caller must undo the transaction or give back the rest.
    """
    short = []
    for product_id, milli in sorted(needs):
        enough = Stock.on_hand_milli - Stock.reserved_milli - Stock.sold_milli >= milli
        changed = _change(product_id, enough, reserved_milli=Stock.reserved_milli + milli)
        if not changed:
            short.append(product_id)
    return short


def release(needs: Iterable[Need]) -> None:
    """Give reserved quantities back to free stock."""
    for product_id, milli in sorted(needs):
        _must_change(product_id, milli, reserved_milli=Stock.reserved_milli - milli)


def sell(needs: Iterable[Need]) -> None:
    """Turn reserved quantities into sold ones."""
    for product_id, milli in sorted(needs):
        _must_change(
            product_id,
            milli,
            reserved_milli=Stock.reserved_milli - milli,
            sold_milli=Stock.sold_milli + milli,
        )


def write_off(needs: Iterable[Need]) -> None:
    """Take reserved quantities that turned out not to exist off the books."""
    for product_id, milli in sorted(needs):
        _must_change(
            product_id,
            milli,
            reserved_milli=Stock.reserved_milli - milli,
            on_hand_milli=Stock.on_hand_milli - milli,
        )


def _must_change(product_id: int, milli: int, **values: object) -> None:
    if not _change(product_id, Stock.reserved_milli >= milli, **values):
        raise RuntimeError(f"product {product_id} has less than {milli} reserved")


def _change(product_id: int, guard: object, **values: object) -> int:
    result = db.session.execute(
        update(Stock)
        .where(Stock.product_id == product_id, guard)  # type: ignore[arg-type]
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[object]", result).rowcount
