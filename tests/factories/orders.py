"""Order groups for tests, made through the same services as real ones."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from sqlalchemy import select

from pol.cart import services as carts
from pol.cart.queries import Holder
from pol.cart.services import Wish
from pol.catalogue.models import Product
from pol.delivery import queries as delivery
from pol.delivery.rules import Mode
from pol.delivery.services import open_default_slots
from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.orders.models import Order, OrderGroup
from pol.orders.queries.locks import lock_group, lock_orders_of
from pol.orders.rules.checkout import Checkout, HandOver
from pol.orders.rules.life import ActorKind
from pol.orders.services import life, paying
from pol.orders.services.checkout import place_order
from pol.payments.models import Payment
from pol.payments.rules import Method
from pol.stalls.models import Market, Stall
from tests.factories.catalogue import SIDOHARJO, make_market, make_stall
from tests.factories.traders import make_keeper

_numbers = count(1)


def make_open_market(name: str = "Pasar Sidoharjo") -> Market:
    """Add a market that delivers in the default slots."""
    market = make_market(name)
    open_default_slots(market_id=market.id)
    return market


def make_kept_stall(market: Market, name: str = "Lapak Contoh") -> tuple[Stall, User]:
    """Add a verified stall with its owner."""
    stall = make_stall(market, name=name)
    return stall, make_keeper(stall)


def fill_cart(wishes: Sequence[tuple[Product, int]], *, now: datetime) -> Holder:
    """Put products with their quantities (thousandths) into a new browser's cart."""
    holder = Holder(None, f"cart-{next(_numbers)}")
    for product, milli in wishes:
        carts.add_line(holder=holder, wish=Wish(product.slug, milli), now=now)
    return holder


def wanted(
    market_ids: Sequence[int],
    *,
    now: datetime,
    method: Method = Method.CASH,
    mode: Mode = Mode.DELIVERY,
    key: str | None = None,
    user: User | None = None,
    use_credit: bool = False,
) -> Checkout:
    """Return a filled checkout form: the first open slot of each market, or a pick-up."""
    offers = delivery.offer_slots_of(market_ids=list(market_ids), now=now)
    ways = {}
    for market_id in market_ids:
        if mode is Mode.DELIVERY:
            offer = offers[market_id][0]
            ways[market_id] = HandOver(mode, offer.on_day, offer.slot_id)
        else:
            ways[market_id] = HandOver(mode, business_day(now))
    return Checkout(
        key=key or f"key-{next(_numbers):020}",
        user_id=user.id if user else None,
        name="Rini (contoh)",
        phone=user.phone if user else "+6281200001111",
        village_code=SIDOHARJO,
        address="Jalan Veteran 5",
        method=method,
        seen_total=None,
        hand_overs=ways,
        use_credit=use_credit,
    )


def place(
    wishes: Sequence[tuple[Product, int]],
    *,
    now: datetime,
    method: Method = Method.CASH,
    mode: Mode = Mode.DELIVERY,
    user: User | None = None,
    use_credit: bool = False,
) -> OrderGroup:
    """Fill a cart and order it."""
    holder = fill_cart(wishes, now=now)
    market_ids = sorted({product.market_id for product, _ in wishes})
    form = wanted(market_ids, now=now, method=method, mode=mode, user=user, use_credit=use_credit)
    number = place_order(holder=holder, wanted=form, now=now).number
    return db.session.scalars(select(OrderGroup).where(OrderGroup.number == number)).one()


def orders_of(group: OrderGroup) -> list[Order]:
    """Return a group's orders as they stand in the database now, ready to be moved."""
    return lock_orders_of(group)


def payment_of(group: OrderGroup) -> Payment:
    """Return a group's payment as it stands in the database now."""
    return db.session.scalars(
        select(Payment)
        .where(Payment.group_id == group.id)
        .execution_options(populate_existing=True)
    ).one()


def pay(group: OrderGroup, *, officer: User, now: datetime) -> None:
    """Let the officer find the transfer on the account."""
    paying.confirm_transfer(
        group=lock_group(group.number), payment=payment_of(group), officer_id=officer.id, now=now
    )


def bring_to_customer(order: Order, *, trader: User, courier: User, now: datetime) -> None:
    """Walk a placed delivery to the customer's door."""
    life.accept_order(order=order, trader_id=trader.id, now=now)
    life.mark_ready(order=order, trader_id=trader.id, now=now)
    life.hand_to_courier(order=order, by=ActorKind.TRADER, actor_id=trader.id, now=now)
    life.deliver_order(order=order, courier_id=courier.id, now=now)
