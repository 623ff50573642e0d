"""The rows that order pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pol.cart.rules import IfGone
from pol.delivery.rules import Mode
from pol.kernel.money import ZERO, Rupiah
from pol.orders.rules.life import ActorKind, LineStatus, OrderStatus
from pol.orders.rules.proposal import ProposalKind
from pol.payments.rules import Method, PaymentStatus


@dataclass(frozen=True)
class LineView:
    """A line as it was agreed."""

    id: int
    order_id: int
    name: str
    unit: str
    picture_key: str | None
    quantity_milli: int
    price: Rupiah
    total: Rupiah
    note: str
    if_gone: IfGone
    status: LineStatus
    is_weighed: bool = False
    ordered_milli: int | None = None
    weighed_at: datetime | None = None
    refunded: Rupiah = ZERO


@dataclass(frozen=True)
class ProposalView:
    """What the customer is asked about a line."""

    id: int
    order_id: int
    line_id: int
    kind: ProposalKind
    name: str
    unit: str
    picture_key: str | None
    quantity_milli: int
    price: Rupiah
    total: Rupiah
    due_at: datetime


@dataclass(frozen=True)
class EventView:
    """One move of an order."""

    order_id: int
    at: datetime
    actor_kind: ActorKind
    from_status: OrderStatus | None
    to_status: OrderStatus
    reason: str | None
    subtotal: Rupiah


@dataclass(frozen=True)
class OrderView:
    """An order with its stall, its way to the customer, lines and history."""

    id: int
    number: str
    status: OrderStatus
    subtotal: Rupiah
    commission: Rupiah
    prepaid: Rupiah
    placed_at: datetime
    status_at: datetime
    due_at: datetime | None
    delivered_at: datetime | None
    reason: str | None
    stall_name: str
    stall_slug: str
    stall_phone: str
    stall_place: str
    market_id: int
    market_name: str
    shipment_id: int
    mode: Mode
    fee: Rupiah
    on_day: date
    starts_minute: int | None
    ends_minute: int | None
    lines: Sequence[LineView]
    events: Sequence[EventView]


@dataclass(frozen=True)
class GroupView:
    """What a customer pays once, with everything under it."""

    id: int
    number: str
    user_id: int | None
    name: str
    phone: str
    address: str
    village_name: str | None
    method: Method
    goods: Rupiah
    delivery: Rupiah
    unique_code: Rupiah
    charged: Rupiah
    refunded: Rupiah
    credit: Rupiah
    tolerance_bp: int
    paid_at: datetime | None
    placed_at: datetime
    payment_status: PaymentStatus
    payment_amount: Rupiah
    payment_due_at: datetime | None
    payment_reason: str | None
    proof_at: datetime | None
    bank_name: str | None
    bank_account: str | None
    bank_holder: str | None
    orders: Sequence[OrderView]
