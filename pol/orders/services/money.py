"""What happens to the money of a group: taken at hand-over, restated after every change.

Accounts: debit is positive. `held:orders` is customers' money for goods not yet handed over.
"""

from datetime import datetime

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.money import Rupiah, total
from pol.ledger import services as ledger
from pol.orders.models import Order, OrderGroup, Shipment
from pol.orders.queries.sums import get_sums
from pol.orders.rules import sums
from pol.orders.rules.life import LOST, WON, ActorKind, OrderStatus
from pol.orders.rules.sums import FeePart, OrderPart, Part, Restated
from pol.orders.services import giving_back
from pol.payments.queries import payments as payment_queries
from pol.payments.rules import Method, PaymentStatus

HELD, REFUND, CODE = "held:orders", "refund:due", "income:unique_code"


def collect(order: Order, *, by: ActorKind, actor_id: int | None, now: datetime) -> None:
    """Post the goods to the stall, and the fee once per shipment, at hand-over.

    What is prepaid comes from what we hold; the rest from whoever took the cash.
    """
    market_id, shipment = order.shipment.market_id, order.shipment
    purse, payable = _purse(order, by, actor_id), f"payable:stall:{order.stall_id}"
    fees = f"income:delivery:{market_id}"
    if shipment.fee:
        ledger.hold({HELD, purse, payable, fees})
    lines = [
        (HELD, order.prepaid),
        (purse, order.subtotal - order.prepaid),
        (payable, order.commission - order.subtotal),
        (f"income:commission:{market_id}", -order.commission),
    ]
    _post(order, f"order:{order.id}:handed", "Barang diserahkan", lines, actor_id, now)
    cash = shipment.fee - shipment.prepaid
    lines = [(HELD, shipment.prepaid), (purse, cash), (fees, -shipment.fee)]
    _post(order, f"shipment:{order.shipment_id}:fee", "Ongkos kirim", lines, actor_id, now)


def _purse(order: Order, by: ActorKind, actor_id: int | None) -> str:
    """Return whose hand took the cash."""
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
        lines=lines,
        actor_id=actor_id,
    )


def cover(orders: list[Order], shipments: list[Shipment], money: Rupiah) -> Rupiah:
    """Note for which orders and fees we hold this money; return what is left of it."""
    parts: list[Part] = [
        *(OrderPart(o.id, o.shipment_id, o.subtotal, o.prepaid) for o in orders),
        *(FeePart(s.id, s.fee, s.prepaid) for s in shipments),
    ]
    shares = sums.share_out(money, parts)
    holders: list[Order | Shipment] = [*orders, *shipments]
    for holder, share in zip(holders, shares, strict=True):
        holder.prepaid += share
    return money - total(shares)


def restate(group: OrderGroup, *, reason: str, now: datetime, is_difference: bool = False) -> None:
    """Make the group's totals true again after a change of one of its orders (I1, I4).

    What was not paid yet is simply no longer charged; what we hold goes back. A difference of
    weight goes to the store credit of a customer who has an account.
    """
    db.session.flush()
    orders, shipments = _orders(group), _shipments(group)
    after = sums.restate(get_sums(group.id))
    _write(group, orders, shipments, after)
    if after.back:
        giving_back.give_back(group, after, reason=reason, is_difference=is_difference, now=now)
    _settle(group, [order.status for order in orders], now)


def _write(
    group: OrderGroup, orders: list[Order], shipments: list[Shipment], after: Restated
) -> None:
    group.goods, group.delivery, group.unique_code = after.goods, after.delivery, after.code
    group.charged, group.refunded = after.charged, after.refunded
    for order in orders:
        order.prepaid = after.prepaid[order.id]
    for shipment in shipments:
        shipment.fee, shipment.prepaid = (
            after.fees[shipment.id].cost,
            after.fees[shipment.id].prepaid,
        )


def _orders(group: OrderGroup) -> list[Order]:
    return list(
        db.session.scalars(select(Order).where(Order.group_id == group.id).order_by(Order.id))
    )


def _shipments(group: OrderGroup) -> list[Shipment]:
    mine = select(Shipment).where(Shipment.group_id == group.id).order_by(Shipment.id)
    return list(db.session.scalars(mine))


def _settle(group: OrderGroup, statuses: list[OrderStatus], now: datetime) -> None:
    """Close a payment that nobody will make any more, or a cash payment that is complete."""
    lost = all(status in LOST for status in statuses)
    over = all(status in LOST | WON for status in statuses)
    if group.method is Method.CASH:
        payment = payment_queries.lock_payment_of_group(group.id)
        payment.amount = group.charged - group.credit
        if over:
            payment.status = PaymentStatus.CANCELLED if lost else PaymentStatus.CONFIRMED
            payment.decided_at = now
            group.paid_at = group.paid_at or (None if lost else now)
    elif lost and group.paid_at is None:
        payment = payment_queries.lock_payment_of_group(group.id)
        expired = OrderStatus.EXPIRED in statuses
        payment.status = PaymentStatus.EXPIRED if expired else PaymentStatus.CANCELLED
