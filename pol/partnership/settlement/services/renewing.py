"""Asking for more time, another size or an end of a place, and answering."""

from dataclasses import dataclass
from datetime import date, datetime

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import paper_number
from pol.partnership.agreements.services import ending, following
from pol.partnership.applications.queries.labels import list_labels
from pol.partnership.settlement.models import Renewal
from pol.partnership.settlement.queries import renewals as queries
from pol.partnership.settlement.queries.final_counts import find_uncounted
from pol.partnership.settlement.rules import RenewalKind, RenewalStatus
from pol.partnership.settlement.rules.renewing import (
    RenewalAskedAlready,
    answer_by,
    check_answer,
    check_wish,
)
from pol.partnership.settlement.services.letters import write_answer, write_lapse, write_proposal
from pol.partnership.settlement.services.telling import tell_renewal
from pol.partnership.slots.models import Placement
from pol.partnership.slots.queries.planogram import lock_shelf_of_store
from pol.partnership.slots.rules import Bearer
from pol.partnership.slots.services.placements import move_placement


@dataclass(frozen=True)
class Wish:
    """What one side proposes; `until_on` (exclusive) for more time, `facings` for another size.

    A move names the shelf, and `x_mm` from its left edge.
    """

    kind: RenewalKind
    reason: str
    until_on: date | None = None
    facings: int | None = None
    shelf_id: int | None = None
    x_mm: int | None = None


def ask(*, placement: Placement, wish: Wish, by: Bearer, actor_id: int, now: datetime) -> Renewal:
    """Propose something for a place to the other side.

    :raises RenewalAskedAlready: a proposal waits
    :raises RenewalReasonMissing, RenewalTooShort, RenewalTooLong: see rules
    :raises Refused: what is proposed could not be done today; says why, and what could
    """
    if queries.is_asked(placement.id):
        raise RenewalAskedAlready
    check_wish(
        kind=wish.kind,
        until_on=wish.until_on,
        current_until_on=placement.until_on,
        reason=wish.reason,
    )
    _check_possible(placement, wish, now)
    today = business_day(now)
    renewal = Renewal(
        number=paper_number("PP", today),
        placement_id=placement.id,
        kind=wish.kind,
        status=RenewalStatus.ASKED,
        asked_by=by,
        until_on=wish.until_on,
        facings=wish.facings,
        shelf_id=wish.shelf_id,
        x_mm=wish.x_mm,
        reason=wish.reason,
        asked_at=now,
        asked_by_id=actor_id,
        answer_by=answer_by(kind=wish.kind, today=today, until_on=placement.until_on),
    )
    db.session.add(renewal)
    db.session.flush()
    write_proposal(renewal, now=now)
    what = f"{wish.reason} Jawab paling lambat {renewal.answer_by:%d-%m-%Y}."
    tell_renewal(renewal, placement, what, to=_other(by), now=now)
    _record("renewal.asked", renewal, actor_id, now)
    return renewal


def _check_possible(placement: Placement, wish: Wish, now: datetime) -> None:
    """Look now at what `agree` will look at again: nobody should answer what cannot be."""
    if wish.kind is RenewalKind.RENEW and wish.until_on:
        following.check_renewable(placement=placement, until_on=wish.until_on)
    elif wish.kind is RenewalKind.RESIZE:
        following.check_resizable(placement=placement, facings=wish.facings or 0, now=now)


def agree(
    *, renewal: Renewal, placement: Placement, by: Bearer, actor_id: int, now: datetime
) -> None:
    """Say yes: the place is held on, resized, moved, or freed if empty, paid for and counted.

    :raises RenewalAnswered, RenewalOwn: see rules
    :raises Refused: what was proposed cannot be done any more; says why
    """
    _check(renewal, by, now)
    if renewal.kind is RenewalKind.RENEW and renewal.until_on:
        next_place = following.renew(placement=placement, until_on=renewal.until_on, now=now)
        renewal.next_placement_id = next_place.id
    elif renewal.kind is RenewalKind.RESIZE and renewal.facings:
        following.resize(placement=placement, facings=renewal.facings, actor_id=actor_id, now=now)
    elif renewal.kind is RenewalKind.MOVE and renewal.shelf_id:
        _move(placement, renewal.shelf_id, renewal.x_mm or 0, actor_id, now)
    else:
        ending.free_placement(
            placement=placement,
            stock=queries.sum_stock(placement.id),
            balance=queries.sum_balance(placement, today=business_day(now)),
            uncounted_since=find_uncounted(placement, since=business_day(renewal.asked_at)),
            reason=renewal.reason,
            actor_id=actor_id,
            now=now,
        )
    _answer(renewal, RenewalStatus.DONE, None, actor_id, now)
    write_answer(renewal, by=by, now=now)
    tell_renewal(renewal, placement, "Usulan Anda disetujui.", to=renewal.asked_by, now=now)


def _move(placement: Placement, shelf_id: int, x_mm: int, actor_id: int, now: datetime) -> None:
    category = list_labels(sheet_ids=[placement.sheet_id])[placement.sheet_id].category
    move_placement(
        placement=placement,
        shelf=lock_shelf_of_store(store_id=placement.store_id, shelf_id=shelf_id),
        x_mm=x_mm,
        category=category,
        actor_id=actor_id,
        now=now,
    )


def decline(
    *,
    renewal: Renewal,
    placement: Placement,
    by: Bearer,
    words: str,
    actor_id: int,
    now: datetime,
) -> None:
    """Say no, and why.

    :raises RenewalAnswered, RenewalOwn: see rules
    """
    _check(renewal, by, now)
    _answer(renewal, RenewalStatus.REFUSED, words, actor_id, now)
    write_answer(renewal, by=by, now=now)
    what = f"Usulan Anda tidak disetujui. {words}".strip()
    tell_renewal(renewal, placement, what, to=renewal.asked_by, now=now)


def lapse_renewals(*, now: datetime) -> int:
    """Let proposals go that nobody answered, with a letter; silence changes nothing.

    Return how many.
    """
    late = queries.list_overdue(today=business_day(now))
    for renewal in late:
        _answer(renewal, RenewalStatus.LAPSED, None, None, now)
        write_lapse(renewal, now=now)
    return len(late)


def _other(side: Bearer) -> Bearer:
    return Bearer.RETAILER if side is Bearer.PRODUCER else Bearer.PRODUCER


def _check(renewal: Renewal, by: Bearer, now: datetime) -> None:
    check_answer(
        status=renewal.status,
        asked_by=renewal.asked_by,
        answered_by=by,
        answer_by=renewal.answer_by,
        today=business_day(now),
    )


def _answer(
    renewal: Renewal,
    status: RenewalStatus,
    words: str | None,
    actor_id: int | None,
    now: datetime,
) -> None:
    renewal.status, renewal.answer = status, words
    renewal.answered_at, renewal.answered_by_id = now, actor_id
    _record(f"renewal.{status.value}", renewal, actor_id, now)


def _record(action: str, renewal: Renewal, actor_id: int | None, now: datetime) -> None:
    subject = f"renewal:{renewal.number}"
    audit.record(
        action=action, subject=subject, actor_id=actor_id, now=now, kind=renewal.kind.value
    )
