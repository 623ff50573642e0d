"""What a retailer and producers of every form owe each other, beside our own sums (I13, I14)."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.kernel.localtime import at_local, business_day
from pol.kernel.money import Rupiah
from pol.ledger.queries import get_balance
from pol.partnership.agreements.services import ending
from pol.partnership.applications.models import Application
from pol.partnership.consignment.models import CountLine
from pol.partnership.consignment.rules import StockEventKind as Kind
from pol.partnership.consignment.services import counts
from pol.partnership.settlement.models import (
    Bill,
    BillLine,
    BillPayment,
    Dispute,
    SettlementPeriod,
)
from pol.partnership.settlement.queries import renewals
from pol.partnership.settlement.queries.final_counts import find_uncounted
from pol.partnership.settlement.rules import DisputeStatus
from pol.partnership.settlement.services import closing, disputing, paying
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.slots.models import Placement, SlotCall
from pol.partnership.slots.rules import Bearer, CoopForm
from pol.partnership.slots.services import placing
from tests.factories.partnership import (
    make_agreement,
    make_member,
    make_retailer,
    make_shelf,
    make_store,
)
from tests.partnership.settlement.goods import happen, sell
from tests.properties.billed import compare_events, compare_periods
from tests.properties.identities import find_violations
from tests.properties.owed import (
    FINE_BP,
    FIRST,
    FORMS,
    MARGINS,
    PRICES,
    Money,
    Owed,
    Side,
    make_side,
    share,
)

STEPS = (
    *("sell", "sell", "sell", "take back", "lose", "find", "break", "bring back", "deliver"),
    *("wait", "wait", "close", "close", "pay", "pay", "deny", "dispute", "rule", "free", "wind up"),
    *("repay", "wait", "close", "renew", "count"),
)
NAMES = {"break": "break_"}


class Account:
    """One retailer, producers of every form of cooperation, and all that anybody owes."""

    def __init__(self, dice: Random) -> None:
        self.dice, self.tally, self.steps = dice, Counter[str](), 0
        self.retailer = make_retailer()
        self.owner, store = make_member(self.retailer), make_store(self.retailer)
        shelf = make_shelf(store)
        self.sides = [make_side(who, self.owner, shelf) for who in range(len(FORMS))]
        self.day, self.closed = date(2026, 1, 12), FIRST
        self.store_id, self.counted_on = store.id, date.min

    @property
    def now(self) -> datetime:
        return at_local(self.day, 12 * 60)

    def step(self) -> None:
        """Do something at random, and compare."""
        what, side = self.dice.choice(STEPS), self.dice.choice(self.sides)
        self.steps += 1
        done = getattr(self, NAMES.get(what, what.replace(" ", "_")))(side)
        self.tally[what if done else f"{what}, not now"] += 1
        self.compare()

    def sell(self, side: Side) -> bool:
        quantity = min(side.stock, self.dice.randint(1, 9))
        if not quantity:
            return False
        line = sell(side.batch, quantity, self.day)
        gross = quantity * PRICES[side.who]
        side.sold.setdefault(self.day, []).append((gross, share(gross, MARGINS[side.who])))
        side.lines.append(line)
        side.stock -= quantity
        return True

    def take_back(self, side: Side) -> bool:
        if not side.lines:
            return False
        line = side.lines.pop(self.dice.randrange(len(side.lines)))
        sell(side.batch, line.quantity, self.day, corrects=line)
        gross = -line.quantity * PRICES[side.who]
        side.sold.setdefault(self.day, []).append((gross, share(gross, MARGINS[side.who])))
        side.stock += line.quantity
        return True

    def lose(self, side: Side) -> bool:
        return self._goes_missing(side, Kind.LOST)

    def break_(self, side: Side) -> bool:
        return self._goes_missing(side, Kind.DESTROYED)

    def find(self, side: Side) -> bool:
        happen(side.batch, Kind.FOUND, 1, self.day)
        side.missing.setdefault(self.day, Counter())[Kind.FOUND] += 1
        side.stock += 1
        return True

    def _goes_missing(self, side: Side, kind: Kind) -> bool:
        quantity = min(side.stock, self.dice.randint(1, 3))
        if not quantity:
            return False
        happen(side.batch, kind, quantity, self.day)
        side.missing.setdefault(self.day, Counter())[kind] += quantity
        side.stock -= quantity
        return True

    def bring_back(self, side: Side, quantity: int | None = None) -> bool:
        """Return goods to their producer, who bears what is not sold."""
        quantity = min(side.stock, quantity or self.dice.randint(1, 5))
        if not quantity:
            return False
        happen(side.batch, Kind.RETURNED, quantity, self.day)
        side.stock -= quantity
        return True

    def deliver(self, side: Side) -> bool:
        if side.stock > 60:
            return False
        quantity = self.dice.randint(5, 40)
        happen(side.batch, Kind.RECEIVED, quantity, self.day)
        side.stock += quantity
        side.bought[self.day] += quantity
        return True

    def wait(self, _side: Side) -> bool:
        self.day += timedelta(days=self.dice.choice((1, 1, 2, 5, 20)))
        return True

    def close(self, _side: Side) -> bool:
        """Close until yesterday, twice: the second time nothing happens."""
        last_day = self.day - timedelta(days=1)
        known = last_day + timedelta(days=1) == self.closed
        try:
            for _ in range(2):
                closing.close_period(
                    retailer_id=self.retailer.id, last_day=last_day, actor_id=self.owner.id,
                    now=self.now,
                )  # fmt: skip
        except Refused:
            assert last_day < self.closed
            return False
        assert known or last_day >= self.closed
        if not known:
            self._bill(self.closed, self.day)
            self.closed = self.day
        return not known

    def _bill(self, first: date, until: date) -> None:
        period_id = db.session.scalar(select(func.max(SettlementPeriod.id)))
        for side in self.sides:
            bill_id = db.session.scalars(
                select(Bill.id).where(
                    Bill.period_id == period_id, Bill.stall_id == side.batch.stall_id
                )
            ).one()
            earned, charges = side.brought(first, until), side.charges(first, until)
            payable = earned - charges + side.to_add - side.shortage
            days = [day for day in side.days if first <= day < until]
            due_on = side.due_on(self.day, [day for day in days if side.bought[day]])
            side.bills[bill_id] = Owed(payable, due_on, bool(days or charges))
            side.to_add = 0

    def repay(self, side: Side) -> bool:
        """Let a producer pay part of what the last bill left below zero."""
        if not side.shortage:
            return False
        bill_id = list(side.bills)[-1]
        bill, amount = self._row(bill_id), max(1, side.shortage // self.dice.choice((1, 2)))
        sending = Sending(f"{bill.number}-{self.steps}-dari", Rupiah(amount), self.day, "BRI")
        for _ in range(2):  # a second press is the same payment
            paying.note_payment(bill=bill, sending=sending, actor_id=self.owner.id, now=self.now)
        side.bills[bill_id].paid += amount
        return True

    def pay(self, side: Side) -> bool:
        return self._pay(side, self.dice.choice((1, 1, 2, 3)))

    def _pay(self, side: Side, parts: int) -> bool:
        open_ones = [key for key, owed in side.bills.items() if owed.open]
        if not open_ones:
            return False
        bill_id = self.dice.choice(open_ones)
        bill, owed = self._row(bill_id), side.bills[bill_id]
        amount = max(1, owed.open // parts)
        if bill.approved_at is None:
            paying.approve_bill(bill=bill, actor_id=self.owner.id, now=self.now)
        by = {"actor_id": self.owner.id, "now": self.now}
        for _ in range(2):  # a second press is the same payment
            sending = Sending(f"{bill.number}-{self.steps}", Rupiah(amount), self.day, "BRI")
            paying.note_payment(bill=bill, sending=sending, **by)  # type: ignore[arg-type]
        owed.paid += amount
        if self.day > owed.due_on and owed.has_goods:
            side.to_add += share(amount, FINE_BP)
        too_much = Sending(f"{bill.number}-{self.steps}-lebih", Rupiah(owed.open + 1), self.day, "")
        try:
            paying.note_payment(bill=bill, sending=too_much, **by)  # type: ignore[arg-type]
        except Refused:
            return True
        raise AssertionError("more than the debt was paid (I9)")

    def deny(self, side: Side) -> bool:
        """Let the last payment turn out never to have come, unless it was fined already."""
        last = db.session.scalar(
            select(BillPayment)
            .join(Bill, Bill.id == BillPayment.bill_id)
            .where(
                Bill.stall_id == side.batch.stall_id,
                BillPayment.voided_at.is_(None),
                BillPayment.confirmed_at.is_(None),
            )
            .order_by(BillPayment.id.desc())
            .limit(1)
        )
        if last is None:
            return False
        owed = side.bills[last.bill_id]
        if last.due_on and last.paid_on > last.due_on and owed.has_goods:
            return False
        paying.deny_payment(
            bill=self._row(last.bill_id), number=last.number, reason="Tidak masuk",
            actor_id=self.owner.id, now=self.now,
        )  # fmt: skip
        owed.paid -= last.amount.amount
        return True

    def dispute(self, side: Side) -> bool:
        free = select(BillLine).join(Bill, Bill.id == BillLine.bill_id)
        mine = free.where(Bill.stall_id == side.batch.stall_id, BillLine.dispute_id.is_(None))
        lines = db.session.scalars(mine.order_by(BillLine.id)).all()
        if not lines:
            return False
        line = self.dice.choice(lines)
        owed, held = side.bills[line.bill_id], max(0, line.amount.amount)
        try:
            disputing.open_dispute(
                bill=self._row(line.bill_id), line_ids=[line.id], by=Bearer.PRODUCER,
                words="Tidak cocok", actor_id=self.owner.id, now=self.now,
            )  # fmt: skip
        except Refused:
            assert held
            assert not owed.open
            return False
        assert owed.open or not held
        owed.held += min(held, owed.open)
        return True

    def rule(self, side: Side) -> bool:
        """Settle a dispute; what is beyond what its bill holds comes with the next one."""
        open_ones = select(Dispute).join(Bill, Bill.id == Dispute.bill_id)
        mine = open_ones.where(
            Bill.stall_id == side.batch.stall_id, Dispute.status != DisputeStatus.SETTLED
        )
        dispute = db.session.scalar(mine.order_by(Dispute.id).limit(1))
        if dispute is None:
            return False
        amount = db.session.scalars(
            select(BillLine.amount).where(BillLine.dispute_id == dispute.id)
        ).one()
        awarded = self.dice.randint(min(0, amount.amount), max(0, amount.amount))
        owed = side.bills[dispute.bill_id]
        disputing.settle_dispute(
            bill=self._row(dispute.bill_id), dispute=dispute, awarded=Rupiah(awarded),
            words="Begitu", actor_id=self.owner.id, now=self.now,
        )  # fmt: skip
        held, opened_on = dispute.held.amount, business_day(dispute.opened_at)
        side.to_add += owed.rule(awarded - amount.amount, held, opened_on, self.day)
        return True

    def free(self, side: Side) -> bool:
        """Ask for a place back, and put it off again: allowed at stock 0 and balance 0 (I14)."""
        place = db.session.get_one(Placement, side.placement.id)
        assert renewals.sum_stock(place.id) == side.stock, "goods of a place were forgotten (I14)"
        last_day = place.until_on - timedelta(days=1)
        is_counted = self.counted_on >= last_day
        settled = not side.stock and not self._balance(side) and is_counted
        trial = db.session.begin_nested()
        try:
            ending.free_placement(
                placement=place, stock=renewals.sum_stock(place.id),
                balance=renewals.sum_balance(place, today=self.day), reason="Uji",
                uncounted_since=find_uncounted(place), actor_id=None, now=self.now,
            )  # fmt: skip
        except Refused:
            assert not settled, "a place that is empty and paid for was kept (I14)"
            return False
        else:
            broken = [found for found in find_violations() if found.startswith("I14")]
        finally:
            trial.rollback()
        assert settled, "a place with goods or debts was given back (I14)"
        assert not broken, broken
        return True

    def renew(self, side: Side) -> bool:
        """Let a place that is over go on as another, which takes over its goods and debts."""
        place = db.session.get_one(Placement, side.placement.id)
        if self.day < place.until_on:
            return False
        until_on = self.day + timedelta(days=self.dice.choice((1, 30)))
        after = placing.reserve(
            placing.wish_again(place, from_on=place.until_on, until_on=until_on), now=self.now
        )
        call = db.session.get_one(SlotCall, place.call_id)
        wish = db.session.get_one(Application, place.application_id)
        after.agreement_id = make_agreement(wish, call).id
        ending.open_place(placement=after, now=self.now)
        side.placement = after
        return True

    def count(self, _side: Side) -> bool:
        """Count the whole store, and find what the records say, be it nothing."""
        by = {"actor_id": self.owner.id, "now": self.now}
        count = counts.open_count(store_id=self.store_id, **by)  # type: ignore[arg-type]
        lines = select(CountLine.batch_id, CountLine.expected).where(CountLine.count_id == count.id)
        there = dict(db.session.execute(lines).all())
        counts.enter_count(count=count, counted=there, **by)  # type: ignore[arg-type]
        self.counted_on = self.day
        return True

    def _balance(self, side: Side) -> bool:
        """Answer whether anything is open between the two, whoever owes it."""
        brought = [side.brought(self.closed, date.max)]
        if side.form is not CoopForm.OUTRIGHT:
            brought = [f(self.closed, date.max) for f in (side.sold_for, side.missing_for)]
        on_bills = any(owed.payable > max(owed.paid, 0) for owed in side.bills.values())
        on_way = side.to_add or side.fallen(self.day)
        return on_bills or any(brought) or side.shortage > 0 or bool(on_way)

    def wind_up(self, side: Side) -> bool:
        """Bring all goods back, close, and pay all that is open."""
        self.bring_back(side, side.stock)
        self.day += timedelta(days=1)
        self.close(side)
        while self._pay(side, 1):
            pass
        self.repay(side)
        return True

    def _row(self, bill_id: int) -> Bill:
        return db.session.get_one(Bill, bill_id, populate_existing=True)

    def compare(self) -> None:
        """Compare every figure with our own (I13)."""
        compare_periods(self.retailer.id, self.closed)
        self._compare_bills()
        compare_events(self.retailer.id, self.closed)

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
            owed = [one for one in side.bills.values() if one.payable > 0]
            open_now = sum(one.payable - one.paid for one in owed) - side.shortage
            due += open_now
            assert get_balance(f"shelf_payable:stall:{side.batch.stall_id}").amount == -open_now
        assert get_balance(f"shelf_due:retailer:{self.retailer.id}").amount == due
