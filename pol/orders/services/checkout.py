"""From a cart to an order group: everything in one transaction, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from pol.cart import queries as cart
from pol.cart import services as carts
from pol.cart.queries import Holder, LineRow
from pol.catalogue.services import stock
from pol.delivery import queries as delivery
from pol.delivery.queries import SlotOffer
from pol.delivery.rules import Mode
from pol.kernel.db import run
from pol.kernel.errors import Refused
from pol.kernel.localtime import at_local, business_day
from pol.kernel.money import ZERO, Rupiah, total
from pol.orders.models import OrderGroup
from pol.orders.rules import checkout as rules
from pol.orders.rules.checkout import Checkout, HandOver
from pol.orders.services import booking
from pol.orders.services.booking import Way, Ways
from pol.payments.rules import Method
from pol.payments.services import cash
from pol.payments.services import credit as credits

PICKUP_AHEAD = timedelta(days=8)


@dataclass(frozen=True)
class Placed:
    """The order group behind a press on the button."""

    number: str
    is_new: bool


def place_order(*, holder: Holder, wanted: Checkout, now: datetime) -> Placed:
    """Turn a cart into one group with an order for each stall, stock reserved.

    The same key again gives the same group, however often and however parallel: a press that
    meets another one on its way waits for it.

    :raises OrderedAlready: the key belongs to a group that was ordered with other answers
    :raises CartEmpty, CartChanged, TotalChanged, HandOverMissing, AddressMissing: see rules
    :raises HandOverNotOffered: the delivery slot has closed meanwhile
    :raises SoldOut: somebody else was faster
    :raises CashPaused: goods are fetched at a stall that keeps too much cash already
    :raises CreditTooLow: the store credit was spent elsewhere meanwhile
    """
    lines = cart.list_lines(holder, now=now)
    try:
        plan = _plan(wanted, lines, now)
    except Refused:
        if known := _find(wanted):  # the press that made it emptied the cart, or took the last one
            return known
        raise
    group = booking.open_group(
        plan.booked,
        digest=wanted.digest,
        goods=plan.goods,
        fee=plan.fee,
        credit=plan.credit,
        now=now,
    )
    if group is None:
        return _find(wanted) or Placed("", is_new=False)
    _reserve(lines)
    booking.book(group, plan.booked, lines, plan.ways, now)
    carts.empty_cart(holder=holder)
    return Placed(group.number, is_new=True)


@dataclass(frozen=True)
class Plan:
    """An order that nothing speaks against, before anything of it is written down."""

    booked: Checkout
    ways: Ways
    goods: Rupiah
    fee: Rupiah
    credit: Rupiah


def _plan(wanted: Checkout, lines: Sequence[LineRow], now: datetime) -> Plan:
    _check_lines(lines)
    market_ids = sorted({line.market_id for line in lines})
    rules.check_hand_overs(wanted, market_ids)
    ways = _ways(wanted, market_ids, now)
    goods, fee = total(line.total for line in lines), total(w.fee for w in ways.values())
    if wanted.seen_total is not None and wanted.seen_total != goods + fee:
        raise rules.TotalChanged
    credit, booked = _credit(wanted, goods + fee), wanted
    if credit != goods + fee:
        _check_cash(wanted, lines)
    elif credit:
        booked = replace(wanted, method=Method.CASH)  # nothing is left to transfer
    return Plan(booked, ways, goods, fee, credit)


_KNOWN = select(OrderGroup.number, OrderGroup.digest).where(OrderGroup.key == bindparam("key"))


def _find(wanted: Checkout) -> Placed | None:
    """Return the group that this press made before."""
    known = run(_KNOWN, {"key": wanted.key}).first()
    if known and known.digest not in {None, wanted.digest}:
        raise rules.OrderedAlready(known.number)
    return Placed(known.number, is_new=False) if known else None


def _credit(wanted: Checkout, cost: Rupiah) -> Rupiah:
    return min(credits.balance_of(wanted.user_id), cost) if wanted.use_credit else ZERO


def _check_cash(wanted: Checkout, lines: Sequence[LineRow]) -> None:
    """Raise when a stall would get more of the operator's cash into its hands than it may."""
    if wanted.method is Method.CASH:
        ways = wanted.hand_overs
        fetched = [line for line in lines if ways[line.market_id].mode is Mode.PICKUP_STALL]
        cash.check_ceilings({line.stall_id for line in fetched})


def _check_lines(lines: Sequence[LineRow]) -> None:
    if not lines:
        raise rules.CartEmpty
    if any(line.is_blocked or line.troubles for line in lines):
        raise rules.CartChanged


def _ways(wanted: Checkout, market_ids: Sequence[int], now: datetime) -> Ways:
    """Return how each market's part goes, after making sure that delivery slots are still open."""
    chosen = {market_id: wanted.hand_overs[market_id] for market_id in market_ids}
    today = business_day(now)
    if any(not today <= way.on_day <= today + PICKUP_AHEAD for way in chosen.values()):
        raise rules.HandOverNotOffered
    delivered = [m for m, way in chosen.items() if way.mode is Mode.DELIVERY]
    if not delivered:
        return dict.fromkeys(market_ids, Way(ZERO))
    offered = delivery.offer_slots_of(market_ids=delivered, now=now)
    rate = delivery.get_rate(village_code=wanted.village_code, on_day=today)
    ways = dict.fromkeys(market_ids, Way(ZERO))
    for market_id in delivered:
        starts_at = _start_of(chosen[market_id], offered.get(market_id, ()))
        ways[market_id] = Way(rate.fee, rate.id, starts_at)
    return ways


def _start_of(chosen: HandOver, offers: Sequence[SlotOffer]) -> datetime:
    for offer in offers:
        if (offer.slot_id, offer.on_day) == (chosen.slot_id, chosen.on_day):
            return at_local(offer.on_day, offer.starts_minute)
    raise rules.HandOverNotOffered


def _reserve(lines: Sequence[LineRow]) -> None:
    counted = [line for line in lines if line.free_milli is not None]
    short = stock.reserve((line.product_id, line.quantity_milli) for line in counted)
    if short:
        raise rules.SoldOut([line.name for line in lines if line.product_id in short])
