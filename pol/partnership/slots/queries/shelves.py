"""Fixtures and shelves of a store, as they are, and what stands on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.slots.models import Fixture, Placement, Shelf, ShelfVersion
from pol.partnership.slots.rules import HOLDS_SPACE, FixtureStatus
from pol.partnership.slots.rules.shelf import Measures, Standing


@dataclass(frozen=True)
class FixtureRow:
    """A gondola or rack of a store."""

    fixture_id: int
    code: str
    name: str
    width_mm: int
    height_mm: int
    depth_mm: int
    status: FixtureStatus
    status_from: date
    status_until: date | None
    status_reason: str | None
    shelves: int


@dataclass(frozen=True)
class ShelfRow:
    """One board of a fixture."""

    shelf_id: int
    fixture_id: int
    number: int
    measures: Measures
    level_factor_bp: int
    categories: Sequence[str]
    version: int


@dataclass(frozen=True)
class VersionRow:
    """How a shelf was from a moment on, and why."""

    version: int
    measures: Measures
    is_active: bool
    reason: str
    made_at: datetime
    made_by: str | None


def list_fixtures(*, store_id: int) -> list[FixtureRow]:
    """Return the fixtures of a store along its wall."""
    return _fixtures(Fixture.store_id == store_id)


def get_fixture(*, store_id: int, code: str) -> FixtureRow:
    """Return a fixture of a store.

    :raises NotFound: none there
    """
    found = _fixtures(Fixture.store_id == store_id, Fixture.code == code)
    if not found:
        raise NotFound
    return found[0]


def _fixtures(*where: ColumnElement[bool]) -> list[FixtureRow]:
    shelves = (
        select(func.count())
        .where(Shelf.fixture_id == Fixture.id, Shelf.is_active.is_(True))
        .correlate(Fixture)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            *(Fixture.id, Fixture.code, Fixture.name),
            *(Fixture.width_mm, Fixture.height_mm, Fixture.depth_mm),
            *(Fixture.status, Fixture.status_from, Fixture.status_until, Fixture.status_reason),
            shelves,
        )
        .where(*where)
        .order_by(Fixture.position, Fixture.id)
    )
    return [FixtureRow(*tuple(row)) for row in rows]


def lock_fixture(*, store_id: int, code: str) -> Fixture:
    """Return a fixture of a store, to change it.

    :raises NotFound: none there
    """
    fixture: Fixture | None = db.session.scalar(
        select(Fixture).where(Fixture.store_id == store_id, Fixture.code == code).with_for_update()
    )
    if fixture is None:
        raise NotFound
    return fixture


def list_shelves(*, store_id: int, fixture_id: int | None = None) -> list[ShelfRow]:
    """Return the shelves of a store or of one fixture that are in use, the highest first."""
    where = [Shelf.store_id == store_id, Shelf.is_active.is_(True)]
    if fixture_id is not None:
        where.append(Shelf.fixture_id == fixture_id)
    return _shelves(*where)


def get_shelf(*, fixture_id: int, number: int) -> ShelfRow:
    """Return a shelf of a fixture.

    :raises NotFound: none there
    """
    found = _shelves(
        Shelf.fixture_id == fixture_id, Shelf.number == number, Shelf.is_active.is_(True)
    )
    if not found:
        raise NotFound
    return found[0]


def _shelves(*where: ColumnElement[bool]) -> list[ShelfRow]:
    rows = db.session.execute(
        select(
            *(Shelf.id, Shelf.fixture_id, Shelf.number, Shelf.bottom_mm, Shelf.width_mm),
            *(Shelf.height_mm, Shelf.depth_mm, Shelf.load_g),
            *(Shelf.level_factor_bp, Shelf.categories, Shelf.version),
        )
        .where(*where)
        .order_by(Shelf.fixture_id, Shelf.bottom_mm.desc(), Shelf.id)
    )
    return [
        ShelfRow(row[0], row[1], row[2], Measures(*row[3:8]), row[8], row[9], row[10])
        for row in (tuple(row) for row in rows)
    ]


def lock_shelf(*, fixture_id: int, number: int) -> Shelf:
    """Return a shelf of a fixture, to change it.

    :raises NotFound: none there
    """
    shelf: Shelf | None = db.session.scalar(
        select(Shelf)
        .where(Shelf.fixture_id == fixture_id, Shelf.number == number, Shelf.is_active.is_(True))
        .with_for_update()
    )
    if shelf is None:
        raise NotFound
    return shelf


def list_versions(*, shelf_id: int) -> list[VersionRow]:
    """Return how a shelf was, the newest first."""
    rows = db.session.execute(
        select(
            *(ShelfVersion.version, ShelfVersion.bottom_mm, ShelfVersion.width_mm),
            *(ShelfVersion.height_mm, ShelfVersion.depth_mm, ShelfVersion.load_g),
            *(ShelfVersion.is_active, ShelfVersion.reason, ShelfVersion.made_at, User.name),
        )
        .outerjoin(User, User.id == ShelfVersion.made_by_id)
        .where(ShelfVersion.shelf_id == shelf_id)
        .order_by(ShelfVersion.version.desc())
    )
    return [
        VersionRow(row[0], Measures(*row[1:6]), *row[6:]) for row in (tuple(row) for row in rows)
    ]


def list_standing(*, shelf_id: int, today: date) -> list[Standing]:
    """Return what holds space on a shelf, today or later, by place."""
    return _standing(Placement.shelf_id == shelf_id, today=today)


def list_standing_in(*, fixture_id: int, today: date) -> list[Standing]:
    """Return what holds space in a fixture, by date."""
    inside = select(Shelf.id).where(Shelf.fixture_id == fixture_id)
    return _standing(Placement.shelf_id.in_(inside), today=today)


def _standing(*where: ColumnElement[bool], today: date) -> list[Standing]:
    rows = db.session.execute(
        select(
            *(Placement.id, Placement.number, Placement.x_mm, Placement.width_mm),
            *(Placement.height_mm, Placement.depth_mm, Placement.load_g),
            *(Placement.from_on, Placement.until_on, Placement.until_on <= today),
        )
        .where(*where, Placement.status.in_(HOLDS_SPACE))
        .order_by(Placement.from_on, Placement.x_mm)
    )
    lines: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    return [Standing(*line) for line in lines]
