"""What a stall sees of its orders."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select

from pol.delivery.models import DeliverySlot
from pol.delivery.rules import Mode
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.localtime import at_local, business_day
from pol.kernel.money import ZERO, Rupiah, as_rupiah
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.orders.models import Order, OrderGroup, OrderLine, Shipment
from pol.orders.queries.customer import list_order_views
from pol.orders.queries.rows import OrderView
from pol.orders.rules.life import WON, LineStatus, OrderStatus
from pol.payments.rules import Method

PAGE_SIZE = 30


@dataclass(frozen=True)
class BoardRow:
    """An order on the stall's board."""

    id: int
    number: str
    status: OrderStatus
    subtotal: Rupiah
    placed_at: datetime
    due_at: datetime | None
    customer: str
    mode: Mode
    on_day: date
    starts_minute: int | None
    ends_minute: int | None
    lines: int


@dataclass(frozen=True)
class Goods:
    """What is wanted of one product."""

    name: str
    quantity_milli: int
    unit: str


@dataclass(frozen=True)
class Customer:
    """Who ordered, as far as the stall needs to know."""

    name: str
    phone: str
    method: Method
    tolerance_bp: int


@dataclass(frozen=True)
class Today:
    """The trader's day in four numbers."""

    waiting: int
    preparing: int
    ready: int
    earned: Rupiah


@dataclass(frozen=True)
class DaySales:
    """One day of a stall."""

    day: date
    orders: int
    earned: Rupiah


def get_order_of_stall(*, number: str, stall_id: int) -> tuple[OrderView, Customer]:
    """Return the stall's own order and who ordered; another stall's order is not found.

    :raises NotFound: no such order at this stall
    """
    found = list_order_views((Order.number == number) & (Order.stall_id == stall_id))
    if not found:
        raise NotFound
    who = db.session.execute(
        select(OrderGroup.name, OrderGroup.phone, OrderGroup.method, OrderGroup.tolerance_bp)
        .join(Order, Order.group_id == OrderGroup.id)
        .where(Order.id == found[0].id)
    ).one()
    return found[0], Customer(*who)


def list_board(
    *, stall_id: int, statuses: Sequence[OrderStatus], cursor: str | None
) -> Page[BoardRow]:
    """Return a stall's orders in these states, newest first; one statement."""
    after = decode_cursor(cursor, shape=(int,))
    lines = (
        select(func.count())
        .select_from(OrderLine)
        .where(OrderLine.order_id == Order.id, OrderLine.status == LineStatus.ACTIVE)
        .correlate(Order)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Order.id,
            Order.number,
            Order.status,
            Order.subtotal,
            Order.placed_at,
            Order.due_at,
            OrderGroup.name,
            Shipment.mode,
            Shipment.on_day,
            DeliverySlot.starts_minute,
            DeliverySlot.ends_minute,
            lines,
        )
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(Shipment, Shipment.id == Order.shipment_id)
        .outerjoin(DeliverySlot, DeliverySlot.id == Shipment.slot_id)
        .where(Order.stall_id == stall_id, Order.status.in_(statuses))
        .where(*([Order.id < after[0]] if after else []))
        .order_by(Order.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    found: list[Any] = list(rows)
    board = [BoardRow(*row) for row in found]
    return cut_page(board, size=PAGE_SIZE, key=lambda row: (row.id,))


def goods_of_orders(order_ids: Collection[int]) -> dict[int, list[Goods]]:
    """Return what is wanted in each of these orders, without what is gone."""
    rows = db.session.execute(
        select(OrderLine.order_id, OrderLine.name, OrderLine.quantity_milli, OrderLine.unit)
        .where(OrderLine.order_id.in_(order_ids), OrderLine.status == LineStatus.ACTIVE)
        .order_by(OrderLine.id)
    )
    goods: dict[int, list[Goods]] = {}
    for order_id, name, quantity, unit in rows:
        goods.setdefault(order_id, []).append(Goods(name, quantity, unit))
    return goods


def count_by_status(*, stall_id: int) -> dict[OrderStatus, int]:
    """Return how many orders a stall has in each state."""
    rows = db.session.execute(
        select(Order.status, func.count()).where(Order.stall_id == stall_id).group_by(Order.status)
    )
    return {status: count for status, count in rows}  # noqa: C416 - a Row is not a pair to dict()


def today_of_stall(*, stall_id: int, now: datetime) -> Today:
    """Return what waits and what was earned today; one statement."""
    start = at_local(business_day(now), 0)
    is_todays = Order.delivered_at >= start
    earned = func.sum(case((is_todays, Order.subtotal - Order.commission), else_=0))
    row = db.session.execute(
        select(
            func.count(case((Order.status == OrderStatus.PLACED, 1))),
            func.count(case((Order.status == OrderStatus.ACCEPTED, 1))),
            func.count(case((Order.status == OrderStatus.READY, 1))),
            earned,
        ).where(Order.stall_id == stall_id)
    ).one()
    return Today(row[0], row[1], row[2], as_rupiah(row[3]))


def sales_by_day(*, stall_id: int, since: date, until: date) -> list[DaySales]:
    """Return every day from `since` up to but not including `until`, also the empty ones."""
    rows = db.session.execute(
        select(Order.delivered_at, Order.subtotal, Order.commission).where(
            Order.stall_id == stall_id,
            Order.status.in_(WON),
            Order.delivered_at >= at_local(since, 0),
            Order.delivered_at < at_local(until, 0),
        )
    )
    sold: dict[date, list[Rupiah]] = {
        since + timedelta(days=offset): [] for offset in range((until - since).days)
    }
    for delivered_at, subtotal, commission in rows:
        if delivered_at is not None:
            sold[business_day(delivered_at)].append(subtotal - commission)
    return [DaySales(day, len(own), sum(own, start=ZERO)) for day, own in sold.items()]
