"""Which periods there are, and which events are on which bills (I13)."""

from datetime import date
from itertools import pairwise

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.partnership.consignment.models import Batch, SaleLine, StockEvent
from pol.partnership.settlement.models import Bill, BillLine, SettledEvent, SettlementPeriod


def compare_periods(retailer_id: int, closed: date) -> None:
    """Look that periods touch, and that the last one ends where we think."""
    ends = db.session.execute(
        select(SettlementPeriod.from_on, SettlementPeriod.until_on)
        .where(SettlementPeriod.retailer_id == retailer_id)
        .order_by(SettlementPeriod.from_on)
    ).all()
    assert all(one.until_on == other.from_on for one, other in pairwise(ends))
    assert [row.until_on for row in ends[-1:]] in ([], [closed])


def compare_events(retailer_id: int, closed: date) -> None:
    """Look that each sale of a closed day is on a line of its producer's bill, once."""
    mine = SaleLine.retailer_id == retailer_id
    open_ones = (
        select(func.count())
        .select_from(SaleLine)
        .outerjoin(SettledEvent, SettledEvent.event_id == SaleLine.event_id)
        .where(mine, (SaleLine.day < closed) != SettledEvent.event_id.is_not(None))
    )
    assert db.session.scalar(open_ones) == 0
    strangers = (
        select(func.count())
        .select_from(SettledEvent)
        .join(StockEvent, StockEvent.id == SettledEvent.event_id)
        .join(Batch, Batch.id == StockEvent.batch_id)
        .join(BillLine, BillLine.id == SettledEvent.line_id)
        .join(Bill, Bill.id == BillLine.bill_id)
        .where(Bill.retailer_id == retailer_id, Bill.stall_id != Batch.stall_id)
    )
    assert db.session.scalar(strangers) == 0
