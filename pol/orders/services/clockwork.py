"""What the clock does with orders: unpaid and unanswered ones go, delivered ones are finished."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from sqlalchemy import Subquery, select

from pol.kernel.db import db
from pol.orders.models import Order, OrderGroup, Proposal
from pol.orders.queries.locks import lock_group, lock_order
from pol.orders.rules.life import OrderStatus
from pol.orders.rules.proposal import ProposalStatus
from pol.orders.services import life, paying, proposals
from pol.payments.models import Payment
from pol.payments.rules import Method, PaymentStatus

AT_ONCE = 200

Alone = Callable[[], AbstractContextManager[object]]
"""Gives each order a transaction of its own, so that one that fails does not hold up the others."""


def expire_unpaid(*, now: datetime, alone: Alone = nullcontext) -> int:
    """Let groups go whose money did not come in time; return how many.

    Where a proof waits for the officer, the customer has done their part: the stock stays theirs.
    """
    numbers = db.session.scalars(
        select(OrderGroup.number)
        .join(Payment, Payment.group_id == OrderGroup.id)
        .where(
            Payment.method != Method.CASH,
            Payment.status == PaymentStatus.WAITING,
            Payment.due_at < now,
        )
        .order_by(OrderGroup.id)
        .limit(AT_ONCE)
    ).all()
    for number in numbers:
        with alone():
            paying.expire_group(group=lock_group(number), now=now)
    return len(numbers)


def expire_unanswered(*, now: datetime, alone: Alone = nullcontext) -> int:
    """Let orders go that no trader answered in time; return how many were due."""
    return _each(OrderStatus.PLACED, life.expire_order, now=now, alone=alone)


def lapse_questions(*, now: datetime, alone: Alone = nullcontext) -> int:
    """Answer for customers who were asked about a line and kept silent; return how many."""
    late = Proposal.status == ProposalStatus.OPEN, Proposal.due_at < now
    rows = db.session.execute(
        select(Proposal.order_id, Proposal.id).where(*late).order_by(Proposal.id).limit(AT_ONCE)
    ).all()
    for order_id, proposal_id in rows:
        with alone():
            order = lock_order(order_id)
            proposals.lapse_proposal(order=order, proposal_id=proposal_id, now=now)
    return len(rows)


def finish_delivered(*, now: datetime, alone: Alone = nullcontext) -> int:
    """Finish orders that nobody complained about in time; return how many were due."""
    return _each(OrderStatus.DELIVERED, life.finish_order, now=now, alone=alone)


def _each(status: OrderStatus, move: Callable[..., None], *, now: datetime, alone: Alone) -> int:
    order_ids = db.session.scalars(select(_due(status, now).c.id)).all()
    for order_id in order_ids:
        with alone():
            order = lock_order(order_id)
            if order.status is status and order.due_at is not None and order.due_at < now:
                move(order=order, now=now)  # else somebody was faster
    return len(order_ids)


def _due(status: OrderStatus, now: datetime) -> Subquery:
    return (
        select(Order.id, Order.group_id)
        .where(Order.status == status, Order.due_at < now)
        .order_by(Order.group_id, Order.id)
        .limit(AT_ONCE)
        .subquery()
    )
