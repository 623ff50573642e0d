"""Opening, describing and verifying stalls."""

from datetime import date, datetime

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.marks import mark
from pol.kernel.signals import announce
from pol.kernel.text import readable_code, slugify
from pol.notices.services import send
from pol.regions.rules import kecamatan_of
from pol.stalls.models import Market, Stall, StallMember
from pol.stalls.queries import own
from pol.stalls.rules import Seat, StallStatus
from pol.stalls.rules.stall import (
    DECIDABLE,
    VERIFIABLE,
    check_decision,
    check_hours,
    check_place,
    check_submittable,
    check_vacation,
)
from pol.stalls.signals import StallChanged, StallSuspended, StallVerified


def open_stall(
    *,
    market_id: int,
    owner_id: int,
    name: str,
    phone: str,
    now: datetime,
    block: str | None = None,
    number: str | None = None,
    village_code: str | None = None,
    address: str = "",
    about: str = "",
    pickup_at_stall: bool = True,
    picture_key: str | None = None,
) -> Stall:
    """Open a stall, with a number in the market or at a village address, kept by its owner.

    :raises PlaceUnknown: neither a number nor a village with an address
    """
    market = db.session.get_one(Market, market_id)
    village = check_place(
        number=number,
        village_code=village_code,
        market_village_code=market.village_code,
        address=address,
    )
    stall = Stall(
        slug=_free_slug(name),
        name=name.strip(),
        about=about.strip(),
        phone=phone,
        picture_key=picture_key,
        market_id=market_id,
        block=block or None,
        number=number or None,
        village_code=village,
        kecamatan_code=kecamatan_of(village),
        address=address.strip(),
        pickup_at_stall=pickup_at_stall,
        status=StallStatus.DRAFT,
        created_at=now,
    )
    db.session.add(stall)
    db.session.flush()
    db.session.add(StallMember(stall_id=stall.id, user_id=owner_id, seat=Seat.OWNER, since=now))
    _note(stall, "stall.opened", actor_id=owner_id, now=now)
    db.session.flush()
    return stall


def update_profile(
    *,
    stall: Stall,
    actor_id: int,
    now: datetime,
    name: str,
    phone: str,
    about: str = "",
    block: str | None = None,
    number: str | None = None,
    village_code: str | None = None,
    address: str = "",
    pickup_at_stall: bool = True,
) -> None:
    """Describe a stall anew; its slug stays, so that printed links keep working.

    :raises PlaceUnknown: neither a number nor a village with an address
    """
    market = db.session.get_one(Market, stall.market_id)
    stall.village_code = check_place(
        number=number,
        village_code=village_code,
        market_village_code=market.village_code,
        address=address,
    )
    stall.kecamatan_code = kecamatan_of(stall.village_code)
    stall.name, stall.phone, stall.about = name.strip(), phone, about.strip()
    stall.block, stall.number, stall.address = block or None, number or None, address.strip()
    stall.pickup_at_stall = pickup_at_stall
    _tell_changed(stall, "stall.described", actor_id=actor_id, now=now)


def set_picture(*, stall: Stall, picture_key: str, actor_id: int, now: datetime) -> None:
    """Show another picture of a stall."""
    stall.picture_key = picture_key
    _tell_changed(stall, "stall.pictured", actor_id=actor_id, now=now)


def set_hours(
    *,
    stall: Stall,
    opens_minute: int | None,
    closes_minute: int | None,
    actor_id: int,
    now: datetime,
) -> None:
    """Give a stall hours of its own, in local minutes, or its market's (None).

    :raises HoursBackwards: one is missing, or they are the wrong way round
    """
    check_hours(opens_minute, closes_minute)
    stall.opens_minute, stall.closes_minute = opens_minute, closes_minute
    _tell_changed(stall, "stall.hours_set", actor_id=actor_id, now=now)


def set_vacation(
    *,
    stall: Stall,
    vacation_from: date | None,
    vacation_until: date | None,
    actor_id: int,
    now: datetime,
) -> None:
    """Close a stall from a day until the day on which it opens again, or not at all (None).

    :raises VacationBackwards: one day is missing, or they are the wrong way round
    :raises VacationTooLong: more than 90 days
    """
    check_vacation(vacation_from, vacation_until)
    stall.vacation_from, stall.vacation_until = vacation_from, vacation_until
    _tell_changed(stall, "stall.vacation_set", actor_id=actor_id, now=now)


