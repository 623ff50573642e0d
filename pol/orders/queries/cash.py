"""Whose order a number on a cash paper is."""

from collections.abc import Collection

from sqlalchemy import select

from pol.kernel.db import db
from pol.orders.models import Order, OrderGroup


def list_customers(numbers: Collection[str]) -> dict[str, str]:
    """Return the customer's name for each number of an order, or of a group's refund."""
    ordered = (
        select(Order.number, OrderGroup.name)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .where(Order.number.in_(numbers))
    )
    whole = select(OrderGroup.number, OrderGroup.name).where(OrderGroup.number.in_(numbers))
    rows = db.session.execute(ordered.union_all(whole))
    return {number: name for number, name in rows}  # noqa: C416 - a Row is not a pair to dict()
