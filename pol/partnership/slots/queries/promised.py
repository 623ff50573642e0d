"""What calls promise of a shelf to whoever they will choose."""

from datetime import date

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.slots.models import CallSpan, SlotCall
from pol.partnership.slots.rules.call import PROMISES_SPACE


def find_promise(
    *, shelf_id: int, x_mm: int, width_mm: int, from_on: date, until_on: date
) -> tuple[str, date] | None:
    """Return the first call that offers some of these millimetres then: its number and first day.

    Once a call is allocated its offers and places speak for themselves.
    """
    row = db.session.execute(
        select(SlotCall.number, SlotCall.from_on)
        .join(CallSpan, CallSpan.call_id == SlotCall.id)
        .where(
            CallSpan.shelf_id == shelf_id,
            CallSpan.x_mm < x_mm + width_mm,
            CallSpan.x_mm + CallSpan.width_mm > x_mm,
            SlotCall.status.in_(PROMISES_SPACE),
            SlotCall.from_on < until_on,
            SlotCall.until_on > from_on,
        )
        .order_by(SlotCall.from_on, SlotCall.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else (row[0], row[1])
