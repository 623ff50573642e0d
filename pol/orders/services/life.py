"""Moving an order: one function for each thing a person, or the clock, can do."""

from datetime import datetime

from pol.delivery.models import DeliverySlot
from pol.kernel.db import db
from pol.kernel.localtime import at_local
from pol.orders.models import Order, OrderEvent, OrderGroup
from pol.orders.rules.life import (
    ActorKind,
    CancelWhole,
    Effect,
    OrderStatus,
    check_move,
    due_after,
)
from pol.orders.services import goods, money, proposals, tell


def accept_order(*, order: Order, trader_id: int, now: datetime) -> None:
    """Promise the customer that the stall will prepare this order.

    :raises MoveNotOpen: it was answered or cancelled before
    :raises AnswerTooLate: the answering time has run out
    """
    _move(order, OrderStatus.ACCEPTED, ActorKind.TRADER, trader_id, now)


def undo_accept(*, order: Order, trader_id: int, now: datetime) -> None:
    """Take the answer back within ten seconds.

    :raises MoveNotOpen: it is packed already
    :raises UndoTooLate: the time is over
    """
    _move(order, OrderStatus.PLACED, ActorKind.TRADER, trader_id, now)


def refuse_order(*, order: Order, trader_id: int, reason: str, now: datetime) -> None:
    """Say no; the stock goes back and the customer owes or gets back what it was worth.

    :raises MoveNotOpen: it is under way or over
    :raises ReasonMissing: the customer must know why
    """
    _move(order, OrderStatus.REFUSED, ActorKind.TRADER, trader_id, now, reason)


def mark_ready(*, order: Order, trader_id: int, now: datetime) -> None:
    """Say that the goods are packed.

    :raises MoveNotOpen: it was not accepted, or is past this
    :raises StillAsking: the customer has not answered a question about it
    """
    _move(order, OrderStatus.READY, ActorKind.TRADER, trader_id, now)


def hand_to_courier(*, order: Order, by: ActorKind, actor_id: int, now: datetime) -> None:
    """Give the packed goods to the courier; trader or courier may note it.

    :raises MoveNotOpen: it is not ready
    :raises WrongHandOver: the customer picks it up
    """
    _move(order, OrderStatus.ON_THE_WAY, by, actor_id, now)


def hand_to_customer(*, order: Order, by: ActorKind, actor_id: int, now: datetime) -> None:
    """Give the goods to the customer at the stall (trader) or the market post (officer).

    :raises MoveNotOpen: it is not ready
    :raises WrongHandOver: the courier brings it
    """
    _move(order, OrderStatus.DELIVERED, by, actor_id, now)


def deliver_order(*, order: Order, courier_id: int, now: datetime) -> None:
    """Give the goods to the customer at the door and take the cash, if it is paid in cash.

    :raises MoveNotOpen: the courier does not have it
    """
    _move(order, OrderStatus.DELIVERED, ActorKind.COURIER, courier_id, now)


def fail_order(*, order: Order, courier_id: int, reason: str, now: datetime) -> None:
    """Bring the goods back: nobody there, wrong address, refused at the door.

    :raises MoveNotOpen: the courier does not have it
    :raises ReasonMissing: somebody must know why
    """
    _move(order, OrderStatus.FAILED, ActorKind.COURIER, courier_id, now, reason)


def cancel_order(*, order: Order, customer_id: int | None, now: datetime) -> None:
    """Take an order back before the stall has accepted it.

    :raises MoveNotOpen: the stall is already at work
    :raises CancelWhole: a transfer has an exact amount, so its group goes as a whole
    """
    if order.status is OrderStatus.WAITING_PAYMENT:
        raise CancelWhole
    cancel_with_group(order=order, customer_id=customer_id, now=now)


def cancel_with_group(*, order: Order, customer_id: int | None, now: datetime) -> None:
    """Take back one order of a group that is taken back as a whole.

    :raises MoveNotOpen: the stall is already at work
    """
    _move(order, OrderStatus.CANCELLED, ActorKind.CUSTOMER, customer_id, now)


def call_off(*, order: Order, officer_id: int, reason: str, now: datetime) -> None:
    """Undo an order for good reason before it leaves the market.

    :raises MoveNotOpen: it has left, or is over
    :raises ReasonMissing: stall and customer must know why
    """
    _move(order, OrderStatus.CANCELLED, ActorKind.OFFICER, officer_id, now, reason)


def confirm_received(*, order: Order, customer_id: int | None, now: datetime) -> None:
    """Say that the goods came as ordered.

    :raises MoveNotOpen: they were not handed over yet, or it was said before
    """
    _move(order, OrderStatus.DONE, ActorKind.CUSTOMER, customer_id, now)


def expire_order(*, order: Order, now: datetime) -> None:
    """Let an order go that was not paid or not answered in time.

    :raises NotYetDue: there is time left
    """
    _move(order, OrderStatus.EXPIRED, ActorKind.SYSTEM, None, now)


def finish_order(*, order: Order, now: datetime) -> None:
    """Close an order that the customer did not complain about in time.

    :raises NotYetDue: there is time left
    """
    _move(order, OrderStatus.DONE, ActorKind.SYSTEM, None, now)


def enter(
    order: Order, to: OrderStatus, by: ActorKind, actor_id: int | None, now: datetime
) -> None:
    """Move an order whose stock and money the caller has put right (payment, revival)."""
    move = check_move(
        status=order.status,
        to=to,
        by=by,
        is_pickup=order.shipment.mode.is_pickup,
        due_at=order.due_at,
        status_at=order.status_at,
        reason=None,
        now=now,
    )
    _write(order, order.group, move.to, by, actor_id, None, now)


def _move(
    order: Order,
    to: OrderStatus,
    by: ActorKind,
    actor_id: int | None,
    now: datetime,
    reason: str | None = None,
) -> None:
    move = check_move(
        status=order.status,
        to=to,
        by=by,
        is_pickup=order.shipment.mode.is_pickup,
        due_at=order.due_at,
        status_at=order.status_at,
        reason=reason,
        now=now,
    )
    if to is OrderStatus.READY:
        proposals.check_answered(order)
    if move.effect is Effect.RELEASE:
        proposals.withdraw_all(order, now=now)
        goods.release(order)
    elif move.effect is Effect.HAND_OVER:
        goods.hand_over(order)
        money.collect(order, by=by, actor_id=actor_id, now=now)
        order.delivered_at = now
    _write(order, order.group, to, by, actor_id, reason, now)
    money.restate(order.group, reason=reason or to.value, now=now)


def _starts_at(order: Order) -> datetime | None:
    """Return when the courier sets out with an order that is still to be answered."""
    if order.status is not OrderStatus.PLACED or order.shipment.slot_id is None:
        return None
    slot = db.session.get_one(DeliverySlot, order.shipment.slot_id)
    return at_local(order.shipment.on_day, slot.starts_minute)


def _write(
    order: Order,
    group: OrderGroup,
    to: OrderStatus,
    by: ActorKind,
    actor_id: int | None,
    reason: str | None,
    now: datetime,
) -> None:
    came_from, order.status = order.status, to
    order.status_at, order.due_at, order.reason = now, due_after(to, now, _starts_at(order)), reason
    db.session.add(
        OrderEvent(
            order_id=order.id,
            at=now,
            actor_id=actor_id,
            actor_kind=by,
            from_status=came_from,
            to_status=to,
            reason=reason,
            subtotal=order.subtotal,
        )
    )
    db.session.flush()
    tell.moved(order=order, group=group, by=by, reason=reason, now=now)
