"""A store's goods beside our own arithmetic: every step is done by both, and they must agree."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.partnership.applications.models import SheetPermit
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.services import sheets
from pol.partnership.consignment.models import (
    Batch,
    CountLine,
    DeliveryLine,
    DeliveryNote,
    SaleLine,
    StockEvent,
)
from pol.partnership.consignment.rules import ReturnReason, StockEventKind
from pol.partnership.consignment.rules.returning import Piece
from pol.partnership.consignment.services import counts, deliveries, receiving, returns, sales
from pol.partnership.consignment.services.deliveries import Load
from pol.partnership.settlement.models import SettlementPeriod
from tests.factories.partnership import make_member, make_partnership
from tests.factories.traders import make_keeper
from tests.partnership.consignment.stage import NOON, TODAY, a_key

FIRST = date(2026, 1, 1)
LIFE, LEAST = 120, 60
PRICE, MARGIN_BP = 15_000, 1_500
STEPS = (
    *("deliver", "deliver", "sell", "sell", "sell", "take back", "return", "destroy", "count"),
    *("close", "wait", "permit", "permit", "permit", "strike out"),
)


class Numbers(NamedTuple):
    """What a batch's row must say."""

    delivered: int
    sold: int
    returned: int
    lost: int
    destroyed: int
    on_shelf: int


@dataclass
class Heap:
    """A batch as we reckon it."""

    id: int
    received_on: date
    expires_on: date
    delivered: int
    sold: int = 0
    returned: int = 0
    lost: int = 0
    destroyed: int = 0
    recalled_on: date | None = None

    @property
    def left(self) -> int:
        return self.delivered - self.sold - self.returned - self.lost - self.destroyed

    def is_recalled_on(self, day: date) -> bool:
        return self.recalled_on is not None and self.recalled_on <= day

    def numbers(self) -> Numbers:
        parts = (self.delivered, self.sold, self.returned, self.lost, self.destroyed)
        return Numbers(*parts, self.left)