def submit_stall(*, stall: Stall, actor_id: int, now: datetime) -> None:
    """Send a stall to the officer of its market.

    :raises StallAlreadySent: it is waiting, verified or suspended
    """
    check_submittable(stall.status)
    stall.status, stall.status_reason, stall.submitted_at = StallStatus.SUBMITTED, None, now
    _note(stall, "stall.submitted", actor_id=actor_id, now=now)


def verify_stall(*, stall: Stall, officer_id: int, now: datetime) -> None:
    """Let a stall sell, for the first time or again after a suspension.

    :raises OwnStall: the officer keeps this stall
    :raises StallNotWaiting: it is neither waiting nor suspended
    """
    _check(stall, officer_id, VERIFIABLE)
    stall.status, stall.status_reason = StallStatus.VERIFIED, None
    stall.verified_at, stall.verified_by_id = now, officer_id
    _note(stall, "stall.verified", actor_id=officer_id, now=now)
    _tell_owner(
        stall, "Lapak diverifikasi", "Lapak Anda sudah boleh berjualan. Selamat berdagang!", now
    )
    announce(StallVerified(stall.id, now))


def refuse_stall(*, stall: Stall, officer_id: int, reason: str, now: datetime) -> None:
    """Send a stall back with what has to be put right.

    :raises OwnStall, StallNotWaiting: see `verify_stall`
    :raises StallReasonMissing: no reason
    """
    _check(stall, officer_id, DECIDABLE, reason=reason, needs_reason=True)
    stall.status, stall.status_reason = StallStatus.REFUSED, reason.strip()
    _note(stall, "stall.refused", actor_id=officer_id, now=now, reason=reason.strip())
    _tell_owner(stall, "Lapak perlu dibenahi", f"Kata petugas: {reason.strip()}", now)


def suspend_stall(*, stall: Stall, officer_id: int, reason: str, now: datetime) -> None:
    """Stop a verified stall from selling.

    :raises OwnStall, StallNotWaiting: see `verify_stall`
    :raises StallReasonMissing: no reason
    """
    allowed = frozenset({StallStatus.VERIFIED})
    _check(stall, officer_id, allowed, reason=reason, needs_reason=True)
    stall.status, stall.status_reason = StallStatus.SUSPENDED, reason.strip()
    _note(stall, "stall.suspended", actor_id=officer_id, now=now, reason=reason.strip())
    _tell_owner(stall, "Lapak dihentikan sementara", f"Kata petugas: {reason.strip()}", now)
    announce(StallSuspended(stall.id, now))


def _check(
    stall: Stall,
    officer_id: int,
    allowed: frozenset[StallStatus],
    *,
    reason: str | None = None,
    needs_reason: bool = False,
) -> None:
    check_decision(
        status=stall.status,
        allowed=allowed,
        is_own=own.find_seat(stall_id=stall.id, user_id=officer_id) is not None,
        reason=reason,
        needs_reason=needs_reason,
    )


def _tell_owner(stall: Stall, title: str, body: str, now: datetime) -> None:
    owner = own.get_owner(stall_id=stall.id)
    send(
        key=f"stall:{stall.id}:{stall.status}:{now.isoformat()}",
        phone=owner.phone,
        user_id=owner.user_id,
        title=f"{title}: {stall.name}",
        body=body,
        link="/pedagang/lapak",
        now=now,
    )


def _tell_changed(stall: Stall, action: str, *, actor_id: int, now: datetime) -> None:
    _note(stall, action, actor_id=actor_id, now=now)
    if stall.status is StallStatus.VERIFIED:
        mark("catalogue")
        announce(StallChanged(stall.id, now))


def _note(
    stall: Stall, action: str, *, actor_id: int, now: datetime, reason: str | None = None
) -> None:
    detail = {"reason": reason} if reason else {}
    audit.record(action=action, subject=f"stall:{stall.id}", actor_id=actor_id, now=now, **detail)


def _free_slug(name: str) -> str:
    slug = slugify(name)
    taken = db.session.scalar(select(Stall.id).where(Stall.slug == slug))
    return f"{slug}-{readable_code(4).lower()}" if taken else slug
