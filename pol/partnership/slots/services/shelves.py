"""Fixtures and shelves: measured, changed with a reason, closed for a while."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.slots.models import Fixture, Shelf, ShelfVersion, Store
from pol.partnership.slots.queries import shelves as queries
from pol.partnership.slots.queries.stores import hold
from pol.partnership.slots.rules import FixtureStatus
from pol.partnership.slots.rules import shelf as rules
from pol.partnership.slots.rules.shelf import Measures, Neighbour

FIRST = "Ukuran pertama"


@dataclass(frozen=True)
class FixtureFacts:
    """A gondola or rack, in whole millimetres."""

    name: str
    width_mm: int
    height_mm: int
    depth_mm: int

    @property
    def room(self) -> dict[str, int]:
        """Return the measures by name."""
        return {
            "width_mm": self.width_mm,
            "height_mm": self.height_mm,
            "depth_mm": self.depth_mm,
        }


@dataclass(frozen=True)
class ShelfFacts:
    """One board: its measures, how well it sells, and what may stand there (nothing: all)."""

    measures: Measures
    level_factor_bp: int
    categories: tuple[str, ...] = ()


def add_fixture(
    *,
    store_id: int,
    facts: FixtureFacts,
    shelves: int,
    load_g: int,
    actor_id: int,
    now: datetime,
) -> Fixture:
    """Put up a fixture with so many boards of the same height.

    :raises TooManyShelves: more than twelve
    """
    if shelves > rules.MOST_SHELVES:
        raise rules.TooManyShelves
    hold(Store, store_id)
    position = 1 + (
        db.session.scalar(select(func.max(Fixture.position)).where(Fixture.store_id == store_id))
        or 0
    )
    fixture = Fixture(
        store_id=store_id,
        code=f"R{position}",
        position=position,
        status=FixtureStatus.ACTIVE,
        status_from=business_day(now),
        **vars(facts),
    )
    db.session.add(fixture)
    db.session.flush()
    _note(fixture, "fixture.added", actor_id, now)
    for measures in rules.lay_evenly(**facts.room, load_g=load_g, count=shelves) if shelves else ():
        level = rules.level_factor(measures.bottom_mm)
        _put(fixture, ShelfFacts(measures, level), actor_id, now)
    return fixture


def update_fixture(*, fixture: Fixture, facts: FixtureFacts, actor_id: int, now: datetime) -> None:
    """Give a fixture another name or other measures.

    :raises FixtureTooSmall: a shelf would stick out
    """
    rows = queries.list_shelves(store_id=fixture.store_id, fixture_id=fixture.id)
    rules.check_fixture(((row.number, row.measures) for row in rows), **facts.room)
    for name, value in vars(facts).items():
        setattr(fixture, name, value)
    _note(fixture, "fixture.changed", actor_id, now, **facts.room)


def set_fixture_status(
    *,
    fixture: Fixture,
    status: FixtureStatus,
    from_on: date,
    until_on: date | None,
    reason: str,
    actor_id: int,
    now: datetime,
) -> None:
    """Close a fixture from a day on, take it away until a day, or use it again.

    :raises ShelfReasonMissing: no reason
    :raises FixtureDatesBackwards, FixtureInUse: see `check_status`
    """
    rules.check_reason(reason)
    standing = queries.list_standing_in(fixture_id=fixture.id, today=business_day(now))
    rules.check_status(status, from_on=from_on, until_on=until_on, standing=standing)
    fixture.status, fixture.status_reason = status, reason.strip()
    fixture.status_from = from_on
    fixture.status_until = None if status is FixtureStatus.ACTIVE else until_on
    detail = {"status": status, "from_on": from_on.isoformat(), "reason": reason.strip()}
    _note(fixture, "fixture.status_set", actor_id, now, **detail)


def add_shelf(*, fixture: Fixture, facts: ShelfFacts, actor_id: int, now: datetime) -> Shelf:
    """Hang one more board.

    :raises TooManyShelves: there are twelve
    :raises ShelfTooWide, ShelfTooDeep, ShelfTooHigh, ShelvesOverlap: it has no room there
    """
    others = queries.list_shelves(store_id=fixture.store_id, fixture_id=fixture.id)
    if len(others) >= rules.MOST_SHELVES:
        raise rules.TooManyShelves
    _check_room(fixture, facts.measures, others)
    return _put(fixture, facts, actor_id, now)


def change_shelf(
    *,
    fixture: Fixture,
    shelf: Shelf,
    facts: ShelfFacts,
    reason: str,
    actor_id: int,
    now: datetime,
) -> None:
    """Give a shelf other measures, as a new version with its reason.

    :raises ShelfReasonMissing: no reason
    :raises ShelfTooWide, ShelfTooDeep, ShelfTooHigh, ShelvesOverlap: it has no room there
    :raises ShelfInUse: a running placement would no longer fit
    """
    rules.check_reason(reason)
    rows = queries.list_shelves(store_id=fixture.store_id, fixture_id=fixture.id)
    _check_room(fixture, facts.measures, [row for row in rows if row.shelf_id != shelf.id])
    standing = queries.list_standing(shelf_id=shelf.id, today=business_day(now))
    rules.check_holds(facts.measures, standing)
    for name, value in _columns(facts).items():
        setattr(shelf, name, value)
    _renew(shelf, reason, actor_id, now)
    _note(fixture, "shelf.changed", actor_id, now, shelf=shelf.number, reason=reason.strip())


def remove_shelf(
    *, fixture: Fixture, shelf: Shelf, reason: str, actor_id: int, now: datetime
) -> None:
    """Take a board away; its past stays on record.

    :raises ShelfReasonMissing: no reason
    :raises ShelfInUse: something stands there
    """
    rules.check_reason(reason)
    rules.check_holds(None, queries.list_standing(shelf_id=shelf.id, today=business_day(now)))
    shelf.is_active = False
    _renew(shelf, reason, actor_id, now)
    _note(fixture, "shelf.removed", actor_id, now, shelf=shelf.number, reason=reason.strip())


def _check_room(fixture: Fixture, shelf: Measures, others: Iterable[queries.ShelfRow]) -> None:
    rules.check_inside(
        shelf,
        width_mm=fixture.width_mm,
        height_mm=fixture.height_mm,
        depth_mm=fixture.depth_mm,
    )
    rules.check_apart(
        shelf,
        (Neighbour(row.number, row.measures.bottom_mm, row.measures.height_mm) for row in others),
    )


def _put(fixture: Fixture, facts: ShelfFacts, actor_id: int, now: datetime) -> Shelf:
    used = db.session.scalar(select(func.max(Shelf.number)).where(Shelf.fixture_id == fixture.id))
    shelf = Shelf(
        fixture_id=fixture.id,
        store_id=fixture.store_id,
        number=(used or 0) + 1,
        version=0,
        is_active=True,
        **_columns(facts),
    )
    db.session.add(shelf)
    _renew(shelf, FIRST, actor_id, now)
    return shelf


def _columns(facts: ShelfFacts) -> dict[str, object]:
    level = {"level_factor_bp": facts.level_factor_bp, "categories": list(facts.categories)}
    return {**vars(facts.measures), **level}


def _renew(shelf: Shelf, reason: str, actor_id: int, now: datetime) -> None:
    """Write down the shelf as it is now as its next version."""
    shelf.version += 1
    db.session.flush()
    db.session.add(
        ShelfVersion(
            shelf_id=shelf.id,
            version=shelf.version,
            reason=reason.strip(),
            made_at=now,
            made_by_id=actor_id,
            is_active=shelf.is_active,
            **_columns(_facts_of(shelf)),
        )
    )
    db.session.flush()


def _facts_of(shelf: Shelf) -> ShelfFacts:
    """Return what a shelf is now."""
    measures = Measures(
        shelf.bottom_mm, shelf.width_mm, shelf.height_mm, shelf.depth_mm, shelf.load_g
    )
    return ShelfFacts(measures, shelf.level_factor_bp, tuple(shelf.categories))


def _note(fixture: Fixture, action: str, actor_id: int, now: datetime, **detail: object) -> None:
    audit.record(
        action=action, subject=f"fixture:{fixture.id}", actor_id=actor_id, now=now, **detail
    )
