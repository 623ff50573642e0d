"""Registering a retailer, and who works for it."""

from datetime import datetime

from sqlalchemy import delete, select

from pol.identity.models import User
from pol.identity.queries.people import find_by_phone
from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.text import readable_code, slugify
from pol.partnership.slots.models import Retailer, RetailMember, Store
from pol.partnership.slots.queries.seats import list_retail_seats
from pol.partnership.slots.queries.stores import hold
from pol.partnership.slots.rules import RetailSeat
from pol.partnership.slots.rules.store import (
    ColleagueUnknown,
    NibTaken,
    RetailOwnerOnly,
    WorksElsewhere,
    check_nib,
    check_seat,
)


def register_retailer(*, name: str, nib: str, phone: str, owner_id: int, now: datetime) -> Retailer:
    """Register a business with its owner; stores follow.

    :raises NibUnreadable: not 13 digits
    :raises NibTaken: somebody has registered it
    :raises WorksElsewhere: the owner works for a retailer already
    """
    check_nib(nib)
    hold(User, owner_id)
    _check_free(owner_id)
    if db.session.scalar(select(Retailer.id).where(Retailer.nib == nib)):
        raise NibTaken
    retailer = Retailer(
        slug=_free_slug(name), name=name.strip(), nib=nib, phone=phone, created_at=now
    )
    db.session.add(retailer)
    db.session.flush()
    _seat(retailer.id, owner_id, RetailSeat.OWNER, None, now)
    _note("retailer.registered", retailer.id, owner_id, now, nib=nib)
    return retailer


def add_colleague(
    *,
    retailer_id: int,
    phone: str,
    seat: RetailSeat,
    store_id: int | None,
    actor_id: int,
    now: datetime,
) -> int:
    """Let the person with this phone number (E.164) work for the retailer; return their id.

    :raises RetailOwnerOnly: only an owner chooses colleagues
    :raises ColleagueUnknown: nobody has an account with this number
    :raises WorksElsewhere: they work for a retailer already
    :raises ClerkWithoutStore: a clerk needs one
    :raises NotFound: not a store of this retailer
    """
    _check_owner(retailer_id, actor_id)
    check_seat(seat, store_id)
    person = find_by_phone(phone)
    if person is None:
        raise ColleagueUnknown
    hold(User, person.id)
    _check_free(person.id)
    at = store_id if seat is RetailSeat.CLERK else None
    if at is not None:
        _check_store(retailer_id, at)
    _seat(retailer_id, person.id, seat, at, now)
    _note("retailer.colleague_added", retailer_id, actor_id, now, user_id=person.id, seat=seat)
    return person.id


def remove_colleague(*, retailer_id: int, user_id: int, actor_id: int, now: datetime) -> None:
    """Let a buyer or a clerk go; the owner stays.

    :raises RetailOwnerOnly: only an owner chooses colleagues
    :raises NotFound: no such colleague here
    """
    _check_owner(retailer_id, actor_id)
    if _seat_of(retailer_id, user_id) in {None, RetailSeat.OWNER}:
        raise NotFound
    db.session.execute(
        delete(RetailMember).where(
            RetailMember.retailer_id == retailer_id, RetailMember.user_id == user_id
        )
    )
    _note("retailer.colleague_removed", retailer_id, actor_id, now, user_id=user_id)


def _check_owner(retailer_id: int, user_id: int) -> None:
    if _seat_of(retailer_id, user_id) is not RetailSeat.OWNER:
        raise RetailOwnerOnly


def _check_free(user_id: int) -> None:
    held = list_retail_seats(user_id=user_id)
    if held:
        raise WorksElsewhere(name=held[0].name)


def _check_store(retailer_id: int, store_id: int) -> None:
    mine = select(Store.id).where(Store.id == store_id, Store.retailer_id == retailer_id)
    if db.session.scalar(mine) is None:
        raise NotFound


def _seat_of(retailer_id: int, user_id: int) -> RetailSeat | None:
    held = list_retail_seats(user_id=user_id)
    return next((one.seat for one in held if one.retailer_id == retailer_id), None)


def _seat(
    retailer_id: int, user_id: int, seat: RetailSeat, store_id: int | None, now: datetime
) -> None:
    db.session.add(
        RetailMember(
            retailer_id=retailer_id, user_id=user_id, seat=seat, store_id=store_id, since=now
        )
    )
    db.session.flush()


def _note(action: str, retailer_id: int, actor_id: int, now: datetime, **detail: object) -> None:
    audit.record(
        action=action, subject=f"retailer:{retailer_id}", actor_id=actor_id, now=now, **detail
    )


def _free_slug(name: str) -> str:
    slug = slugify(name)
    taken = db.session.scalar(select(Retailer.id).where(Retailer.slug == slug))
    return f"{slug}-{readable_code(4).lower()}" if taken else slug
