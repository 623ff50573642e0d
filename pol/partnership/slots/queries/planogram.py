"""What stands where in a store on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.localtime import at_local
from pol.partnership.slots.models import Fixture, Placement, Shelf, ShelfVersion, SlotCall
from pol.partnership.slots.queries.shelves import ShelfRow
from pol.partnership.slots.rules import HOLDS_SPACE, PlacementStatus
from pol.partnership.slots.rules.shelf import Measures
from pol.stalls.models import Stall


@dataclass(frozen=True)
class PlacedRow:
    """A product's place; `gap_mm` is what its call wants between neighbours."""

    placement_id: int
    number: str
    fixture_code: str
    shelf_id: int
    shelf_number: int
    shelf_depth_mm: int
    sheet_id: int
    stall_name: str
    x_mm: int
    width_mm: int
    height_mm: int
    depth_mm: int
    facings: int
    from_on: date
    until_on: date
    status: PlacementStatus
    gap_mm: int

    @property
    def rows_deep(self) -> int:
        """Return how many stand one behind the other."""
        return max(self.shelf_depth_mm // self.depth_mm, 1)


def list_placed(
    *, store_id: int, day: date, today: date, fixture_id: int | None = None
) -> list[PlacedRow]:
    """Return what stands in a store, or in one fixture, on a day: by shelf from above, then by x.

    What has ended since then stood there, too; what was not given back on its last day still does,
    unless it is drawn as the place that it goes on as.
    """
    after_it = aliased(Placement)
    goes_on = select(after_it.id).where(
        after_it.follows_id == Placement.id,
        after_it.status.in_(HOLDS_SPACE),
        after_it.from_on <= day,
    )
    overdue = Placement.status.in_(HOLDS_SPACE) & (Placement.until_on <= today) & ~goes_on.exists()
    after = at_local(day + timedelta(days=1), 0)
    stood = (Placement.status == PlacementStatus.ENDED) & (Placement.ended_at >= after)
    where: list[ColumnElement[bool]] = [
        Placement.store_id == store_id,
        Placement.from_on <= day,
        or_(day < Placement.until_on, overdue),
        or_(Placement.status.in_(HOLDS_SPACE), stood),
    ]
    if fixture_id is not None:
        where.append(Shelf.fixture_id == fixture_id)
    return _placed(*where)


def list_movable(*, store_id: int) -> list[PlacedRow]:
    """Return what holds space in a store today or later, by shelf and x."""
    return _placed(Placement.store_id == store_id, Placement.status.in_(HOLDS_SPACE))


def find_movable(*, store_id: int, number: str) -> PlacedRow | None:
    """Return something that holds space in a store, or nothing."""
    found = _placed(
        Placement.store_id == store_id,
        Placement.number == number,
        Placement.status.in_(HOLDS_SPACE),
    )
    return found[0] if found else None


def _placed(*where: ColumnElement[bool]) -> list[PlacedRow]:
    rows = db.session.execute(
        select(
            *(Placement.id, Placement.number, Fixture.code),
            *(Shelf.id, Shelf.number, Shelf.depth_mm),
            *(Placement.sheet_id, Stall.name),
            *(Placement.x_mm, Placement.width_mm, Placement.height_mm, Placement.depth_mm),
            *(Placement.facings, Placement.from_on, Placement.until_on, Placement.status),
            SlotCall.gap_mm,
        )
        .join(Shelf, Shelf.id == Placement.shelf_id)
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .join(Stall, Stall.id == Placement.stall_id)
        .join(SlotCall, SlotCall.id == Placement.call_id)
        .where(*where)
        .order_by(Fixture.position, Shelf.bottom_mm.desc(), Placement.x_mm, Placement.id)
    )
    lines: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    return [PlacedRow(*line) for line in lines]


def list_shelves_of_day(*, fixture_id: int, day: date) -> Sequence[ShelfRow]:
    """Return the shelves of a fixture as they were at the end of a day, the highest first."""
    last = (
        select(ShelfVersion.shelf_id, func.max(ShelfVersion.version).label("version"))
        .where(ShelfVersion.made_at < at_local(day + timedelta(days=1), 0))
        .group_by(ShelfVersion.shelf_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            *(Shelf.id, Shelf.fixture_id, Shelf.number),
            *(ShelfVersion.bottom_mm, ShelfVersion.width_mm, ShelfVersion.height_mm),
            *(ShelfVersion.depth_mm, ShelfVersion.load_g),
            *(ShelfVersion.level_factor_bp, ShelfVersion.categories, ShelfVersion.version),
        )
        .join(last, last.c.shelf_id == Shelf.id)
        .join(
            ShelfVersion,
            (ShelfVersion.shelf_id == Shelf.id) & (ShelfVersion.version == last.c.version),
        )
        .where(Shelf.fixture_id == fixture_id, ShelfVersion.is_active.is_(True))
        .order_by(ShelfVersion.bottom_mm.desc(), Shelf.id)
    )
    lines: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    return [
        ShelfRow(line[0], line[1], line[2], Measures(*line[3:8]), line[8], line[9], line[10])
        for line in lines
    ]


def lock_placement(*, store_id: int, number: str) -> Placement:
    """Return a placement of a store, to move it.

    :raises NotFound: none there
    """
    placement: Placement | None = db.session.scalar(
        select(Placement)
        .where(Placement.store_id == store_id, Placement.number == number)
        .with_for_update()
    )
    if placement is None:
        raise NotFound
    return placement


def lock_shelf_of_store(*, store_id: int, shelf_id: int) -> Shelf:
    """Return a shelf of a store, so that nobody else places anything there meanwhile.

    :raises NotFound: none there
    """
    shelf: Shelf | None = db.session.scalar(
        select(Shelf)
        .where(Shelf.store_id == store_id, Shelf.id == shelf_id, Shelf.is_active.is_(True))
        .with_for_update()
    )
    if shelf is None:
        raise NotFound
    return shelf
