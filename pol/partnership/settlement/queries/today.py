"""How much waits on somebody's desk today: bills, disputes, money."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, select

from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.partnership.settlement.models import Bill, Dispute
from pol.partnership.settlement.rules import BillStatus, DisputeStatus

OPEN = (BillStatus.BILLED, BillStatus.APPROVED, BillStatus.IN_PART)
IS_OPEN = and_(Bill.status.in_(OPEN), Bill.payable > Bill.held + Bill.paid)
"""What a bill must be to have something to pay now: what is in dispute is not due."""


@dataclass(frozen=True)
class Waiting:
    """Bills that wait: how many, how many of them late, and what is open on them."""

    bills: int
    late: int
    money: Rupiah


def sum_bills(
    today: date, *, retailer_id: int | None = None, stall_id: int | None = None
) -> Waiting:
    """Return what is open on bills of a retailer or a producer, or of the whole regency."""
    query = select(
        func.count(),
        func.sum(case((and_(IS_OPEN, Bill.due_on < today), 1), else_=0)),
        func.sum(Bill.payable - Bill.held - Bill.paid),
    ).where(Bill.status.in_(OPEN))
    if retailer_id is not None:
        query = query.where(Bill.retailer_id == retailer_id)
    if stall_id is not None:
        query = query.where(Bill.stall_id == stall_id)
    bills, late, money = db.session.execute(query).one()
    return Waiting(bills, int(late or 0), _rupiah(money))


def _rupiah(value: Any) -> Rupiah:
    return value if isinstance(value, Rupiah) else Rupiah(int(value or 0))


def count_to_mediate() -> int:
    """Return how many disputes wait for the Dinas."""
    query = select(func.count()).where(Dispute.status == DisputeStatus.MEDIATION)
    return db.session.scalar(query.select_from(Dispute)) or 0
