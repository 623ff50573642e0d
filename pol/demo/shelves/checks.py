"""Adding the shelves up again: goods, bills and what is owed, from their parts."""

from collections.abc import Iterator

from sqlalchemy import Integer, case, func, select, type_coerce

from pol.demo.finding import Finding, rupiah_text
from pol.kernel.db import db
from pol.ledger.queries import balances_of
from pol.partnership.consignment.models import Batch, SaleLine, StockEvent
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.models import (
    Bill,
    BillLine,
    SettledEvent,
    SettlementPeriod,
)
from pol.partnership.settlement.queries.bills import carried_on


def check_shelves() -> Iterator[Finding]:
    """Check what the invariants promise about consigned goods and their bills."""
    yield _batches()
    yield _bills()
    yield _settled()
    yield _owed()


def _batches() -> Finding:
    """I12: delivered = sold + returned + lost + destroyed + on shelf, and events say the same."""
    came = case((StockEvent.kind == StockEventKind.RECEIVED, StockEvent.quantity), else_=0)
    events = (
        select(StockEvent.batch_id, func.sum(came).label("came"))
        .group_by(StockEvent.batch_id)
        .subquery()
    )
    gone = Batch.sold + Batch.returned + Batch.lost + Batch.destroyed
    wrong = (Batch.delivered != gone + Batch.on_shelf) | (Batch.delivered > events.c.came)
    rows, there, broken = db.session.execute(
        select(
            func.count(),
            func.sum(Batch.on_shelf),
            func.sum(case((wrong, 1), else_=0)),
        ).join(events, events.c.batch_id == Batch.id)
    ).one()
    return Finding(f"I12 {rows} batches: delivered = gone + there", f"{there} there", broken or 0)


def _bills() -> Finding:
    """I13: a bill comes to the sum of its lines."""
    amount = type_coerce(BillLine.amount, Integer)
    lines = (
        select(BillLine.bill_id, func.sum(amount).label("whole"))
        .group_by(BillLine.bill_id)
        .subquery()
    )
    payable = type_coerce(Bill.payable, Integer)
    wrong = payable != func.coalesce(lines.c.whole, 0)
    rows, whole, broken = db.session.execute(
        select(func.count(), func.sum(payable), func.sum(case((wrong, 1), else_=0))).outerjoin(
            lines, lines.c.bill_id == Bill.id
        )
    ).one()
    return Finding(f"I13 {rows} bills: payable = lines", rupiah_text(whole), broken or 0)


def _settled() -> Finding:
    """I13: each sale of a closed period is in exactly one bill, and no other sale is in any."""
    until = (
        select(SettlementPeriod.retailer_id, func.max(SettlementPeriod.until_on).label("until_on"))
        .group_by(SettlementPeriod.retailer_id)
        .subquery()
    )
    closed = case((SaleLine.day < until.c.until_on, 1), else_=0)
    billed = case((SettledEvent.event_id.is_not(None), 1), else_=0)
    rows, broken = db.session.execute(
        select(func.count(), func.sum(case((closed != billed, 1), else_=0)))
        .select_from(SaleLine)
        .outerjoin(until, until.c.retailer_id == SaleLine.retailer_id)
        .outerjoin(SettledEvent, SettledEvent.event_id == SaleLine.event_id)
    ).one()
    return Finding("I13 sales of closed days = sales on bills", f"{rows} sales", broken or 0)


def _owed() -> Finding:
    """What producers are owed for shelf goods is what is open on their bills, less what they owe.

    What a bill left below zero stands there until its producer pays or the next one takes it over.
    """
    payable, paid = type_coerce(Bill.payable, Integer), type_coerce(Bill.paid, Integer)
    rest = case((payable > 0, payable - paid), (carried_on(), 0), else_=payable + paid)
    rows = db.session.execute(select(Bill.stall_id, func.sum(rest)).group_by(Bill.stall_id))
    owed = {f"shelf_payable:stall:{stall_id}": -amount for stall_id, amount in rows if amount}
    held = {code: amount.amount for code, amount in balances_of("shelf_payable:").items()}
    codes = owed.keys() | held.keys()
    wrong = sum(owed.get(code, 0) != held.get(code, 0) for code in codes)
    return Finding(
        f"{len(owed)} producers: owed = open on bills", rupiah_text(-sum(held.values())), wrong
    )
