"""A year on a retailer's shelves: deliveries, sales, returns and counts, week by week."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from random import Random
from typing import Protocol

from sqlalchemy import select

from pol.demo.shelves import seasons, tills
from pol.demo.shelves.purse import Purse
from pol.demo.shelves.spots import Pile, Spot, hope, taste
from pol.demo.shelves.stores import Goods, House
from pol.demo.shelves.tidying import Keeper
from pol.kernel.db import db
from pol.kernel.localtime import at_local, business_day
from pol.partnership.consignment.models import Batch, DeliveryLine
from pol.partnership.consignment.services.deliveries import Load, prepare_delivery, send_delivery
from pol.partnership.consignment.services.receiving import Taken, receive_delivery
from pol.partnership.consignment.services.sales import sell_sheet
from pol.partnership.slots.models import Placement, Store
from pol.partnership.slots.rules import HOLDS_SPACE

SEED = 1_011
TIDY_EVERY, COUNT_EVERY = 4, 13
LATELY = 4
"""So many weeks before today the day sheets come twice a week."""


class Lived(Protocol):
    """A year of one retailer that has been played, by services or in bulk."""

    house: House
    now: datetime
    owners: dict[int, int]
    spots: list[Spot]
    purse: Purse
    keeper: Keeper


class Year:
    """Lives through the weeks of one retailer's agreements."""

    def __init__(self, house: House, sheets: list[Goods], now: datetime) -> None:
        self.house, self.now = house, now
        self.day = business_day(now) - timedelta(days=7 * seasons.WEEKS)
        self.rng = Random(f"{SEED} {house.plan.name}")  # noqa: S311 - a play, not a secret
        self.till_weeks = house.plan.habits.till_weeks if house.plan.habits else 0
        self.owners = {one.shop.id: one.shop.owner_id for one in sheets}
        self.spots = _spots(house, sheets)
        self.purse = Purse(house, self.owners, self.rng, now)
        self.keeper = Keeper(house, self.owners, self.rng)

    def weeks(self) -> Iterator[int]:
        """Live week after week until yesterday; yield 1 after each."""
        for week in range(1, seasons.WEEKS + 1):
            self.keeper.turn_clock(self._at(6))
            self._deliver()
            self._sell(left=seasons.WEEKS - week)
            self.day += timedelta(days=7)
            at = self._at(21, -1)
            if week % TIDY_EVERY == 0:
                self.keeper.tidy(self.spots, at)
            if week % COUNT_EVERY == 6:
                self.keeper.count(self.spots, at)
            if self.purse.closes_in(week) and week < seasons.WEEKS:
                self.purse.close(self.day - timedelta(days=1), self._at(9))
            self.purse.pay_until(self.day + timedelta(days=6))
            yield 1

    def _at(self, hour: int, days: int = 0) -> datetime:
        return at_local(self.day + timedelta(days=days), hour * 60)

    def _deliver(self) -> None:
        for store in self.house.stores:
            wanted = [(spot, spot.wanted(self.day)) for spot in self._in(store)]
            coming = sorted((one for one in wanted if one[1]), key=lambda one: one[0].stall_id)
            for stall_id, brought in groupby(coming, lambda one: one[0].stall_id):
                self._bring(store, stall_id, list(brought))

    def _in(self, store: Store) -> list[Spot]:
        return [spot for spot in self.spots if spot.store_id == store.id]

    def _bring(self, store: Store, stall_id: int, brought: list[tuple[Spot, int]]) -> None:
        owner_id = self.owners[stall_id]
        loads = [
            Load(
                spot.placement_id,
                pieces,
                f"{self.day:%y%m%d}",
                self.day + timedelta(days=spot.life_days),
                self.day,
            )
            for spot, pieces in brought
        ]
        note = prepare_delivery(
            stall_id=stall_id,
            store_slug=store.slug,
            loads=loads,
            key=f"demo-kirim-{store.id}-{stall_id}-{self.day}",
            actor_id=owner_id,
            now=self._at(7),
        )
        send_delivery(note=note, actor_id=owner_id, now=self._at(8))
        lines = db.session.scalars(select(DeliveryLine).where(DeliveryLine.note_id == note.id))
        taken = {line.id: self._take(line.sent) for line in lines}
        receive_delivery(note=note, taken=taken, clerk_id=self.house.clerk_id, now=self._at(9))
        self._stack(note.id, [spot for spot, _ in brought])

    def _take(self, sent: int) -> Taken:
        luck = self.rng.random()
        if luck < 0.04:
            return Taken(sent - 1, "Kemasan penyok")
        return Taken(0, "Labelnya luntur kena hujan") if luck < 0.05 else Taken(sent)

    def _stack(self, note_id: int, spots: list[Spot]) -> None:
        """Remember what was taken in."""
        by_place = {spot.placement_id: spot for spot in spots}
        rows = db.session.execute(
            select(Batch.placement_id, Batch.id, Batch.expires_on, DeliveryLine.accepted)
            .join(DeliveryLine, DeliveryLine.id == Batch.line_id)
            .where(DeliveryLine.note_id == note_id)
        )
        for placement_id, batch_id, expires_on, accepted in rows:
            pile = Pile(batch_id, expires_on or date.max, accepted or 0)
            by_place[placement_id].piles.append(pile)

    def _sell(self, *, left: int) -> None:
        for store in self.house.stores:
            for ahead, days in ((2, 4), (6, 3)) if left < LATELY else ((5, 7),):
                day = self.day + timedelta(days=ahead)
                pieces = self._ring_up(store, day, days)
                if pieces:
                    write = self._by_file if left < self.till_weeks else self._on_sheet
                    write(store, pieces, day, self._at(20, ahead))

    def _by_file(self, store: Store, pieces: dict[int, int], day: date, at: datetime) -> None:
        rows = tills.rows_of(store, pieces, day)
        tills.hand_in(store, rows, day, actor_id=self.house.buyer_id, now=at)

    def _on_sheet(self, store: Store, pieces: dict[int, int], day: date, at: datetime) -> None:
        sell_sheet(
            store_id=store.id,
            pieces=pieces,
            day=day,
            key=f"demo-jual-{store.id}-{day}",
            actor_id=self.house.clerk_id,
            now=at,
        )

    def _ring_up(self, store: Store, day: date, days: int) -> dict[int, int]:
        found = {}
        for spot in self._in(store):
            pieces = spot.bought(day, days=days, rng=self.rng)
            if pieces:
                spot.take(pieces, day)
                found[spot.sheet_id] = pieces
        return found


def _spots(house: House, sheets: list[Goods]) -> list[Spot]:
    """Return the places that hold goods of these products."""
    goods = {one.sheet.id: (one, index) for index, one in enumerate(sheets)}
    stores = {store.id: plan for store, plan in zip(house.stores, house.plan.stores, strict=True)}
    placements = db.session.scalars(
        select(Placement)
        .where(Placement.store_id.in_(stores), Placement.status.in_(HOLDS_SPACE))
        .order_by(Placement.id)
    )
    found = []
    for place in placements:
        (one, index), store = goods[place.sheet_id], stores[place.store_id]
        number = sum(map(ord, store.name))
        found.append(
            Spot(
                placement_id=place.id,
                agreement_id=place.agreement_id or 0,
                sheet_id=place.sheet_id,
                stall_id=place.stall_id,
                store_id=place.store_id,
                kind=one.plan.category,
                life_days=one.plan.life_days,
                from_on=place.from_on,
                until_on=place.until_on,
                weekly=one.plan.demand * store.busy * taste(number, index),
                hope=hope(number, index),
            )
        )
    return found
