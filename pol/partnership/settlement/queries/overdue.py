"""Money that producers wait for beyond its day: by retailer, as a month ended, bill by bill."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select

from pol.kernel.db import db
from pol.kernel.localtime import at_local
from pol.kernel.money import ZERO, Rupiah, as_rupiah
from pol.kernel.paging import Page, cut_page, decode_day_cursor
from pol.partnership.settlement.models import Bill, BillLine, BillPayment, Dispute
from pol.partnership.settlement.queries.bill_lists import IS_TO_PAY, UNPAID
from pol.partnership.settlement.rules import BillLineKind
from pol.partnership.slots.models import Retailer
from pol.stalls.models import Stall


@dataclass(frozen=True)
class Owing:
    """What a retailer has not paid yet, without what is in dispute, and what of it is overdue.

    `days_late` is how long the oldest overdue bill has been so.
    """

    bills: int = 0
    money: Rupiah = ZERO
    late_bills: int = 0
    late: Rupiah = ZERO
    days_late: int = 0


def map_owing(*, today: date) -> dict[int, Owing]:
    """Return what each retailer owes now; those that owe nothing are missing."""
    money, late = Bill.payable - Bill.held - Bill.paid, Bill.due_on < today
    rows: Iterable[Any] = db.session.execute(
        select(
            Bill.retailer_id,
            func.count(),
            func.sum(money),
            func.sum(case((late, 1), else_=0)),
            func.sum(case((late, money), else_=literal(ZERO, Bill.payable.type))),
            func.min(case((late, Bill.due_on))),
        )
        .where(IS_TO_PAY)
        .group_by(Bill.retailer_id)
    )
    return {
        retailer_id: Owing(
            bills=bills,
            money=as_rupiah(whole),
            late_bills=int(late_bills),
            late=as_rupiah(overdue),
            days_late=(today - oldest).days if oldest else 0,
        )
        for retailer_id, bills, whole, late_bills, overdue, oldest in rows
    }


@dataclass(frozen=True)
class Overdue:
    """Bills of a retailer that were overdue and unpaid as a day ended."""

    bills: int = 0
    money: Rupiah = ZERO


def map_overdue(*, on: date) -> dict[int, Overdue]:
    """Return what was overdue as a day ended, by retailer, as it was: later money changes nothing.

    A payment counts from the day on which it was sent; one that never came counts never. What was
    in dispute on that day was not due, and rulings of later days did not hold yet.
    """
    end = on + timedelta(days=1)
    then = Bill.payable - _ruled_since(end) - _held_before(end) - _paid_before(end)
    still = (
        select(Bill.retailer_id, then.label("money"))
        .where(
            func.coalesce(_due_before(end), Bill.due_on) < on,
            Bill.made_at < at_local(end, 0),
            or_(Bill.status.in_(UNPAID), Bill.paid_at >= at_local(end, 0)),
        )
        .subquery()
    )
    rows: Iterable[Any] = db.session.execute(
        select(still.c.retailer_id, func.count(), func.sum(still.c.money))
        .where(still.c.money > 0)
        .group_by(still.c.retailer_id)
    )
    return {retailer_id: Overdue(bills, as_rupiah(money)) for retailer_id, bills, money in rows}


def _due_before(end: date) -> ColumnElement[Any]:
    """Return when a bill was due that a later ruling gave more time."""
    return (
        select(func.min(Dispute.due_before))
        .where(Dispute.bill_id == Bill.id, Dispute.settled_at >= at_local(end, 0))
        .correlate(Bill)
        .scalar_subquery()
    )


def _paid_before(end: date) -> ColumnElement[Any]:
    return _or_nothing(
        select(func.sum(BillPayment.amount))
        .where(
            BillPayment.bill_id == Bill.id,
            BillPayment.paid_on < end,
            BillPayment.voided_at.is_(None),
        )
        .correlate(Bill)
    )


def _held_before(end: date) -> ColumnElement[Any]:
    moment = at_local(end, 0)
    return _or_nothing(
        select(func.sum(Dispute.held))
        .where(
            Dispute.bill_id == Bill.id,
            Dispute.opened_at < moment,
            or_(Dispute.settled_at.is_(None), Dispute.settled_at >= moment),
        )
        .correlate(Bill)
    )


def _ruled_since(end: date) -> ColumnElement[Any]:
    ruling = and_(
        BillLine.bill_id == Dispute.bill_id,
        BillLine.kind == BillLineKind.RULING,
        BillLine.reference == "dispute:" + Dispute.number,
    )
    return _or_nothing(
        select(func.sum(BillLine.amount))
        .join(Dispute, ruling)
        .where(Dispute.bill_id == Bill.id, Dispute.settled_at >= at_local(end, 0))
        .correlate(Bill)
    )


def _or_nothing(query: Any) -> ColumnElement[Any]:
    return func.coalesce(query.scalar_subquery(), literal(ZERO, Bill.payable.type))


@dataclass(frozen=True)
class OverdueBill:
    """A bill whose day has passed with something open."""

    id: int
    number: str
    retailer_name: str
    stall_name: str
    due_on: date
    money: Rupiah

    def days_late(self, today: date) -> int:
        """Return for how many days the money has been late."""
        return (today - self.due_on).days


def list_overdue(*, today: date, cursor: str | None = None, size: int = 50) -> Page[OverdueBill]:
    """Return the overdue bills of the whole regency, the longest late first."""
    query = (
        select(
            Bill.id,
            Bill.number,
            Retailer.name,
            Stall.name,
            Bill.due_on,
            Bill.payable - Bill.held - Bill.paid,
        )
        .join(Retailer, Retailer.id == Bill.retailer_id)
        .join(Stall, Stall.id == Bill.stall_id)
        .where(IS_TO_PAY, Bill.due_on < today)
        .order_by(Bill.due_on, Bill.id)
        .limit(size + 1)
    )
    after = decode_day_cursor(cursor)
    if after:
        day, bill_id = after
        query = query.where(or_(Bill.due_on > day, and_(Bill.due_on == day, Bill.id > bill_id)))
    rows: Iterable[Any] = db.session.execute(query)
    found = [OverdueBill(*row) for row in rows]
    return cut_page(
        found,
        size=size,
        key=lambda row: (row.due_on.isoformat(), row.id),
        is_first=after is None,
    )
