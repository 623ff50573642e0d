"""Payments of bills, and who may see their proof."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.partnership.settlement.models import Bill, BillPayment


@dataclass(frozen=True)
class PaymentRow:
    """A payment of a bill."""

    id: int
    number: str
    amount: Rupiah
    paid_on: date
    reference: str
    proof_key: str | None
    sale_to_money_tenths: int | None
    noted_at: datetime
    confirmed_at: datetime | None
    voided_at: datetime | None
    voided_reason: str | None


def list_payments(*, bill_id: int) -> list[PaymentRow]:
    """Return what was paid of a bill, oldest first."""
    rows = db.session.execute(
        select(
            BillPayment.id,
            BillPayment.number,
            BillPayment.amount,
            BillPayment.paid_on,
            BillPayment.reference,
            BillPayment.proof_key,
            BillPayment.sale_to_money_tenths,
            BillPayment.noted_at,
            BillPayment.confirmed_at,
            BillPayment.voided_at,
            BillPayment.voided_reason,
        )
        .where(BillPayment.bill_id == bill_id)
        .order_by(BillPayment.id)
    )
    return [PaymentRow(*row) for row in rows]


def get_payment(*, bill_id: int, number: str) -> PaymentRow:
    """Return one payment of this bill.

    :raises NotFound: the bill has no such payment
    """
    found = (row for row in list_payments(bill_id=bill_id) if row.number == number)
    payment = next(found, None)
    if payment is None:
        raise NotFound
    return payment


def find_sides_of_proof(key: str) -> tuple[int, int] | None:
    """Return the producer and the retailer of the bill that a picture proves a payment of."""
    row = db.session.execute(
        select(Bill.stall_id, Bill.retailer_id)
        .join(BillPayment, BillPayment.bill_id == Bill.id)
        .where(BillPayment.proof_key == key)
    ).one_or_none()
    return (row[0], row[1]) if row else None
