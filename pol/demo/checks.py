"""Adding the whole market up again: what the invariants promise, as queries on both engines."""

from collections.abc import Iterator

from sqlalchemy import BigInteger, ColumnElement, Select, Subquery, case, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from pol.catalogue.models import Stock
from pol.demo.finding import Finding
from pol.demo.finding import rupiah_text as _rp
from pol.demo.shelves.checks import check_shelves
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.ledger.queries import balances_of, check_ledger, sum_by_account
from pol.orders.models import Order, OrderGroup, OrderLine, Shipment
from pol.orders.rules.life import LIVE, LOST, WON, LineStatus, StockState
from pol.payments.models import RefundDue
from pol.payments.rules import RefundStatus


def check_all() -> Iterator[Finding]:
    """Check every invariant of orders, stock and money; a sound market has no wrong rows."""
    yield _groups()
    yield _orders()
    yield _stock()
    yield _ledger()
    yield _owed_to_stalls()
    yield _owed_to_customers()
    yield _held()
    yield from check_shelves()


def _groups() -> Finding:
    """I1: goods + delivery + unique code = charged - refunded, for each group from its parts."""
    orders = _sum_by(Order.subtotal, Order.group_id)
    fees = _sum_by(Shipment.fee, Shipment.group_id)
    paid = plain(OrderGroup.charged) - plain(OrderGroup.refunded)
    parts = orders.c.total + fees.c.total + plain(OrderGroup.unique_code)
    same = (plain(OrderGroup.goods) == orders.c.total) & (
        plain(OrderGroup.delivery) == fees.c.total
    )
    row = db.session.execute(
        select(func.count(), func.sum(paid), _count((paid != parts) | ~same))
        .select_from(OrderGroup)
        .join(orders, orders.c.key == OrderGroup.id)
        .join(fees, fees.c.key == OrderGroup.id)
    ).one()
    everything = db.session.scalar(select(func.count()).select_from(OrderGroup)) or 0
    missing = everything - row[0]
    return Finding(f"I1 {row[0]} groups: parts = charged - refunded", _rp(row[1]), row[2] + missing)


def _orders() -> Finding:
    """An order is worth its active lines but for refunds, or nothing once it is lost."""
    worth_of_line = plain(OrderLine.total) - plain(OrderLine.refunded)
    active = case((OrderLine.status == LineStatus.ACTIVE, worth_of_line), else_=0)
    lines = _sum_by(active, OrderLine.order_id)
    worth = case((Order.status.in_(LOST), 0), else_=lines.c.total)
    row = db.session.execute(
        select(
            func.count(), func.sum(plain(Order.subtotal)), _count(plain(Order.subtotal) != worth)
        )
        .select_from(Order)
        .join(lines, lines.c.key == Order.id)
    ).one()
    return Finding(f"{row[0]} orders: worth = lines", _rp(row[1]), row[2])


def _stock() -> Finding:
    """I3: what is reserved and sold is what the lines say; free stock is never negative."""
    reserved, sold = _lines_in(StockState.RESERVED), _lines_in(StockState.SOLD)
    free = Stock.on_hand_milli - Stock.reserved_milli - Stock.sold_milli
    wrong = (
        (Stock.reserved_milli != func.coalesce(reserved.c.total, 0))
        | (Stock.sold_milli != func.coalesce(sold.c.total, 0))
        | (free < 0)
    )
    row = db.session.execute(
        select(func.count(), func.sum(Stock.sold_milli), _count(wrong))
        .select_from(Stock)
        .outerjoin(reserved, reserved.c.key == Stock.product_id)
        .outerjoin(sold, sold.c.key == Stock.product_id)
    ).one()
    return Finding(f"I3 {row[0]} stocks = lines", f"{int(row[1] or 0) // 1_000} sold", row[2])


def _ledger() -> Finding:
    """I8: all postings sum to zero, each entry too, each balance is the sum of its postings."""
    report = check_ledger()
    wrong = len(report.gaps) + len(report.unbalanced_entries) + report.unsealed_postings
    wrong += bool(report.difference)
    return Finding("I8 ledger: difference", str(report.difference), wrong)


def _owed_to_stalls() -> Finding:
    """What orders brought each stall is what it sold, whatever was paid out of it since."""
    earned = plain(Order.subtotal) - plain(Order.commission)
    rows = db.session.execute(
        select(Order.stall_id, func.sum(earned))
        .where(Order.status.in_(WON))
        .group_by(Order.stall_id)
    )
    sold = {f"payable:stall:{stall_id}": -int(amount) for stall_id, amount in rows if amount}
    booked = {
        code: amount.amount
        for code, amount in sum_by_account("payable:stall:", keys="order:").items()
        if amount
    }
    wrong = sum(sold.get(code) != booked.get(code) for code in sold.keys() | booked.keys())
    return Finding(f"{len(sold)} stalls: owed = sold", _rp(-sum(booked.values())), wrong)


def _owed_to_customers() -> Finding:
    """What is on the officers' list is what the ledger says."""
    due = db.session.scalar(
        select(func.sum(plain(RefundDue.amount))).where(RefundDue.status == RefundStatus.DUE)
    )
    booked = balances_of("refund:due").get("refund:due", Rupiah(0)).amount
    return Finding("refunds: list = ledger", _rp(due), int(int(due or 0) != -booked))


def _held() -> Finding:
    """Money that came before its goods is held until they, and the first of a trip, arrive."""
    under_way = _total(select(func.sum(plain(Order.prepaid))).where(Order.status.in_(LIVE)))
    arrived = select(Order.shipment_id).where(Order.status.in_(WON))
    fees = _total(select(func.sum(plain(Shipment.prepaid))).where(Shipment.id.not_in(arrived)))
    booked = balances_of("held:").get("held:orders", Rupiah(0)).amount
    return Finding("held for customers = ledger", _rp(-booked), int(under_way + fees != -booked))


def plain(column: object) -> ColumnElement[int]:
    """Return a column of rupiah as the whole number that the database adds up."""
    return type_coerce(column, BigInteger)


def _sum_by(amount: object, key: InstrumentedAttribute[int]) -> Subquery:
    total = func.sum(plain(amount)).label("total")
    return select(key.label("key"), total).group_by(key).subquery()


def _lines_in(state: StockState) -> Subquery:
    total = func.sum(OrderLine.quantity_milli).label("total")
    return (
        select(OrderLine.product_id.label("key"), total)
        .where(OrderLine.stock_state == state)
        .group_by(OrderLine.product_id)
        .subquery()
    )


def _count(wrong: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((wrong, 1)))


def _total(statement: Select[int]) -> int:
    return int(db.session.scalar(statement) or 0)
