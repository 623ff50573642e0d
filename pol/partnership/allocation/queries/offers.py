"""Offers and the waiting list, as the producer and the retailer see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.partnership.allocation.models import AllocationRun, Offer, RunRefusal
from pol.partnership.allocation.rules.statuses import OfferStatus
from pol.partnership.applications.models import Application, ProductSheet
from pol.partnership.slots.models import Fixture, Placement, Retailer, Shelf, SlotCall, Store
from pol.stalls.models import Stall

FRESH = {"populate_existing": True}


@dataclass(frozen=True)
class OfferRow:
    """An offer with where, whose and why; `place` counts who still waits, from 1."""

    number: str
    status: OfferStatus
    stall_name: str
    product: str
    application_number: str
    price: Rupiah
    call_number: str
    call_title: str
    from_on: date
    until_on: date
    margin_bp: int
    retailer_name: str
    store_name: str
    store_address: str
    fixture_name: str | None
    shelf_number: int | None
    x_mm: int | None
    facings: int | None
    facing_mm: int
    offered_at: datetime | None
    lapses_at: datetime | None
    answered_at: datetime | None
    placement_number: str | None
    agreement_id: int | None
    why: str | None
    place: int


def list_offers_of_stall(*, stall_id: int) -> list[OfferRow]:
    """Return a producer's offers and places in queues, what must be answered first.

    All of them: one for each product, store and call is what one producer can oversee.
    """
    return _rows(_columns().where(Offer.stall_id == stall_id).order_by(*_ORDER))


def get_offer_of_stall(*, number: str, stall_id: int) -> OfferRow:
    """Return a producer's own offer; another's is not found."""
    found = _rows(_columns().where(Offer.number == number, Offer.stall_id == stall_id))
    if not found:
        raise NotFound
    return found[0]


def list_offers_of_application(*, application_id: int) -> list[OfferRow]:
    """Return what became of an application in each store, what must be answered first."""
    return _rows(_columns().where(Offer.application_id == application_id).order_by(*_ORDER))


def list_offers_of_run(*, number: str, stall_id: int) -> list[OfferRow]:
    """Return what a run decided about a producer's own products, product by product.

    :raises NotFound: it is not fixed, or about others only
    """
    mine = AllocationRun.number == number, Offer.stall_id == stall_id
    found = _rows(_columns().where(*mine).order_by(ProductSheet.name, Application.id, *_ORDER))
    if not found:
        raise NotFound
    return found


def list_offers_of_call(*, number: str, retailer_id: int, store_id: int) -> list[OfferRow]:
    """Return what a retailer's call has offered in a store: at most one row for each applicant."""
    mine = SlotCall.number == number, SlotCall.retailer_id == retailer_id
    return _rows(_columns().where(*mine, Offer.store_id == store_id).order_by(*_ORDER))


@dataclass(frozen=True)
class OfferStoreRow:
    """A store in which a call has offered places, and how many offers and waiting there are."""

    store_id: int
    name: str
    count: int


def list_offer_stores(*, number: str, retailer_id: int) -> list[OfferStoreRow]:
    """Return the stores of a retailer's call for which there are offers or a waiting list."""
    rows: Any = db.session.execute(
        select(Store.id, Store.name, func.count())
        .select_from(Offer)
        .join(AllocationRun, AllocationRun.id == Offer.run_id)
        .join(SlotCall, SlotCall.id == AllocationRun.call_id)
        .join(Store, Store.id == Offer.store_id)
        .where(SlotCall.number == number, SlotCall.retailer_id == retailer_id)
        .group_by(Store.id, Store.name)
        .order_by(Store.name, Store.id)
    )
    return [OfferStoreRow(*row) for row in rows]


def find_offer_store(*, number: str) -> int | None:
    """Return the store that an offer is for; the caller shows it only among its own stores."""
    return db.session.scalar(select(Offer.store_id).where(Offer.number == number))


def count_open_offers(*, stall_id: int) -> int:
    """Return how many offers wait for a producer's answer."""
    return _count(Offer.stall_id == stall_id, Offer.status == OfferStatus.OFFERED)


def count_waiting(*, stall_id: int) -> int:
    """Return in how many queues a producer stands."""
    return _count(Offer.stall_id == stall_id, Offer.status == OfferStatus.WAITING)


