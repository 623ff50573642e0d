"""What happens to the money of a group: collected at hand-over, restated after every change.

Accounts: debit is positive. `held:orders` is customers' money for goods not yet handed over.
"""

from datetime import datetime

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah, total
from pol.ledger import services as ledger
from pol.orders.models import Order, OrderGroup, Shipment
from pol.orders.rules.life import LOST, WON, ActorKind, OrderStatus
from pol.payments.queries import payments as payment_queries
from pol.payments.rules import Method, PaymentStatus
from pol.payments.services import payments

HELD, REFUND, CODE = "held:orders", "refund:due", "income:unique_code"


def collect(order: Order, *, by: ActorKind, actor_id: int | None, now: datetime) -> None:
    """Post the goods to the stall, and the fee once per shipment, at hand-over."""
    purse, market = _purse(order, by, actor_id), f"income:delivery:{order.shipment.market_id}"
    if order.shipment.fee:
        ledger.hold({purse, f"payable:stall:{order.stall_id}", market})
    earned = order.subtotal - order.commission
    lines = [
        (purse, order.subtotal),
        (f"payable:stall:{order.stall_id}", -earned),
        ("income:commission", -order.commission),
    ]
    _post(order, f"order:{order.id}:handed", "Barang diserahkan", lines, actor_id, now)
    if order.shipment.fee:
        fee = order.shipment.fee
        key = f"shipment:{order.shipment_id}:fee"
        _post(order, key, "Ongkos kirim", [(purse, fee), (market, -fee)], actor_id, now)


def _purse(order: Order, by: ActorKind, actor_id: int | None) -> str:
    """Return where the money comes from: what we hold, or whose hand took the cash."""
    if order.group.method is Method.TRANSFER:
        return HELD
    if by is ActorKind.COURIER:
        return f"cash:courier:{actor_id}"
    if by is ActorKind.OFFICER:
        return f"cash:market:{order.shipment.market_id}"
    return f"cash:stall:{order.stall_id}"


def _post(
    order: Order,
    key: str,
    memo: str,
    lines: list[tuple[str, Rupiah]],
    actor_id: int | None,
    now: datetime,
) -> None:
    ledger.post(
        key=key,
        at=now,
        reference=f"group:{order.group_id}",
        memo=f"{memo}: {order.number}",
        lines=[(code, amount) for code, amount in lines if amount],
        actor_id=actor_id,
    )


def restate(group: OrderGroup, *, reason: str, now: datetime) -> None:
    """Make the group's totals true again after a change of one of its orders (I1, I4).

    What was not paid yet is simply no longer charged; what was paid becomes a refund due.
    """
    db.session.flush()
    before = group.charged - group.refunded
    orders = _orders(group)
    group.goods = total(order.subtotal for order in orders)
    group.delivery = _drop_empty_shipments(group, orders)
    code_back = ZERO
    if all(order.status in LOST for order in orders):
        code_back, group.unique_code = group.unique_code, ZERO
    after = group.goods + group.delivery + group.unique_code
    if group.paid_at is None:
        group.charged = after
    elif after != before:
        group.refunded += before - after
        _owe(group, before - after, code_back, reason, now)
    _settle(group, [order.status for order in orders], now)


def _orders(group: OrderGroup) -> list[Order]:
    return list(
        db.session.scalars(select(Order).where(Order.group_id == group.id).order_by(Order.id))
    )


def _drop_empty_shipments(group: OrderGroup, orders: list[Order]) -> Rupiah:
    """Take the fee off shipments that carry nothing any more; return what is left of fees."""
    shipments = db.session.scalars(select(Shipment).where(Shipment.group_id == group.id)).all()
    for shipment in shipments:
        own = [order.status for order in orders if order.shipment_id == shipment.id]
        if all(status in LOST for status in own):
            shipment.fee = ZERO
    return total(shipment.fee for shipment in shipments)


def _owe(group: OrderGroup, amount: Rupiah, code_back: Rupiah, reason: str, now: datetime) -> None:
    key = f"group:{group.id}:refund:{group.refunded.amount}"
    lines = [(HELD, amount - code_back), (CODE, code_back), (REFUND, -amount)]
    ledger.post(
        key=key,
        at=now,
        reference=f"group:{group.id}",
        memo=f"Harus dikembalikan ke pembeli: {group.number}",
        lines=[(code, value) for code, value in lines if value],
    )
    payment = payment_queries.lock_payment_of_group(group.id)
    payments.owe_refund(payment=payment, amount=amount, key=key, reason=reason, now=now)


def _settle(group: OrderGroup, statuses: list[OrderStatus], now: datetime) -> None:
    """Close a payment that nobody will make any more, or a cash payment that is complete."""
    lost = all(status in LOST for status in statuses)
    over = all(status in LOST | WON for status in statuses)
    if group.method is Method.CASH:
        payment = payment_queries.lock_payment_of_group(group.id)
        payment.amount = group.charged
        if over:
            payment.status = PaymentStatus.CANCELLED if lost else PaymentStatus.CONFIRMED
            payment.decided_at = now
            group.paid_at = group.paid_at or (None if lost else now)
    elif lost and group.paid_at is None:
        payment = payment_queries.lock_payment_of_group(group.id)
        expired = OrderStatus.EXPIRED in statuses
        payment.status = PaymentStatus.EXPIRED if expired else PaymentStatus.CANCELLED
