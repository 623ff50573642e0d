"""How a retailer closes its periods and pays: each in its own way."""

from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select

from pol.demo.shelves.stores import House
from pol.kernel.db import db
from pol.kernel.localtime import at_local, business_day
from pol.kernel.money import ZERO
from pol.partnership.settlement.models import Bill, Dispute
from pol.partnership.settlement.queries.bill_lines import LineRow, list_lines
from pol.partnership.settlement.rules import BillStatus
from pol.partnership.settlement.services import closing, disputing, paying
from pol.partnership.settlement.services.paying import Sending, standing_of
from pol.partnership.slots.rules import Bearer

LOOKS_AFTER = (2, 5, 9)
"""A bill waits one of these many days for somebody to look at it."""


def looks_at(bill: Bill) -> datetime:
    """Return when somebody looks at a bill."""
    return bill.made_at + timedelta(days=LOOKS_AFTER[bill.id % len(LOOKS_AFTER)])


class Purse:
    """Pays the bills of one retailer; `pays_after` of its plan says how long it takes."""

    def __init__(self, house: House, owners: dict[int, int], rng: Random, now: datetime) -> None:
        assert house.plan.habits is not None
        self.house, self.owners, self.rng, self.now = house, owners, rng, now
        self.habits = house.plan.habits
        self.planned: list[tuple[date, Bill]] = []

    def closes_in(self, week: int) -> bool:
        """Answer whether a period ends with this week; the last one ended a week ago or more."""
        return week % self.habits.settle_weeks == self.habits.settle_weeks - 1

    def close(self, last_day: date, at: datetime) -> None:
        """Close a period, and decide when to pay each bill."""
        period = closing.close_period(
            retailer_id=self.house.retailer.id,
            last_day=last_day,
            actor_id=self.house.owner_id,
            now=at,
        )
        bills = db.session.scalars(
            select(Bill)
            .where(Bill.period_id == period.id, Bill.status == BillStatus.BILLED)
            .order_by(Bill.id)
        )
        for bill in bills:
            lag = timedelta(days=self.rng.choice(self.habits.pays_after))
            self.planned.append((business_day(at) + lag, bill))

    def pay_until(self, last: date) -> None:
        """Approve what was looked at, and pay what the time has come for."""
        left = []
        for on, bill in self.planned:
            looked_at = looks_at(bill)
            if bill.approved_at is None and looked_at < min(self.now, at_local(last, 0)):
                paying.approve_bill(bill=bill, actor_id=self.house.owner_id, now=looked_at)
            if on > min(last, business_day(self.now) - timedelta(days=1)):
                left.append((on, bill))
            else:
                self._pay(bill, on)
        self.planned = left

    def _pay(self, bill: Bill, on: date) -> None:
        at = at_local(on, 14 * 60)
        if bill.approved_at is None:
            paying.approve_bill(bill=bill, actor_id=self.house.owner_id, now=at)
        sending = Sending(f"demo-{bill.number}", standing_of(bill).open, on, "BRI contoh")
        payment = paying.note_payment(
            bill=bill, sending=sending, actor_id=self.house.owner_id, now=at
        )
        seen_at = at + timedelta(hours=20)
        if seen_at < self.now:
            paying.confirm_payment(
                bill=bill, number=payment.number, actor_id=self.owners[bill.stall_id], now=seen_at
            )

    def quarrel(self, officer_id: int) -> None:
        """Leave unpaid bills in different states, from half paid to settled by the Dinas."""
        bills = [bill for _, bill in self.planned if self._least(bill).amount <= bill.payable]
        deeds = (self._pay_half, self._doubt, self._mediate, self._rule)
        for bill, deed in zip(sorted(bills, key=lambda one: one.id), deeds, strict=False):
            if bill.approved_at is None:
                at = self.now - timedelta(days=2)
                paying.approve_bill(bill=bill, actor_id=self.house.owner_id, now=at)
            deed(bill, officer_id)

    def _least(self, bill: Bill) -> LineRow:
        """Return the smallest line that adds something: the one to be doubted."""
        lines = [line for line in list_lines(bill_id=bill.id) if line.amount > ZERO]
        return min(lines, key=lambda line: line.amount)

    def _pay_half(self, bill: Bill, officer_id: int) -> None:
        at = self.now  # a bill of yesterday's period cannot have been paid before
        half = standing_of(bill).open.share(5_000)
        sending = Sending(f"demo-{bill.number}-1", half, business_day(at), "BRI contoh")
        paying.note_payment(bill=bill, sending=sending, actor_id=self.house.owner_id, now=at)

    def _doubt(self, bill: Bill, officer_id: int) -> None:
        self._dispute(bill, "Menurut struk kasir kami, tiga bungkus lebih sedikit yang terjual.")

    def _dispute(self, bill: Bill, words: str) -> Dispute:
        return disputing.open_dispute(
            bill=bill,
            line_ids=[self._least(bill).id],
            by=Bearer.RETAILER,
            words=words,
            actor_id=self.house.owner_id,
            now=self.now - timedelta(days=1),
        )

    def _mediate(self, bill: Bill, officer_id: int) -> Dispute:
        dispute = self._dispute(bill, "Sebagian dibatalkan pembeli di kasir.")
        disputing.call_mediator(
            dispute=dispute,
            words="Barangnya tidak ada di rak saat kami datang. Tolong Dinas menengahi.",
            actor_id=self.owners[bill.stall_id],
            now=self.now - timedelta(hours=20),
        )
        return dispute

    def _rule(self, bill: Bill, officer_id: int) -> None:
        dispute = self._mediate(bill, officer_id)
        disputing.settle_dispute(
            bill=bill,
            dispute=dispute,
            awarded=dispute.held.share(9_000),
            words="Menurut struk kasir dan stok opname, sepersepuluhnya batal terjual.",
            actor_id=officer_id,
            now=self.now - timedelta(hours=2),
        )
