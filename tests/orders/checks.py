"""The invariants of orders, read straight from the tables."""

from sqlalchemy import func, select

from pol.catalogue.models import Stock
from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah, total
from pol.ledger.models import Account
from pol.orders.models import Order, OrderGroup, OrderLine, Shipment
from pol.orders.rules.life import LOST, LineStatus, StockState


def balance_of(code: str) -> Rupiah:
    """Return an account's balance, debit positive, Rp0 when it was never used."""
    return db.session.scalar(select(Account.balance).where(Account.code == code)) or ZERO


def check_group(group: OrderGroup) -> None:
    """Assert I1 and I2 for a group: its parts sum to what is charged, to the rupiah."""
    db.session.flush()
    db.session.refresh(group)
    orders = db.session.scalars(select(Order).where(Order.group_id == group.id)).all()
    fees = db.session.scalars(select(Shipment.fee).where(Shipment.group_id == group.id)).all()
    assert total(order.subtotal for order in orders) == group.goods
    assert total(fees) == group.delivery
    assert group.goods + group.delivery + group.unique_code == group.charged - group.refunded
    for order in orders:
        check_order(order)


def check_order(order: Order) -> None:
    """Assert that an order is the sum of its active lines, or Rp0 once it is lost."""
    lines = db.session.scalars(
        select(OrderLine)
        .where(OrderLine.order_id == order.id, OrderLine.status == LineStatus.ACTIVE)
        .execution_options(populate_existing=True)
    ).all()
    for line in lines:
        assert line.total == line.price.for_quantity(line.quantity_milli)
    expected = ZERO if order.status in LOST else total(line.total - line.refunded for line in lines)
    assert order.subtotal == expected


def check_stock() -> None:
    """Assert I3: what is reserved and sold is what orders hold, and nothing is below zero."""
    held = {
        (product_id, state): milli
        for product_id, state, milli in db.session.execute(
            select(
                OrderLine.product_id,
                OrderLine.stock_state,
                func.sum(OrderLine.quantity_milli),
            ).group_by(OrderLine.product_id, OrderLine.stock_state)
        )
    }
    rows = select(Stock).execution_options(populate_existing=True)
    for stock in db.session.scalars(rows):
        assert stock.on_hand_milli - stock.reserved_milli - stock.sold_milli >= 0
        assert stock.reserved_milli == held.get((stock.product_id, StockState.RESERVED), 0)
        assert stock.sold_milli == held.get((stock.product_id, StockState.SOLD), 0)
