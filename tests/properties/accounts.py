"""Every balance of the model's ledger, debit positive, from what has happened alone."""

from collections import Counter

from tests.properties.market import Market
from tests.properties.model import WON, Group

Balances = Counter[str]


def balances(market: Market) -> Balances:
    """Return what stands on each account; those with nothing are left out."""
    sums = Counter(market.moved)
    for user, credit in market.credit.items():
        sums[f"credit:customer:{user}"] -= credit
    for group in market.groups:
        _add_sales(group, sums)
        _add_held(group, sums)
    return Counter({code: amount for code, amount in sums.items() if amount})


def _add_sales(group: Group, sums: Balances) -> None:
    for order in group.orders:
        if order.purse:
            sums[f"payable:stall:{order.stall}"] -= order.value - order.commission
            sums[f"income:commission:{order.market}"] -= order.commission
            sums[order.purse] += order.cash
    for market_id, purse in group.fee_purse.items():
        sums[f"income:delivery:{market_id}"] -= group.fee(market_id)
        sums[purse] += group.fee_cash[market_id]


def _add_held(group: Group, sums: Balances) -> None:
    waiting = sum(order.held for order in group.orders if order.status not in WON)
    fees = sum(held for m, held in group.fees_held.items() if m not in group.fee_purse)
    sums["held:orders"] -= waiting + fees
    sums["income:unique_code"] -= group.code_held
    sums["refund:due"] -= group.owed.total()


def in_hand(sums: Balances) -> int:
    """Return all money that lies in banks, tills, bags and stalls."""
    return sum(amount for code, amount in sums.items() if code.startswith(("bank:", "cash:")))


def should_be_in_hand(market: Market) -> int:
    """Return what came in and did not go out again (I6)."""
    came = market.places.opening
    for group in market.groups:
        came += group.bill if group.is_paid else 0
        came += sum(order.cash for order in group.orders) + sum(group.fee_cash.values())
        came -= group.given["transfer"] + group.given["cash"]
    parts = [p for batch in market.batches if batch.status == "approved" for p in batch.parts]
    sent = sum(part.amount for part in parts if part.status in {"planned", "paid"})
    return came - sent - sum(part.netted for part in parts)
