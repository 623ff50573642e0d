"""Which shelves a call may offer on which days, and what is promised on them already."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from pol.kernel.db import db
from pol.partnership.slots.models import CallSpan, Fixture, Placement, Shelf, SlotCall, Store
from pol.partnership.slots.queries.placements import holds_on
from pol.partnership.slots.rules import HOLDS_SPACE, FixtureStatus, StoreStatus
from pol.partnership.slots.rules.call import PROMISES_SPACE
from pol.partnership.slots.rules.spans import Span, Taken, free_spans


@dataclass(frozen=True)
class ShelfSpace:
    """A shelf and what is taken of it on any of the days."""

    shelf_id: int
    fixture_name: str
    number: int
    bottom_mm: int
    width_mm: int
    height_mm: int
    depth_mm: int
    taken: tuple[Taken, ...]

    @property
    def free(self) -> list[Span]:
        """Return what is left, from left to right."""
        return free_spans(self.width_mm, self.taken)

    @property
    def widest(self) -> Span | None:
        """Return the widest free part, if there is any."""
        return max(self.free, key=lambda span: span.width_mm, default=None)


@dataclass(frozen=True)
class StoreSpace:
    """A store and those of its shelves that stand there all the time."""

    store_id: int
    name: str
    shelves: tuple[ShelfSpace, ...]


@dataclass(frozen=True)
class Days:
    """From one day until before another, as one call wants them."""

    from_on: date
    until_on: date
    except_call_id: int | None = None


def list_space(*, retailer_id: int, days: Days, today: date) -> list[StoreSpace]:
    """Return the verified stores of a retailer with their shelves, also those that are full."""
    rows = db.session.execute(
        select(
            *(Store.id, Store.name, Shelf.id, Fixture.name, Shelf.number, Shelf.bottom_mm),
            *(Shelf.width_mm, Shelf.height_mm, Shelf.depth_mm),
        )
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .join(Store, Store.id == Shelf.store_id)
        .where(
            Store.retailer_id == retailer_id,
            Store.status == StoreStatus.VERIFIED,
            Shelf.is_active.is_(True),
            _stands(days),
        )
        .order_by(Store.name, Store.id, Fixture.position, Fixture.id, Shelf.bottom_mm.desc())
    ).all()
    taken = list_taken([row[2] for row in rows], days=days, today=today)
    stores: dict[tuple[int, str], list[ShelfSpace]] = {}
    for row in rows:
        shelf = ShelfSpace(*row[2:], taken=tuple(taken.get(row[2], ())))
        stores.setdefault((row[0], row[1]), []).append(shelf)
    return [StoreSpace(*store, tuple(shelves)) for store, shelves in stores.items()]


def _stands(days: Days) -> ColumnElement[bool]:
    """A fixture is there unless it is shut or rebuilt on one of the days."""
    return or_(
        Fixture.status == FixtureStatus.ACTIVE,
        Fixture.status_from >= days.until_on,
        Fixture.status_until <= days.from_on,
    )


def list_taken(shelf_ids: Iterable[int], *, days: Days, today: date) -> dict[int, list[Taken]]:
    """Return what placements hold and what other calls offer on any of the days, by shelf.

    A place that was not given back on its last day is taken until it is.
    """
    wanted = tuple(shelf_ids)
    held = select(Placement.shelf_id, Placement.x_mm, Placement.width_mm, Placement.number).where(
        Placement.shelf_id.in_(wanted),
        holds_on(from_on=days.from_on, until_on=days.until_on, today=today),
    )
    offered = (
        select(CallSpan.shelf_id, CallSpan.x_mm, CallSpan.width_mm, SlotCall.number)
        .join(SlotCall, SlotCall.id == CallSpan.call_id)
        .where(
            CallSpan.shelf_id.in_(wanted),
            SlotCall.status.in_(PROMISES_SPACE),
            SlotCall.from_on < days.until_on,
            SlotCall.until_on > days.from_on,
            SlotCall.id != (days.except_call_id or 0),
        )
    )
    found = defaultdict(list)
    for query, is_call in ((held, False), (offered, True)):
        for shelf_id, x_mm, width_mm, number in db.session.execute(query):
            found[shelf_id].append(Taken(x_mm, width_mm, number, is_call))
    return {shelf_id: sorted(spans) for shelf_id, spans in found.items()}


def hold_shelves(shelf_ids: Iterable[int]) -> None:
    """Let nobody else publish these shelves until this transaction ends; in order of id."""
    db.session.execute(
        select(Shelf.id).where(Shelf.id.in_(tuple(shelf_ids))).order_by(Shelf.id).with_for_update()
    ).all()


def area_share_bp(*, call_id: int, days: Days) -> int | None:
    """Return the part of the stores' shelves that is or would be for local goods.

    In length, as the Dinas reckons it; None when no store has said how long its shelves are.
    """
    stores = (
        select(Shelf.store_id)
        .join(CallSpan, CallSpan.shelf_id == Shelf.id)
        .where(CallSpan.call_id == call_id)
        .distinct()
    )
    whole = db.session.scalar(select(func.sum(Store.all_shelves_mm)).where(Store.id.in_(stores)))
    offered = db.session.scalar(
        select(func.sum(CallSpan.width_mm)).where(CallSpan.call_id == call_id)
    )
    held = db.session.scalar(
        select(func.sum(Placement.width_mm)).where(
            Placement.store_id.in_(stores),
            Placement.status.in_(HOLDS_SPACE),
            Placement.from_on < days.until_on,
            Placement.until_on > days.from_on,
        )
    )
    if not whole:
        return None
    return min(10_000, ((offered or 0) + (held or 0)) * 10_000 // whole)
