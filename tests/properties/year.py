"""A year of two retailers, four stores and six producers, lived day by day through the services."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import func, select, text

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.kernel.localtime import at_local
from pol.kernel.money import Rupiah
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.services import clockwork, signing
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import Batch, CountLine, DeliveryLine, SaleLine
from pol.partnership.consignment.queries.stores import Reach, get_store
from pol.partnership.consignment.rules import ReturnReason
from pol.partnership.consignment.rules.returning import Piece
from pol.partnership.consignment.services import counts, deliveries, receiving, returns, sales
from pol.partnership.consignment.services.deliveries import Load
from pol.partnership.consignment.services.pos import imports, taking_in
from pol.partnership.settlement.models import Bill, BillLine, BillPayment, Dispute
from pol.partnership.settlement.rules import BillStatus, DisputeStatus, RenewalKind
from pol.partnership.settlement.services import closing, disputing, paying, renewing
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.settlement.services.renewing import Wish
from pol.partnership.slots.models import Placement, Retailer, Store
from pol.partnership.slots.rules import HOLDS_SPACE, Bearer
from tests.factories.catalogue import make_stall
from tests.factories.partnership import (
    make_agreement,
    make_application,
    make_call,
    make_member,
    make_placement,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)
from tests.factories.traders import make_keeper
from tests.partnership.consignment.stage import a_key

RENEWED_UNTIL = date(2027, 7, 1)
ENDS = date(2027, 1, 1)
DAY = timedelta(days=1)
LOOKED_AT = {1, 5, 10, 20}
"""Days of a month on which the database looks at its tables. The year is one transaction, so it
would never learn that they are not empty, and ask them as if they were."""


@dataclass(frozen=True)
class House:
    """A retailer with its stores and its owner, who also stands at the till."""

    retailer: Retailer
    owner: User
    stores: tuple[Store, ...]


class Year:
    """Every day: the clock, then whatever people do, then the question whether all still holds."""

    def __init__(self, dice: Random, first: date) -> None:
        self.dice, self.today, self.tally = dice, first, Counter[str]()
        self.keepers: dict[int, User] = {}
        self.houses = [self._open_house() for _ in range(2)]

    def _open_house(self) -> House:
        retailer = make_retailer()
        owner = make_member(retailer)
        stores = tuple(make_store(retailer) for _ in range(2))
        shelves = [make_shelf(store) for store in stores]
        call = make_call(retailer, shelves=shelves, by=owner, late_fine_bp=100)
        for at in range(3):
            stall = make_stall(name="UMKM Contoh")
            sheet = make_sheet(stall, price=Rupiah(9_000 + 1_111 * at))
            wish = make_application(call, sheet, stores=list(stores))
            agreement = make_agreement(wish, call)
            self.keepers[stall.id] = make_keeper(stall)
            for shelf in shelves:
                make_placement(wish, shelf, agreement=agreement, x_mm=300 * at)
        return House(retailer, owner, stores)

    @property
    def now(self) -> datetime:
        return at_local(self.today, 9 * 60)

    def live_until(self, last: date) -> Iterator[date]:
        """Live day after day; each is given once it is over."""
        while self.today <= last:
            self._clock()
            for place in self._places():
                self._bring(place)
            for house in self.houses:
                for store in house.stores:
                    self._sell(house, store)
                    self._tidy(house, store)
                self._settle(house)
            if date(2026, 11, 15) <= self.today:
                self._end_or_go_on()
            db.session.flush()
            if self.today.day in LOOKED_AT:
                db.session.execute(text("ANALYZE"))
            yield self.today
            self.today += DAY

    def _clock(self) -> None:
        """Do what the jobs worker does in a night."""
        now = self.now
        clockwork.end_agreements(now=now)
        clockwork.begin_agreements(now=now)
        clockwork.announce_ends(now=now)
        self.tally["silent counts"] += counts.agree_for_silent(now=now)
        self.tally["closed"] += closing.close_due_periods(now=now)
        renewing.lapse_renewals(now=now)

    def _places(self) -> list[Placement]:
        held = select(Placement).where(Placement.status.in_(HOLDS_SPACE)).order_by(Placement.id)
        return list(db.session.scalars(held))

    def _try(self, what: str, do: Callable[[], object]) -> bool:
        """Do something as one request would: whole or not at all."""
        try:
            with db.session.begin_nested():
                do()
        except Refused:
            self.tally[f"{what}, refused"] += 1
            return False
        self.tally[what] += 1
        return True

    def _bring(self, place: Placement) -> None:
        stock = db.session.scalar(
            select(func.sum(Batch.on_shelf)).where(Batch.placement_id == place.id)
        )
        if (stock or 0) > 6 or self.dice.random() < 0.3:
            return
        self._try("deliver", lambda: self._deliver(place))

    def _deliver(self, place: Placement) -> None:
        store, keeper = db.session.get_one(Store, place.store_id), self.keepers[place.stall_id]
        until = self.today + timedelta(days=self.dice.choice((40, 61, 75, 118)))
        load = Load(place.id, self.dice.randint(8, 24), a_key(), until)
        note = deliveries.prepare_delivery(
            stall_id=place.stall_id, store_slug=store.slug, loads=[load], key=a_key(),
            actor_id=keeper.id, now=self.now,
        )  # fmt: skip
        deliveries.send_delivery(note=note, actor_id=keeper.id, now=self.now)
        line = db.session.scalars(select(DeliveryLine).where(DeliveryLine.note_id == note.id)).one()
        part = line.sent - (self.dice.random() < 0.1)
        receiving.receive_delivery(
            note=note, taken={line.id: receiving.Taken(part, "Penyok")},
            clerk_id=self._house_of(store).owner.id, now=self.now,
        )  # fmt: skip

    def _house_of(self, store: Store) -> House:
        return next(one for one in self.houses if one.retailer.id == store.retailer_id)

    def _goods(self, store: Store) -> list[Batch]:
        there = select(Batch).where(Batch.store_id == store.id, Batch.on_shelf > 0)
        return list(
            db.session.scalars(there.order_by(Batch.id).execution_options(populate_existing=True))
        )

    def _sell(self, house: House, store: Store) -> None:
        goods = self._goods(store)
        if not goods:
            return
        if self.today.weekday() == 6:
            self._try("till file", lambda: self._send_file(house, store, goods))
            return
        for _ in range(self.dice.randint(0, 3)):
            day = self.today - self.dice.choice((0, 0, 0, 0, 1, 8)) * DAY
            batch, pieces = self.dice.choice(goods), self.dice.choice((1, 1, 2, 3, 30))
            sale = sales.Sale(store.id, batch.sheet_id, pieces, day, a_key())
            self._try("sell", lambda: sales.sell(sale, actor_id=house.owner.id, now=self.now))  # noqa: B023
        if self.dice.random() < 0.06:
            self._take_back(house, store)

    def _send_file(self, house: House, store: Store, goods: list[Batch]) -> None:
        ids = {batch.sheet_id for batch in goods}
        codes = select(ProductSheet.number).where(ProductSheet.id.in_(ids))
        rows = []
        for code in db.session.scalars(codes.order_by(ProductSheet.id)):
            day = self.today - DAY * self.dice.randint(0, 9)
            rows.append(f"{day:%d/%m/%Y};{code};{self.dice.randint(1, 6)}")
        content = "\n".join(["Tanggal;Kode;Jumlah", *rows]).encode()
        where = get_store(Reach(house.retailer.id), slug=store.slug)
        file = imports.open_file("kasir.csv", content)
        found, _ = imports.upload(store=where, file=file, actor_id=house.owner.id, now=self.now)
        imports.map_columns(found=found, columns={"day": 0, "code": 1, "quantity": 2}, now=self.now)
        imports.start(found=found, actor_id=house.owner.id, now=self.now)
        taking_in.run_imports(now=self.now, alone=_alone)
        if twin := found.failure and imports.look_over(found, now=self.now).twin:
            by = {"actor_id": house.owner.id, "now": self.now}
            imports.start(found=found, apart_from=twin.number, **by)  # type: ignore[arg-type]
            taking_in.run_imports(now=self.now, alone=_alone)
            self.tally["till file like another"] += 1
        self.tally["rows of files"] += found.good_rows or 0

    def _take_back(self, house: House, store: Store) -> None:
        last = select(SaleLine).where(SaleLine.store_id == store.id).order_by(SaleLine.id.desc())
        line = db.session.scalar(last.limit(1))
        if line is not None:
            by = {"actor_id": house.owner.id, "now": self.now}
            self._try("take back", lambda: sales.take_back(line=line, reason="Salah", **by))  # type: ignore[arg-type]

    def _tidy(self, house: House, store: Store) -> None:
        for batch in self._goods(store):
            expired = batch.expires_on is not None and batch.expires_on < self.today
            place = db.session.get_one(Placement, batch.placement_id)
            if expired or place.until_on <= self.today or self.dice.random() < 0.01:
                self._try("return", lambda: self._return(house, batch, expired=expired))  # noqa: B023
        if self.today.day == 28 or (self.today > ENDS and not self.today.weekday()):
            self._try("count", lambda: self._count(house, store))

    def _return(self, house: House, batch: Batch, *, expired: bool) -> None:
        reason = ReturnReason.EXPIRED if expired else ReturnReason.UNSOLD
        by = {"actor_id": house.owner.id, "now": self.now}
        note = returns.ask_return(
            store_id=batch.store_id, pieces=[Piece(batch.id, batch.on_shelf)], reason=reason,
            key=a_key(), **by,  # type: ignore[arg-type]
        )  # fmt: skip
        if expired and self.dice.random() < 0.5:
            returns.destroy(note=note, **by)  # type: ignore[arg-type]
        else:
            returns.pick_up(note=note, **by)  # type: ignore[arg-type]

    def _count(self, house: House, store: Store) -> None:
        count = counts.open_count(store_id=store.id, actor_id=house.owner.id, now=self.now)
        lines = select(CountLine.batch_id, CountLine.expected).where(CountLine.count_id == count.id)
        there = dict(db.session.execute(lines).all())
        goods = sorted(batch_id for batch_id, pieces in there.items() if pieces)
        for batch_id in self.dice.sample(goods, k=min(2, len(goods))):
            there[batch_id] = max(0, there[batch_id] + self.dice.choice((-2, -1, 1)))
        counts.enter_count(count=count, counted=there, actor_id=house.owner.id, now=self.now)
        self.tally["counted batches"] += len(there)

    def _settle(self, house: House) -> None:
        due = select(Bill).where(
            Bill.retailer_id == house.retailer.id,
            Bill.status.in_((BillStatus.BILLED, BillStatus.APPROVED, BillStatus.IN_PART)),
        )
        for bill in db.session.scalars(due.order_by(Bill.id)).all():
            self._deal_with(house, bill)
        for dispute in db.session.scalars(
            select(Dispute).join(Bill).where(
                Bill.retailer_id == house.retailer.id, Dispute.status != DisputeStatus.SETTLED
            )
        ).all():  # fmt: skip
            if self.dice.random() < 0.2:
                self._rule(house, dispute)

    def _deal_with(self, house: House, bill: Bill) -> None:
        by = {"actor_id": house.owner.id, "now": self.now}
        chance = self.dice.random()
        if bill.status is BillStatus.BILLED and chance < 0.5:
            paying.approve_bill(bill=bill, **by)  # type: ignore[arg-type]
        elif bill.approved_at and chance < 0.3:
            left = paying.standing_of(bill).open
            part = left if self.dice.random() < 0.7 else Rupiah(max(1, left.amount // 2))
            sending = Sending(a_key(), part, self.today, "BRI")
            self._try("pay", lambda: paying.note_payment(bill=bill, sending=sending, **by))  # type: ignore[arg-type]
        elif chance > 0.99:
            self._try("dispute", lambda: self._dispute(bill))
        elif chance > 0.98:
            self._deny(house, bill)

    def _dispute(self, bill: Bill) -> None:
        lines = db.session.scalars(select(BillLine.id).where(BillLine.bill_id == bill.id)).all()
        disputing.open_dispute(
            bill=bill, line_ids=[self.dice.choice(lines)], by=Bearer.PRODUCER, words="Tidak cocok",
            actor_id=self.keepers[bill.stall_id].id, now=self.now,
        )  # fmt: skip

    def _rule(self, house: House, dispute: Dispute) -> None:
        amounts = db.session.scalars(
            select(BillLine.amount).where(BillLine.dispute_id == dispute.id)
        ).all()
        whole = sum(amount.amount for amount in amounts)
        awarded = Rupiah(self.dice.randint(min(0, whole), max(0, whole)))
        bill = db.session.get_one(Bill, dispute.bill_id)
        self._try("rule", lambda: disputing.settle_dispute(
            bill=bill, dispute=dispute, awarded=awarded, words="Begitu",
            actor_id=house.owner.id, now=self.now,
        ))  # fmt: skip

    def _deny(self, house: House, bill: Bill) -> None:
        mine = select(BillPayment.number).where(
            BillPayment.bill_id == bill.id, BillPayment.voided_at.is_(None)
        )
        number = db.session.scalar(mine.order_by(BillPayment.id.desc()).limit(1))
        if number:
            self._try("deny", lambda: paying.deny_payment(
                bill=bill, number=number, reason="Tidak masuk", actor_id=house.owner.id,
                now=self.now,
            ))  # fmt: skip

    def _end_or_go_on(self) -> None:
        for place in self._places():
            if place.until_on == ENDS and self.today == date(2026, 11, 16) and place.stall_id % 2:
                wish = Wish(RenewalKind.RENEW, "Laris", until_on=RENEWED_UNTIL)
                self._try("renew", lambda: self._agree_on(place, wish))  # noqa: B023
            if place.until_on <= self.today:
                wish = Wish(RenewalKind.FREE, "Masa habis")
                self._try("free", lambda: self._agree_on(place, wish))  # noqa: B023
        drafts = select(Agreement).where(Agreement.status == AgreementStatus.DRAFT)
        for agreement in db.session.scalars(drafts).all():
            self._try("sign", lambda: self._sign(agreement))  # noqa: B023

    def _agree_on(self, place: Placement, wish: Wish) -> None:
        owner = self._house_of(db.session.get_one(Store, place.store_id)).owner
        renewal = renewing.ask(
            placement=place, wish=wish, by=Bearer.RETAILER, actor_id=owner.id, now=self.now
        )
        keeper = self.keepers[place.stall_id]
        renewing.agree(
            renewal=renewal, placement=place, by=Bearer.PRODUCER, actor_id=keeper.id, now=self.now
        )

    def _sign(self, agreement: Agreement) -> None:
        owner = next(h.owner for h in self.houses if h.retailer.id == agreement.retailer_id)
        for side, person in (
            (Bearer.RETAILER, owner),
            (Bearer.PRODUCER, self.keepers[agreement.stall_id]),
        ):
            signing.sign(
                agreement=agreement, side=side, typed_name=person.name,
                read_sha256=agreement.text_sha256, user_id=person.id, now=self.now,
            )  # fmt: skip
            db.session.flush()


@contextmanager
def _alone() -> Iterator[None]:
    with db.session.begin_nested():
        yield
