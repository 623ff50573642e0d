"""How much waits on somebody's desk today: bills, disputes, money."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, select

from pol.kernel.db import db
from pol.kernel.money import Rupiah, as_rupiah
from pol.partnership.settlement.models import Bill, Dispute
from pol.partnership.settlement.queries.bill_lists import IS_OPEN, OPEN_NOW, UNPAID
from pol.partnership.settlement.rules import DisputeStatus


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
        func.sum(OPEN_NOW),
    ).where(Bill.status.in_(UNPAID))
    if retailer_id is not None:
        query = query.where(Bill.retailer_id == retailer_id)
    if stall_id is not None:
        query = query.where(Bill.stall_id == stall_id)
    bills, late, money = db.session.execute(query).one()
    return Waiting(bills, int(late or 0), as_rupiah(money))


def count_to_mediate() -> int:
    """Return how many disputes wait for the Dinas."""
    query = select(func.count()).where(Dispute.status == DisputeStatus.MEDIATION)
    return db.session.scalar(query.select_from(Dispute)) or 0
