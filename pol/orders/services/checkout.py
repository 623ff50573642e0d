"""From a cart to an order group: everything in one transaction, or nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from pol.cart import queries as cart
from pol.cart import services as carts
from pol.cart.queries import Holder, LineRow
from pol.catalogue.services import stock
from pol.delivery import queries as delivery
from pol.delivery import services as trips
from pol.delivery.queries import SlotOffer
from pol.delivery.rules import Mode
from pol.kernel.db import db, insert
from pol.kernel.localtime import at_local, business_day
from pol.kernel.money import ZERO, Rupiah, total
from pol.kernel.text import readable_code
from pol.orders.models import Order, OrderEvent, OrderGroup, OrderLine, Shipment
from pol.orders.rules import checkout as rules
from pol.orders.rules.checkout import Checkout, HandOver
from pol.orders.rules.life import ActorKind, LineStatus, OrderStatus, StockState, due_after
from pol.orders.services import tell
from pol.payments import services as payments
from pol.payments.rules import Method
from pol.payments.services import Bill

PICKUP_AHEAD = timedelta(days=8)


@dataclass(frozen=True)
class Placed:
    """The order group behind a press on the button."""

    number: str
    is_new: bool


@dataclass(frozen=True)
class Way:
    """How one market's part goes: its fee, the rate that it comes from, when the courier starts."""

    fee: Rupiah
    rate_id: int | None = None
    starts_at: datetime | None = None


Ways = Mapping[int, Way]


def place_order(*, holder: Holder, wanted: Checkout, now: datetime) -> Placed:
    """Turn a cart into one group with an order for each stall, stock reserved.

    The same key again gives the same group, however often and however parallel.

    :raises CartEmpty, CartChanged, TotalChanged, HandOverMissing, AddressMissing: see rules
    :raises HandOverNotOffered: the delivery slot has closed meanwhile
    :raises SoldOut: somebody else was faster
    """
    known = _find_number(wanted.key)
    if known:
        return Placed(known, is_new=False)
    lines = cart.list_lines(holder, now=now)
    known = None if lines else _find_number(wanted.key)  # the same press may just have ended
    if known:
        return Placed(known, is_new=False)
    _check_lines(lines)
    market_ids = sorted({line.market_id for line in lines})
    rules.check_hand_overs(wanted, market_ids)
    ways = _ways(wanted, market_ids, now)
    goods, fee = total(line.total for line in lines), total(w.fee for w in ways.values())
    if wanted.seen_total is not None and wanted.seen_total != goods + fee:
        raise rules.TotalChanged
    group = _open_group(wanted, goods=goods, fee=fee, now=now)
    if group is None:
        return Placed(_find_number(wanted.key) or "", is_new=False)
    _reserve(lines)
    _book(group, wanted, lines, ways, now)
    carts.empty_cart(holder=holder)
    return Placed(group.number, is_new=True)


def _find_number(key: str) -> str | None:
    return db.session.scalar(select(OrderGroup.number).where(OrderGroup.key == key))


def _check_lines(lines: Sequence[LineRow]) -> None:
    if not lines:
        raise rules.CartEmpty
    if any(line.is_blocked or line.troubles for line in lines):
        raise rules.CartChanged


def _ways(wanted: Checkout, market_ids: Sequence[int], now: datetime) -> Ways:
    """Return how each market's part goes, after making sure that delivery slots are still open."""
    chosen = {market_id: wanted.hand_overs[market_id] for market_id in market_ids}
    today = business_day(now)
    if any(not today <= way.on_day <= today + PICKUP_AHEAD for way in chosen.values()):
        raise rules.HandOverNotOffered
    delivered = [m for m, way in chosen.items() if way.mode is Mode.DELIVERY]
    if not delivered:
        return dict.fromkeys(market_ids, Way(ZERO))
    offered = delivery.offer_slots_of(market_ids=delivered, now=now)
    rate = delivery.get_rate(village_code=wanted.village_code, on_day=today)
    ways = dict.fromkeys(market_ids, Way(ZERO))
    for market_id in delivered:
        starts_at = _start_of(chosen[market_id], offered.get(market_id, ()))
        ways[market_id] = Way(rate.fee, rate.id, starts_at)
    return ways


def _start_of(chosen: HandOver, offers: Sequence[SlotOffer]) -> datetime:
    for offer in offers:
        if (offer.slot_id, offer.on_day) == (chosen.slot_id, chosen.on_day):
            return at_local(offer.on_day, offer.starts_minute)
    raise rules.HandOverNotOffered


