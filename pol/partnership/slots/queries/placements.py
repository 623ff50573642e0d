"""Which places are held on which shelves, and what room is left beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.slots.models import Fixture, Placement, Shelf, Store
from pol.partnership.slots.rules import HOLDS_SPACE, PlacementStatus

FRESH = {"populate_existing": True}


@dataclass(frozen=True)
class HeldSpan:
    """Millimetres of a shelf that are held for some days; `until_on` is exclusive."""

    number: str
    x_mm: int
    width_mm: int
    load_g: int
    from_on: date
    until_on: date


@dataclass(frozen=True)
class PlaceRow:
    """A place with where it is."""

    id: int
    number: str
    application_id: int
    store_id: int
    store_name: str
    store_slug: str
    fixture_name: str
    shelf_number: int
    x_mm: int
    width_mm: int
    facings: int
    from_on: date
    until_on: date
    status: PlacementStatus
    ended_reason: str | None


def holds_on(*, from_on: date, until_on: date, today: date) -> ColumnElement[bool]:
    """Return the condition that a place is taken on one of these days.

    One that was not given back on its last day is taken until it is.
    """
    return and_(
        Placement.status.in_(HOLDS_SPACE),
        Placement.from_on < until_on,
        or_(Placement.until_on > from_on, Placement.until_on <= today),
    )


def list_held(*, shelf_id: int, from_on: date, until_on: date, today: date) -> list[HeldSpan]:
    """Return what is held on a shelf on any of these days, from left to right."""
    rows = db.session.execute(
        select(
            Placement.number,
            Placement.x_mm,
            Placement.width_mm,
            Placement.load_g,
            Placement.from_on,
            Placement.until_on,
        )
        .where(
            Placement.shelf_id == shelf_id,
            holds_on(from_on=from_on, until_on=until_on, today=today),
        )
        .order_by(Placement.x_mm, Placement.from_on)
    )
    return [HeldSpan(*row) for row in rows]


def list_chain(placement_id: int) -> list[int]:
    """Return a place and those that it went on from, the newest first: their goods are its own.

    A place that was never opened has taken nothing over yet.
    """
    chain: list[int] = []
    at: int | None = placement_id
    while at is not None:
        chain.append(at)
        at = db.session.scalar(
            select(Placement.follows_id).where(Placement.id == at, Placement.live_at.is_not(None))
        )
    return chain


def list_kin(place: Placement) -> list[int]:
    """Return the places before and after this one by renewal: the same goods at the same place."""
    is_kin = (Placement.follows_id == place.id) | (Placement.id == place.follows_id)
    return list(db.session.scalars(select(Placement.id).where(is_kin)))


def find_in_the_way(place: Placement, *, but: int | None = None) -> tuple[str, date] | None:
    """Return the number and last day of what still holds a place from earlier, or nothing."""
    row = db.session.execute(
        select(Placement.number, Placement.until_on)
        .where(
            Placement.shelf_id == place.shelf_id,
            Placement.id.not_in((place.id, but or 0)),
            Placement.status.in_(HOLDS_SPACE),
            Placement.until_on <= place.from_on,
            Placement.x_mm < place.x_mm + place.width_mm,
            Placement.x_mm + Placement.width_mm > place.x_mm,
        )
        .order_by(Placement.until_on.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row[0], row[1] - timedelta(days=1))


def list_blocked(place_ids: Iterable[int], *, today: date) -> dict[int, tuple[str, date]]:
    """Return which reserved places somebody else should have given back: whose, and since when.

    A place is not in the way of the one that it goes on as.
    """
    places = db.session.scalars(
        select(Placement).where(
            Placement.id.in_(list(place_ids)), Placement.status == PlacementStatus.RESERVED
        )
    )
    found = {place.id: find_in_the_way(place, but=place.follows_id) for place in places}
    return {key: held for key, held in found.items() if held and held[1] < today}


def get_shelf_words(shelf_id: int) -> str:
    """Return how people call a shelf: "Gondola 1 ambalan 3, Toko Babat"."""
    row = db.session.execute(
        select(Fixture.name, Shelf.number, Store.name)
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .join(Store, Store.id == Shelf.store_id)
        .where(Shelf.id == shelf_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return f"{row[0]} ambalan {row[1]}, {row[2]}"


def list_places_of_agreement(agreement_id: int) -> list[PlaceRow]:
    """Return the places of an agreement, by store."""
    rows = db.session.execute(
        select(
            Placement.id,
            Placement.number,
            Placement.application_id,
            Placement.store_id,
            Store.name,
            Store.slug,
            Fixture.name,
            Shelf.number,
            Placement.x_mm,
            Placement.width_mm,
            Placement.facings,
            Placement.from_on,
            Placement.until_on,
            Placement.status,
            Placement.ended_reason,
        )
        .join(Store, Store.id == Placement.store_id)
        .join(Shelf, Shelf.id == Placement.shelf_id)
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .where(Placement.agreement_id == agreement_id)
        .order_by(Store.name, Placement.id)
    )
    return [PlaceRow(*tuple(row)) for row in rows]


def lock_place(placement_id: int) -> Placement:
    """Return a place for the system itself, held still."""
    return _lock(Placement.id == placement_id)


def lock_place_of_retailer(*, number: str, retailer_id: int) -> Placement:
    """Return a place in one of a retailer's stores, held still; another's is not found."""
    stores = select(Store.id).where(Store.retailer_id == retailer_id)
    return _lock(Placement.number == number, Placement.store_id.in_(stores))


def lock_place_of_stall(*, number: str, stall_id: int) -> Placement:
    """Return a stall's own place, held still; another's is not found."""
    return _lock(Placement.number == number, Placement.stall_id == stall_id)


def lock_places_of_agreement(agreement_id: int) -> Sequence[Placement]:
    """Return the places of an agreement, held still, in order of id."""
    return db.session.scalars(
        select(Placement)
        .where(Placement.agreement_id == agreement_id)
        .order_by(Placement.id)
        .with_for_update()
        .execution_options(**FRESH)
    ).all()


def _lock(*conditions: object) -> Placement:
    found = db.session.scalars(
        select(Placement)
        .where(*conditions)  # type: ignore[arg-type]
        .with_for_update()
        .execution_options(**FRESH)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found
