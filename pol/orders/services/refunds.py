"""Giving money back after hand-over: from the stall's due, its payout already made or not."""

from datetime import datetime

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.ledger import services as ledger
from pol.orders.models import Order, OrderGroup
from pol.orders.queries.desk import plan_undo_of, sale_of
from pol.orders.queries.locks import lock_orders_of
from pol.orders.rules import refunding as rules
from pol.orders.rules.life import ActorKind
from pol.orders.services import giving_back, goods, life, tell
from pol.orders.services.care import get_line, note
from pol.payments.rules import Channel
from pol.payments.services import credit


def refund_line(
    *,
    order: Order,
    line_id: int,
    amount: Rupiah,
    channel: Channel,
    reason: str,
    officer_id: int,
    now: datetime,
) -> None:
    """Give back a part of one line, or all of it.

    :raises NotHandedOver, RefundTooMuch, RefundReasonMissing: see rules
    :raises NoAccountForCredit: a guest has no store credit
    """
    line = get_line(order, line_id)
    left = line.total - line.refunded
    rules.check_refund(status=order.status, amount=amount, left=left, reason=reason)
    line.refunded += amount
    _pay_back(order, amount, channel, f"{line.name}: {reason.strip()}", officer_id, now)


def refund_order(
    *,
    order: Order,
    amount: Rupiah,
    channel: Channel,
    reason: str,
    officer_id: int | None,
    now: datetime,
    by: ActorKind = ActorKind.OFFICER,
) -> None:
    """Give back a part of an order, spread over its lines, or all of it; siblings stay (I4).

    `by` is the trader when the stall agreed to it by itself.

    :raises NotHandedOver, RefundTooMuch, RefundReasonMissing: see rules
    :raises NoAccountForCredit: a guest has no store credit
    """
    rules.check_refund(status=order.status, amount=amount, left=order.subtotal, reason=reason)
    lines = goods.list_active_lines(order)
    shares = rules.spread(amount, [line.total - line.refunded for line in lines])
    for line, share in zip(lines, shares, strict=True):
        line.refunded += share
    _pay_back(order, amount, channel, reason.strip(), officer_id, now, by)


def refund_group(
    *, group: OrderGroup, channel: Channel, reason: str, officer_id: int, now: datetime
) -> None:
    """Undo a whole group: what is on its way is called off, what was handed over is given back.

    Goods in a courier's hands stay with the courier, who brings them back or hands them over.

    :raises NotHandedOver: nothing of it can be undone
    :raises RefundReasonMissing: it does not say why
    """
    if not reason.strip():
        raise rules.RefundReasonMissing
    orders, undoing = lock_orders_of(group), plan_undo_of(group.id)
    if undoing.is_empty:
        raise rules.NotHandedOver
    for order in orders:
        if order.id in undoing.coming:
            life.call_off(order=order, officer_id=officer_id, reason=reason, now=now)
        elif split := undoing.handed.get(order.id):
            refund_order(
                order=order,
                amount=split.refund,
                channel=channel,
                reason=reason,
                officer_id=officer_id,
                now=now,
            )


def _pay_back(
    order: Order,
    amount: Rupiah,
    channel: Channel,
    reason: str,
    actor_id: int | None,
    now: datetime,
    by: ActorKind = ActorKind.OFFICER,
) -> None:
    group = order.group
    if channel is Channel.CREDIT and group.user_id is None:
        raise rules.NoAccountForCredit
    split = rules.plan(sale_of(order), amount)
    order.subtotal -= amount
    order.commission -= split.from_commission
    group.goods -= amount
    group.refunded += amount
    to = credit.account(group.user_id) if channel is Channel.CREDIT else "refund:due"
    key = f"order:{order.id}:refund:{group.refunded.amount}"
    ledger.post(
        key=key,
        at=now,
        reference=f"group:{group.id}",
        memo=f"Pengembalian pesanan {order.number}: {reason}",
        lines=[
            (f"payable:stall:{order.stall_id}", split.from_stall),
            (f"income:commission:{order.shipment.market_id}", split.from_commission),
            (to, -amount),
        ],
        actor_id=actor_id,
    )
    if channel is not Channel.CREDIT:
        giving_back.owe(group, amount, key=key, reason=reason, channel=channel, now=now)
    _write_down(order, amount, reason, actor_id, now, by)


def _write_down(
    order: Order, amount: Rupiah, reason: str, actor_id: int | None, now: datetime, by: ActorKind
) -> None:
    what = f"dikembalikan {amount}: {reason}"
    note(order, actor_id, what, now, by=by)
    tell.refunded(order=order, group=order.group, what=what, now=now)
    audit.record(
        action="order.refunded",
        subject=f"order:{order.id}",
        actor_id=actor_id,
        now=now,
        amount=amount.amount,
        reason=reason,
    )
    db.session.flush()
