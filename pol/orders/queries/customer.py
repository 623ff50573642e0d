"""What a customer sees of what they bought."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, select
from sqlalchemy.orm import aliased

from pol.delivery.models import DeliverySlot
from pol.kernel.db import db, run
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.orders.models import Order, OrderEvent, OrderGroup, OrderLine, Shipment
from pol.orders.queries.rows import EventView, GroupView, LineView, OrderView
from pol.orders.rules.life import OrderStatus, group_status
from pol.payments.models import Payment
from pol.regions.models import Region
from pol.stalls.models import Market, Stall

PAGE_SIZE = 20


@dataclass(frozen=True)
class GroupRow:
    """A line of the list "my orders"."""

    id: int
    number: str
    placed_at: datetime
    owed: Rupiah
    stalls: str
    status: OrderStatus


def get_group(number: str) -> GroupView:
    """Return a whole group, for whoever the edge has let in; three statements.

    :raises NotFound: there is no such group
    """
    rows = run(_WHOLE, {"number": number}).all()
    if not rows:
        raise NotFound
    heads = [row[len(_GROUP) :] for row in rows]
    facts: list[Any] = [*rows[0][: len(_GROUP)], _with_lines(heads)]
    return GroupView(*facts)


def find_owner(number: str) -> int | None:
    """Return whose account a group belongs to; a guest's belongs to nobody.

    :raises NotFound: there is no such group
    """
    row = db.session.execute(
        select(OrderGroup.user_id).where(OrderGroup.number == number)
    ).one_or_none()
    if row is None:
        raise NotFound
    owner: int | None = row.user_id
    return owner


def numbers_of(references: Collection[str]) -> dict[str, str]:
    """Return the number of each group that the ledger refers to as `group:<id>`."""
    ids = [int(text.removeprefix("group:")) for text in references if text.startswith("group:")]
    rows = db.session.execute(
        select(OrderGroup.id, OrderGroup.number).where(OrderGroup.id.in_(ids))
    )
    return {f"group:{group_id}": number for group_id, number in rows}


def find_group_of_guest(*, number: str, phone: str) -> str | None:
    """Return the number of a group that was ordered with this phone number (E.164), if any."""
    asked = number.strip().upper()
    return db.session.scalar(
        select(OrderGroup.number).where(OrderGroup.number == asked, OrderGroup.phone == phone)
    )


def list_groups_of(*, user_id: int, cursor: str | None) -> Page[GroupRow]:
    """Return a person's groups, newest first; two statements."""
    after = decode_cursor(cursor, shape=(int,))
    groups = db.session.execute(
        select(
            OrderGroup.id,
            OrderGroup.number,
            OrderGroup.placed_at,
            OrderGroup.charged,
            OrderGroup.refunded,
        )
        .where(OrderGroup.user_id == user_id, *([OrderGroup.id < after[0]] if after else []))
        .order_by(OrderGroup.id.desc())
        .limit(PAGE_SIZE + 1)
    ).all()
    stalls = _stalls_of([group.id for group in groups])
    rows = [
        GroupRow(
            id=group.id,
            number=group.number,
            placed_at=group.placed_at,
            owed=group.charged - group.refunded,
            stalls=", ".join(name for name, _ in stalls[group.id]),
            status=group_status(status for _, status in stalls[group.id]),
        )
        for group in groups
    ]
    return cut_page(rows, size=PAGE_SIZE, key=lambda row: (row.id,))


def count_groups_of(*, user_id: int) -> int:
    """Return how many groups a person has."""
    mine = select(func.count()).select_from(OrderGroup).where(OrderGroup.user_id == user_id)
    return db.session.scalar(mine) or 0


def _stalls_of(group_ids: Sequence[int]) -> dict[int, list[tuple[str, OrderStatus]]]:
    found: dict[int, list[tuple[str, OrderStatus]]] = defaultdict(list)
    rows = db.session.execute(
        select(Order.group_id, Stall.name, Order.status)
        .join(Stall, Stall.id == Order.stall_id)
        .where(Order.group_id.in_(group_ids))
        .order_by(Order.id)
    )
    for group_id, name, status in rows:
        found[group_id].append((name, status))
    return found


