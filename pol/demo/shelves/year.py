"""A year on the shelves: deliveries, sales, counts, bills and money, week by week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select

from pol.demo.shelves.stores import Goods, House
from pol.kernel.db import db
from pol.kernel.localtime import at_local, business_day
from pol.partnership.consignment.models import Batch, DeliveryLine
from pol.partnership.consignment.services.deliveries import (
    Load,
    prepare_delivery,
    send_delivery,
)
from pol.partnership.consignment.services.receiving import Taken, receive_delivery
from pol.partnership.consignment.services.sales import sell_sheet
from pol.partnership.settlement.models import Bill
from pol.partnership.settlement.queries.bills import list_lines
from pol.partnership.settlement.rules import BillStatus
from pol.partnership.settlement.services import closing, disputing, paying
from pol.partnership.settlement.services.paying import Sending, standing_of
from pol.partnership.slots.models import Placement, Store
from pol.partnership.slots.rules import HOLDS_SPACE, Bearer

CLOSE_EVERY_WEEKS, SEED = 4, 1_011


@dataclass(frozen=True)
class Spot:
    """A product's place in a store."""

    placement: Placement
    store: Store
    goods: Goods


class Year:
    """Lives through the weeks of one retailer's agreements."""

    def __init__(self, house: House, sheets: list[Goods], since: date, now: datetime) -> None:
        self.house, self.now, self.day = house, now, since
        self.rng = Random(SEED)  # noqa: S311 - a play, not a secret
        self.number = 0
        by_sheet = {one.sheet.id: one for one in sheets}
        stores = {store.id: store for store in house.stores}
        placements = db.session.scalars(
            select(Placement)
            .where(Placement.store_id.in_(stores), Placement.status.in_(HOLDS_SPACE))
            .order_by(Placement.id)
        )
        self.spots = [Spot(p, stores[p.store_id], by_sheet[p.sheet_id]) for p in placements]

    def weeks(self) -> Iterator[int]:
        """Live week after week until yesterday; yield 1 after each."""
        week = 0
        while self.day + timedelta(days=6) < business_day(self.now):
            self._deliver()
            self._sell()
            week += 1
            if week % CLOSE_EVERY_WEEKS == 0:
                self._settle()
            self.day += timedelta(days=7)
            yield 1

    def _at(self, hour: int, days: int = 0) -> datetime:
        return at_local(self.day + timedelta(days=days), hour * 60)

    def _deliver(self) -> None:
        for store in self.house.stores:
            for shop in {spot.goods.shop.id: spot.goods.shop for spot in self.spots}.values():
                loads = [
                    load
                    for spot in self.spots
                    if spot.store.id == store.id and spot.goods.shop.id == shop.id
                    for load in self._load(spot)
                ]
                if loads:
                    self._bring(store, shop.id, shop.owner_id, loads)

    def _load(self, spot: Spot) -> Iterator[Load]:
        """Bring what is missing for two weeks, if a delivery is worth the way."""
        plan = spot.goods.plan
        wanted = 2 * plan.demand - self._on_shelf(spot)
        if wanted < plan.demand:
            return
        life = timedelta(days=plan.life_days)
        yield Load(spot.placement.id, wanted, f"B{self.day:%y%m%d}", self.day + life, self.day)

    def _on_shelf(self, spot: Spot) -> int:
        return sum(
            db.session.scalars(
                select(Batch.on_shelf).where(Batch.placement_id == spot.placement.id)
            )
        )

    def _bring(self, store: Store, stall_id: int, owner_id: int, loads: list[Load]) -> None:
        self.number += 1
        note = prepare_delivery(
            stall_id=stall_id,
            store_slug=store.slug,
            loads=loads,
            key=f"demo-kirim-{self.house.retailer.id}-{self.number}",
            actor_id=owner_id,
            now=self._at(7),
        )
        send_delivery(note=note, actor_id=owner_id, now=self._at(8))
        lines = db.session.scalars(select(DeliveryLine).where(DeliveryLine.note_id == note.id))
        taken = {line.id: self._take(line.sent) for line in lines}
        receive_delivery(note=note, taken=taken, clerk_id=self.house.clerk_id, now=self._at(9))

    def _take(self, sent: int) -> Taken:
        if sent > 4 and self.rng.random() < 0.06:
            return Taken(sent - 1, "Kemasan penyok")
        return Taken(sent)

    def _sell(self) -> None:
        for store in self.house.stores:
            for days in (2, 5):
                day = self.day + timedelta(days=days)
                pieces = self._bought(store, day)
                if pieces:
                    sell_sheet(
                        store_id=store.id,
                        pieces=pieces,
                        day=day,
                        key=f"demo-jual-{store.id}-{day}",
                        actor_id=self.house.clerk_id,
                        now=self._at(20, days),
                    )

    def _bought(self, store: Store, day: date) -> dict[int, int]:
        here = [spot for spot in self.spots if spot.store.id == store.id]
        found = {}
        for spot in here:
            usual = spot.goods.plan.demand / 2
            wanted = round(usual * self.rng.uniform(0.5, 1.4))
            sound = db.session.scalars(
                select(Batch.on_shelf).where(
                    Batch.placement_id == spot.placement.id,
                    Batch.expires_on.is_(None) | (Batch.expires_on >= day),
                )
            )
            found[spot.goods.sheet.id] = min(wanted, sum(sound))
        return {sheet_id: pieces for sheet_id, pieces in found.items() if pieces}

    def _settle(self) -> None:
        """Close four weeks, and pay what came before, more or less in time."""
        at = self._at(10, 7)
        if at > self.now:
            return
        self._pay(at)
        closing.close_period(
            retailer_id=self.house.retailer.id,
            last_day=self.day + timedelta(days=6),
            actor_id=self.house.owner_id,
            now=at,
        )

    def _pay(self, at: datetime) -> None:
        bills = db.session.scalars(
            select(Bill)
            .where(Bill.retailer_id == self.house.retailer.id, Bill.status == BillStatus.BILLED)
            .order_by(Bill.id)
        ).all()
        for place, bill in enumerate(bills):
            late = place % 7 == 3
            on = min((bill.due_on or business_day(at)) + timedelta(days=6 if late else -2),
                     business_day(at))  # fmt: skip
            paying.approve_bill(bill=bill, actor_id=self.house.owner_id, now=at)
            sending = Sending(f"demo-{bill.number}", standing_of(bill).open, on, "BRI contoh")
            payment = paying.note_payment(
                bill=bill, sending=sending, actor_id=self.house.owner_id, now=at
            )
            paying.confirm_payment(
                bill=bill, number=payment.number, actor_id=_owner(self, bill), now=at
            )

    def quarrel(self) -> None:
        """Leave the newest bills in different states: paid in part, disputed, mediated."""
        bills = db.session.scalars(
            select(Bill)
            .where(Bill.retailer_id == self.house.retailer.id, Bill.status == BillStatus.BILLED)
            .order_by(Bill.id)
        ).all()
        for bill, what in zip(bills, ("part", "dispute", "mediation"), strict=False):
            owner, at = _owner(self, bill), self.now - timedelta(days=1)
            paying.approve_bill(bill=bill, actor_id=self.house.owner_id, now=at)
            if what == "part":
                half = standing_of(bill).open.share(5_000)
                sending = Sending(f"demo-{bill.number}", half, business_day(at), "BRI contoh")
                paying.note_payment(
                    bill=bill, sending=sending, actor_id=self.house.owner_id, now=at
                )
                continue
            dispute = disputing.open_dispute(
                bill=bill,
                line_ids=[_first_line(bill)],
                by=Bearer.PRODUCER,
                words="Catatan kami lebih banyak tiga bungkus daripada yang tertulis.",
                actor_id=owner,
                now=at,
            )
            if what == "mediation":
                words = "Kami cocokkan dengan nota kasir, tolong Dinas menengahi."
                disputing.call_mediator(
                    dispute=dispute, words=words, actor_id=self.house.owner_id, now=self.now
                )


def _owner(year: Year, bill: Bill) -> int:
    return next(
        spot.goods.shop.owner_id for spot in year.spots if spot.goods.shop.id == bill.stall_id
    )


def _first_line(bill: Bill) -> int:
    return list_lines(bill_id=bill.id)[0].id
