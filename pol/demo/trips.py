"""Couriers drive: they set off with what is packed and hand it over house by house."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from pol.delivery.models import Trip
from pol.delivery.queries import lock_trip_of_courier
from pol.delivery.services import finish_trip, start_trip
from pol.demo.accounts import COURIER
from pol.demo.world import World
from pol.kernel.db import db
from pol.orders.models import Order, Shipment
from pol.orders.queries.locks import lock_order
from pol.orders.rules.life import ActorKind, OrderStatus
from pol.orders.services import life

NOBODY_HOME = "Tidak ada orang di rumah, telepon tidak diangkat."
HOUSE = timedelta(minutes=7)
Handed = Callable[[int, datetime], None]
"""What follows when a customer has the goods: the order's id, and when."""


class Driver:
    """Starts a trip once something is packed for it, and brings it home when all is handed over."""

    def __init__(self, world: World, handed: Handed) -> None:
        self._world = world
        self._handed = handed
        self._expected: set[int] = set()
        self._under_way: dict[int, int] = {}
        self.lingering: set[int] = set()
        """Trips that are still under way now, with all but one order in the bag."""

    def expect(self, trip_id: int, start: datetime, now: datetime) -> None:
        """Let a trip start at its hour; what is packed later is taken along."""
        if trip_id in self._under_way:
            self._world.timeline.plan(now, lambda at: self._load(trip_id, at))
        elif trip_id not in self._expected:
            self._expected.add(trip_id)
            self._world.timeline.plan(start, lambda at: self._start(trip_id, at))

    def _start(self, trip_id: int, now: datetime) -> None:
        given_to = db.session.get_one(Trip, trip_id).courier_id
        self._under_way[trip_id] = courier_id = given_to or self._choose(trip_id)
        start_trip(trip=self._lock(trip_id), courier_id=courier_id, now=now)
        self._load(trip_id, now)

    def _choose(self, trip_id: int) -> int:
        """Return a courier: the demo's own for the trip that is under way now."""
        if trip_id in self.lingering:
            return self._world.people[COURIER]
        return self._world.rng.choice(self._world.couriers)

    def _load(self, trip_id: int, now: datetime) -> None:
        """Take all that is packed, and plan the houses on the way."""
        ready, plan = _orders_of(trip_id, OrderStatus.READY), self._world.timeline.plan
        for order_id in ready:
            life.hand_to_courier(
                order=lock_order(order_id),
                by=ActorKind.COURIER,
                actor_id=self._under_way[trip_id],
                now=now,
            )
        if trip_id in self.lingering:
            ready = ready[-1:]
        for house, order_id in enumerate(ready, start=1):
            plan(now + house * HOUSE, partial(self._ring, order_id, trip_id))

    def _ring(self, order_id: int, trip_id: int, now: datetime) -> None:
        order, courier_id = lock_order(order_id), self._under_way[trip_id]
        if self._world.rng.random() < 0.03:
            life.fail_order(order=order, courier_id=courier_id, reason=NOBODY_HOME, now=now)
        else:
            life.deliver_order(order=order, courier_id=courier_id, now=now)
            self._handed(order_id, now)
        self._world.timeline.plan(
            now + timedelta(minutes=15), lambda at: self._come_home(trip_id, at)
        )

    def _come_home(self, trip_id: int, now: datetime) -> None:
        if trip_id in self._under_way and not _orders_of(trip_id, OrderStatus.ON_THE_WAY):
            finish_trip(
                trip=self._lock(trip_id),
                courier_id=self._under_way.pop(trip_id),
                still_loaded=0,
                now=now,
            )

    def _lock(self, trip_id: int) -> Trip:
        return lock_trip_of_courier(
            number=db.session.get_one(Trip, trip_id).number,
            courier_id=self._under_way[trip_id],
            market_ids=list(self._world.markets.values()),
        )


def _orders_of(trip_id: int, status: OrderStatus) -> list[int]:
    return list(
        db.session.scalars(
            select(Order.id)
            .join(Shipment, Shipment.id == Order.shipment_id)
            .where(Shipment.trip_id == trip_id, Order.status == status)
            .order_by(Order.id)
        )
    )
