"""What is promised of a shelf on days to come: by calls, and to places that begin then."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, select

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
    spans = (
        select(SlotCall.number, SlotCall.from_on, SlotCall.until_on)
        .join(CallSpan, CallSpan.call_id == SlotCall.id)
        .where(
            *overlaps(room, SlotCall, CallSpan, CallSpan.width_mm),
            SlotCall.status.in_(PROMISES_SPACE),
        )
    )
    return first_of(spans.order_by(SlotCall.from_on, SlotCall.id))


def find_booking(room: Room) -> Promise | None:
    """Return the first place that some of these millimetres are held for then."""
    places = select(Placement.number, Placement.from_on, Placement.until_on).where(
        *overlaps(room, Placement, Placement, Placement.width_mm),
        Placement.status.in_(HOLDS_SPACE),
    )
    return first_of(places.order_by(Placement.from_on, Placement.id))


def overlaps(room: Room, days: Any, place: Any, width_mm: Any) -> Sequence[ColumnElement[bool]]:
    """Say that a table's days and another's millimetres share some of both with a room."""
    return (
        place.shelf_id == room.shelf_id,
        place.x_mm < room.x_mm + room.width_mm,
        place.x_mm + width_mm > room.x_mm,
        days.from_on < room.until_on,
        days.until_on > room.from_on,
    )


def first_of(asked: Select[str, date, date]) -> Promise | None:
    """Return the first of what was asked for: a number, its first day and the day after it."""
    row = db.session.execute(asked.limit(1)).one_or_none()
    return None if row is None else Promise(*row)
