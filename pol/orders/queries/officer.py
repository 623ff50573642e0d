"""What a market officer settles: transfers, goods at the market post, full trips."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from pol.delivery.rules import Mode
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.orders.models import Order, OrderGroup, Shipment
from pol.orders.queries.courier import SHOWN
from pol.orders.queries.locks import lock_group
from pol.orders.rules.life import OrderStatus
from pol.payments.models import Payment
from pol.payments.queries.payments import lock_payment_of_group
from pol.payments.rules import BY_PROOF, OPEN, Method, PaymentStatus
from pol.stalls.models import Market, Stall

LATE_PROOF_FOR = timedelta(days=14)  # a proof that came too late stays on the list so long
RECENT = 20


@dataclass(frozen=True)
class TransferRow:
    """A transfer that somebody promised or says to have made."""

    group_number: str
    customer: str
    phone: str
    amount: Rupiah
    unique_code: Rupiah
    status: PaymentStatus
    placed_at: datetime
    due_at: datetime | None
    proof_key: str | None
    proof_at: datetime | None
    market_name: str

    @property
    def is_late(self) -> bool:
        return self.status is PaymentStatus.EXPIRED


@dataclass(frozen=True)
class PostRow:
    """An order that waits at the market post for its customer."""

    number: str
    customer: str
    phone: str
    method: Method
    cash: Rupiah
    stall_name: str
    market_name: str
    status_at: datetime


PROMISES = (
    select(
        OrderGroup.number,
        OrderGroup.name,
        OrderGroup.phone,
        Payment.amount,
        Payment.unique_code,
        Payment.status,
        OrderGroup.placed_at,
        Payment.due_at,
        Payment.proof_key,
        Payment.proof_at,
        Market.name,
    )
    .join(OrderGroup, OrderGroup.id == Payment.group_id)
    .join(Market, Market.id == Payment.market_id)
    .where(Payment.method.in_(BY_PROOF))
)
"""Payments of which a person says whether they came."""

_OURS = PROMISES.where(Payment.stall_id.is_(None))


def list_proofs(*, market_ids: Collection[int], now: datetime) -> list[TransferRow]:
    """Return transfers whose proof waits to be compared, also those that came too late (I6)."""
    statement = _OURS.where(Payment.market_id.in_(market_ids), has_proof(now))
    rows = db.session.execute(statement.order_by(Payment.proof_at, Payment.id))
    return [TransferRow(*row) for row in rows]


def list_promised(*, market_ids: Collection[int]) -> list[TransferRow]:
    """Return transfers without a proof so far, who must pay first first."""
    statement = _OURS.where(
        Payment.market_id.in_(market_ids), Payment.status == PaymentStatus.WAITING
    )
    rows = db.session.execute(statement.order_by(Payment.due_at, Payment.id))
    return [TransferRow(*row) for row in rows]


def find_transfers(*, market_ids: Collection[int], amount: Rupiah) -> list[TransferRow]:
    """Return every unconfirmed transfer of exactly this amount, newest first, also expired ones."""
    statement = _OURS.where(
        Payment.market_id.in_(market_ids),
        Payment.amount == amount,
        Payment.status.in_(OPEN | {PaymentStatus.EXPIRED}),
    )
    rows = db.session.execute(statement.order_by(Payment.id.desc()).limit(RECENT))
    return [TransferRow(*row) for row in rows]


def count_proofs(*, market_ids: Collection[int], now: datetime) -> int:
    """Return how many proofs wait to be compared."""
    ours = Payment.stall_id.is_(None)
    waiting = Payment.market_id.in_(market_ids), ours, has_proof(now)
    return db.session.scalar(select(func.count()).select_from(Payment).where(*waiting)) or 0


def has_proof(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a proof waits to be compared, in time or a little late."""
    return or_(
        Payment.status == PaymentStatus.PROOF_SENT,
        and_(Payment.status == PaymentStatus.EXPIRED, Payment.proof_at > now - LATE_PROOF_FOR),
    )


def lock_transfer(*, group_number: str, market_ids: Collection[int]) -> tuple[OrderGroup, Payment]:
    """Return a group and its payment, held still, for an officer of the market that is paid.

    :raises NotFound: no such group, or another market's
    """
    group = lock_group(group_number)
    payment = lock_payment_of_group(group.id)
    if payment.market_id not in market_ids or payment.stall_id is not None:
        raise NotFound
    return group, payment


def list_at_post(*, market_ids: Collection[int]) -> list[PostRow]:
    """Return what customers may fetch at the market post now, the oldest first."""
    rows = db.session.execute(
        select(
            Order.number,
            OrderGroup.name,
            OrderGroup.phone,
            OrderGroup.method,
            Order.subtotal - Order.prepaid,
            Stall.name,
            Market.name,
            Order.status_at,
        )
        .join(Shipment, Shipment.id == Order.shipment_id)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(Stall, Stall.id == Order.stall_id)
        .join(Market, Market.id == Shipment.market_id)
        .where(
            Shipment.market_id.in_(market_ids),
            Shipment.mode == Mode.PICKUP_POST,
            Order.status == OrderStatus.READY,
        )
        .order_by(OrderGroup.name, Order.id)
    )
    return [PostRow(*row) for row in rows]


def count_on_trips(*, trip_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return for each trip how many parcels it has, and how many of them are packed."""
    packed = func.count(case((Order.status.in_({OrderStatus.READY, OrderStatus.ON_THE_WAY}), 1)))
    rows = db.session.execute(
        select(Shipment.trip_id, func.count(), packed)
        .join(Order, Order.shipment_id == Shipment.id)
        .where(Shipment.trip_id.in_(trip_ids), Order.status.in_(SHOWN))
        .group_by(Shipment.trip_id)
    )
    return {trip_id: (parcels, ready) for trip_id, parcels, ready in rows if trip_id is not None}
