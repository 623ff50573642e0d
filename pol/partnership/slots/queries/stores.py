"""Retailers, who works for them, and their stores, as they and the Dinas see them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.slots.models import Fixture, Retailer, RetailMember, Store
from pol.partnership.slots.rules import RetailSeat, StoreStatus
from pol.regions.models import Region

MOST_SHOWN = 200


@dataclass(frozen=True)
class RetailerRow:
    """A business with stores."""

    retailer_id: int
    slug: str
    name: str
    nib: str
    phone: str


@dataclass(frozen=True)
class ColleagueRow:
    """Somebody who works for a retailer; a clerk in one store."""

    user_id: int
    name: str
    phone: str
    seat: RetailSeat
    store_name: str | None
    since: datetime


@dataclass(frozen=True)
class StoreRow:
    """A line of a list of stores."""

    slug: str
    name: str
    retailer_name: str
    village_name: str
    address: str
    status: StoreStatus
    submitted_at: datetime | None
    permit_expires_on: date | None
    fixtures: int


@dataclass(frozen=True)
class StoreView:
    """Everything that is known of a store."""

    store_id: int
    slug: str
    name: str
    retailer_id: int
    retailer_name: str
    nib: str
    permit_number: str
    permit_expires_on: date | None
    permit_picture_key: str | None
    village_code: str
    village_name: str
    address: str
    phone: str
    all_shelves_mm: int
    status: StoreStatus
    status_reason: str | None
    submitted_at: datetime | None
    verified_at: datetime | None


@dataclass(frozen=True)
class StoreChoice:
    """A store in a list to pick from."""

    store_id: int
    name: str


def get_retailer(*, retailer_id: int) -> RetailerRow:
    """Return a retailer.

    :raises NotFound: no such retailer
    """
    columns = (Retailer.id, Retailer.slug, Retailer.name, Retailer.nib, Retailer.phone)
    row = db.session.execute(select(*columns).where(Retailer.id == retailer_id)).one_or_none()
    if row is None:
        raise NotFound
    return RetailerRow(*row)


def list_colleagues(*, retailer_id: int) -> list[ColleagueRow]:
    """Return who works for a retailer: owners, then buyers, then clerks."""
    rank = {RetailSeat.OWNER: 0, RetailSeat.BUYER: 1, RetailSeat.CLERK: 2}
    rows = db.session.execute(
        select(User.id, User.name, User.phone, RetailMember.seat, Store.name, RetailMember.since)
        .join(User, User.id == RetailMember.user_id)
        .outerjoin(Store, Store.id == RetailMember.store_id)
        .where(RetailMember.retailer_id == retailer_id)
        .order_by(RetailMember.since, User.id)
    )
    return sorted((ColleagueRow(*row) for row in rows), key=lambda row: rank[row.seat])


def list_stores(*, retailer_id: int, store_id: int | None = None) -> list[StoreRow]:
    """Return a retailer's stores by name; with `store_id` only that one."""
    mine = [Store.retailer_id == retailer_id]
    if store_id is not None:
        mine.append(Store.id == store_id)
    return _rows(*mine, order=(Store.name, Store.id))


def list_stores_of_regency(*, status: StoreStatus, words: str = "") -> list[StoreRow]:
    """Return up to 200 stores in a status, who waits longest first."""
    pattern = words.strip().lower()
    is_found = func.lower(Store.name).contains(pattern, autoescape=True) | func.lower(
        Retailer.name
    ).contains(pattern, autoescape=True)
    return _rows(Store.status == status, is_found, order=(Store.submitted_at, Store.id))


def _rows(*where: ColumnElement[bool], order: tuple[object, ...]) -> list[StoreRow]:
    fixtures = (
        select(func.count()).where(Fixture.store_id == Store.id).correlate(Store).scalar_subquery()
    )
    rows = db.session.execute(
        select(
            *(Store.slug, Store.name, Retailer.name, Region.name, Store.address, Store.status),
            *(Store.submitted_at, Store.permit_expires_on, fixtures),
        )
        .join(Retailer, Retailer.id == Store.retailer_id)
        .join(Region, Region.code == Store.village_code)
        .where(*where)
        .order_by(*order)  # type: ignore[arg-type]
        .limit(MOST_SHOWN)
    )
    return [StoreRow(*tuple(row)) for row in rows]


def count_stores_by_status(*, retailer_id: int | None = None) -> dict[StoreStatus, int]:
    """Return how many stores are in each status, of one retailer or of the whole regency."""
    query = select(Store.status, func.count()).group_by(Store.status)
    if retailer_id is not None:
        query = query.where(Store.retailer_id == retailer_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def list_store_choices(*, retailer_id: int) -> list[StoreChoice]:
    """Return a retailer's stores by name, to pick from."""
    rows = db.session.execute(
        select(Store.id, Store.name)
        .where(Store.retailer_id == retailer_id)
        .order_by(Store.name, Store.id)
    )
    return [StoreChoice(*row) for row in rows]


def get_store_of_retailer(*, retailer_id: int, slug: str, store_id: int | None = None) -> StoreView:
    """Return a store of a retailer; whoever works in one store gives its id, too.

    :raises NotFound: none of theirs
    """
    mine = [Store.slug == slug, Store.retailer_id == retailer_id]
    if store_id is not None:
        mine.append(Store.id == store_id)
    return _view(*mine)


def get_store(*, slug: str) -> StoreView:
    """Return a store for an officer of the Dinas, who sees all.

    :raises NotFound: no such store
    """
    return _view(Store.slug == slug)


def _view(*where: ColumnElement[bool]) -> StoreView:
    row = db.session.execute(
        select(
            *(Store.id, Store.slug, Store.name, Retailer.id, Retailer.name, Retailer.nib),
            *(Store.permit_number, Store.permit_expires_on, Store.permit_picture_key),
            *(Store.village_code, Region.name, Store.address, Store.phone),
            *(Store.all_shelves_mm, Store.status, Store.status_reason),
            *(Store.submitted_at, Store.verified_at),
        )
        .join(Retailer, Retailer.id == Store.retailer_id)
        .join(Region, Region.code == Store.village_code)
        .where(*where)
    ).one_or_none()
    if row is None:
        raise NotFound
    return StoreView(*tuple(row))


def lock_store_of_retailer(*, retailer_id: int, slug: str) -> Store:
    """Return a store of a retailer, to change it.

    :raises NotFound: none of theirs
    """
    return _locked(Store.slug == slug, Store.retailer_id == retailer_id)


def lock_store(*, slug: str) -> Store:
    """Return a store, for an officer of the Dinas to decide about.

    :raises NotFound: no such store
    """
    return _locked(Store.slug == slug)


def _locked(*where: ColumnElement[bool]) -> Store:
    store: Store | None = db.session.scalar(select(Store).where(*where).with_for_update())
    if store is None:
        raise NotFound
    return store


def find_retailer_of_permit(key: str) -> int | None:
    """Return whose permit a picture shows, or nothing."""
    return db.session.scalar(
        select(Store.retailer_id).where(Store.permit_picture_key == key).limit(1)
    )


def hold(table: type[Retailer | Store | User], key: int) -> None:
    """Let nobody else add to a row until this is done, so that a form sent twice adds once."""
    db.session.execute(select(table.id).where(table.id == key).with_for_update())
