"""What the clock does with orders: unpaid and unanswered ones go, delivered ones are finished."""

from datetime import datetime

from sqlalchemy import Subquery, select

from pol.kernel.db import db
from pol.orders.models import Order, OrderGroup
from pol.orders.queries.locks import lock_group, lock_order
from pol.orders.rules.life import OrderStatus
from pol.orders.services import life, paying

AT_ONCE = 50


def expire_unpaid(*, now: datetime) -> int:
    """Let groups go whose transfer did not come in time; return how many."""
    numbers = db.session.scalars(
        select(OrderGroup.number)
        .where(OrderGroup.id.in_(select(_due(OrderStatus.WAITING_PAYMENT, now).c.group_id)))
        .order_by(OrderGroup.id)
    ).all()
    for number in numbers:
        paying.expire_group(group=lock_group(number), now=now)
    return len(numbers)


def expire_unanswered(*, now: datetime) -> int:
    """Let orders go that no trader answered in time; return how many."""
    return _each(OrderStatus.PLACED, now, finish=False)


def finish_delivered(*, now: datetime) -> int:
    """Finish orders that nobody complained about in time; return how many."""
    return _each(OrderStatus.DELIVERED, now, finish=True)


def _each(status: OrderStatus, now: datetime, *, finish: bool) -> int:
    done = 0
    for order_id in db.session.scalars(select(_due(status, now).c.id)).all():
        order = lock_order(order_id)
        if order.status is not status or order.due_at is None or order.due_at >= now:
            continue  # somebody moved it while we waited
        if finish:
            life.finish_order(order=order, now=now)
        else:
            life.expire_order(order=order, now=now)
        done += 1
    return done


def _due(status: OrderStatus, now: datetime) -> Subquery:
    return (
        select(Order.id, Order.group_id)
        .where(Order.status == status, Order.due_at < now)
        .order_by(Order.group_id, Order.id)
        .limit(AT_ONCE)
        .subquery()
    )
