"""A small market to play on, and what of a new order only the application can choose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import select

from pol.cart.queries import Holder
from pol.catalogue.rules import Unit
from pol.delivery.models import DeliverySlot
from pol.delivery.rules import Mode
from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.orders.models import Order, OrderGroup, OrderLine
from pol.orders.rules.checkout import Checkout, HandOver
from pol.payments.models import Payment
from pol.payments.rules import Method
from pol.payments.services.commission import NewRule, add_rule
from pol.stalls.models import Market, Stall
from tests.factories.catalogue import make_product
from tests.factories.orders import make_kept_stall, make_open_market, wanted
from tests.factories.qris import make_static
from tests.factories.traders import make_person
from tests.payments import till
from tests.properties.hours import START
from tests.properties.market import Places
from tests.properties.model import Good
from tests.properties.sums import Terms

T = TypeVar("T")
SHELVES = (
    # stall, name, price, stock, step, tier
    (0, "Bandeng", 34_333, 12_000, 250, None),
    (0, "Bayam", 3_500, 9_000, 1_000, (3_000, 3_111)),
    (1, "Terasi", 12_007, 5_000, 100, None),
    (1, "Gula", 17_999, None, 125, None),
    (2, "Wingko", 27_500, 4_000, 1_000, None),
    (2, "Lontong", 4_999, None, 1_000, None),
    (3, "Soto", 15_001, None, 1_000, None),
)
CEILING, OPENING = 20_000, 40_000


@dataclass(frozen=True)
class Stage:
    """Two markets with two stalls each, seven products and the people who do the work."""

    places: Places
    slugs: Mapping[int, str]
    courier_id: int
    officer_id: int
    checker_id: int
    trader_id: int


def build() -> Stage:
    """Set the stage and keep it."""
    markets = [make_open_market("Pasar Blimbing"), make_open_market("Pasar Babat")]
    kept = [make_kept_stall(market) for market in markets for _ in range(2)]
    stalls = [stall for stall, _ in kept]
    for stall, owner in kept[:3]:
        till.open_account(stall, owner, now=START)
    markets[0].qris, stalls[0].qris, stalls[2].qris = (make_static(name=n) for n in "ABC")
    for market in markets:
        market.stall_cash_ceiling = Rupiah(CEILING)
    goods, slugs = _fill_shelves(stalls)
    customers = (make_person().id, make_person().id, None)
    bank = f"bank:market:{markets[0].id}"
    till.post(START, [(bank, OPENING), (f"credit:customer:{customers[0]}", -OPENING)])
    places = Places(
        goods=goods,
        customers=customers,
        codes_of_markets=frozenset({markets[0].id}),
        codes_of_stalls=frozenset({stalls[0].id, stalls[2].id}),
        stalls_with_bank=frozenset(stall.id for stall in stalls[:3]),
        ceiling=CEILING,
        opening=OPENING,
        terms=_set_terms(markets[0], stalls[3]),
    )
    stage = Stage(places, slugs, *(make_person().id for _ in range(4)))
    db.session.commit()
    return stage


def _fill_shelves(stalls: list[Stall]) -> tuple[dict[int, Good], dict[int, str]]:
    goods, slugs = {}, {}
    for stall, name, price, on_hand, step, tier in SHELVES:
        own = stalls[stall]
        product = make_product(
            own,
            name=name,
            price=price,
            stock_milli=on_hand,
            step_milli=step,
            min_milli=step,
            unit=Unit.KG,
            is_weighed=True,
            tiers={tier[0]: tier[1]} if tier else None,
        )
        goods[product.id] = Good(own.id, own.market_id, name, price, on_hand, step, tier)
        slugs[product.id] = product.slug
    return goods, slugs


def _set_terms(market: Market, stall: Stall) -> dict[str, Terms]:
    terms = {f"market:{market.id}": Terms(500, 500, 3_000), f"stall:{stall.id}": Terms(1_234)}
    for place, own in terms.items():
        set_terms(place, own, START)
    return terms


def set_terms(place: str, terms: Terms, now: datetime) -> None:
    """Let other terms hold for a market or a stall from today on."""
    kind, _, place_id = place.partition(":")
    rule = NewRule(
        basis_points=terms.basis_points,
        valid_from=business_day(now),
        source="SK contoh",
        floor=Rupiah(terms.floor),
        ceiling=None if terms.ceiling is None else Rupiah(terms.ceiling),
        stall_id=int(place_id) if kind == "stall" else None,
        market_id=int(place_id) if kind == "market" else None,
    )
    add_rule(wanted=rule, actor_id=None, now=now)


def attempt(do: Callable[[], T]) -> T | None:
    """Do something as one request would: whole or not at all, with nothing left in memory."""
    try:
        with db.session.begin_nested():
            return do()
    except Refused:
        return None
    finally:
        db.session.expunge_all()


def is_done(do: Callable[[], object]) -> bool:
    """Do something likewise; answer whether no rule refused it."""

    def and_say_so() -> bool:
        do()
        return True

    return bool(attempt(and_say_so))


def holder(places: Places, cart: int) -> Holder:
    """Return whose cart it is: a person's, or a browser's."""
    user = places.customers[cart]
    return Holder(user, None if user else f"keranjang-{cart}")


def filled_form(modes: Mapping[int, Mode], method: Method, key: str, now: datetime) -> Checkout:
    """Return a checkout form with a way of its own for each market."""
    delivered = [market_id for market_id, mode in modes.items() if not mode.is_pickup]
    form = wanted(delivered, now=now, method=method, key=key)
    pickups = {
        market_id: HandOver(mode, business_day(now))
        for market_id, mode in modes.items()
        if mode.is_pickup
    }
    return replace(form, hand_overs={**form.hand_overs, **pickups})


def placed_orders(number: str) -> list[tuple[str, int, list[int]]]:
    """Return (number, stall, products) of each order of a new group."""
    rows = db.session.execute(
        select(Order.number, Order.stall_id, OrderLine.product_id)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(OrderGroup.number == number)
        .order_by(OrderLine.id)
    )
    found: dict[str, tuple[str, int, list[int]]] = {}
    for order_number, stall_id, product_id in rows:
        found.setdefault(order_number, (order_number, stall_id, []))[2].append(product_id)
    return list(found.values())


def courier_starts(way: HandOver) -> datetime | None:
    """Return when the courier sets out for this way, None for a pick-up."""
    if way.slot_id is None:
        return None
    minute = db.session.get_one(DeliverySlot, way.slot_id).starts_minute
    return datetime.combine(way.on_day, time(0), UTC) + timedelta(minutes=minute - 7 * 60)


def unique_code(number: str) -> int:
    """Return the unique code that a new group was given."""
    of_group = select(Payment.unique_code).join(OrderGroup, OrderGroup.id == Payment.group_id)
    return db.session.scalars(of_group.where(OrderGroup.number == number)).one().amount
