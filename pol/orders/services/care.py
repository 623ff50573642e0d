"""What goes not quite as ordered: a line that is gone, less or more on the scales."""

from datetime import datetime

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.text import decimal
from pol.orders.models import Order, OrderEvent, OrderLine
from pol.orders.rules.care import check_shrink
from pol.orders.rules.life import ActorKind, LineStatus
from pol.orders.services import goods, money, tell


def shrink_line(*, order: Order, line_id: int, milli: int, trader_id: int, now: datetime) -> None:
    """Leave less of a line, or nothing; everything above it is restated to the rupiah.

    :raises LineNotOpen: the order is packed, or the line is out already
    :raises NotLess: a line only ever shrinks
    :raises LastLine: the order would be empty
    """
    line = get_line(order, line_id)
    check_shrink(
        status=order.status,
        is_active=line.status is LineStatus.ACTIVE,
        have=line.quantity_milli,
        want=milli,
        lines=len(goods.list_active_lines(order)),
    )
    goods.shrink(order, line, milli)
    left = f"tinggal {decimal(milli)} {line.unit}" if milli else "habis"
    what = f"{line.name} {left}"
    note(order, trader_id, what, now)
    tell.changed(order=order, group=order.group, what=what, now=now)
    money.restate(order.group, reason=what, is_difference=True, now=now)


def set_weight(
    order: Order,
    line: OrderLine,
    milli: int,
    *,
    by: ActorKind,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Restate a line at its real weight; a difference goes to the customer's store credit.

    :raises TooLittleStock: the stock does not hold that much
    """
    goods.reweigh(order, line, milli)
    line.weighed_at = now
    what = f"{line.name} ditimbang {decimal(milli)} {line.unit}: {line.total}"
    note(order, actor_id, what, now, by=by)
    tell.changed(order=order, group=order.group, what=what, now=now)
    money.restate(order.group, reason=what, is_difference=True, now=now)


def get_line(order: Order, line_id: int) -> OrderLine:
    """Return a line of this order.

    :raises NotFound: it belongs to another
    """
    mine = OrderLine.id == line_id, OrderLine.order_id == order.id
    line = db.session.scalar(select(OrderLine).where(*mine))
    if line is None:
        raise NotFound
    return line


def note(
    order: Order,
    actor_id: int | None,
    what: str,
    now: datetime,
    by: ActorKind = ActorKind.TRADER,
) -> None:
    """Write into an order's history what changed without moving it."""
    db.session.add(
        OrderEvent(
            order_id=order.id,
            at=now,
            actor_id=actor_id,
            actor_kind=by,
            from_status=order.status,
            to_status=order.status,
            reason=what,
            subtotal=order.subtotal,
        )
    )
