"""Whether every order group adds up (I1), and whether we hold for it what its parts say."""

from dataclasses import dataclass

from sqlalchemy import BigInteger, ColumnElement, Subquery, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.ledger.queries import sum_by_reference
from pol.orders.models import Order, OrderGroup, Shipment
from pol.orders.rules.life import WON

HELD = "held:orders"


@dataclass(frozen=True)
class BrokenGroup:
    """A group that does not add up: its own sums, and those of its parts."""

    number: str
    goods: Rupiah
    orders: Rupiah
    delivery: Rupiah
    fees: Rupiah
    code: Rupiah
    kept: Rupiah

    def __str__(self) -> str:
        return (
            f"group {self.number}: goods {self.goods}, orders {self.orders}; "
            f"delivery {self.delivery}, fees {self.fees}; unique code {self.code}; "
            f"charged - refunded {self.kept}"
        )


@dataclass(frozen=True)
class WronglyHeld:
    """A group for whose goods and fees on the way the ledger holds another sum than they say."""

    number: str
    prepaid: Rupiah
    held: Rupiah

    def __str__(self) -> str:
        return f"group {self.number}: prepaid {self.prepaid}, held {self.held}"


def list_broken_groups() -> list[BrokenGroup]:
    """Return groups against I1: goods + delivery + unique code = charged - refunded."""
    orders = _sum_by(Order.subtotal, Order.group_id)
    fees = _sum_by(Shipment.fee, Shipment.group_id)
    goods, delivery = _plain(OrderGroup.goods), _plain(OrderGroup.delivery)
    code = _plain(OrderGroup.unique_code)
    kept = _plain(OrderGroup.charged) - _plain(OrderGroup.refunded)
    of_orders, of_fees = func.coalesce(orders.c.total, 0), func.coalesce(fees.c.total, 0)
    rows = db.session.execute(
        select(OrderGroup.number, goods, of_orders, delivery, of_fees, code, kept)
        .outerjoin(orders, orders.c.key == OrderGroup.id)
        .outerjoin(fees, fees.c.key == OrderGroup.id)
        .where((goods != of_orders) | (delivery != of_fees) | (goods + delivery + code != kept))
        .order_by(OrderGroup.id)
    )
    return [BrokenGroup(row[0], *(Rupiah(int(amount)) for amount in row[1:])) for row in rows]


def list_wrongly_held() -> list[WronglyHeld]:
    """Return groups whose prepaid parts on the way are not what the ledger holds for them."""
    prepaid = _prepaid_on_the_way()
    held = {
        int(reference.removeprefix("group:")): -amount.amount
        for reference, amount in sum_by_reference(HELD).items()
        if reference.startswith("group:")
    }
    wrong = {
        group_id: (prepaid.get(group_id, 0), held.get(group_id, 0))
        for group_id in sorted(prepaid.keys() | held.keys())
        if prepaid.get(group_id, 0) != held.get(group_id, 0)
    }
    rows = db.session.execute(
        select(OrderGroup.id, OrderGroup.number).where(OrderGroup.id.in_(wrong))
    )
    numbers = {group_id: number for group_id, number in rows}  # noqa: C416 - a Row is not a pair
    return [
        WronglyHeld(numbers.get(group_id, f"#{group_id}"), Rupiah(said), Rupiah(booked))
        for group_id, (said, booked) in wrong.items()
    ]


def _prepaid_on_the_way() -> dict[int, int]:
    """Return by group what is prepaid for orders not handed over, and for fees not taken yet."""
    arrived = select(Order.shipment_id).where(Order.status.in_(WON))
    found: dict[int, int] = {}
    for statement in (
        select(Order.group_id, func.sum(_plain(Order.prepaid)))
        .where(Order.status.not_in(WON), Order.prepaid != Rupiah(0))
        .group_by(Order.group_id),
        select(Shipment.group_id, func.sum(_plain(Shipment.prepaid)))
        .where(Shipment.id.not_in(arrived), Shipment.prepaid != Rupiah(0))
        .group_by(Shipment.group_id),
    ):
        for group_id, amount in db.session.execute(statement):
            found[group_id] = found.get(group_id, 0) + int(amount)
    return found


def _plain(column: object) -> ColumnElement[int]:
    """Return a column of rupiah as the whole number that the database adds up."""
    return type_coerce(column, BigInteger)


def _sum_by(amount: object, key: InstrumentedAttribute[int]) -> Subquery:
    total = func.sum(_plain(amount)).label("total")
    return select(key.label("key"), total).group_by(key).subquery()
