"""The rows of a new order group, each kind in one statement.

Plain inserts instead of objects: nothing here is read again, and a checkout is what the shop must
do fastest.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from pol.cart.queries import LineRow
from pol.delivery import services as trips
from pol.delivery.rules import Mode
from pol.kernel.db import db, insert, is_postgresql, run, table
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah, total
from pol.kernel.text import readable_code
from pol.orders.models import Order, OrderEvent, OrderGroup, OrderLine, Shipment
from pol.orders.rules.checkout import Checkout, HandOver
from pol.orders.rules.life import ActorKind, LineStatus, OrderStatus, StockState, due_after
from pol.orders.services import tell
from pol.orders.services.money import cover
from pol.orders.services.tell import News
from pol.payments.queries import commission
from pol.payments.rules import Method
from pol.payments.rules.commission import Sale, Terms, leading_category
from pol.payments.services import credit
from pol.payments.services.opening import open_payment
from pol.payments.services.payments import Bill


@dataclass(frozen=True)
class Way:
    """How one market's part goes: its fee, the rate that it comes from, when the courier starts."""

    fee: Rupiah
    rate_id: int | None = None
    starts_at: datetime | None = None


Ways = Mapping[int, Way]


@dataclass(frozen=True)
class Opened:
    """A group that has just been written down, and what its goods and trips cost."""

    id: int
    number: str
    cost: Rupiah
    credit: Rupiah


@dataclass(frozen=True)
class Part:
    """A stall's order with the lines that it was made of."""

    order: News
    lines: Sequence[LineRow]
    subtotal: Rupiah


def open_group(
    wanted: Checkout, *, digest: str, goods: Rupiah, fee: Rupiah, credit: Rupiah, now: datetime
) -> Opened | None:
    """Insert the group, or return None when the same press already did."""
    number = f"B{business_day(now):%y%m%d}-{readable_code(6)}"
    values = {
        "number": number,
        "key": wanted.key,
        "digest": digest,
        "user_id": wanted.user_id,
        "name": wanted.name,
        "phone": wanted.phone,
        "village_code": wanted.village_code,
        "address": wanted.address.strip(),
        "method": wanted.method,
        "goods": goods,
        "delivery": fee,
        "unique_code": ZERO,
        "charged": goods + fee,
        "refunded": ZERO,
        "credit": credit,
        "tolerance_bp": wanted.tolerance_bp,
        "placed_at": now,
    }
    made = run(_open_group(is_postgresql()), values).scalar()
    return None if made is None else Opened(made, number, goods + fee, credit)


@cache
def _open_group(_engine: bool) -> Any:  # noqa: FBT001 - only tells the engines' statements apart
    group = table(OrderGroup)
    return insert(group).on_conflict_do_nothing(index_elements=["key"]).returning(group.c.id)


def book(
    group: Opened, wanted: Checkout, lines: Sequence[LineRow], ways: Ways, now: datetime
) -> None:
    """Write down shipments, orders, lines and payment, and tell everybody."""
    status = OrderStatus.WAITING_PAYMENT if wanted.method.comes_first else OrderStatus.PLACED
    shipments = _ship(group, wanted.hand_overs, ways)
    parts = _split(group, lines, shipments, ways, status, now)
    _write_lines(parts, wanted.user_id, now)
    if group.credit and wanted.user_id is not None:
        _use_credit(group, wanted.user_id, now)
    bill = Bill(
        group_id=group.id,
        market_id=min(shipments),
        amount=group.cost - group.credit,
        due_at=due_after(status, now),
        stall_ids=tuple({line.stall_id for line in lines}),
    )
    charged = _ask(bill, wanted.method)
    who = tell.Customer(group.number, wanted.phone, wanted.user_id)
    tell.placed(customer=who, charged=charged, orders=[part.order for part in parts], now=now)


_SHIPMENTS = table(Shipment).insert().returning(table(Shipment).c.market_id, table(Shipment).c.id)
_ORDERS = table(Order).insert().returning(table(Order).c.stall_id, table(Order).c.id)
# What comes back is not read: it makes one statement of many rows instead of one for each.
_LINES = table(OrderLine).insert().returning(table(OrderLine).c.id)
_EVENTS = table(OrderEvent).insert().returning(table(OrderEvent).c.id)
_ADD_CODE = (
    table(OrderGroup)
    .update()
    .where(table(OrderGroup).c.id == bindparam("group"))
    .values(unique_code=bindparam("code"), charged=table(OrderGroup).c.charged + bindparam("code"))
)


def _ship(group: Opened, hand_overs: Mapping[int, HandOver], ways: Ways) -> dict[int, int]:
    """Return the new shipment's id for each market."""
    rows = [_shipment(group, market, hand_overs[market], way) for market, way in ways.items()]
    return {market_id: made for market_id, made in run(_SHIPMENTS, rows)}  # noqa: C416 - Rows


