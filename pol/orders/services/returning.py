"""Giving back and calling off at the officer's desk: only what the page showed, and only once."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pol.kernel import audit
from pol.kernel.money import Rupiah
from pol.orders.models import Order, OrderGroup
from pol.orders.queries.desk import plan_undo_of
from pol.orders.rules.refunding import Goods, check_seen
from pol.orders.rules.undoing import check_plan
from pol.orders.services import goods, refunds, tell
from pol.orders.services.care import get_line
from pol.payments.rules import Channel

BACK = {
    Goods.KEPT: "",
    Goods.SOUND: " (barang kembali ke lapak)",
    Goods.SPOILT: " (barang kembali ke lapak, tidak layak jual)",
}


@dataclass(frozen=True)
class Giving:
    """What an officer pressed; `seen` is what had gone back of the group on the page."""

    seen: Rupiah
    channel: Channel
    reason: str
    goods: Goods = Goods.KEPT


def give_back(
    *,
    order: Order,
    line_id: int | None,
    amount: Rupiah,
    giving: Giving,
    officer_id: int,
    now: datetime,
) -> None:
    """Give back of one line, or of all lines of an order together, and take the goods back.

    :raises GoodsBackAlready: the goods came back before
    :raises RefundedMeanwhile: the page is out of date, or this is a second press
    :raises NotHandedOver, RefundTooMuch, RefundReasonMissing, NoAccountForCredit: see rules
    """
    check_seen(seen=giving.seen, refunded=order.group.refunded)
    _refund(order, line_id, amount, giving, officer_id, now)
    if giving.goods is not Goods.KEPT:
        one = None if line_id is None else [get_line(order, line_id)]
        goods.bring_back(one or goods.list_active_lines(order), giving.goods)
        audit.record(
            action="order.goods_back",
            subject=f"order:{order.id}",
            actor_id=officer_id,
            now=now,
            line=line_id,
            goods=giving.goods.value,
        )


def _refund(
    order: Order,
    line_id: int | None,
    amount: Rupiah,
    giving: Giving,
    officer_id: int,
    now: datetime,
) -> None:
    one = partial(refunds.refund_line, line_id=line_id) if line_id is not None else None
    pay = one or refunds.refund_order
    pay(
        order=order,
        amount=amount,
        channel=giving.channel,
        reason=giving.reason.strip() and f"{giving.reason.strip()}{BACK[giving.goods]}",
        officer_id=officer_id,
        now=now,
    )


def undo_group(
    *,
    group: OrderGroup,
    seen: str,
    channel: Channel,
    reason: str,
    officer_id: int,
    now: datetime,
) -> None:
    """Undo a whole group, in all its markets at once, if it is still what the page showed.

    The officers of the other markets are told. `seen` is the mark of the plan on the page.

    :raises PlanChanged: the page is out of date, or this is a second press
    :raises NotHandedOver, RefundReasonMissing, NoAccountForCredit: see `refunds.refund_group`
    """
    undoing = plan_undo_of(group.id)
    check_plan(undoing, seen=seen)
    refunds.refund_group(
        group=group, channel=channel, reason=reason, officer_id=officer_id, now=now
    )
    tell.undone(group=group, officer_id=officer_id, reason=reason.strip(), now=now)
    audit.record(
        action="group.undone",
        subject=f"group:{group.id}",
        actor_id=officer_id,
        now=now,
        amount=undoing.back.amount,
        orders=len(undoing.coming) + len(undoing.handed),
        reason=reason.strip(),
    )
