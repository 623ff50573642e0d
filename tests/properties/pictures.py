"""One picture of all figures, drawn twice: from the model and from the tables."""

from binascii import crc_hqx
from collections import Counter, defaultdict
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select

from pol.catalogue.models import Product, Stock
from pol.catalogue.rules import StockMode
from pol.kernel.db import run
from pol.kernel.money import ZERO
from pol.ledger.models import Account, Posting
from pol.orders.models import Order, OrderGroup, OrderLine, Shipment
from pol.orders.rules.life import LineStatus
from pol.payments.models import Payment, Payout, RefundDue
from tests.properties.accounts import balances
from tests.properties.market import Market
from tests.properties.model import WON, Group

Picture = dict[str, dict[Any, Any]]
_POSTED = func.sum(Posting.amount)
_BALANCES = (
    select(Account.code, Account.balance, _POSTED)
    .outerjoin(Posting, Posting.account_id == Account.id)
    .group_by(Account.id)
)
_CROOKED = select(Posting.entry_id).group_by(Posting.entry_id).having(_POSTED != ZERO)
_COUNTED = (
    select(Stock.product_id, Stock.on_hand_milli, Stock.reserved_milli, Stock.sold_milli)
    .join(Product, Product.id == Stock.product_id)
    .where(Product.stock_mode == StockMode.COUNTED)
)


def of_model(market: Market) -> Picture:
    """Return what every figure should be."""
    return {
        "orders": {
            o.number: (g.number, o.status, o.value, o.commission, o.held, o.due)
            for g, o in market.orders()
        },
        "lines": {
            (order.number, at): (
                line.good,
                line.name,
                line.price,
                line.milli,
                line.total,
                line.refunded,
                line.is_active,
            )
            for _, order in market.orders()
            for at, line in enumerate(order.lines)
        },
        "groups": {group.number: _sums(group) for group in market.groups},
        "fees": {
            (group.number, trip): (group.fee(trip), group.fees_held.get(trip, 0))
            for group in market.groups
            for trip in group.agreed
        },
        "payments": {group.number: _payment(group) for group in market.groups},
        "refunds": {
            (group.number, channel, status): amount
            for group in market.groups
            for status, amounts in (("due", group.owed), ("done", group.given))
            for channel, amount in amounts.items()
            if amount
        },
        "payouts": {
            part.number: (part.stall, part.amount, part.status)
            for batch in market.batches
            for part in batch.parts
        },
        "stock": {
            good: (own.on_hand, market.held(good) - market.held(good, WON), market.held(good, WON))
            for good, own in market.goods.items()
            if own.on_hand is not None
        },
        "accounts": balances(market),
    }


def _sums(group: Group) -> tuple[int, ...]:
    goods, code = sum(order.value for order in group.orders), group.kept_code
    fees = sum(group.fee(trip) for trip in group.agreed)
    return goods, fees, code, group.charged, group.back, group.credit, group.credit_back


def _payment(group: Group) -> tuple[int, bool, int | None]:
    amount = group.bill if group.is_prepaid else group.charged - group.credit
    return amount, group.is_paid, group.bill if group.method == "qris" else None


def of_tables() -> Picture:
    """Return what every figure is; each table is read once."""
    numbers = dict(_rows(OrderGroup.id, OrderGroup.number))
    orders = _orders(numbers)
    return {
        "orders": dict(orders.values()),
        "lines": _lines({key: number for key, (number, _) in orders.items()}),
        "groups": _groups(),
        "fees": {
            (numbers[group], market): (fee.amount, prepaid.amount)
            for group, market, fee, prepaid in _rows(
                Shipment.group_id, Shipment.market_id, Shipment.fee, Shipment.prepaid
            )
        },
        "payments": _payments(numbers),
        "refunds": _refunds(numbers),
        "payouts": {
            number: (stall, amount.amount, status.value)
            for number, stall, amount, status in _rows(
                Payout.number, Payout.stall_id, Payout.amount, Payout.status
            )
        },
        "stock": _stock(),
        "accounts": _accounts(),
    }


