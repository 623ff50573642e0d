"""What is promised of a shelf on days to come: by calls, and to places that begin then."""

from datetime import date
from typing import Protocol

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.slots.models import CallSpan, Placement, SlotCall
from pol.partnership.slots.rules import HOLDS_SPACE
from pol.partnership.slots.rules.call import PROMISES_SPACE
from pol.partnership.slots.rules.holding import Promise


class Room(Protocol):
    """Millimetres of a shelf on some days; `until_on` is exclusive."""

    @property
    def shelf_id(self) -> int: ...
    @property
    def x_mm(self) -> int: ...
    @property
    def width_mm(self) -> int: ...
    @property
    def from_on(self) -> date: ...
    @property
    def until_on(self) -> date: ...


def find_promise(room: Room) -> Promise | None:
    """Return the first call that offers some of these millimetres then.

    Once a call is allocated its offers and places speak for themselves.
    """
    row = db.session.execute(
        select(SlotCall.number, SlotCall.from_on, SlotCall.until_on)
        .join(CallSpan, CallSpan.call_id == SlotCall.id)
        .where(
            CallSpan.shelf_id == room.shelf_id,
            CallSpan.x_mm < room.x_mm + room.width_mm,
            CallSpan.x_mm + CallSpan.width_mm > room.x_mm,
            SlotCall.status.in_(PROMISES_SPACE),
            SlotCall.from_on < room.until_on,
            SlotCall.until_on > room.from_on,
        )
        .order_by(SlotCall.from_on, SlotCall.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else Promise(*row)


def find_booking(room: Room) -> Promise | None:
    """Return the first place that some of these millimetres are held for then."""
    row = db.session.execute(
        select(Placement.number, Placement.from_on, Placement.until_on)
        .where(
            Placement.shelf_id == room.shelf_id,
            Placement.x_mm < room.x_mm + room.width_mm,
            Placement.x_mm + Placement.width_mm > room.x_mm,
            Placement.status.in_(HOLDS_SPACE),
            Placement.from_on < room.until_on,
            Placement.until_on > room.from_on,
        )
        .order_by(Placement.from_on, Placement.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else Promise(*row)