_PAYEE = aliased(Market)
_GROUP = (
    OrderGroup.id,
    OrderGroup.number,
    OrderGroup.user_id,
    OrderGroup.name,
    OrderGroup.phone,
    OrderGroup.address,
    Region.name,
    OrderGroup.method,
    OrderGroup.goods,
    OrderGroup.delivery,
    OrderGroup.unique_code,
    OrderGroup.charged,
    OrderGroup.refunded,
    OrderGroup.credit,
    OrderGroup.tolerance_bp,
    OrderGroup.paid_at,
    OrderGroup.placed_at,
    Payment.status,
    Payment.amount,
    Payment.due_at,
    Payment.reason,
    Payment.proof_at,
    _PAYEE.bank_name,
    _PAYEE.bank_account,
    _PAYEE.bank_holder,
)
"""What a `GroupView` begins with, in its order."""

_BLOCK = literal("Blok ") + Stall.block
_PLACE = case(
    (and_(Stall.block != "", Stall.number != ""), _BLOCK + " No. " + Stall.number),
    (Stall.block != "", _BLOCK),
    else_=Stall.address,
)
_ORDER = (
    Order.id,
    Order.number,
    Order.status,
    Order.subtotal,
    Order.commission,
    Order.prepaid,
    Order.placed_at,
    Order.status_at,
    Order.due_at,
    Order.delivered_at,
    Order.reason,
    Stall.name,
    Stall.slug,
    Stall.phone,
    _PLACE,
    Market.id,
    Market.name,
    Shipment.id,
    Shipment.mode,
    Shipment.fee,
    Shipment.on_day,
    DeliverySlot.starts_minute,
    DeliverySlot.ends_minute,
)
"""What an `OrderView` begins with, in its order."""


def _with_places(statement: Any) -> Select[Any]:
    """Join what `_ORDER` needs to a statement that has the orders."""
    placed: Select[Any] = (
        statement.join(Stall, Stall.id == Order.stall_id)
        .join(Shipment, Shipment.id == Order.shipment_id)
        .join(Market, Market.id == Shipment.market_id)
        .outerjoin(DeliverySlot, DeliverySlot.id == Shipment.slot_id)
        .order_by(Order.id)
    )
    return placed


_WHOLE = _with_places(
    select(*_GROUP, *_ORDER)
    .select_from(OrderGroup)
    .join(Payment, Payment.group_id == OrderGroup.id)
    .join(_PAYEE, _PAYEE.id == Payment.market_id)
    .outerjoin(Region, Region.code == OrderGroup.village_code)
    .join(Order, Order.group_id == OrderGroup.id)
    .where(OrderGroup.number == bindparam("number"))
)
_HEADS = _with_places(select(*_ORDER).select_from(Order))


def list_order_views(chosen: ColumnElement[bool]) -> list[OrderView]:
    """Return orders that meet a condition with lines and history; three statements."""
    return _with_lines(db.session.execute(_HEADS.where(chosen)).all())


def _with_lines(heads: Sequence[Any]) -> list[OrderView]:
    order_ids = [head[0] for head in heads]
    lines, events = _lines(order_ids), _events(order_ids)
    whole: list[list[Any]] = [[*head, lines[head[0]], events[head[0]]] for head in heads]
    return [OrderView(*facts) for facts in whole]


_LINES = (
    select(
        OrderLine.id,
        OrderLine.order_id,
        OrderLine.name,
        OrderLine.unit,
        OrderLine.picture_key,
        OrderLine.quantity_milli,
        OrderLine.price,
        OrderLine.total,
        OrderLine.note,
        OrderLine.if_gone,
        OrderLine.status,
        OrderLine.is_weighed,
        OrderLine.ordered_milli,
        OrderLine.weighed_at,
        OrderLine.refunded,
    )
    .where(OrderLine.order_id.in_(bindparam("order_ids", expanding=True)))
    .order_by(OrderLine.id)
)


def _lines(order_ids: Sequence[int]) -> dict[int, list[LineView]]:
    found: dict[int, list[LineView]] = defaultdict(list)
    rows = run(_LINES, {"order_ids": list(order_ids)})
    for row in rows:
        found[row.order_id].append(LineView(*row))
    return found


_EVENTS = (
    select(
        OrderEvent.order_id,
        OrderEvent.at,
        OrderEvent.actor_kind,
        OrderEvent.from_status,
        OrderEvent.to_status,
        OrderEvent.reason,
        OrderEvent.subtotal,
    )
    .where(OrderEvent.order_id.in_(bindparam("order_ids", expanding=True)))
    .order_by(OrderEvent.id)
)


def _events(order_ids: Sequence[int]) -> dict[int, list[EventView]]:
    found: dict[int, list[EventView]] = defaultdict(list)
    rows = run(_EVENTS, {"order_ids": list(order_ids)})
    for row in rows:
        found[row.order_id].append(EventView(*row))
    return found
