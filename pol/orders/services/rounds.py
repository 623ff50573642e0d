"""A courier's round: taking over what is packed, and what happens at each door."""

from collections.abc import Collection, Sequence
from datetime import datetime

from pol.orders.models import Order
from pol.orders.queries.courier import list_ready
from pol.orders.queries.locks import lock_order
from pol.orders.rules.life import ActorKind, OrderStatus
from pol.orders.rules.rounds import NothingChosen, NothingPacked
from pol.orders.services import life


def take_packed(*, trip_id: int, courier_id: int, now: datetime) -> int:
    """Take over everything that is packed for a trip; return how many orders.

    :raises NothingPacked: no stall is ready
    """
    taken = 0
    for order_id in list_ready(trip_id=trip_id):
        order = lock_order(order_id)
        if order.status is OrderStatus.READY:  # the stall may have noted it meanwhile
            life.hand_to_courier(order=order, by=ActorKind.COURIER, actor_id=courier_id, now=now)
            taken += 1
    if not taken:
        raise NothingPacked
    return taken


def hand_over(
    *, orders: Sequence[Order], numbers: Collection[str], courier_id: int, now: datetime
) -> None:
    """Give the chosen orders of a door to the customer and take the cash.

    :raises NothingChosen: none of them is in the courier's hands
    """
    for order in _chosen(orders, numbers):
        life.deliver_order(order=order, courier_id=courier_id, now=now)


def bring_back(
    *,
    orders: Sequence[Order],
    numbers: Collection[str],
    courier_id: int,
    reason: str,
    now: datetime,
) -> None:
    """Bring the chosen orders of a door back to the market.

    :raises NothingChosen: none of them is in the courier's hands
    :raises ReasonMissing: somebody must know why
    """
    for order in _chosen(orders, numbers):
        life.fail_order(order=order, courier_id=courier_id, reason=reason, now=now)


def _chosen(orders: Sequence[Order], numbers: Collection[str]) -> list[Order]:
    chosen = [
        order
        for order in orders
        if order.number in numbers and order.status is OrderStatus.ON_THE_WAY
    ]
    if not chosen:
        raise NothingChosen
    return chosen
