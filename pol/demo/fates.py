"""What becomes of an order: most go well, some are refused, changed, cancelled or forgotten."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select

from pol.delivery.models import DeliverySlot
from pol.demo.complaints import Complaints
from pol.demo.goods.people import REFUSALS
from pol.demo.trips import Driver
from pol.demo.world import World
from pol.kernel.db import db
from pol.kernel.localtime import at_local
from pol.orders.models import Order, OrderGroup, Shipment
from pol.orders.queries.locks import lock_order
from pol.orders.rules.life import ActorKind, OrderStatus
from pol.orders.rules.weighing import TooLittleStock
from pol.orders.services import care, clockwork, goods, life, weighing

OPENING = 8 * 60


class Fates:
    """Plans on the timeline what happens to each order that has reached its stall."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.driver = Driver(world, handed=self.close)
        self.complaints = Complaints(world)

    def reach_stalls(self, group: OrderGroup, now: datetime) -> None:
        """Let each trader answer, well or not, or the customer think better of it."""
        for order_id in ids_of(group, OrderStatus.PLACED):
            self._reach_stall(order_id, now)

    def _reach_stall(self, order_id: int, now: datetime) -> None:
        rng, plan = self.world.rng, self.world.timeline.plan
        due = db.session.get_one(Order, order_id).due_at or now
        minute = timedelta(minutes=1)
        luck, soon = rng.random(), min(now + rng.randint(3, 28) * minute, due - minute)
        if luck < 0.06:
            plan(soon, lambda at: self.refuse(order_id, at))
        elif luck < 0.10:
            plan(soon, lambda at: _think_better(order_id, at))
        elif luck < 0.14:
            plan(due + minute, _let_unanswered_go)
        else:
            plan(soon, lambda at: self.accept(order_id, at))

    def refuse(self, order_id: int, now: datetime) -> None:
        """Let the trader say no."""
        order, reason = lock_order(order_id), self.world.rng.choice(REFUSALS)
        trader_id = self.world.owner_of(order.stall_id)
        life.refuse_order(order=order, trader_id=trader_id, reason=reason, now=now)

    def accept(self, order_id: int, now: datetime) -> None:
        """Let the trader say yes, sometimes find that something is gone, and pack in time."""
        rng, order = self.world.rng, self.promise(order_id, now)
        lines = goods.list_active_lines(order)
        if len(lines) > 1 and rng.random() < 0.08:
            gone, trader_id = lines[-1].id, self.world.owner_of(order.stall_id)
            care.shrink_line(order=order, line_id=gone, milli=0, trader_id=trader_id, now=now)
        packed = now + timedelta(minutes=rng.randint(5, 20))
        early = begins(order.shipment) - timedelta(minutes=rng.randint(15, 60))
        self.world.timeline.plan(max(packed, early), lambda at: self.pack(order_id, at))

    def pack(self, order_id: int, now: datetime) -> None:
        """Let the trader pack; then the courier sets off with it, or the customer comes."""
        order = self.tie_up(order_id, now)
        if order.shipment.trip_id is not None:
            start = max(begins(order.shipment), now + timedelta(minutes=1))
            self.driver.expect(order.shipment.trip_id, start, now)
        else:
            comes = now + timedelta(minutes=self.world.rng.randint(20, 180))
            self.world.timeline.plan(comes, lambda at: self.pick_up(order_id, at))

    def pick_up(self, order_id: int, now: datetime) -> None:
        """Let the customer come for the goods."""
        self.hand_over(order_id, now)
        self.close(order_id, now)

    def promise(self, order_id: int, now: datetime) -> Order:
        """Let the trader say yes."""
        order = lock_order(order_id)
        trader_id = self.world.owner_of(order.stall_id)
        life.accept_order(order=order, trader_id=trader_id, now=now)
        return order

    def tie_up(self, order_id: int, now: datetime) -> Order:
        """Let the trader weigh what is sold by weight, and say that it is packed."""
        order = lock_order(order_id)
        trader_id = self.world.owner_of(order.stall_id)
        for line in [line for line in goods.list_active_lines(order) if line.is_weighed]:
            milli = line.quantity_milli * self.world.rng.randint(94, 102) // 100
            with suppress(TooLittleStock):  # the last fish weighs what was ordered
                weighing.weigh_line(
                    order=order, line_id=line.id, milli=milli, trader_id=trader_id, now=now
                )
        life.mark_ready(order=order, trader_id=trader_id, now=now)
        return order

    def hand_over(self, order_id: int, now: datetime) -> None:
        """Let the trader give the goods to the customer."""
        order = lock_order(order_id)
        trader_id = self.world.owner_of(order.stall_id)
        life.hand_to_customer(order=order, by=ActorKind.TRADER, actor_id=trader_id, now=now)

    def close(self, order_id: int, now: datetime) -> None:
        """Let the customer be content, silent, or neither."""
        rng, plan = self.world.rng, self.world.timeline.plan
        luck = rng.random()
        if luck < 0.05:
            plan(now + timedelta(hours=1), lambda at: self.complaints.live_out(order_id, at))
        if luck < 0.60:
            satisfied = now + timedelta(minutes=rng.randint(90, 900))
            plan(satisfied, lambda at: _confirm(order_id, at))
        else:
            plan(now + timedelta(hours=24, minutes=1), _let_delivered_be)


def ids_of(group: OrderGroup, status: OrderStatus) -> list[int]:
    """Return the ids of a group's orders in this state."""
    chosen = select(Order.id).where(Order.group_id == group.id, Order.status == status)
    return list(db.session.scalars(chosen.order_by(Order.id)))


def begins(shipment: Shipment) -> datetime:
    """Return when a shipment may leave the market."""
    if shipment.slot_id is None:
        return at_local(shipment.on_day, OPENING)
    slot = db.session.get_one(DeliverySlot, shipment.slot_id)
    return at_local(shipment.on_day, slot.starts_minute)


def _think_better(order_id: int, now: datetime) -> None:
    order = lock_order(order_id)
    life.cancel_order(order=order, customer_id=order.group.user_id, now=now)


def _confirm(order_id: int, now: datetime) -> None:
    order = lock_order(order_id)
    life.confirm_received(order=order, customer_id=order.group.user_id, now=now)


def _let_unanswered_go(now: datetime) -> None:
    clockwork.expire_unanswered(now=now)


def _let_delivered_be(now: datetime) -> None:
    clockwork.finish_delivered(now=now)