def _shipment(group: Opened, market_id: int, chosen: HandOver, way: Way) -> dict[str, Any]:
    trip_id = None
    if chosen.mode is Mode.DELIVERY and chosen.slot_id is not None:
        trip_id = trips.book_trip(market_id=market_id, on_day=chosen.on_day, slot_id=chosen.slot_id)
    return {
        "group_id": group.id,
        "market_id": market_id,
        "mode": chosen.mode,
        "fee": way.fee,
        "fee_agreed": way.fee,
        "rate_id": way.rate_id,
        "on_day": chosen.on_day,
        "slot_id": chosen.slot_id,
        "trip_id": trip_id,
    }


def _split(
    group: Opened,
    lines: Sequence[LineRow],
    shipments: Mapping[int, int],
    ways: Ways,
    status: OrderStatus,
    now: datetime,
) -> list[Part]:
    """Make one order for each stall; return them with their lines."""
    by_stall: dict[int, list[LineRow]] = defaultdict(list)
    for line in lines:
        by_stall[line.stall_id].append(line)
    sales = {stall_id: _sale(own) for stall_id, own in by_stall.items()}
    terms = commission.terms_of(sales, day=business_day(now))
    rows: list[dict[str, Any]] = [
        {
            "number": f"{group.number}-{position}",
            "group_id": group.id,
            "stall_id": stall_id,
            "shipment_id": shipments[own[0].market_id],
            "status": status,
            **_sums(total(line.total for line in own), terms[stall_id]),
            "placed_at": now,
            "status_at": now,
            "due_at": due_after(status, now, ways[own[0].market_id].starts_at),
        }
        for position, (stall_id, own) in enumerate(by_stall.items(), start=1)
    ]
    ids = {stall_id: made for stall_id, made in run(_ORDERS, rows)}  # noqa: C416 - Rows
    return [
        Part(
            News(ids[row["stall_id"]], row["number"], row["stall_id"], status),
            by_stall[row["stall_id"]],
            row["subtotal"],
        )
        for row in rows
    ]


def _sale(own: Sequence[LineRow]) -> Sale:
    """Return what the commission rule of a stall's order is chosen by."""
    leading = leading_category([(line.category_ids, line.total) for line in own])
    return Sale(own[0].stall_id, own[0].market_id, leading)


def _sums(subtotal: Rupiah, terms: Terms) -> dict[str, Any]:
    return {
        "subtotal": subtotal,
        "commission": terms.of(subtotal),
        "commission_bp": terms.basis_points,
        "commission_floor": terms.floor,
        "commission_ceiling": terms.ceiling,
        "commission_rule_id": terms.rule_id,
    }


def _write_lines(parts: Sequence[Part], user_id: int | None, now: datetime) -> None:
    run(_LINES, [_freeze(part.order.id, line) for part in parts for line in part.lines])
    first_moves = [
        {
            "order_id": part.order.id,
            "at": now,
            "actor_id": user_id,
            "actor_kind": ActorKind.CUSTOMER,
            "from_status": None,
            "to_status": part.order.status,
            "reason": None,
            "subtotal": part.subtotal,
        }
        for part in parts
    ]
    run(_EVENTS, first_moves)


def _freeze(order_id: int, line: LineRow) -> dict[str, Any]:
    """Copy what was agreed: later changes of the product must not reach this order (I7)."""
    counted = line.free_milli is not None
    return {
        "order_id": order_id,
        "product_id": line.product_id,
        "name": line.name,
        "unit": line.unit,
        "picture_key": line.picture_key,
        "quantity_milli": line.quantity_milli,
        "ordered_milli": line.quantity_milli,
        "is_weighed": line.is_weighed,
        "price": line.price,
        "total": line.total,
        "note": line.note,
        "if_gone": line.if_gone,
        "status": LineStatus.ACTIVE,
        "stock_state": StockState.RESERVED if counted else StockState.UNTRACKED,
    }


def _use_credit(group: Opened, user_id: int, now: datetime) -> None:
    """Hold the customer's store credit for the orders and fees that it pays, exactly shared out."""
    orders = db.session.scalars(select(Order).where(Order.group_id == group.id).order_by(Order.id))
    mine = select(Shipment).where(Shipment.group_id == group.id).order_by(Shipment.id)
    cover(list(orders), list(db.session.scalars(mine)), group.credit)
    credit.spend(
        user_id=user_id,
        amount=group.credit,
        group_id=group.id,
        group_number=group.number,
        now=now,
    )


def _ask(bill: Bill, method: Method) -> Rupiah:
    """Open the payment; return what is to be paid in the end."""
    code = open_payment(bill=bill, method=method)
    if code:
        run(_ADD_CODE, {"group": bill.group_id, "code": code})
    return bill.amount + code
