"""Bugs that the day must find, by the invariant that they break."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from pol.catalogue.models import Product
from pol.catalogue.rules import StockMode
from pol.catalogue.services import stock
from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah
from pol.orders.models import Order, OrderGroup, OrderLine
from pol.orders.rules import refunding, sums
from pol.orders.rules.sums import AfterHandOver, Restated
from pol.orders.rules.weighing import Weighed
from pol.orders.services import (
    checkout,
    clockwork,
    giving_back,
    goods,
    money,
    paying,
    proposals,
    weighing,
)
from pol.payments.models import Payout
from pol.payments.rules import payout as payout_rules
from pol.payments.rules.payout import Policy, Share, Standing
from pol.payments.services import cash, credit, payments, payouts


def _touch_siblings(order: Order) -> None:
    """Release an order, and whatever else the customer bought with it."""
    _release(order)
    for sibling in db.session.scalars(select(Order).where(Order.group_id == order.group_id)):
        sibling.subtotal = ZERO


def _forget(*_args: Any, **_values: Any) -> None:
    """Do nothing where something had to be done."""


def _promise_anything(needs: Iterable[stock.Need]) -> list[int]:
    """Answer that all is there, and write nothing down."""
    return []


def _cut_off(price: Rupiah, milli: int) -> Rupiah:
    return Rupiah(price.amount * milli // 1_000)


def _share_and_cut(money: Rupiah, parts: Sequence[sums.Part]) -> list[Rupiah]:
    """Round every share down, and forget the rupiah that are left over."""
    needs = [part.cost - part.prepaid for part in parts]
    whole = sum(need.amount for need in needs)
    if money.amount >= whole:
        return needs
    return [Rupiah(money.amount * need.amount // whole) for need in needs]


def _reweigh_without_stock(order: Order, line: OrderLine, milli: int) -> None:
    line.quantity_milli, line.total = milli, line.price.for_quantity(milli)
    goods.recount(order)


def _never_ask(**_known: Any) -> Weighed:
    return Weighed.RESTATE


def _keep_both(order: Order, line: OrderLine, new: OrderLine, *, is_counted: bool) -> bool:
    """Add other goods, and leave those on the bill that they were to replace."""
    is_done = _replace(order, line, new, is_counted=is_counted)
    line.status = new.status
    goods.recount(order)
    return is_done


def _take_todays_price(order: Order, line: OrderLine, offer: Any, **who: Any) -> None:
    """Fetch other goods without looking whether there are enough."""
    mode, offer.product.stock_mode = offer.product.stock_mode, StockMode.AS_AVAILABLE
    _put_in(order, line, offer, **who)
    db.session.flush()
    db.session.get_one(Product, offer.product.id).stock_mode = mode


def _owe_it_all(group: OrderGroup, after: Restated, **others: Any) -> None:
    """Transfer to a customer what store credit had paid."""
    _give_back(group, replace(after, credit_back=ZERO), **{**others, "is_difference": False})


def _without_limits(order: Order) -> Rupiah:
    return order.subtotal.share(order.commission_bp)


def _with_todays_terms(order: Order) -> Rupiah:
    return order.subtotal.share(2_000)


def _from_commission(refund: Rupiah, **_commission: Rupiah) -> AfterHandOver:
    return AfterHandOver(refund, ZERO, refund)


def _always_the_bank(*, market_id: int, stall_id: int | None) -> str:
    return f"bank:market:{market_id}"


def _send_what_was_planned(
    part: Payout, share: Share, bank: str, checker_id: int, now: datetime
) -> None:
    """Trust the plan instead of the balance."""
    _send(part, Share(part.amount, share.netted), bank, checker_id, now)


def _forget_cash(standing: Standing, policy: Policy, now: datetime) -> Share:
    """Pay a stall in full that still keeps the operator's cash."""
    return Share(max(standing.owed, ZERO), ZERO)


def _keep_silent(part: Payout, step: str, *rest: Any) -> None:
    """Forget to write down that the bank sent the money back."""
    if step != "failed":
        _post(part, step, *rest)


def _twice_the_debt(**_known: Any) -> None:
    """Let a stall pay as often as it presses."""


_release, _replace, _put_in = goods.release, goods.replace, proposals._replace
_send, _post, _give_back = payouts._send, payouts._post, giving_back.give_back  # noqa: SLF001
PLANTS: dict[str, tuple[object, str, object]] = {
    "I1: totals are not restated": (money, "restate", _forget),
    "I1: credit pays, and stays": (credit, "spend", _forget),
    "I1: goods are replaced, and still on the bill": (goods, "replace", _keep_both),
    "I2: half a rupiah is cut off": (Rupiah, "for_quantity", _cut_off),
    "I2: shares of credit are rounded down": (sums, "share_out", _share_and_cut),
    "I3: stock is not given back": (stock, "release", _forget),
    "I3: stock is promised twice": (stock, "reserve", _promise_anything),
    "I3: what is lighter stays reserved": (goods, "reweigh", _reweigh_without_stock),
    "I3: other goods are not reserved": (proposals, "_replace", _take_todays_price),
    "I4: a refusal takes its siblings along": (goods, "release", _touch_siblings),
    "I4: a refund comes out of nobody's due": (refunding, "refund_after", _from_commission),
    "I5: the key of a form is not looked up": (checkout, "_find", _forget),
    "I6: nobody hears of money that came late": (payments, "owe_refund", _forget),
    "I6: late money revives nothing": (goods, "take_back", _forget),
    "I6: credit goes back by transfer": (giving_back, "give_back", _owe_it_all),
    "I6: a stall's QRIS fills the bank": (paying, "arrival_account", _always_the_bank),
    "I7: a commission without floor and ceiling": (goods, "commission_on", _without_limits),
    "I7: today's commission for old orders": (goods, "commission_on", _with_todays_terms),
    "I8: cash at the door is not written down": (money, "collect", _forget),
    "I9: a batch pays what was planned": (payouts, "_send", _send_what_was_planned),
    "I9: a batch forgets the stall's cash": (payout_rules, "weigh", _forget_cash),
    "I9: a failed payout stays away": (payouts, "_post", _keep_silent),
    "I9: a debt is paid twice": (cash, "_find", _forget),
    "a customer is not asked": (weighing, "weigh", _never_ask),
    "a question never lapses": (clockwork, "lapse_questions", _forget),
}
