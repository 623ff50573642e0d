"""What a courier takes along, to whom, and how much cash comes back."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import ZERO, Rupiah, total
from pol.kernel.text import decimal
from pol.orders.models import Order, OrderGroup, OrderLine, Shipment
from pol.orders.queries.locks import lock_group, lock_orders_of
from pol.orders.rules.life import WON, LineStatus, OrderStatus
from pol.payments.rules import Method
from pol.regions.models import Region
from pol.stalls.models import Stall

SHOWN = frozenset(
    {OrderStatus.PLACED, OrderStatus.ACCEPTED, OrderStatus.READY, OrderStatus.ON_THE_WAY}
    | {OrderStatus.DELIVERED, OrderStatus.DONE, OrderStatus.FAILED}
)
TO_COLLECT = frozenset(SHOWN - WON - {OrderStatus.FAILED})
IN_HAND = OrderStatus.ON_THE_WAY


@dataclass(frozen=True)
class Parcel:
    """One stall's order on a trip; `lines` like "Bandeng 1,5 kg"."""

    lines: Sequence[str]
    order_id: int
    number: str
    status: OrderStatus
    subtotal: Rupiah
    status_at: datetime
    stall_name: str
    stall_phone: str
    block: str | None
    stall_number: str | None
    stall_address: str
    shipment_id: int
    group_number: str
    customer: str
    phone: str
    address: str
    village: str | None
    kecamatan: str | None
    method: Method
    fee: Rupiah
    prepaid: Rupiah
    fee_prepaid: Rupiah

    @property
    def is_in_hand(self) -> bool:
        return self.status is IN_HAND

    @property
    def cash(self) -> Rupiah:
        """What the customer pays for it at the door."""
        return self.subtotal - self.prepaid


@dataclass(frozen=True)
class Stop:
    """One door, with everything of one order group that this trip brings there."""

    group_number: str
    customer: str
    phone: str
    address: str
    village: str | None
    kecamatan: str | None
    method: Method
    fee: Rupiah
    parcels: Sequence[Parcel]

    @property
    def in_hand(self) -> list[Parcel]:
        return [parcel for parcel in self.parcels if parcel.is_in_hand]

    @property
    def is_over(self) -> bool:
        return not any(parcel.status in TO_COLLECT for parcel in self.parcels)

    @property
    def fee_to_collect(self) -> Rupiah:
        """The fee is taken once, with whatever is handed over first."""
        paid = any(parcel.status in WON for parcel in self.parcels)
        return ZERO if paid else self.fee - self.parcels[0].fee_prepaid

    @property
    def cash_to_collect(self) -> Rupiah:
        """What the customer pays for all that is in hand and not prepaid."""
        if not self.in_hand:
            return ZERO
        return total(parcel.cash for parcel in self.in_hand) + self.fee_to_collect


@dataclass(frozen=True)
class StallRound:
    """One stall where the courier calls, in the order of block and number."""

    stall_name: str
    stall_phone: str
    block: str | None
    stall_number: str | None
    stall_address: str
    parcels: Sequence[Parcel]


def list_parcels(*, trip_ids: Collection[int]) -> dict[int, list[Parcel]]:
    """Return the parcels of trips, by block and number of their stalls; two statements."""
    village, kecamatan = aliased(Region), aliased(Region)
    rows = db.session.execute(
        select(
            Shipment.trip_id,
            Order.id,
            Order.number,
            Order.status,
            Order.subtotal,
            Order.status_at,
            Stall.name,
            Stall.phone,
            Stall.block,
            Stall.number,
            Stall.address,
            Shipment.id,
            OrderGroup.number,
            OrderGroup.name,
            OrderGroup.phone,
            OrderGroup.address,
            village.name,
            kecamatan.name,
            OrderGroup.method,
            Shipment.fee,
            Order.prepaid,
            Shipment.prepaid,
        )
        .join(Shipment, Shipment.id == Order.shipment_id)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(Stall, Stall.id == Order.stall_id)
        .outerjoin(village, village.code == OrderGroup.village_code)
        .outerjoin(kecamatan, kecamatan.code == village.parent_code)
        .where(Shipment.trip_id.in_(trip_ids), Order.status.in_(SHOWN))
        .order_by(Stall.block, Stall.number, Stall.name, Order.id)
    ).all()
    lines = _lines([row[1] for row in rows])
    parcels: dict[int, list[Parcel]] = defaultdict(list)
    for row in rows:
        values: tuple[Any, ...] = tuple(row)
        parcels[values[0]].append(Parcel(lines[values[1]], *values[1:]))
    return parcels


def _lines(order_ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = db.session.execute(
        select(OrderLine.order_id, OrderLine.name, OrderLine.quantity_milli, OrderLine.unit)
        .where(OrderLine.order_id.in_(order_ids), OrderLine.status == LineStatus.ACTIVE)
        .order_by(OrderLine.id)
    )
    for order_id, name, milli, unit in rows:
        found[order_id].append(f"{name} {decimal(milli)} {unit}")
    return found


def by_stall(parcels: Sequence[Parcel]) -> list[StallRound]:
    """Return where to call for parcels that nobody has collected yet."""
    waiting = [p for p in parcels if p.status in TO_COLLECT and not p.is_in_hand]
    places = groupby(
        waiting,
        lambda p: (p.stall_name, p.stall_phone, p.block, p.stall_number, p.stall_address),
    )
    return [StallRound(*place, parcels=list(own)) for place, own in places]


def by_door(parcels: Sequence[Parcel]) -> list[Stop]:
    """Return the doors of a trip: open ones first, then by kecamatan, village and name."""
    doors: dict[int, list[Parcel]] = defaultdict(list)
    for parcel in parcels:
        doors[parcel.shipment_id].append(parcel)
    stops = [
        Stop(
            group_number=own[0].group_number,
            customer=own[0].customer,
            phone=own[0].phone,
            address=own[0].address,
            village=own[0].village,
            kecamatan=own[0].kecamatan,
            method=own[0].method,
            fee=own[0].fee,
            parcels=own,
        )
        for own in doors.values()
    ]
    return sorted(stops, key=lambda s: (s.is_over, s.kecamatan or "", s.village or "", s.customer))


def count_loaded(*, trip_id: int) -> int:
    """Return how many parcels of a trip wait at their stall or are in the courier's hands."""
    loaded = Order.status.in_({OrderStatus.READY, OrderStatus.ON_THE_WAY})
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Order)
            .join(Shipment, Shipment.id == Order.shipment_id)
            .where(Shipment.trip_id == trip_id, loaded)
        )
        or 0
    )


def list_ready(*, trip_id: int) -> list[int]:
    """Return the orders that are packed and wait for this trip, in the order of locking."""
    return list(
        db.session.scalars(
            select(Order.id)
            .join(Shipment, Shipment.id == Order.shipment_id)
            .where(Shipment.trip_id == trip_id, Order.status == OrderStatus.READY)
            .order_by(Order.group_id, Order.id)
        )
    )


def lock_stop(*, trip_id: int, group_number: str) -> list[Order]:
    """Return what a trip brings to one door, held still.

    :raises NotFound: this trip has nothing for that group
    """
    shipment_id = db.session.scalar(
        select(Shipment.id)
        .join(OrderGroup, OrderGroup.id == Shipment.group_id)
        .where(Shipment.trip_id == trip_id, OrderGroup.number == group_number)
    )
    if shipment_id is None:
        raise NotFound
    orders = lock_orders_of(lock_group(group_number))
    return [order for order in orders if order.shipment_id == shipment_id]
