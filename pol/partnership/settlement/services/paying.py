"""Approving and paying bills; what the producer did not get is open again."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah
from pol.kernel.text import paper_number
from pol.ledger import services as ledger
from pol.partnership.settlement.models import Bill, BillPayment, SettlementPeriod
from pol.partnership.settlement.queries.bill_lines import list_days_sold
from pol.partnership.settlement.queries.bill_payments import list_payments
from pol.partnership.settlement.queries.bills import is_carried
from pol.partnership.settlement.queries.periods import lock_retailer
from pol.partnership.settlement.rules import BillStatus
from pol.partnership.settlement.rules.bills import (
    ApproveFirst,
    CarriedOn,
    NotApprovable,
    PaymentDecided,
    Standing,
    check_payment,
    status_after,
)
from pol.partnership.settlement.rules.ranking import Aged, mean_tenths
from pol.partnership.settlement.rules.sums import days_to_money_tenths
from pol.partnership.settlement.services.telling import tell_denied, tell_paid


@dataclass(frozen=True)
class Sending:
    """One press on "paid"; the key makes a second press harmless."""

    key: str
    amount: Rupiah
    paid_on: date
    reference: str
    proof_key: str | None = None


def approve_bill(*, bill: Bill, actor_id: int, now: datetime) -> None:
    """Let the retailer say that a bill is right.

    :raises NotApprovable: it was said before, or nothing is due
    """
    if bill.status is not BillStatus.BILLED:
        raise NotApprovable
    bill.status, bill.approved_at, bill.approved_by_id = BillStatus.APPROVED, now, actor_id
    _record("bill.approved", bill, actor_id, now, payable=bill.payable.amount)


def note_payment(*, bill: Bill, sending: Sending, actor_id: int, now: datetime) -> BillPayment:
    """Take down money that the retailer sent; the same key again gives the same payment.

    Of a bill below zero it is what the retailer got from the producer, which needs no answer.

    :raises ApproveFirst: nobody has approved the bill
    :raises CarriedOn: it is below zero, and the next bill has taken that over
    :raises PaymentMissing, NothingOpen, PaymentTooHigh, PaidInFuture, PaidBeforeBill: see rules
    """
    same = db.session.scalars(
        select(BillPayment).where(BillPayment.key == sending.key, BillPayment.bill_id == bill.id)
    ).one_or_none()
    if same is not None:
        return same
    got = bill.payable < ZERO
    if got:
        _check_not_carried(bill)
    elif bill.approved_at is None:
        raise ApproveFirst
    check_payment(
        standing_of(bill),
        amount=sending.amount,
        paid_on=sending.paid_on,
        ended_on=_ended_on(bill),
        today=business_day(now),
    )
    payment = BillPayment(
        number=paper_number("BP", business_day(now)),
        key=sending.key,
        bill_id=bill.id,
        amount=sending.amount,
        paid_on=sending.paid_on,
        due_on=bill.due_on,
        reference=sending.reference,
        proof_key=sending.proof_key,
        sale_to_money_tenths=None
        if got
        else days_to_money_tenths(list_days_sold(bill_id=bill.id), paid_on=sending.paid_on),
        noted_at=now,
        noted_by_id=actor_id,
        confirmed_at=now if got else None,
        confirmed_by_id=actor_id if got else None,
    )
    db.session.add(payment)
    db.session.flush()
    _move(bill, payment, sending.amount, actor_id, now)
    tell_paid(bill, payment, now=now)
    _record("bill.paid", bill, actor_id, now, payment=payment.number, amount=payment.amount.amount)
    return payment


def _check_not_carried(bill: Bill) -> None:
    """Check that what the producer owes still stands on this bill, and keep it there."""
    lock_retailer(bill.retailer_id)
    if is_carried(bill_id=bill.id):
        raise CarriedOn


def confirm_payment(*, bill: Bill, number: str, actor_id: int, now: datetime) -> None:
    """Let the producer say that the money is there.

    :raises NotFound: the bill has no such payment
    :raises PaymentDecided: the producer has answered before
    """
    payment = _get_open_payment(bill, number)
    payment.confirmed_at, payment.confirmed_by_id = now, actor_id


def deny_payment(*, bill: Bill, number: str, reason: str, actor_id: int, now: datetime) -> None:
    """Let the producer say that the money never came: the amount is due again.

    :raises NotFound: the bill has no such payment
    :raises PaymentDecided: the producer has answered before
    """
    payment = _get_open_payment(bill, number)
    payment.voided_at, payment.voided_by_id, payment.voided_reason = now, actor_id, reason
    _move(bill, payment, -payment.amount, actor_id, now)
    tell_denied(bill, payment, now=now)
    _record("bill.payment_denied", bill, actor_id, now, payment=number, reason=reason)


def _get_open_payment(bill: Bill, number: str) -> BillPayment:
    payment = db.session.scalars(
        select(BillPayment).where(BillPayment.bill_id == bill.id, BillPayment.number == number)
    ).one_or_none()
    if payment is None:
        raise NotFound
    if payment.confirmed_at or payment.voided_at:
        raise PaymentDecided
    return payment


def standing_of(bill: Bill) -> Standing:
    """Return how a bill's money stands."""
    return Standing(bill.payable, bill.held, bill.paid)


def restate(bill: Bill, now: datetime) -> None:
    """Give a bill the state that its money says."""
    bill.status = status_after(standing_of(bill), approved=bill.approved_at is not None)
    bill.paid_at = now if bill.status is BillStatus.PAID else None
    db.session.flush()


def _move(bill: Bill, payment: BillPayment, amount: Rupiah, actor_id: int, now: datetime) -> None:
    """Add an amount, or take it off, in the bill and in the ledger."""
    bill.paid += amount
    restate(bill, now)
    to_producer = amount if bill.payable > ZERO else -amount
    bill.sale_to_money_tenths = _mean_of_payments(bill) if bill.paid else None
    ledger.post(
        key=f"billpay:{payment.number}" + ("" if amount > ZERO else ":void"),
        at=now,
        reference=f"bill:{bill.number}",
        memo=f"Pembayaran tagihan {bill.number}" + ("" if amount > ZERO else " tidak masuk"),
        lines=[
            (f"shelf_payable:stall:{bill.stall_id}", to_producer),
            (f"shelf_due:retailer:{bill.retailer_id}", -to_producer),
        ],
        actor_id=actor_id,
    )


def _mean_of_payments(bill: Bill) -> int | None:
    return mean_tenths(
        [
            Aged(row.amount, row.sale_to_money_tenths)
            for row in list_payments(bill_id=bill.id)
            if row.voided_at is None and row.sale_to_money_tenths is not None
        ]
    )


def _ended_on(bill: Bill) -> date:
    return db.session.scalars(
        select(SettlementPeriod.until_on).where(SettlementPeriod.id == bill.period_id)
    ).one()


def _record(action: str, bill: Bill, actor_id: int, now: datetime, **detail: object) -> None:
    subject = f"bill:{bill.number}"
    audit.record(action=action, subject=subject, actor_id=actor_id, now=now, **detail)
