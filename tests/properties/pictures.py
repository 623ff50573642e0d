"""One picture of all figures, drawn twice: from the model and from the tables."""

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select

from pol.catalogue.models import Product, Stock
from pol.catalogue.rules import StockMode
from pol.kernel.db import db
from pol.ledger.models import Account
from pol.ledger.queries import check_ledger
from pol.orders.models import Order, OrderGroup, OrderLine, Shipment
from pol.orders.rules.life import LineStatus
from pol.payments.models import Payment, RefundDue
from pol.payments.rules import RefundStatus
from tests.properties.model import WON, Group, Market

Picture = dict[str, dict[Any, Any]]


def of_model(market: Market) -> Picture:
    """Return what every figure should be."""
    return {
        "orders": {o.number: (g.number, o.status, o.value, o.due) for g, o in market.orders()},
        "lines": {
            (order.number, line.good): (line.name, line.price, line.milli, line.total)
            for _, order in market.orders()
            for line in order.active
        },
        "groups": {group.number: _sums(group) for group in market.groups},
        "fees": {
            (group.number, market_id): group.fee(market_id)
            for group in market.groups
            for market_id in group.agreed
        },
        "payments": {group.number: _payment(group) for group in market.groups},
        "refunds": {
            group.number: (group.back, group.given_back) for group in market.groups if group.back
        },
        "stock": {
            good: (own.on_hand, market.held(good) - market.held(good, WON), market.held(good, WON))
            for good, own in market.goods.items()
            if own.on_hand is not None
        },
        "accounts": _accounts(market),
    }


def _sums(group: Group) -> tuple[int, ...]:
    goods, code = sum(order.value for order in group.orders), group.kept_code
    fees = sum(group.fee(market_id) for market_id in group.agreed)
    return goods, fees, code, group.charged, group.back


def _payment(group: Group) -> int:
    return group.bill if group.is_transfer else group.charged


def _accounts(market: Market) -> dict[str, int]:
    """Return every balance, debit positive, from what has happened alone."""
    sums: dict[str, int] = defaultdict(int)
    for market_id, amount in market.banked.items():
        sums[f"bank:market:{market_id}"] += amount
    for group in market.groups:
        _add_sales(group, sums)
        _add_held(group, sums)
    return {code: amount for code, amount in sums.items() if amount}


def _add_sales(group: Group, sums: dict[str, int]) -> None:
    for order in group.orders:
        if order.purse:
            sums[f"payable:stall:{order.stall}"] -= order.value
            sums[order.purse] += order.cash
    for market_id, purse in group.fee_purse.items():
        sums[f"income:delivery:{market_id}"] -= group.fee(market_id)
        sums[purse] += group.fee_cash[market_id]


def _add_held(group: Group, sums: dict[str, int]) -> None:
    waiting = sum(order.held for order in group.orders if order.status not in WON)
    fees = sum(held for m, held in group.fees_held.items() if m not in group.fee_purse)
    sums["held:orders"] -= waiting + fees
    sums["income:unique_code"] -= group.code_held
    sums["refund:due"] -= group.back - group.given_back


def of_tables() -> Picture:
    """Return what every figure is, read with a few statements."""
    assert check_ledger().is_sound, "I8: the ledger does not add up"
    numbers = dict(_rows(OrderGroup.id, OrderGroup.number))
    orders = {
        row.id: row
        for row in _rows(
            Order.id, Order.number, Order.group_id, Order.status, Order.subtotal, Order.due_at
        )
    }
    return {
        "orders": {
            row.number: (numbers[row.group_id], row.status.value, row.subtotal.amount, row.due_at)
            for row in orders.values()
        },
        "lines": _lines({key: row.number for key, row in orders.items()}),
        "groups": _groups(),
        "fees": {
            (numbers[group_id], market_id): fee.amount
            for group_id, market_id, fee in _rows(
                Shipment.group_id, Shipment.market_id, Shipment.fee
            )
        },
        "payments": {
            numbers[group_id]: amount.amount
            for group_id, amount in _rows(Payment.group_id, Payment.amount)
        },
        "refunds": _refunds(numbers),
        "stock": _stock(),
        "accounts": {
            code: balance.amount
            for code, balance in _rows(Account.code, Account.balance)
            if balance
        },
    }


def _rows(*columns: Any) -> list[Any]:
    return list(db.session.execute(select(*columns)))


def _lines(numbers: dict[int, str]) -> dict[Any, Any]:
    active = select(
        OrderLine.order_id,
        OrderLine.product_id,
        OrderLine.name,
        OrderLine.price,
        OrderLine.quantity_milli,
        OrderLine.total,
    ).where(OrderLine.status == LineStatus.ACTIVE)
    return {
        (numbers[order_id], product_id): (name, price.amount, milli, amount.amount)
        for order_id, product_id, name, price, milli, amount in db.session.execute(active)
    }


def _groups() -> dict[Any, Any]:
    parts = (OrderGroup.goods, OrderGroup.delivery, OrderGroup.unique_code)
    sums = (*parts, OrderGroup.charged, OrderGroup.refunded)
    return {
        number: tuple(part.amount for part in amounts)
        for number, *amounts in _rows(OrderGroup.number, *sums)
    }


def _refunds(numbers: dict[int, str]) -> dict[Any, Any]:
    done = func.sum(RefundDue.amount).filter(RefundDue.status == RefundStatus.DONE)
    rows = db.session.execute(
        select(RefundDue.group_id, func.sum(RefundDue.amount), done).group_by(RefundDue.group_id)
    )
    return {numbers[key]: (_plain(owed), _plain(back)) for key, owed, back in rows}


def _plain(amount: Any) -> int:
    return 0 if amount is None else int(amount.amount)


def _stock() -> dict[Any, Any]:
    counted = select(
        Stock.product_id, Stock.on_hand_milli, Stock.reserved_milli, Stock.sold_milli
    ).join(Product, Product.id == Stock.product_id)
    counted = counted.where(Product.stock_mode == StockMode.COUNTED)
    return {key: (on_hand, kept, sold) for key, on_hand, kept, sold in db.session.execute(counted)}
