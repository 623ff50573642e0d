"""Disputes about lines of a bill: what they hold waits, the rest is paid."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

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
    LineInDispute,
    LinePaid,
    NoLineChosen,
    check_award,
    check_open_dispute,
    held_by,
)
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
    :raises LinePaid: less is open than the lines come to
    """
    lines = _get_lines(bill, line_ids)
    held = held_by([line.amount for line in lines])
    if held > standing_of(bill).open:
        raise LinePaid(open=standing_of(bill).open)
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
    """End a dispute: of its lines the producer gets `awarded`, and that is due now.

    A bill that pays nothing has handed its shortage on: what it would gain comes with the next.

    :raises DisputeOver: it is settled
    :raises AwardOutOfRange: more than the lines add, or less than they take off
    """
    check_open_dispute(dispute.status)
    amounts = list(
        db.session.scalars(select(BillLine.amount).where(BillLine.dispute_id == dispute.id))
    )
    check_award(amounts, awarded)
    change = awarded - total(amounts)
    bill.held -= dispute.held
    _rule(bill, dispute, change, actor_id, now)
    dispute.status, dispute.awarded = DisputeStatus.SETTLED, awarded
    dispute.settled_at, dispute.settled_by_id = now, actor_id
    _say(dispute, words, actor_id, now)
    restate(bill, now)
    what = f"Keputusan Dinas: {awarded} untuk produsen. {words}"
    tell_dispute(bill, dispute, what, to=Bearer, now=now)
    _record("dispute.settled", dispute, actor_id, now, awarded=awarded.amount)


def _rule(bill: Bill, dispute: Dispute, change: Rupiah, actor_id: int, now: datetime) -> None:
    """Write the difference between what was billed and what was awarded."""
    if not change or bill.payable <= ZERO:
        db.session.flush()
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


def _say(dispute: Dispute, words: str, actor_id: int, now: datetime) -> None:
    db.session.add(
        DisputeStep(
            dispute_id=dispute.id, at=now, actor_id=actor_id, status=dispute.status, words=words
        )
    )


def _record(action: str, dispute: Dispute, actor_id: int, now: datetime, **detail: object) -> None:
    subject = f"dispute:{dispute.number}"
    audit.record(action=action, subject=subject, actor_id=actor_id, now=now, **detail)
