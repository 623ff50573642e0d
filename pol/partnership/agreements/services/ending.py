"""Ending agreements early, calling drafts off, and giving places back (I14)."""

from datetime import date, datetime, timedelta

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import at_local
from pol.kernel.money import Rupiah
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.rules.ending import (
    check_may_call_off,
    check_may_free,
    check_may_notice,
    check_takes_goods,
)
from pol.partnership.agreements.services.telling import tell_both
from pol.partnership.allocation.services.offers import offer_freed
from pol.partnership.slots.models import Placement
from pol.partnership.slots.queries.placements import lock_places_of_agreement
from pol.partnership.slots.rules import HOLDS_SPACE, PlacementStatus
from pol.partnership.slots.rules.holding import PlaceWithoutAgreement
from pol.partnership.slots.services.placing import end, make_live


def give_notice(
    *, agreement: Agreement, last_day: date, reason: str, actor_id: int, now: datetime
) -> None:
    """Say that an agreement ends early, `last_day` being its last; the clock ends it then.

    :raises AgreementOver, NoticeGiven, NoticeReasonNeeded, NoticeTooShort, LastDayTooLate:
        see rules
    """
    check_may_notice(
        status=agreement.status,
        ends_at=agreement.ended_at,
        last_day=last_day,
        until_on=agreement.until_on,
        notice_days=agreement.notice_days,
        reason=reason,
        now=now,
    )
    agreement.ended_at = at_local(last_day + timedelta(days=1), 0)
    agreement.ended_by_id, agreement.ended_reason = actor_id, reason.strip()
    _audit("agreement.notice", agreement, actor_id, now)
    tell_both(
        agreement,
        key="notice",
        title=f"Perjanjian {agreement.number} akan berakhir {last_day:%d-%m-%Y}",
        body=f"Alasannya: {agreement.ended_reason}. Siapkan hitung akhir: barang sisa diambil atau "
        "dihitung bersama, lalu tempatnya dilepas.",
        now=now,
    )


def call_off(*, agreement: Agreement, reason: str, actor_id: int | None, now: datetime) -> None:
    """Drop an agreement before it begins; its places go to whoever is next in the queue.

    Nobody does it when the clock does.

    :raises StillInForce, AgreementOver, NoticeReasonNeeded: see rules
    """
    check_may_call_off(status=agreement.status, reason=reason)
    agreement.status, agreement.ended_at = AgreementStatus.TERMINATED, now
    agreement.ended_by_id, agreement.ended_reason = actor_id, reason.strip()
    places = lock_places_of_agreement(agreement.id)
    for place in places:
        if place.status is not PlacementStatus.ENDED:
            end(placement=place, reason=reason, actor_id=actor_id, now=now)
    db.session.flush()
    for place in places:
        offer_freed(call_id=place.call_id, shelf_id=place.shelf_id, now=now)
    _audit("agreement.called_off", agreement, actor_id, now)
    tell_both(
        agreement,
        key="called_off",
        title=f"Perjanjian {agreement.number} dibatalkan",
        body=f"Alasannya: {agreement.ended_reason}.",
        now=now,
    )


def free_placement(
    *,
    placement: Placement,
    stock: int,
    balance: Rupiah,
    uncounted_since: date | None,
    reason: str,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Give a place back once it is empty, paid for and counted; the next in the queue is asked.

    `stock` and `balance` are what stands there and what is still open, `uncounted_since` the day
    whose final count is missing: as those who know say.

    :raises StillOnShelf, StillOwed, NotCountedYet: see rules
    :raises PlaceGone, EndReasonNeeded: see `placing.end`
    """
    check_may_free(stock=stock, balance=balance, uncounted_since=uncounted_since)
    end(placement=placement, reason=reason, actor_id=actor_id, now=now)
    db.session.flush()
    if placement.agreement_id is not None:
        _end_without_places(placement.agreement_id, reason, actor_id, now)
    offer_freed(call_id=placement.call_id, shelf_id=placement.shelf_id, now=now)


def _end_without_places(
    agreement_id: int, reason: str, actor_id: int | None, now: datetime
) -> None:
    """End an agreement that has no place left: a rent has nothing to be paid for any more."""
    agreement = db.session.get_one(Agreement, agreement_id)
    places = lock_places_of_agreement(agreement_id)
    if agreement.status is not AgreementStatus.IN_FORCE or any(
        place.status in HOLDS_SPACE for place in places
    ):
        return
    agreement.status, agreement.ended_at = AgreementStatus.TERMINATED, now
    agreement.ended_by_id, agreement.ended_reason = actor_id, reason.strip()
    _audit("agreement.ended", agreement, actor_id, now)
    tell_both(
        agreement,
        key="ended",
        title=f"Perjanjian {agreement.number} sudah berakhir",
        body="Semua tempatnya sudah dilepas, jadi tidak ada biaya baru sesudah hari ini.",
        now=now,
    )


def open_place(*, placement: Placement, now: datetime) -> None:
    """Note that goods stand at a place: on the first delivery, or by hand.

    :raises PlaceWithoutAgreement: nobody has agreed on anything
    :raises AgreementNotInForce: it has not begun, or it is over
    :raises PlaceGone: the place has ended
    :raises PlaceNotEmptyYet: whatever stood there before has not been given back
    """
    if placement.agreement_id is None:
        raise PlaceWithoutAgreement
    agreement = db.session.get_one(Agreement, placement.agreement_id)
    check_takes_goods(number=agreement.number, status=agreement.status)
    make_live(placement=placement, now=now)


def _audit(action: str, agreement: Agreement, actor_id: int | None, now: datetime) -> None:
    audit.record(
        action=action,
        subject=f"agreement:{agreement.id}",
        actor_id=actor_id,
        now=now,
        reason=agreement.ended_reason,
    )
