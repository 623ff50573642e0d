"""Orders and groups held still for a change; the group always first, so nobody waits in a ring."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.orders.models import Order, OrderGroup, Shipment

FRESH = {"populate_existing": True}


def lock_order_of_stall(*, number: str, stall_id: int) -> Order:
    """Return the stall's own order; another stall's order is not found."""
    return _lock(select(Order).where(Order.number == number, Order.stall_id == stall_id))


def lock_order_of_group(*, number: str, group_number: str) -> Order:
    """Return an order of a group that the edge has already opened for this customer."""
    group_id = select(OrderGroup.id).where(OrderGroup.number == group_number).scalar_subquery()
    return _lock(select(Order).where(Order.number == number, Order.group_id == group_id))


def lock_order_of_courier(*, number: str, market_ids: Collection[int]) -> Order:
    """Return an order that a courier of these markets carries."""
    return _lock_of_markets(number, market_ids)


def lock_order_of_officer(*, number: str, market_ids: Collection[int]) -> Order:
    """Return an order of the officer's markets."""
    return _lock_of_markets(number, market_ids)


def lock_order(order_id: int) -> Order:
    """Return an order for the system itself."""
    return _lock(select(Order).where(Order.id == order_id))


def lock_group(number: str) -> OrderGroup:
    """Return a group that the edge has already opened for this customer, held still."""
    return _lock_group(OrderGroup.number == number)


def lock_group_by_id(group_id: int) -> OrderGroup:
    """Return a group for the system itself, held still."""
    return _lock_group(OrderGroup.id == group_id)


def _lock_group(wanted: ColumnElement[bool]) -> OrderGroup:
    group = db.session.scalar(
        select(OrderGroup).where(wanted).with_for_update().execution_options(**FRESH)
    )
    if group is None:
        raise NotFound
    return group


def lock_orders_of(group: OrderGroup) -> list[Order]:
    """Return all orders of a locked group, oldest first."""
    return list(
        db.session.scalars(
            select(Order)
            .where(Order.group_id == group.id)
            .order_by(Order.id)
            .options(joinedload(Order.shipment), joinedload(Order.group))
            .with_for_update(of=Order)
            .execution_options(**FRESH)
        )
    )


def _lock_of_markets(number: str, market_ids: Collection[int]) -> Order:
    return _lock(
        select(Order)
        .join(Shipment, Shipment.id == Order.shipment_id)
        .where(Order.number == number, Shipment.market_id.in_(market_ids))
    )


def _lock(wanted: Select[Order]) -> Order:
    group_id = wanted.with_only_columns(Order.group_id).scalar_subquery()
    held = select(OrderGroup.id).where(OrderGroup.id == group_id).with_for_update()
    if db.session.scalar(held) is None:
        raise NotFound
    order = db.session.scalar(
        wanted.options(joinedload(Order.shipment), joinedload(Order.group))
        .with_for_update(of=Order)
        .execution_options(**FRESH)
    )
    if order is None:
        raise NotFound
    return order
