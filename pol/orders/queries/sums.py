"""A group as `rules.sums` wants to see it, for previews and for acts alike."""

from sqlalchemy import bindparam, select

from pol.kernel.db import run
from pol.orders.models import Order, OrderGroup, Shipment
from pol.orders.rules.life import LOST, WON
from pol.orders.rules.sums import FeePart, OrderPart, Sums

_GROUP = select(
    OrderGroup.method,
    OrderGroup.paid_at,
    OrderGroup.unique_code,
    OrderGroup.refunded,
    OrderGroup.credit,
    OrderGroup.credit_back,
).where(OrderGroup.id == bindparam("group"))
_ORDERS = (
    select(Order.id, Order.shipment_id, Order.subtotal, Order.prepaid, Order.status)
    .where(Order.group_id == bindparam("group"))
    .order_by(Order.id)
)
_FEES = (
    select(Shipment.id, Shipment.fee, Shipment.prepaid)
    .where(Shipment.group_id == bindparam("group"))
    .order_by(Shipment.id)
)


def get_sums(group_id: int) -> Sums:
    """Return what a group's orders and fees cost, and what of it we hold; three statements."""
    group = run(_GROUP, {"group": group_id}).one()
    orders = run(_ORDERS, {"group": group_id}).all()
    taken = {order.shipment_id for order in orders if order.status in WON}
    return Sums(
        orders=[
            OrderPart(
                order.id,
                order.shipment_id,
                order.subtotal,
                order.prepaid,
                is_lost=order.status in LOST,
                is_over=order.status in WON,
            )
            for order in orders
        ],
        fees=[
            FeePart(fee.id, fee.fee, fee.prepaid, is_over=fee.id in taken)
            for fee in run(_FEES, {"group": group_id})
        ],
        code=group.unique_code,
        is_paid=group.method.comes_first and group.paid_at is not None,
        refunded=group.refunded,
        credit=group.credit,
        credit_back=group.credit_back,
    )