def _open_group(
    wanted: Checkout, *, goods: Rupiah, fee: Rupiah, now: datetime
) -> OrderGroup | None:
    """Insert the group, or return None when the same press already did."""
    values = {
        "number": f"B{business_day(now):%y%m%d}-{readable_code(6)}",
        "key": wanted.key,
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
        "placed_at": now,
    }
    made = insert(OrderGroup).values(values).on_conflict_do_nothing(index_elements=["key"])
    return db.session.scalar(made.returning(OrderGroup))  # type: ignore[no-any-return]


def _reserve(lines: Sequence[LineRow]) -> None:
    counted = [line for line in lines if line.free_milli is not None]
    short = stock.reserve((line.product_id, line.quantity_milli) for line in counted)
    if short:
        raise rules.SoldOut([line.name for line in lines if line.product_id in short])


def _book(
    group: OrderGroup,
    wanted: Checkout,
    lines: Sequence[LineRow],
    ways: Ways,
    now: datetime,
) -> None:
    pays_first = wanted.method is Method.TRANSFER
    status = OrderStatus.WAITING_PAYMENT if pays_first else OrderStatus.PLACED
    shipments = _ship(group, wanted.hand_overs, ways)
    orders = _split(group, lines, shipments, ways, status, now)
    first_market = min(shipments)
    bill = Bill(group.id, first_market, group.charged, due_after(status, now))
    if pays_first:
        group.unique_code = payments.open_transfer(bill=bill)
        group.charged += group.unique_code
    else:
        payments.open_cash(bill=bill)
    db.session.flush()
    tell.placed(group=group, orders=orders, now=now)


def _ship(group: OrderGroup, hand_overs: Mapping[int, HandOver], ways: Ways) -> dict[int, Shipment]:
    shipments = {}
    for market_id, way in ways.items():
        chosen = hand_overs[market_id]
        trip_id = None
        if chosen.mode is Mode.DELIVERY and chosen.slot_id is not None:
            trip_id = trips.book_trip(
                market_id=market_id, on_day=chosen.on_day, slot_id=chosen.slot_id
            )
        shipments[market_id] = Shipment(
            group_id=group.id,
            market_id=market_id,
            mode=chosen.mode,
            fee=way.fee,
            fee_agreed=way.fee,
            rate_id=way.rate_id,
            on_day=chosen.on_day,
            slot_id=chosen.slot_id,
            trip_id=trip_id,
        )
    db.session.add_all(shipments.values())
    db.session.flush()
    return shipments


def _split(
    group: OrderGroup,
    lines: Sequence[LineRow],
    shipments: Mapping[int, Shipment],
    ways: Ways,
    status: OrderStatus,
    now: datetime,
) -> list[Order]:
    by_stall: dict[int, list[LineRow]] = defaultdict(list)
    for line in lines:
        by_stall[line.stall_id].append(line)
    orders = [
        Order(
            number=f"{group.number}-{position}",
            group_id=group.id,
            stall_id=stall_id,
            shipment_id=shipments[own[0].market_id].id,
            status=status,
            subtotal=total(line.total for line in own),
            commission_bp=0,
            commission=ZERO,
            placed_at=now,
            status_at=now,
            due_at=due_after(status, now, ways[own[0].market_id].starts_at),
        )
        for position, (stall_id, own) in enumerate(by_stall.items(), start=1)
    ]
    db.session.add_all(orders)
    db.session.flush()
    for order in orders:
        db.session.add_all(_freeze(order, line) for line in by_stall[order.stall_id])
        db.session.add(_first_event(order, group, now))
    return orders


def _freeze(order: Order, line: LineRow) -> OrderLine:
    """Copy what was agreed: later changes of the product must not reach this order (I7)."""
    counted = line.free_milli is not None
    return OrderLine(
        order_id=order.id,
        product_id=line.product_id,
        name=line.name,
        unit=line.unit,
        picture_key=line.picture_key,
        quantity_milli=line.quantity_milli,
        price=line.price,
        total=line.total,
        note=line.note,
        if_gone=line.if_gone,
        status=LineStatus.ACTIVE,
        stock_state=StockState.RESERVED if counted else StockState.UNTRACKED,
    )


def _first_event(order: Order, group: OrderGroup, now: datetime) -> OrderEvent:
    return OrderEvent(
        order_id=order.id,
        at=now,
        actor_id=group.user_id,
        actor_kind=ActorKind.CUSTOMER,
        from_status=None,
        to_status=order.status,
        reason=None,
        subtotal=order.subtotal,
    )
