"""I13: whatever happens in a year, each sale is in one bill, and bills add up to what was owed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.ledger.queries import get_balance
from pol.partnership.consignment.models import Batch, SaleLine, StockEvent
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.models import Bill, BillLine, SettledEvent, SettlementPeriod
from pol.partnership.settlement.queries import bills as queries
from pol.partnership.settlement.services import closing, paying
from pol.partnership.settlement.services.paying import Sending
from tests.factories.partnership import (
    Partnership,
    make_agreement,
    make_application,
    make_batch,
    make_partnership,
    make_placement,
    make_sheet,
)
from tests.partnership.settlement.goods import happen, sell

START = date(2026, 1, 12)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["sell", "sell", "sell", "lose", "take back", "close", "pay", "wait"]),
        st.integers(0, 1),
        st.integers(1, 9),
    ),
    min_size=8,
    max_size=40,
)


class Year:
    """Two producers at one retailer, with our own arithmetic of what they are owed."""

    def __init__(self) -> None:
        self.p = make_partnership(quantity=5_000)
        self.batches = [self.p.batch, _second(self.p)]
        self.day = START
        self.sold: list[SaleLine] = []
        self.owed = [0, 0]
        self.steps = 0

    @property
    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 5, tzinfo=UTC)

    def play(self, what: str, who: int, number: int) -> None:
        self.steps += 1
        if what == "wait":
            self.day += timedelta(days=number)
        elif what == "sell":
            self.sold.append(sell(self.batches[who], number, self.day))
            self.owed[who] += _net(number)
        elif what == "lose":
            happen(self.batches[who], StockEventKind.LOST, number, self.day)
            self.owed[who] += _net(number)
        elif what == "take back" and self.sold:
            line = self.sold.pop()
            owner = [batch.id for batch in self.batches].index(line.batch_id)
            sell(self.batches[owner], line.quantity, self.day, corrects=line)
            self.owed[owner] -= line.payable.amount
        elif what == "close":
            self._close()
        elif what == "pay":
            self._pay(number)

    def _close(self) -> None:
        self.day += timedelta(days=1)
        try:
            closing.close_period(
                retailer_id=self.p.retailer.id,
                last_day=self.day - timedelta(days=1),
                actor_id=self.p.owner.id,
                now=self.now,
            )
        except Refused:  # nothing is open: it was closed this morning
            return

    def _pay(self, number: int) -> None:
        for bill in _bills(self.p):
            open_now = paying.standing_of(bill).open
            if not open_now:
                continue
            if bill.approved_at is None:
                paying.approve_bill(bill=bill, actor_id=self.p.owner.id, now=self.now)
            part = Rupiah(max(1, open_now.amount * number // 9))
            sending = Sending(f"{bill.number}-{self.steps}", part, self.day, "BRI")
            paying.note_payment(bill=bill, sending=sending, actor_id=self.p.owner.id, now=self.now)

    def check(self) -> None:
        """Compare every figure with our own."""
        bills = _bills(self.p)
        periods = db.session.scalars(
            select(SettlementPeriod)
            .where(SettlementPeriod.retailer_id == self.p.retailer.id)
            .order_by(SettlementPeriod.from_on)
        ).all()
        assert all(a.until_on == b.from_on for a, b in pairwise(periods))
        until = periods[-1].until_on if periods else date.min
        settled = db.session.scalar(
            select(func.count())
            .select_from(SaleLine)
            .join(SettledEvent, SettledEvent.event_id == SaleLine.event_id)
            .where(SaleLine.retailer_id == self.p.retailer.id)
        )
        due = db.session.scalar(
            select(func.count())
            .select_from(SaleLine)
            .where(SaleLine.retailer_id == self.p.retailer.id, SaleLine.day < until)
        )
        assert settled == due
        for bill in bills:
            lines = select(func.sum(BillLine.amount)).where(BillLine.bill_id == bill.id)
            whole = db.session.scalar(lines)
            assert bill.payable.amount == getattr(whole, "amount", whole or 0)
            assert bill.paid <= max(bill.payable, Rupiah(0))
        for who, batch in enumerate(self.batches):
            billed = [bill for bill in bills if bill.stall_id == batch.stall_id]
            positive = sum(bill.payable.amount for bill in billed if bill.payable > Rupiah(0))
            paid = sum(bill.paid.amount for bill in billed)
            assert get_balance(f"shelf_payable:stall:{batch.stall_id}").amount == paid - positive
            self.check_owed(who, batch.stall_id, billed)

    def check_owed(self, who: int, stall_id: int, billed: list[Bill]) -> None:
        """Close what is left: then all that was ever owed stands on bills, once."""
        own = sum((bill.payable - bill.carried).amount for bill in billed)
        unbilled = sum(
            amount.amount for _, _, amount in queries.sum_unbilled(stall_id=stall_id)
        ) + _unbilled_losses(stall_id)
        assert own + unbilled == self.owed[who]


def _unbilled_losses(stall_id: int) -> int:
    open_ones = (
        select(func.coalesce(func.sum(StockEvent.quantity), 0))
        .join(Batch, Batch.id == StockEvent.batch_id)
        .outerjoin(SettledEvent, SettledEvent.event_id == StockEvent.id)
        .where(
            Batch.stall_id == stall_id,
            StockEvent.kind == StockEventKind.LOST,
            SettledEvent.event_id.is_(None),
        )
    )
    return _net(int(db.session.scalar(open_ones) or 0))


def _net(quantity: int) -> int:
    """Return what a producer gets: Rp15.000 less 15 %, by hand."""
    return quantity * 12_750


def _second(p: Partnership) -> Batch:
    sheet = make_sheet()
    application = make_application(p.call, sheet, stores=[p.store])
    agreement = make_agreement(application, p.call)
    placement = make_placement(application, p.shelf, agreement=agreement, x_mm=400)
    return make_batch(placement, quantity=5_000)


def _bills(p: Partnership) -> list[Bill]:
    return list(
        db.session.scalars(
            select(Bill)
            .where(Bill.retailer_id == p.retailer.id)
            .order_by(Bill.id)
            .execution_options(populate_existing=True)
        )
    )


def test_a_year_of_sales_and_bills_adds_up(
    session: Session, rounds: Callable[[int, int], int]
) -> None:
    played = 0

    @settings(
        max_examples=rounds(15, 500),
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=STEPS)
    def check(steps: list[tuple[str, int, int]]) -> None:
        nonlocal played
        year = Year()
        for step in steps:
            year.play(*step)
        year.check()
        played += len(steps)

    check()
    assert played >= 15 * 8
