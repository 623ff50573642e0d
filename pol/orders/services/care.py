"""What goes not quite as ordered: a line that is gone, a problem after delivery."""

from datetime import datetime

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.text import decimal
from pol.orders.models import Order, OrderEvent, OrderLine, Problem
from pol.orders.rules.care import check_problem, check_shrink
from pol.orders.rules.life import ActorKind, LineStatus, ProblemStatus
from pol.orders.services import goods, money, tell


def shrink_line(*, order: Order, line_id: int, milli: int, trader_id: int, now: datetime) -> None:
    """Leave less of a line, or nothing; everything above it is restated to the rupiah.

    :raises LineNotOpen: the order is packed, or the line is out already
    :raises NotLess: a line only ever shrinks
    :raises LastLine: the order would be empty
    """
    line = db.session.scalar(
        select(OrderLine).where(OrderLine.id == line_id, OrderLine.order_id == order.id)
    )
    if line is None:
        raise NotFound
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
    db.session.add(_event(order, trader_id, what, now))
    tell.changed(order=order, group=order.group, what=what, now=now)
    money.restate(order.group, reason=what, now=now)


def report_problem(*, order: Order, text: str, picture_key: str | None, now: datetime) -> None:
    """Note what the customer found wrong and tell the stall.

    :raises ProblemTooLate: nothing was delivered, or it was more than two days ago
    :raises ProblemTextMissing: it does not say what is wrong
    """
    check_problem(delivered_at=order.delivered_at, text=text, now=now)
    db.session.add(
        Problem(
            order_id=order.id,
            at=now,
            text=text.strip()[:1_000],
            picture_key=picture_key,
            status=ProblemStatus.OPEN,
        )
    )
    tell.problem(order=order, now=now)


def _event(order: Order, trader_id: int, what: str, now: datetime) -> OrderEvent:
    return OrderEvent(
        order_id=order.id,
        at=now,
        actor_id=trader_id,
        actor_kind=ActorKind.TRADER,
        from_status=order.status,
        to_status=order.status,
        reason=what,
        subtotal=order.subtotal,
    )
