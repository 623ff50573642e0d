"""Stores: described by their retailer, decided about by the Dinas."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import readable_code, slugify
from pol.notices.services import send
from pol.partnership.slots.models import Retailer, Store, StoreBefore
from pol.partnership.slots.queries.seats import list_retail_seats
from pol.partnership.slots.queries.stores import hold, list_colleagues
from pol.partnership.slots.rules import RetailSeat, StoreStatus
from pol.partnership.slots.rules import store as rules
from pol.regions.rules import kecamatan_of


@dataclass(frozen=True)
class StoreFacts:
    """What a retailer says about a store; lengths in millimetres."""

    name: str
    permit_number: str
    permit_expires_on: date | None
    village_code: str
    address: str
    phone: str
    all_shelves_mm: int
    permit_picture_key: str | None = None


def open_store(*, retailer_id: int, facts: StoreFacts, actor_id: int, now: datetime) -> Store:
    """Describe a new store; it waits as a draft.

    :raises PermitTaken: another store has this permit
    :raises StorePermitExpired: its last day is past
    """
    hold(Retailer, retailer_id)
    _check_permit(facts, None, now)
    store = Store(
        slug=_free_slug(facts.name),
        retailer_id=retailer_id,
        kecamatan_code=kecamatan_of(facts.village_code),
        status=StoreStatus.DRAFT,
        created_at=now,
        **vars(facts),
    )
    db.session.add(store)
    db.session.flush()
    _note(store, "store.opened", actor_id, now)
    return store


def update_store(*, store: Store, facts: StoreFacts, actor_id: int, now: datetime) -> None:
    """Describe a store anew; its slug stays. Another permit or place is for the Dinas to check.

    Without a picture in `facts` the one that is there stays.

    :raises PermitTaken, StorePermitExpired: see `open_store`
    """
    _check_permit(facts, store.id, now)
    _keep_past(store, now)
    before = _checked(store)
    for name, value in vars(facts).items():
        if name != "permit_picture_key" or value is not None:
            setattr(store, name, value)
    store.kecamatan_code = kecamatan_of(facts.village_code)
    if store.status is StoreStatus.VERIFIED and _checked(store) != before:
        store.status, store.submitted_at = StoreStatus.SUBMITTED, now
    _note(store, "store.described", actor_id, now)


def submit_store(*, store: Store, actor_id: int, now: datetime) -> None:
    """Send a store to the Dinas.

    :raises StoreAlreadySent, StorePermitExpired, StorePermitUnseen: see `check_submittable`
    """
    rules.check_submittable(
        status=store.status,
        expires_on=store.permit_expires_on,
        picture_key=store.permit_picture_key,
        today=business_day(now),
    )
    _keep_past(store, now)
    store.status, store.status_reason, store.submitted_at = StoreStatus.SUBMITTED, None, now
    _note(store, "store.submitted", actor_id, now)


def verify_store(*, store: Store, officer_id: int, now: datetime) -> None:
    """Let a store open slots, for the first time or again after a suspension.

    :raises OwnStore, StoreDecided: see `check_decision`
    """
    is_own = _works_for(store, officer_id)
    rules.check_decision(store.status, rules.VERIFIABLE, is_own=is_own)
    _keep_past(store, now)
    store.status, store.status_reason = StoreStatus.VERIFIED, None
    store.verified_at, store.verified_by_id = now, officer_id
    _note(store, "store.verified", officer_id, now)
    _tell(store, "Toko diverifikasi", "Toko ini sudah boleh membuka slot rak untuk UMKM.", now)


def return_store(*, store: Store, officer_id: int, reason: str, now: datetime) -> None:
    """Send a store back with what has to be put right.

    :raises OwnStore, StoreDecided, StoreReasonMissing: see `check_decision`
    """
    is_own = _works_for(store, officer_id)
    rules.check_decision(store.status, rules.RETURNABLE, is_own=is_own, reason=reason)
    _keep_past(store, now)
    store.status, store.status_reason = StoreStatus.DRAFT, reason.strip()
    _note(store, "store.returned", officer_id, now, reason=reason.strip())
    _tell(store, "Toko perlu dibenahi", f"Kata petugas Dinas: {reason.strip()}", now)


def suspend_store(*, store: Store, officer_id: int, reason: str, now: datetime) -> None:
    """Stop a verified store from opening slots; what stands there stays.

    :raises OwnStore, StoreDecided, StoreReasonMissing: see `check_decision`
    """
    is_own = _works_for(store, officer_id)
    rules.check_decision(store.status, rules.SUSPENDABLE, is_own=is_own, reason=reason)
    _keep_past(store, now)
    store.status, store.status_reason = StoreStatus.SUSPENDED, reason.strip()
    _note(store, "store.suspended", officer_id, now, reason=reason.strip())
    _tell(store, "Toko dihentikan sementara", f"Kata petugas Dinas: {reason.strip()}", now)


def _keep_past(store: Store, now: datetime) -> None:
    """Write down what reports of months that are over reckon with, before it changes."""
    db.session.add(
        StoreBefore(
            store_id=store.id,
            until_at=now,
            all_shelves_mm=store.all_shelves_mm,
            status=store.status,
        )
    )


def _checked(store: Store) -> tuple[object, ...]:
    """Return what the Dinas has looked at."""
    permit = (store.permit_number, store.permit_expires_on, store.permit_picture_key)
    return (*permit, store.village_code, store.address)


def _check_permit(facts: StoreFacts, store_id: int | None, now: datetime) -> None:
    rules.check_permit(facts.permit_expires_on, business_day(now))
    holder = db.session.scalar(select(Store.id).where(Store.permit_number == facts.permit_number))
    if holder is not None and holder != store_id:
        raise rules.PermitTaken


def _works_for(store: Store, user_id: int) -> bool:
    held = list_retail_seats(user_id=user_id)
    return store.retailer_id in {seat.retailer_id for seat in held}


def _tell(store: Store, title: str, body: str, now: datetime) -> None:
    for person in list_colleagues(retailer_id=store.retailer_id):
        if person.seat is not RetailSeat.CLERK:
            send(
                key=f"store:{store.id}:{store.status}:{now.isoformat()}:{person.user_id}",
                phone=person.phone,
                user_id=person.user_id,
                title=f"{title}: {store.name}",
                body=body,
                link=f"/peritel/toko/{store.slug}",
                now=now,
            )


def _note(
    store: Store, action: str, actor_id: int, now: datetime, *, reason: str | None = None
) -> None:
    detail = {"reason": reason} if reason else {}
    audit.record(action=action, subject=f"store:{store.id}", actor_id=actor_id, now=now, **detail)


def _free_slug(name: str) -> str:
    slug = slugify(name)
    taken = db.session.scalar(select(Store.id).where(Store.slug == slug))
    return f"{slug}-{readable_code(4).lower()}" if taken or slug == "baru" else slug
