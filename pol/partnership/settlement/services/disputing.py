"""Disputes about lines of a bill: what they hold waits, the rest is paid."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select, update

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah, total
from pol.kernel.text import paper_number
from pol.ledger import services as ledger
from pol.partnership.settlement.models import Bill, BillLine, Dispute, DisputeStep
from pol.partnership.settlement.rules import BillLineKind, DisputeStatus
from pol.partnership.settlement.rules.bills import (
    RULING_OF,
    WHY_RULED,
    LineInDispute,
    NoLineChosen,
    check_award,
    check_open_dispute,
    due_after_ruling,
    hold,
)
from pol.partnership.settlement.services.closing import say_when
from pol.partnership.settlement.services.paying import restate, standing_of
from pol.partnership.settlement.services.telling import tell_dispute
from pol.partnership.slots.rules import Bearer


def open_dispute(
    *,
    bill: Bill,
    line_ids: Sequence[int],
    by: Bearer,
    words: str,
    actor_id: int,
    now: datetime,
) -> Dispute:
    """Say that lines of a bill are wrong; they are not due until it is settled.

    :raises NoLineChosen, LineInDispute: the lines
    :raises LinePaid: nothing of the bill is open any more
    """
    lines = _get_lines(bill, line_ids)
    held = hold([line.amount for line in lines], standing_of(bill))
    dispute = Dispute(
        number=paper_number("SK", business_day(now)),
        bill_id=bill.id,
        status=DisputeStatus.OPEN,
        opened_by=by,
        held=held,
        opened_at=now,
        opened_by_id=actor_id,
    )
    db.session.add(dispute)
    db.session.flush()
    db.session.execute(
        update(BillLine)
        .where(BillLine.id.in_([line.id for line in lines]))
        .values(dispute_id=dispute.id)
    )
    bill.held += held
    restate(bill, now)
    _say(dispute, words, actor_id, now)
    other = Bearer.RETAILER if by is Bearer.PRODUCER else Bearer.PRODUCER
    tell_dispute(bill, dispute, words, to=(other,), now=now)
    _record("dispute.opened", dispute, actor_id, now, held=held.amount)
    return dispute


def _get_lines(bill: Bill, line_ids: Sequence[int]) -> Sequence[BillLine]:
    lines = db.session.scalars(
        select(BillLine).where(BillLine.bill_id == bill.id, BillLine.id.in_(line_ids))
    ).all()
    if not lines:
        raise NoLineChosen
    if len(lines) != len(set(line_ids)):
        raise NotFound
    if any(line.dispute_id is not None for line in lines):
        raise LineInDispute
    return lines


def say(*, dispute: Dispute, words: str, actor_id: int, now: datetime) -> None:
    """Add what one side says.

    :raises DisputeOver: it is settled
    """
    check_open_dispute(dispute.status)
    _say(dispute, words, actor_id, now)


def call_mediator(*, dispute: Dispute, words: str, actor_id: int, now: datetime) -> None:
    """Hand a dispute to the Dinas.

    :raises DisputeOver: it is settled
    """
    check_open_dispute(dispute.status)
    dispute.status = DisputeStatus.MEDIATION
    _say(dispute, words, actor_id, now)
    _record("dispute.mediation", dispute, actor_id, now)


def settle_dispute(
    *, bill: Bill, dispute: Dispute, awarded: Rupiah, words: str, actor_id: int, now: datetime
) -> None:
    """End a dispute: of its lines the producer gets `awarded`.

    The days of the dispute are added to those until the bill is due, if its rest is paid. The bill
    gives no more than the dispute held; what is beyond that, and all of it if the bill pays
    nothing, comes with the next one.

    :raises DisputeOver: it is settled
    :raises AwardOutOfRange: more than the lines add, or less than they take off
    """
    check_open_dispute(dispute.status)
    amounts = list(
        db.session.scalars(select(BillLine.amount).where(BillLine.dispute_id == dispute.id))
    )
    check_award(amounts, awarded)
    rest = standing_of(bill).open
    bill.held -= dispute.held
    if bill.payable > ZERO:
        change = max(awarded - total(amounts), -dispute.held)
        _rule(bill, dispute, change, actor_id, now)
        _give_time(bill, dispute, rest, now)
    dispute.status, dispute.awarded = DisputeStatus.SETTLED, awarded
    dispute.settled_at, dispute.settled_by_id = now, actor_id
    _say(dispute, words, actor_id, now)
    db.session.flush()
    restate(bill, now)
    what = f"Keputusan Dinas: {awarded} untuk produsen. {words}"
    tell_dispute(bill, dispute, what, to=Bearer, now=now)
    _record("dispute.settled", dispute, actor_id, now, awarded=awarded.amount)


def _rule(bill: Bill, dispute: Dispute, change: Rupiah, actor_id: int, now: datetime) -> None:
    """Write the difference between what was billed and what was awarded."""
    if not change:
        return
    db.session.add(
        BillLine(
            bill_id=bill.id,
            kind=BillLineKind.RULING,
            words=RULING_OF % dispute.number,
            reference=f"dispute:{dispute.number}",
            quantity=0,
            gross=ZERO,
            margin=ZERO,
            amount=change,
            dispute_id=None,
        )
    )
    bill.borne += change
    bill.payable += change
    db.session.flush()
    ledger.post(
        key=f"dispute:{dispute.number}",
        at=now,
        reference=f"bill:{bill.number}",
        memo=RULING_OF % dispute.number,
        lines=[
            (f"shelf_due:retailer:{bill.retailer_id}", change),
            (f"shelf_payable:stall:{bill.stall_id}", -change),
        ],
        actor_id=actor_id,
    )


def _give_time(bill: Bill, dispute: Dispute, rest: Rupiah, now: datetime) -> None:
    """Say until when what was held is to be paid, or that nothing is left to pay."""
    today = business_day(now)
    if bill.payable == ZERO:
        when = say_when(retailer_id=bill.retailer_id, stall_id=bill.stall_id, closed_on=today)
        bill.nothing_because = f"{WHY_RULED % dispute.number} {when}"
        dispute.due_before, bill.due_on = bill.due_on, None
    elif bill.due_on is not None:
        due_on = due_after_ruling(
            bill.due_on, held_from=_held_from(dispute), ruled_on=today, rest=rest
        )
        if due_on != bill.due_on:
            dispute.due_before, bill.due_on = bill.due_on, due_on


def _held_from(dispute: Dispute) -> date:
    """Return since when this dispute alone has held something; days with others are counted."""
    ruled_at = db.session.scalar(
        select(func.max(Dispute.settled_at)).where(Dispute.bill_id == dispute.bill_id)
    )
    return business_day(max(dispute.opened_at, ruled_at or dispute.opened_at))


def _say(dispute: Dispute, words: str, actor_id: int, now: datetime) -> None:
    db.session.add(
        DisputeStep(
            dispute_id=dispute.id, at=now, actor_id=actor_id, status=dispute.status, words=words
        )
    )


def _record(action: str, dispute: Dispute, actor_id: int, now: datetime, **detail: object) -> None:
    subject = f"dispute:{dispute.number}"
    audit.record(action=action, subject=subject, actor_id=actor_id, now=now, **detail)
