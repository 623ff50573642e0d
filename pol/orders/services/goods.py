"""What happens to the goods of an order: given back, handed over, found to be gone."""

from collections.abc import Iterable

from sqlalchemy import select

from pol.catalogue.services import stock
from pol.catalogue.services.stock import Need
from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah, total
from pol.orders.models import Order, OrderLine
from pol.orders.rules.life import LineStatus, StockState
from pol.orders.rules.refunding import Goods, GoodsBackAlready
from pol.orders.rules.weighing import TooLittleStock
from pol.payments.rules.commission import commission_of


def list_active_lines(order: Order) -> list[OrderLine]:
    """Return the lines that still count."""
    return list(
        db.session.scalars(
            select(OrderLine)
            .where(OrderLine.order_id == order.id, OrderLine.status == LineStatus.ACTIVE)
            .order_by(OrderLine.id)
            .execution_options(populate_existing=True)
        )
    )


def release(order: Order) -> None:
    """Give the stock of a lost order back; it is worth nothing now."""
    lines = _reserved(list_active_lines(order))
    stock.release(_needs(lines))
    for line in lines:
        line.stock_state = StockState.RETURNED
    order.subtotal = order.commission = ZERO


def hand_over(order: Order) -> None:
    """Turn reserved stock into sold stock."""
    lines = _reserved(list_active_lines(order))
    stock.sell(_needs(lines))
    for line in lines:
        line.stock_state = StockState.SOLD


def bring_back(lines: Iterable[OrderLine], where: Goods) -> None:
    """Note that handed-over goods are at the stall again, to be sold or to be thrown away.

    :raises GoodsBackAlready: all of them came back before
    """
    lines = list(lines)
    here = [line for line in lines if line.stock_state is not StockState.RETURNED]
    if not here:
        raise GoodsBackAlready
    counted = [line for line in here if line.stock_state is StockState.SOLD]
    change = stock.bring_back if where is Goods.SOUND else stock.throw_away
    change(_needs(counted))
    for line in here:
        line.stock_state = StockState.RETURNED


def take_back(order: Order) -> bool:
    """Reserve the stock of an expired order again; answer whether there was enough of all."""
    lines = list_active_lines(order)
    returned = [line for line in lines if line.stock_state is StockState.RETURNED]
    with db.session.begin_nested() as attempt:
        if stock.reserve(_needs(returned)):
            attempt.rollback()
            return False
    for line in returned:
        line.stock_state = StockState.RESERVED
    order.subtotal = total(line.total for line in lines)
    order.commission = commission_on(order)
    return True


def shrink(order: Order, line: OrderLine, milli: int) -> None:
    """Leave only so much of a line; what is missing does not exist, so stock is written off."""
    missing = line.quantity_milli - milli
    if line.stock_state is StockState.RESERVED:
        stock.write_off([(line.product_id, missing)])
    if milli:
        line.quantity_milli, line.total = milli, line.price.for_quantity(milli)
    else:
        line.status = LineStatus.GONE
        line.stock_state = StockState.UNTRACKED
    recount(order)


def reweigh(order: Order, line: OrderLine, milli: int) -> None:
    """Set a line to its real weight; what is more is taken from free stock, what is less goes back.

    :raises TooLittleStock: there is not that much
    """
    change = milli - line.quantity_milli
    if line.stock_state is StockState.RESERVED:
        if change > 0 and stock.reserve([(line.product_id, change)]):
            raise TooLittleStock
        if change < 0:
            stock.release([(line.product_id, -change)])
    line.quantity_milli, line.total = milli, line.price.for_quantity(milli)
    recount(order)


def replace(order: Order, line: OrderLine, new: OrderLine, *, is_counted: bool) -> bool:
    """Put another line in the place of one whose goods do not exist.

    Answer whether there was enough of the new goods; if not, nothing has changed.
    """
    if is_counted and stock.reserve([(new.product_id, new.quantity_milli)]):
        return False
    new.stock_state = StockState.RESERVED if is_counted else StockState.UNTRACKED
    db.session.add(new)
    shrink(order, line, 0)
    return True


def recount(order: Order) -> None:
    """Work out an order's subtotal and commission from the lines that still count."""
    db.session.flush()
    order.subtotal = total(kept.total for kept in list_active_lines(order))
    order.commission = commission_on(order)


def commission_on(order: Order) -> Rupiah:
    """Return what is taken of the order by the rule that it was sold under (I7)."""
    return commission_of(
        order.subtotal, order.commission_bp, order.commission_floor, order.commission_ceiling
    )


def _reserved(lines: Iterable[OrderLine]) -> list[OrderLine]:
    return [line for line in lines if line.stock_state is StockState.RESERVED]


def _needs(lines: Iterable[OrderLine]) -> list[Need]:
    return [(line.product_id, line.quantity_milli) for line in lines]