class Shop:
    """One store, one product, and what we know of it."""

    def __init__(self, random: Random) -> None:
        self.random, self.p = random, make_partnership(quantity=10)
        self.producer, self.clerk = make_keeper(self.p.stall), make_member(self.p.retailer)
        batch = self.p.batch
        assert batch.expires_on
        self.heaps = [Heap(batch.id, batch.received_on, batch.expires_on, 10)]
        self.today, self.closed = TODAY, FIRST
        self.permit_until = date(2029, 1, 1)
        self.money = self.seen = self.closings = 0
        self.tally: Counter[str] = Counter()

    @property
    def now(self) -> datetime:
        return NOON + (self.today - TODAY)

    def step(self) -> None:
        """Do something at random, and compare."""
        what = self.random.choice(STEPS)
        name = {"return": "return_"}.get(what, what.replace(" ", "_"))
        done = getattr(self, name)()
        self.tally[what if done else f"{what}, refused"] += 1
        self.compare()

    def deliver(self) -> bool:
        sent = self.random.randint(1, 30)
        accepted = self.random.choice((sent, sent, self.random.randint(0, sent)))
        until = self.today + timedelta(days=self.random.choice((-3, 0, 30, 59, 60, 61, 90, 118)))
        sound = until >= self.today + timedelta(days=LEAST) and self.permit_until >= self.today
        load = Load(self.p.placement.id, sent, a_key(), until)
        try:
            note = deliveries.prepare_delivery(
                stall_id=self.p.stall.id, store_slug=self.p.store.slug, loads=[load], key=a_key(),
                actor_id=self.producer.id, now=self.now,
            )  # fmt: skip
        except Refused:
            assert not sound, (until, self.today)
            return False
        assert sound, "goods that are not sound were let in (I15)"
        deliveries.send_delivery(note=note, actor_id=self.producer.id, now=self.now)
        return self._receive(note, accepted, until)

    def _receive(self, note: DeliveryNote, accepted: int, until: date) -> bool:
        line = db.session.scalars(select(DeliveryLine).where(DeliveryLine.note_id == note.id)).one()
        if self.random.random() < 0.1:  # the permit lapses on the way
            self._permit(self.today - timedelta(days=1))
        taken = {line.id: receiving.Taken(accepted, "Penyok")}
        try:
            receiving.receive_delivery(note=note, taken=taken, clerk_id=self.clerk.id, now=self.now)
        except Refused:
            assert accepted
            assert self.permit_until < self.today
            return False
        assert not accepted or self.permit_until >= self.today
        if accepted:
            batch = db.session.scalars(select(Batch).where(Batch.line_id == line.id)).one()
            self.heaps.append(Heap(batch.id, self.today, until, accepted))
        return True

    def sell(self) -> bool:
        day = self.today + timedelta(days=self.random.choice((0, 0, 0, -1, -3, -10, 1)))
        asked = self.random.choice((1, 1, 2, 3, 5, 8, 25, 0))
        parts = self._parts(asked, day)
        lawful = asked > 0 and self.closed <= day <= self.today
        sale = sales.Sale(self.p.store.id, self.p.sheet.id, asked, day, a_key())
        try:
            lines = sales.sell(sale, actor_id=self.clerk.id, now=self.now)
        except Refused:
            assert not (lawful and parts), (asked, day, self.closed)
            return False
        assert lawful
        assert [(line.batch_id, line.quantity) for line in lines] == [
            (heap.id, part) for heap, part in parts
        ]
        for heap, part in parts:
            heap.sold += part
            self.money += part * PRICE - (part * PRICE * MARGIN_BP + 5_000) // 10_000
        return True

    def _parts(self, asked: int, day: date) -> list[tuple[Heap, int]]:
        """Return what first expired, first out takes; nothing when there is not enough."""
        found, missing = [], asked
        for heap in sorted(self.heaps, key=lambda heap: (heap.expires_on, heap.id)):
            sound = heap.received_on <= day <= heap.expires_on and not heap.is_recalled_on(day)
            sound = sound and day <= self.permit_until
            if sound and heap.left and missing:
                found.append((heap, min(heap.left, missing)))
                missing -= found[-1][1]
        return found if not missing else []

    def take_back(self) -> bool:
        line = db.session.scalar(
            select(SaleLine).where(SaleLine.store_id == self.p.store.id).order_by(
                SaleLine.id.desc()).offset(self.random.randint(0, 3)).limit(1)
        )  # fmt: skip
        if line is None:
            return False
        known = db.session.scalar(select(func.count()).where(SaleLine.corrects_id == line.id))
        try:
            sales.take_back(line=line, reason="Salah", actor_id=self.clerk.id, now=self.now)
        except Refused:
            assert known or line.quantity < 0
            return False
        assert not known
        assert line.quantity > 0
        self._heap(line.batch_id).sold -= line.quantity
        self.money -= line.payable.amount
        return True

    def _return(self, *, destroyed: bool) -> bool:
        heap, asked = self.random.choice(self.heaps), self.random.randint(0, 6)
        reason = self.random.choice(list(ReturnReason))
        try:
            note = returns.ask_return(
                store_id=self.p.store.id, pieces=[Piece(heap.id, asked)], reason=reason,
                key=a_key(), actor_id=self.clerk.id, now=self.now,
            )  # fmt: skip
        except Refused:
            assert not 0 < asked <= heap.left
            return False
        assert 0 < asked <= heap.left
        if reason is ReturnReason.RECALL:
            heap.recalled_on = self.today
        if destroyed:
            returns.destroy(note=note, actor_id=self.clerk.id, now=self.now)
            heap.destroyed += asked
        else:
            returns.pick_up(note=note, actor_id=self.clerk.id, now=self.now)
            heap.returned += asked
        return True

    def return_(self) -> bool:
        return self._return(destroyed=False)

    def destroy(self) -> bool:
        return self._return(destroyed=True)

    def count(self) -> bool:
        there = {heap.id: heap.left for heap in self.heaps if heap.left}
        if not there:
            return False
        for batch_id in self.random.sample(sorted(there), k=min(2, len(there))):
            there[batch_id] = max(0, there[batch_id] + self.random.randint(-3, 2))
        count = counts.open_count(store_id=self.p.store.id, actor_id=self.clerk.id, now=self.now)
        asked = select(CountLine.batch_id).where(CountLine.count_id == count.id)
        there = {batch_id: there.get(batch_id, 0) for batch_id in db.session.scalars(asked)}
        counts.enter_count(count=count, counted=there, actor_id=self.clerk.id, now=self.now)
        differs = any(self._heap(batch_id).left != seen for batch_id, seen in there.items())
        values = {"stall_id": self.p.stall.id, "actor_id": self.producer.id, "now": self.now}
        if not differs:
            return True
        if self.random.random() < 0.3:
            counts.dispute(count=count, reason="Tidak cocok", **values)  # type: ignore[arg-type]
            return False
        counts.agree(count=count, **values)  # type: ignore[arg-type]
        for batch_id, seen in there.items():
            self._heap(batch_id).lost += self._heap(batch_id).left - seen
        return True

    def close(self) -> bool:
        until = self.today - timedelta(days=self.random.choice((0, 1, 4, 9)))
        if until <= self.closed:
            return False
        db.session.add(
            SettlementPeriod(
                number=a_key(), retailer_id=self.p.retailer.id, from_on=self.closed,
                until_on=until, closed_at=self.now,
            )
        )  # fmt: skip
        db.session.flush()
        self.closed = until
        return True

    def wait(self) -> bool:
        self.today += timedelta(days=self.random.choice((1, 1, 3, 30)))
        self.today = min(self.today, date(2026, 12, 30))
        return True

    def permit(self) -> bool:
        self._permit(self.today + timedelta(days=self.random.choice((-1, 0, *[400] * 8))))
        return True

    def strike_out(self) -> bool:
        known = self._paper()
        if known is None or self.random.random() < 0.5:
            return False
        sheets.remove_permit(
            sheet=self.p.sheet, permit_id=known.id, actor_id=self.producer.id, now=self.now
        )
        self.permit_until = date.min
        return True

    def _permit(self, until: date) -> None:
        values = {"kind": SheetPermitKind.P_IRT, "number": a_key(), "created_at": self.now}
        known = self._paper() or SheetPermit(sheet_id=self.p.sheet.id, **values)
        db.session.add(known)
        known.expires_on = self.permit_until = until
        db.session.flush()

    def _paper(self) -> SheetPermit | None:
        asked = select(SheetPermit).where(SheetPermit.sheet_id == self.p.sheet.id)
        found: SheetPermit | None = db.session.scalar(asked)
        return found

    def _heap(self, batch_id: int) -> Heap:
        return next(heap for heap in self.heaps if heap.id == batch_id)

    def compare(self) -> None:
        """Compare every number with our own, and the rules with every event (I12, I15)."""
        columns = (Batch.delivered, Batch.sold, Batch.returned, Batch.lost, Batch.destroyed)
        rows = db.session.execute(
            select(Batch.id, *columns, Batch.on_shelf).where(Batch.store_id == self.p.store.id)
        )
        assert {row[0]: Numbers(*row[1:]) for row in rows} == {
            heap.id: heap.numbers() for heap in self.heaps
        }
        mine = StockEvent.batch_id.in_([heap.id for heap in self.heaps])
        late = select(func.count()).select_from(StockEvent).join(Batch).where(
            mine, StockEvent.kind == StockEventKind.SOLD, StockEvent.day > Batch.expires_on
        )  # fmt: skip
        assert db.session.scalar(late) == 0
        fresh = select(func.min(StockEvent.day)).where(mine, StockEvent.id > self.seen)
        first = db.session.scalar(fresh)
        assert first is None or first >= self.closed or self.tally["close"] > self.closings
        self.seen = db.session.scalar(select(func.max(StockEvent.id)).where(mine)) or 0
        self.closings = self.tally["close"]
        owed = select(func.sum(SaleLine.payable)).where(SaleLine.store_id == self.p.store.id)
        found = db.session.scalar(owed)
        assert (found.amount if found else 0) == self.money
