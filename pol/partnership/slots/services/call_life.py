"""A call after its draft: published, given more time, closed, cancelled, allocated, done."""

from datetime import datetime

from pol.kernel import audit
from pol.kernel.localtime import business_day
from pol.kernel.signals import announce
from pol.partnership.slots.models import SlotCall
from pol.partnership.slots.queries.call_space import hold_shelves
from pol.partnership.slots.queries.call_terms import check_terms, fingerprint
from pol.partnership.slots.queries.calls import list_due_calls, lock_call, read_call
from pol.partnership.slots.rules import CallStatus
from pol.partnership.slots.rules.call import (
    CallWithoutGoods,
    CallWithoutSpace,
    Hand,
    check_cancel_reason,
    check_dates,
    check_extension,
    check_move,
    check_reason,
)
from pol.partnership.slots.rules.forms import check_rent
from pol.partnership.slots.rules.spans import Span
from pol.partnership.slots.rules.term_checks import blocks
from pol.partnership.slots.services.calls import check_spans
from pol.partnership.slots.signals import CallCancelled, CallClosed, CallExtended


def publish_call(
    *, call: SlotCall, stated_reason: str | None, actor_id: int, now: datetime
) -> None:
    """Let everybody read a call and apply; from now on its terms stay as they are.

    :raises CallWithoutSpace, CallWithoutGoods: a screen was left out
    :raises CallMoveForbidden: it is published already, or over
    :raises RentWithoutRent, RentNotOfForm: its form says whether there is a rent
    :raises CallDeadlinePast: the draft lay too long (and other refusals of its dates)
    :raises SpanTaken, SpanOffered: somebody else was first with a shelf
    :raises CallReasonNeeded: a rule that binds is not kept, and nobody says why
    """
    view = read_call(call)
    if call.status is CallStatus.DRAFT:
        raise CallWithoutGoods if view.spans else CallWithoutSpace
    check_move(call.status, CallStatus.OPEN, Hand.RETAILER)
    check_rent(call.form, view.charges)
    check_dates(from_on=call.from_on, until_on=call.until_on, closes_at=call.closes_at, now=now)
    # Two calls for one shelf: the second waits here, and then sees the first.
    hold_shelves(span.shelf_id for span in view.spans)
    spans = [(span.shelf_id, Span(span.x_mm, span.width_mm)) for span in view.spans]
    check_spans(call, spans, today=business_day(now))
    findings = check_terms(view, day=business_day(now)).findings
    call.stated_reason = check_reason(stated_reason, is_needed=blocks(findings))
    call.findings = [finding.as_row() for finding in findings]
    call.terms_sha256 = fingerprint(view)
    call.published_at, call.published_by_id = now, actor_id
    call.status = CallStatus.OPEN
    _note(
        "call.published", call, actor_id, now,
        terms_sha256=call.terms_sha256,
        findings=[finding.rule.code for finding in findings],
        stated_reason=call.stated_reason,
    )  # fmt: skip


def extend_call(*, call: SlotCall, closes_at: datetime, actor_id: int, now: datetime) -> None:
    """Give applicants more time; nothing else changes, and they are told.

    :raises CallAlreadyClosed, DeadlineNotLater, CallDeadlineTooLate: see their sentences
    """
    check_extension(
        status=call.status, old=call.closes_at, new=closes_at, from_on=call.from_on, now=now
    )
    old, call.closes_at = call.closes_at, closes_at
    _note("call.extended", call, actor_id, now, old=old.isoformat(), new=closes_at.isoformat())
    announce(CallExtended(call.id, call.number, call.title, closes_at, now))


def close_call(*, call: SlotCall, actor_id: int, now: datetime) -> None:
    """Take no more applications, before the deadline.

    :raises CallMoveForbidden: it is not open
    """
    check_move(call.status, CallStatus.CLOSED, Hand.RETAILER)
    call.closes_at = min(call.closes_at, now)
    _close(call, actor_id, now)


def close_due_calls(*, now: datetime) -> int:
    """Close the calls whose deadline has come; return how many."""
    due = list_due_calls(now=now)
    closed = 0
    for call_id in due:
        call = lock_call(call_id)
        if call.status is CallStatus.OPEN and call.closes_at <= now:
            check_move(call.status, CallStatus.CLOSED, Hand.CLOCK)
            _close(call, None, now)
            closed += 1
    return closed


def _close(call: SlotCall, actor_id: int | None, now: datetime) -> None:
    call.status = CallStatus.CLOSED
    _note("call.closed", call, actor_id, now)
    announce(CallClosed(call.id, now))


def cancel_call(*, call: SlotCall, reason: str, actor_id: int, now: datetime) -> None:
    """Call it off, with a reason that applicants read.

    :raises CallMoveForbidden: places are promised already, or it is over
    :raises CancelReasonNeeded: hardly a word
    """
    check_move(call.status, CallStatus.CANCELLED, Hand.RETAILER)
    said = check_cancel_reason(reason)
    call.status, call.status_reason = CallStatus.CANCELLED, said
    _note("call.cancelled", call, actor_id, now, reason=said)
    announce(CallCancelled(call.id, call.number, call.title, said, now))


def note_allocated(*, call: SlotCall, actor_id: int | None, now: datetime) -> None:
    """Note that it is decided what goes where; for allocation.

    :raises CallMoveForbidden: it is not closed
    """
    check_move(call.status, CallStatus.ALLOCATED, Hand.ALLOCATION)
    call.status = CallStatus.ALLOCATED
    _note("call.allocated", call, actor_id, now)


def finish_call(*, call: SlotCall, actor_id: int | None, now: datetime) -> None:
    """Note that every place has an answer; for allocation.

    :raises CallMoveForbidden: nothing is allocated
    """
    check_move(call.status, CallStatus.DONE, Hand.ALLOCATION)
    call.status = CallStatus.DONE
    _note("call.done", call, actor_id, now)


def _note(
    action: str, call: SlotCall, actor_id: int | None, now: datetime, **detail: object
) -> None:
    audit.record(action=action, subject=f"call:{call.number}", actor_id=actor_id, now=now, **detail)
