"""Whose order a number on a cash paper is."""

from collections.abc import Collection

from sqlalchemy import select

from pol.kernel.db import db
from pol.orders.models import Order, OrderGroup


def list_customers(numbers: Collection[str]) -> dict[str, str]:
    """Return the customer's name for each order number that exists."""
    rows = db.session.execute(
        select(Order.number, OrderGroup.name)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .where(Order.number.in_(numbers))
    )
    return {number: name for number, name in rows}  # noqa: C416 - a Row is not a pair to dict()
