"""Which columns of which tables a year of orders fills, in the order of their references."""

from pol.delivery.models import Trip
from pol.kernel.bulk import Plain
from pol.kernel.db import Base
from pol.orders.models import Order, OrderEvent, OrderGroup, OrderLine, Shipment
from pol.payments.models import CashDeposit, CourierShift, Payment, RefundDue, ShiftLine

Row = tuple[Plain, ...]

# fmt: off
COLUMNS: dict[type[Base], tuple[str, ...]] = {
    OrderGroup: (
        "id", "number", "key", "user_id", "name", "phone", "village_code", "address", "method",
        "goods", "delivery", "unique_code", "charged", "refunded", "paid_at", "placed_at",
    ),
    Trip: (
        "id", "number", "market_id", "on_day", "slot_id", "courier_id", "status", "started_at",
        "finished_at",
    ),
    Shipment: (
        "id", "group_id", "market_id", "mode", "fee", "fee_agreed", "rate_id", "on_day",
        "slot_id", "trip_id",
    ),
    Order: (
        "id", "number", "group_id", "stall_id", "shipment_id", "status", "subtotal",
        "commission_bp", "commission", "placed_at", "status_at", "due_at", "delivered_at", "reason",
    ),
    OrderLine: (
        "order_id", "product_id", "name", "unit", "picture_key", "quantity_milli", "price",
        "total", "note", "if_gone", "status", "stock_state",
    ),
    OrderEvent: (
        "order_id", "at", "actor_id", "actor_kind", "from_status", "to_status", "reason",
        "subtotal",
    ),
    Payment: (
        "group_id", "market_id", "method", "status", "amount", "unique_code", "due_at",
        "decided_at", "decided_by_id",
    ),
    CourierShift: (
        "id", "number", "courier_id", "market_id", "opened_at", "counted_at", "expected",
        "counted", "note", "accepted_at", "accepted_by_id",
    ),
    ShiftLine: ("shift_id", "position", "number", "expected", "counted", "note"),
    CashDeposit: (
        "number", "key", "market_id", "courier_id", "shift_id", "amount", "remaining", "at",
        "received_by_id",
    ),
    RefundDue: (
        "id", "key", "group_id", "market_id", "amount", "reason", "status", "created_at",
        "done_at", "done_by_id", "note",
    ),
}
# fmt: on
NUMBERED = (OrderGroup, Trip, Shipment, Order, CourierShift, RefundDue)
"""Tables whose ids we choose ourselves."""