def count_open_offers_of_retailer(*, retailer_id: int) -> int:
    """Return how many offers of a retailer wait for producers."""
    calls = (
        select(AllocationRun.id)
        .join(SlotCall, SlotCall.id == AllocationRun.call_id)
        .where(SlotCall.retailer_id == retailer_id)
    )
    return _count(Offer.run_id.in_(calls), Offer.status == OfferStatus.OFFERED)


def list_late_offers(*, now: datetime, limit: int) -> Sequence[int]:
    """Return the offers that nobody answered in time."""
    late = Offer.status == OfferStatus.OFFERED, Offer.lapses_at <= now
    return db.session.scalars(select(Offer.id).where(*late).order_by(Offer.id).limit(limit)).all()


def lock_offer_of_stall(*, number: str, stall_id: int) -> Offer:
    """Return a producer's own offer, its run held first so that one at a time moves the queue."""
    return _lock(Offer.number == number, Offer.stall_id == stall_id)


def lock_offer(offer_id: int) -> Offer:
    """Return an offer for the system itself, its run held first."""
    return _lock(Offer.id == offer_id)


def lock_run(run_id: int) -> AllocationRun:
    """Return a run, held still."""
    return db.session.scalars(
        select(AllocationRun)
        .where(AllocationRun.id == run_id)
        .with_for_update()
        .execution_options(**FRESH)
    ).one()


_ORDER = (
    (Offer.status != OfferStatus.OFFERED).asc(),
    (Offer.status != OfferStatus.WAITING).asc(),
    Offer.lapses_at,
    Offer.rank,
    Offer.id,
)


def _columns() -> Select[*tuple[Any, ...]]:
    ahead = aliased(Offer)
    place = (
        select(func.count() + 1)
        .where(
            ahead.run_id == Offer.run_id,
            ahead.store_id == Offer.store_id,
            ahead.status == OfferStatus.WAITING,
            ahead.rank < Offer.rank,
        )
        .scalar_subquery()
    )
    refusal = and_(
        RunRefusal.run_id == Offer.run_id,
        RunRefusal.application_id == Offer.application_id,
        RunRefusal.store_id == Offer.store_id,
    )
    return (
        select(
            Offer.number,
            Offer.status,
            Stall.name,
            ProductSheet.name,
            Application.number,
            Application.price,
            SlotCall.number,
            SlotCall.title,
            SlotCall.from_on,
            SlotCall.until_on,
            SlotCall.margin_bp,
            Retailer.name,
            Store.name,
            Store.address,
            Fixture.name,
            Shelf.number,
            Offer.x_mm,
            Offer.facings,
            Application.width_mm,
            Offer.offered_at,
            Offer.lapses_at,
            Offer.answered_at,
            Placement.number,
            Placement.agreement_id,
            RunRefusal.message,
            place,
        )
        .join(AllocationRun, AllocationRun.id == Offer.run_id)
        .join(SlotCall, SlotCall.id == AllocationRun.call_id)
        .join(Retailer, Retailer.id == SlotCall.retailer_id)
        .join(Store, Store.id == Offer.store_id)
        .join(Application, Application.id == Offer.application_id)
        .join(ProductSheet, ProductSheet.id == Application.sheet_id)
        .join(Stall, Stall.id == Offer.stall_id)
        .outerjoin(Shelf, Shelf.id == Offer.shelf_id)
        .outerjoin(Fixture, Fixture.id == Shelf.fixture_id)
        .outerjoin(Placement, Placement.id == Offer.placement_id)
        .outerjoin(RunRefusal, refusal)
    )


def _rows(statement: Select[*tuple[Any, ...]]) -> list[OfferRow]:
    return [OfferRow(*tuple(row)) for row in db.session.execute(statement)]


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Offer).where(*conditions)) or 0


def _lock(*conditions: ColumnElement[bool]) -> Offer:
    found = db.session.execute(select(Offer.id, Offer.run_id).where(*conditions)).one_or_none()
    if found is None:
        raise NotFound
    lock_run(found.run_id)
    return db.session.scalars(
        select(Offer).where(Offer.id == found.id).with_for_update().execution_options(**FRESH)
    ).one()
