"""What a retailer and two producers owe each other as we reckon it, and where it must stand."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.ledger.queries import get_balance
from pol.partnership.consignment.models import Batch, SaleLine, StockEvent
from pol.partnership.settlement.models import Bill, BillLine, SettledEvent, SettlementPeriod
from pol.partnership.slots.models import Placement, Retailer

FIRST = date(2026, 1, 1)
PRICES = (15_000, 12_345)
MARGINS = (1_500, 1_234)
ENTRANCE, PROMOTION, SHARE_BP, FINE_BP, PAYMENT_DAYS = 40_000, 700, 250, 175, 14


def share(amount: int, basis_points: int) -> int:
    """Return a share, half a rupiah rounded away from zero."""
    part = (2 * abs(amount) * basis_points + 10_000) // 20_000
    return part if amount >= 0 else -part


class Money(NamedTuple):
    """What a bill's row must say."""

    payable: int
    held: int
    paid: int


@dataclass
class Owed:
    """A bill as we reckon it."""

    payable: int
    due_on: date
    has_goods: bool
    """A bill of nothing but old fines and rulings is not fined again."""
    held: int = 0
    paid: int = 0

    @property
    def open(self) -> int:
        return max(0, self.payable - self.held - self.paid)

    def money(self) -> Money:
        return Money(self.payable, self.held, self.paid)


@dataclass
class Side:
    """A producer as we reckon it."""

    who: int
    batch: Batch
    placement: Placement
    stock: int
    sold: dict[date, list[tuple[int, int]]] = field(default_factory=dict)
    """Takings and margin of each sale, by day."""
    missing: dict[date, Counter[str]] = field(default_factory=dict)
    """Pieces that went missing in the retailer's care, by day and kind."""
    lines: list[SaleLine] = field(default_factory=list)
    bills: dict[int, Owed] = field(default_factory=dict)
    entrance: bool = False
    to_add: int = 0
    """Fines and rulings that the next bill brings."""


class Books:
    """Compares every figure of one retailer with our own (I13)."""

    retailer: Retailer
    sides: list[Side]
    closed: date
    """The first day that is not closed."""

    def compare(self) -> None:
        """Compare every figure with our own (I13)."""
        ends = db.session.execute(
            select(SettlementPeriod.from_on, SettlementPeriod.until_on)
            .where(SettlementPeriod.retailer_id == self.retailer.id)
            .order_by(SettlementPeriod.from_on)
        ).all()
        assert all(one.until_on == other.from_on for one, other in pairwise(ends))
        assert [row.until_on for row in ends[-1:]] in ([], [self.closed])
        self._compare_bills()
        self._compare_events()

    def _compare_bills(self) -> None:
        lines = (
            select(BillLine.bill_id, func.sum(BillLine.amount).label("whole"))
            .group_by(BillLine.bill_id)
            .subquery()
        )
        rows = db.session.execute(
            select(Bill.id, Bill.stall_id, Bill.payable, Bill.held, Bill.paid, lines.c.whole)
            .outerjoin(lines, lines.c.bill_id == Bill.id)
            .where(Bill.retailer_id == self.retailer.id)
        ).all()
        found = {row[0]: Money(*(amount.amount for amount in row[2:5])) for row in rows}
        ours = {key: owed.money() for side in self.sides for key, owed in side.bills.items()}
        assert found == ours, {k: (v, ours.get(k)) for k, v in found.items() if v != ours.get(k)}
        for row in rows:
            whole = getattr(row.whole, "amount", row.whole or 0)
            assert row.payable.amount == int(whole), "a bill is not the sum of its lines (I13)"
        due = 0
        for side in self.sides:
            open_now = sum(max(owed.payable, 0) - owed.paid for owed in side.bills.values())
            due += open_now
            assert get_balance(f"shelf_payable:stall:{side.batch.stall_id}").amount == -open_now
        assert get_balance(f"shelf_due:retailer:{self.retailer.id}").amount == due

    def _compare_events(self) -> None:
        """Look that each sale of a closed day is on a line of its producer's bill, once."""
        mine = SaleLine.retailer_id == self.retailer.id
        open_ones = (
            select(func.count())
            .select_from(SaleLine)
            .outerjoin(SettledEvent, SettledEvent.event_id == SaleLine.event_id)
            .where(mine, (SaleLine.day < self.closed) != SettledEvent.event_id.is_not(None))
        )
        assert db.session.scalar(open_ones) == 0
        strangers = (
            select(func.count())
            .select_from(SettledEvent)
            .join(StockEvent, StockEvent.id == SettledEvent.event_id)
            .join(Batch, Batch.id == StockEvent.batch_id)
            .join(BillLine, BillLine.id == SettledEvent.line_id)
            .join(Bill, Bill.id == BillLine.bill_id)
            .where(Bill.retailer_id == self.retailer.id, Bill.stall_id != Batch.stall_id)
        )
        assert db.session.scalar(strangers) == 0
