"""Today, whatever the hour: every desk of the demo has something waiting on it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from pol.delivery.models import DeliverySlot
from pol.delivery.rules import cutoff_at
from pol.demo import shopping
from pol.demo.fates import Fates, begins, ids_of
from pol.demo.shopping import Errand
from pol.demo.transfers import Bank
from pol.demo.world import Shop, World
from pol.kernel.db import db
from pol.kernel.localtime import at_local, business_day
from pol.orders.models import OrderGroup, Shipment
from pol.orders.rules.life import OrderStatus
from pol.payments.rules import Method

MINUTE = timedelta(minutes=1)
AHEAD = timedelta(hours=3)  # so far from the courier's hour traders have two hours to answer
Follow = Callable[[OrderGroup, datetime], None]


@dataclass(frozen=True)
class Scene:
    """An errand so many minutes ago, and what has happened since."""

    minutes_ago: int
    errand: Errand
    follow: Follow


class Desks:
    """Plans the last hours so that orders stand in every state now."""

    def __init__(self, world: World, fates: Fates, bank: Bank) -> None:
        self._world, self._fates, self._bank = world, fates, bank

    def plan(self) -> int:
        """Plan every scene and return how many orders they make."""
        scenes = [*self._at_the_stall(), *self._at_the_office(), *self._on_the_road()]
        for scene in scenes:
            at = self._world.now - scene.minutes_ago * MINUTE
            self._world.timeline.plan(at, partial(self._play, scene))
        return sum(len(scene.errand.shops) for scene in scenes)

    def _play(self, scene: Scene, now: datetime) -> None:
        scene.follow(shopping.order(self._world, scene.errand, now), now)

    def _at_the_stall(self) -> list[Scene]:
        """New, accepted, packed and just collected orders for the demo trader."""
        own, more = self._world.own_shop, self._neighbours()
        me, *others = self._world.shoppers[:8]
        later = Errand(me, [own], delivered=1, patience=AHEAD)
        collected = Errand(others[5], [own], delivered=0)
        return [
            Scene(9, replace(later, shops=[own, more[0]]), _wait),
            Scene(21, replace(later, shopper=others[0]), _wait),
            Scene(34, replace(later, shopper=others[1], shops=[own, more[1]]), _wait),
            Scene(71, replace(later, shopper=others[2]), self._accepted),
            Scene(83, replace(later, shopper=others[3], shops=[own, more[2]]), self._accepted),
            Scene(95, replace(later, shopper=others[4]), self._packed),
            Scene(101, replace(collected, shopper=others[6]), self._packed),
            Scene(120, collected, self._collected),
            Scene(22 * 60, replace(collected, shopper=me), self._regretted),
        ]

    def _at_the_office(self) -> list[Scene]:
        """Transfers to look at and money to hand back for the market officer."""
        more = self._neighbours()
        paid = Errand(self._world.shoppers[9], [more[3]], Method.TRANSFER, patience=2 * AHEAD)
        return [
            Scene(44, replace(paid, shops=[self._world.own_shop, more[4]]), self._proved),
            Scene(58, replace(paid, shopper=self._world.shoppers[30]), self._proved),
            Scene(12, replace(paid, shopper=self._world.shoppers[10]), _wait),
            Scene(190, replace(paid, shopper=self._world.shoppers[11]), self._paid_and_refused),
            Scene(250, replace(paid, shopper=self._world.shoppers[12]), self._paid_and_refused),
        ]

    def _on_the_road(self) -> list[Scene]:
        """A trip of the demo courier that is under way now, loaded at several stalls."""
        slot, market_id = self._todays_slot(), self._world.own_shop.market_id
        today = business_day(self._world.now)
        last_call = cutoff_at(today, slot.cutoff_minute) - 20 * MINUTE
        ago = max(100, int((self._world.now - last_call) / MINUTE) + 1)
        shops = [self._world.own_shop, *self._neighbours()]
        shops = [shop for shop in shops if shop.market_id == market_id]
        shoppers = [self._world.shoppers[index] for index in (0, 14, 15, 16)]
        errands = [
            Errand(shopper, shops[index : index + 2], delivered=1, on_day=today, slot_id=slot.id)
            for index, shopper in enumerate(shoppers)
        ]
        return [Scene(ago, errand, self._loaded) for errand in errands]

    def _todays_slot(self) -> DeliverySlot:
        """Return the slot whose hours have come, or else the first of the day."""
        slots = db.session.scalars(
            select(DeliverySlot)
            .where(DeliverySlot.market_id == self._world.own_shop.market_id)
            .order_by(DeliverySlot.starts_minute)
        ).all()
        today, now = business_day(self._world.now), self._world.now
        begun = [slot for slot in slots if cutoff_at(today, slot.starts_minute) <= now]
        return begun[-1] if begun else slots[0]

    def _neighbours(self) -> list[Shop]:
        """Return stalls of the demo trader's market, then of the others."""
        own = self._world.own_shop
        selling = [shop for shop in self._world.selling() if shop != own]
        return sorted(selling, key=lambda shop: shop.market_id != own.market_id)

    def _accepted(self, group: OrderGroup, now: datetime) -> None:
        self._later(group, now + 11 * MINUTE, self._fates.promise)

    def _packed(self, group: OrderGroup, now: datetime) -> None:
        self._accepted(group, now)
        self._later(group, now + 32 * MINUTE, self._fates.tie_up)

    def _collected(self, group: OrderGroup, now: datetime) -> None:
        self._packed(group, now)
        self._later(group, now + 75 * MINUTE, self._fates.hand_over)

    def _regretted(self, group: OrderGroup, now: datetime) -> None:
        self._collected(group, now)
        self._later(group, self._world.now - 50 * MINUTE, self._fates.complaints.report)

    def _proved(self, group: OrderGroup, now: datetime) -> None:
        number, plan = group.number, self._world.timeline.plan
        plan(now + 8 * MINUTE, lambda at: self._bank.send_proof(number, at))

    def _paid_and_refused(self, group: OrderGroup, now: datetime) -> None:
        number, plan = group.number, self._world.timeline.plan
        self._proved(group, now)
        plan(now + 15 * MINUTE, lambda at: self._bank.accept_money(number, at))
        self._later(group, now + 40 * MINUTE, self._fates.refuse)

    def _loaded(self, group: OrderGroup, now: datetime) -> None:
        """Pack everything in time and let the trip leave today: at its hour or half an hour ago."""
        self._packed(group, now)
        for shipment in db.session.scalars(select(Shipment).where(Shipment.group_id == group.id)):
            just_left = max(at_local(shipment.on_day, 0), self._world.now - 30 * MINUTE)
            start = min(begins(shipment), just_left)
            if shipment.trip_id is not None:
                self._fates.driver.lingering.add(shipment.trip_id)
                self._fates.driver.expect(shipment.trip_id, start, now)

    def _later(
        self, group: OrderGroup, at: datetime, deed: Callable[[int, datetime], object]
    ) -> None:
        """Plan the same for each order of a group."""
        for order_id in ids_of(group, group_status_at_first(group)):
            self._world.timeline.plan(at, partial(deed, order_id))


def group_status_at_first(group: OrderGroup) -> OrderStatus:
    """Return in which state the orders of a group begin."""
    is_cash = group.method is Method.CASH
    return OrderStatus.PLACED if is_cash else OrderStatus.WAITING_PAYMENT


def _wait(group: OrderGroup, now: datetime) -> None:
    """Leave an order as it was placed."""
