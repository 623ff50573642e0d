"""Customers fill carts and order, the way the pages do it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from pol.cart import services as carts
from pol.cart.queries import Holder
from pol.cart.rules import IfGone
from pol.cart.services import Wish
from pol.catalogue.models import Product
from pol.catalogue.rules import StockMode
from pol.catalogue.services.offer import free_stock, set_stock
from pol.delivery import queries as delivery
from pol.delivery.rules import Mode
from pol.demo.goods.people import LINE_NOTES
from pol.demo.world import Article, Shop, Shopper, World
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.tokens import new_token
from pol.orders.models import OrderGroup
from pol.orders.rules.checkout import Checkout, HandOver
from pol.orders.services.checkout import place_order
from pol.payments.rules import Method


@dataclass(frozen=True)
class Errand:
    """Who orders at which stalls, how it is paid, and how soon it may arrive."""

    shopper: Shopper
    shops: Sequence[Shop]
    method: Method = Method.CASH
    delivered: float = 0.75
    on_day: date | None = None
    slot_id: int | None = None
    patience: timedelta = timedelta()


def order(world: World, errand: Errand, now: datetime) -> OrderGroup:
    """Fill a cart and order it; return the group."""
    token = new_token()
    holder = Holder(errand.shopper.user_id, None if errand.shopper.user_id else token)
    for shop in errand.shops:
        for article in _choose(world, shop):
            _add(world, holder, shop, article, now)
    wanted = Checkout(
        key=secrets.token_urlsafe(24),
        user_id=errand.shopper.user_id,
        name=errand.shopper.name,
        phone=errand.shopper.phone,
        village_code=errand.shopper.village_code,
        address=errand.shopper.address,
        method=errand.method,
        seen_total=None,
        hand_overs=_ways(world, errand, now),
    )
    placed = place_order(holder=holder, wanted=wanted, now=now)
    return db.session.scalars(select(OrderGroup).where(OrderGroup.number == placed.number)).one()


def _choose(world: World, shop: Shop) -> list[Article]:
    count = min(world.rng.choice((1, 1, 2, 2, 3)), len(shop.articles))
    return world.rng.sample(shop.articles, count)


def _add(world: World, holder: Holder, shop: Shop, article: Article, now: datetime) -> None:
    rng = world.rng
    steps = rng.choice((0, 0, 1, 1, 2, 3)) if article.price < 60_000 else 0
    milli = article.min_milli + steps * article.step_milli
    if article.stock_mode is StockMode.COUNTED and free_stock(article.id) < milli:
        _restock(shop, article, now)
    note = rng.choice(LINE_NOTES) if rng.random() < 0.15 else ""
    wish = Wish(article.slug, milli, note, rng.choice(list(IfGone)))
    carts.add_line(holder=holder, wish=wish, now=now)


def _restock(shop: Shop, article: Article, now: datetime) -> None:
    """Write the morning's stock, as every trader does."""
    milli = max(article.usual_milli, article.min_milli + 3 * article.step_milli)
    product = db.session.get_one(Product, article.id)
    set_stock(product=product, milli=milli, actor_id=shop.owner_id, now=now)


def _ways(world: World, errand: Errand, now: datetime) -> dict[int, HandOver]:
    """Return how each market's part arrives: by courier in a slot that is open, or picked up."""
    market_ids = sorted({shop.market_id for shop in errand.shops})
    offers = delivery.offer_slots_of(market_ids=market_ids, now=now)
    ways = {}
    for market_id in market_ids:
        open_now = [
            offer
            for offer in offers.get(market_id, ())
            if errand.on_day in (None, offer.on_day) and errand.slot_id in (None, offer.slot_id)
            if offer.cutoff_at >= now + errand.patience
        ]
        if open_now and world.rng.random() < errand.delivered:
            chosen = world.rng.choice(open_now[:2])
            ways[market_id] = HandOver(Mode.DELIVERY, chosen.on_day, chosen.slot_id)
        else:
            ways[market_id] = HandOver(_pickup(errand, market_id), _pickup_day(now))
    return ways


def _pickup(errand: Errand, market_id: int) -> Mode:
    own = [shop for shop in errand.shops if shop.market_id == market_id]
    return Mode.PICKUP_STALL if all(shop.pickup for shop in own) else Mode.PICKUP_POST


def _pickup_day(now: datetime) -> date:
    return business_day(now + timedelta(hours=8))