def _rows(*columns: Any) -> list[Any]:
    return list(run(_all(*columns), {}))


@cache
def _all(*columns: Any) -> Select[Any]:
    """Put a statement together once: it is asked after every step."""
    return select(*columns)


def _orders(numbers: dict[int, str]) -> dict[int, Any]:
    amounts = (Order.subtotal, Order.commission, Order.prepaid)
    rows = _rows(Order.id, Order.number, Order.group_id, Order.status, Order.due_at, *amounts)
    return {
        key: (number, (numbers[group], status.value, *(part.amount for part in parts), due))
        for key, number, group, status, due, *parts in rows
    }


def _lines(numbers: dict[int, str]) -> dict[Any, Any]:
    amounts = (OrderLine.price, OrderLine.total, OrderLine.refunded)
    what = (OrderLine.order_id, OrderLine.product_id, OrderLine.name, OrderLine.quantity_milli)
    found: dict[int, list[Any]] = defaultdict(list)
    rows = sorted(_rows(OrderLine.id, *what, *amounts, OrderLine.status))
    for _, order, good, name, milli, price, total, refunded, status in rows:
        figures = price.amount, milli, total.amount, refunded.amount
        found[order].append((good, name, *figures, status is LineStatus.ACTIVE))
    return {(numbers[order], at): row for order, own in found.items() for at, row in enumerate(own)}


def _groups() -> dict[Any, Any]:
    parts = (OrderGroup.goods, OrderGroup.delivery, OrderGroup.unique_code, OrderGroup.charged)
    back = (OrderGroup.refunded, OrderGroup.credit, OrderGroup.credit_back)
    return {
        number: tuple(part.amount for part in amounts)
        for number, *amounts in _rows(OrderGroup.number, *parts, *back)
    }


def _payments(numbers: dict[int, str]) -> dict[Any, Any]:
    """Read payments; one in cash is confirmed by handing over, which its order says already."""
    columns = (Payment.group_id, Payment.amount, Payment.method, Payment.status, Payment.qris)
    return {
        numbers[group]: (
            amount.amount,
            method.comes_first and status.value == "confirmed",
            _amount_of_code(code) if code else None,
        )
        for group, amount, method, status, code in _rows(*columns)
    }


def _amount_of_code(code: str) -> int:
    """Read a dynamic QRIS as a customer's telephone does."""
    assert f"{crc_hqx(code[:-4].encode(), 0xFFFF):04X}" == code[-4:], "the check is wrong"
    tags, at = {}, 0
    while at < len(code):
        end = at + 4 + int(code[at + 2 : at + 4])
        tags[code[at : at + 2]], at = code[at + 4 : end], end
    assert tags["01"] == "12", "the code can be paid twice"
    return int(tags["54"])


def _refunds(numbers: dict[int, str]) -> dict[Any, Any]:
    sums: Counter[tuple[str, str, str]] = Counter()
    columns = (RefundDue.group_id, RefundDue.channel, RefundDue.status, RefundDue.amount)
    for group, channel, status, amount in _rows(*columns):
        sums[numbers[group], channel.value, status.value] += amount.amount
    return dict(sums)


def _stock() -> dict[Any, Any]:
    return {key: (on_hand, kept, sold) for key, on_hand, kept, sold in run(_COUNTED, {})}


def _accounts() -> dict[str, int]:
    """Read every balance and add its postings up again (I8)."""
    rows = run(_BALANCES, {})
    found = {code: (balance.amount, sum_.amount if sum_ else 0) for code, balance, sum_ in rows}
    for code, (balance, sum_) in found.items():
        assert balance == sum_, f"I8: {code} is {balance}, but its postings are {sum_}"
    assert not run(_CROOKED, {}).all(), "I8: an entry does not sum to zero"
    return {code: balance for code, (balance, _) in found.items() if balance}
