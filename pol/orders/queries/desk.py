"""Groups and orders as a market officer looks them up, never those of other markets."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select

from pol.identity.rules.phones import UnreadablePhone, phone_number
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.orders.models import Order, OrderGroup, OrderLine, Shipment
from pol.orders.queries import customer
from pol.orders.queries.locks import lock_group
from pol.orders.queries.papers import get_money_head
from pol.orders.queries.rows import GroupView
from pol.orders.queries.sums import get_sums
from pol.orders.rules.life import LineStatus, OrderStatus
from pol.orders.rules.refunding import OtherMarketsToo, Sale
from pol.orders.rules.undoing import Undoable, Undoing, plan_undo
from pol.payments.models import Payment, RefundDue
from pol.payments.rules import Channel, RefundStatus
from pol.stalls.models import Stall

MOST = 30


@dataclass(frozen=True)
class GroupRow:
    """A group on the officer's list."""

    number: str
    name: str
    phone: str
    placed_at: datetime
    charged: Rupiah
    refunded: Rupiah


@dataclass(frozen=True)
class DueRow:
    """Money of a group that went or is to go back by hand."""

    amount: Rupiah
    reason: str
    channel: Channel
    status: RefundStatus
    handed_at: datetime | None


@dataclass(frozen=True)
class GroupDesk:
    """A group with the orders of the officer's markets; `is_whole` when there are no others.

    Who may undo it sees the `whole` of it, and what undoing does.
    """

    group: GroupView
    whole: GroupView
    is_whole: bool
    may_undo: bool
    undoing: Undoing
    dues: list[DueRow]


@dataclass(frozen=True)
class LineLeft:
    """A line, and what of it has not gone back."""

    id: int
    name: str
    left: Rupiah


@dataclass(frozen=True)
class SaleDesk:
    """An order that money may be given back of."""

    id: int
    number: str
    group_id: int
    group_number: str
    customer: str
    stall_name: str
    status: OrderStatus
    sale: Sale
    refunded: Rupiah
    has_account: bool
    lines: list[LineLeft]


def find_groups(*, market_ids: Collection[int], words: str) -> list[GroupRow]:
    """Return groups by their number, an order's number or a phone; the newest without words."""
    statement = select(
        *(OrderGroup.number, OrderGroup.name, OrderGroup.phone),
        *(OrderGroup.placed_at, OrderGroup.charged, OrderGroup.refunded),
    ).where(OrderGroup.id.in_(_groups_of(market_ids)))
    if words:
        statement = statement.where(_meant(words))
    rows = db.session.execute(statement.order_by(OrderGroup.id.desc()).limit(MOST))
    return [GroupRow(*row) for row in rows]


def _groups_of(market_ids: Collection[int]) -> Select[int]:
    return select(Shipment.group_id).where(Shipment.market_id.in_(market_ids))


def _meant(words: str) -> ColumnElement[bool]:
    number = words.strip().upper()
    ordered = select(Order.group_id).where(Order.number == number)
    meant = or_(OrderGroup.number == number, OrderGroup.id.in_(ordered))
    try:
        return or_(meant, OrderGroup.phone == phone_number(words))
    except UnreadablePhone:
        return meant


def get_group_of_markets(*, number: str, market_ids: Collection[int]) -> GroupDesk:
    """Return a group with what belongs to these markets.

    :raises NotFound: no such group, or nothing of it is theirs
    """
    head = get_money_head(number, market_ids=market_ids)
    group = customer.get_group(number)
    own = [order for order in group.orders if order.market_id in market_ids]
    dues = db.session.execute(
        select(
            RefundDue.amount,
            RefundDue.reason,
            RefundDue.channel,
            RefundDue.status,
            RefundDue.handed_at,
        )
        .where(RefundDue.group_id == head.id, RefundDue.market_id.in_(market_ids))
        .order_by(RefundDue.id)
    )
    return GroupDesk(
        group=replace(group, orders=own),
        whole=group,
        is_whole=len(own) == len(group.orders),
        may_undo=_may_undo(head.id, market_ids),
        undoing=plan_undo_of(head.id),
        dues=[DueRow(*row) for row in dues],
    )


def plan_undo_of(group_id: int) -> Undoing:
    """Return what undoing a whole group does, as it stands now."""
    rows = db.session.execute(
        select(
            Order.id,
            Order.status,
            Order.subtotal,
            Order.commission,
            Order.commission_bp,
            Order.commission_floor,
            Order.commission_ceiling,
        )
        .where(Order.group_id == group_id)
        .order_by(Order.id)
    )
    orders = [Undoable(row.id, row.status, Sale(*row[2:])) for row in rows]
    return plan_undo(get_sums(group_id), orders)


def _may_undo(group_id: int, market_ids: Collection[int]) -> bool:
    """Answer whether these are all of a group's markets, or the one that took its money."""
    sent = select(Shipment.market_id).where(Shipment.group_id == group_id)
    paid = select(Payment.market_id).where(Payment.group_id == group_id)
    mine = set(market_ids)
    return set(db.session.scalars(sent)) <= mine or db.session.scalar(paid) in mine


def get_sale_of_markets(*, number: str, market_ids: Collection[int]) -> SaleDesk:
    """Return an order of these markets by its own number.

    :raises NotFound: no such order, or another market's
    """
    row = db.session.execute(
        select(Order, OrderGroup, Stall.name)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(Stall, Stall.id == Order.stall_id)
        .join(Shipment, Shipment.id == Order.shipment_id)
        .where(Order.number == number, Shipment.market_id.in_(market_ids))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound
    order, group, stall_name = row
    return SaleDesk(
        id=order.id,
        number=order.number,
        group_id=group.id,
        group_number=group.number,
        customer=group.name,
        stall_name=stall_name,
        status=order.status,
        sale=sale_of(order),
        refunded=group.refunded,
        has_account=group.user_id is not None,
        lines=_lines(order.id),
    )


def sale_of(order: Order) -> Sale:
    """Return what `rules.refunding.plan` must know of an order."""
    return Sale(
        order.subtotal,
        order.commission,
        order.commission_bp,
        order.commission_floor,
        order.commission_ceiling,
    )


def _lines(order_id: int) -> list[LineLeft]:
    rows = db.session.execute(
        select(OrderLine.id, OrderLine.name, OrderLine.total, OrderLine.refunded)
        .where(OrderLine.order_id == order_id, OrderLine.status == LineStatus.ACTIVE)
        .order_by(OrderLine.id)
    )
    return [LineLeft(row.id, row.name, row.total - row.refunded) for row in rows]


def lock_whole_group(*, number: str, market_ids: Collection[int]) -> OrderGroup:
    """Return a group held still for an officer who may undo it, also where others sell.

    :raises NotFound: nothing of it is theirs
    :raises OtherMarketsToo: other markets sell a part of it, and another one was paid
    """
    get_money_head(number, market_ids=market_ids)
    group = lock_group(number)
    if not _may_undo(group.id, market_ids):
        raise OtherMarketsToo
    return group
