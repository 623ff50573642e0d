"""Small things that make today look lived in: a cart, a price that moved, trips given out."""

from datetime import datetime, timedelta

from sqlalchemy import select

from pol.cart import services as carts
from pol.cart.queries import Holder
from pol.cart.services import Wish
from pol.catalogue.models import Product
from pol.catalogue.services.offer import set_price
from pol.delivery.models import Trip
from pol.delivery.queries import lock_trip_of_markets
from pol.delivery.rules import TripStatus
from pol.delivery.services import assign_trip
from pol.demo.accounts import COURIER, CUSTOMER, OFFICER
from pol.demo.world import World
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.ledger.queries import get_balance
from pol.notices.services import mark_read
from pol.orders.services.refunding import hand_to_courier
from pol.payments.models import RefundDue
from pol.payments.queries.payments import lock_refund
from pol.payments.rules import RefundStatus
from pol.payments.rules.qris import write
from pol.payments.services.qris import keep_code
from pol.stalls.models import Market, Stall

STEP = Rupiah(500)


def plan_small_things(world: World) -> None:
    """Plan what is neither an order nor a decision of the officer."""
    plan, now = world.timeline.plan, world.now
    plan(now - timedelta(hours=7), lambda at: _put_up_codes(world, at))
    plan(now - timedelta(hours=6), lambda at: _read_inboxes(world, at))
    plan(now - timedelta(minutes=7), lambda at: _fill_cart(world, at))
    plan(now - timedelta(minutes=5), lambda at: _raise_price(world, at))
    plan(now - timedelta(minutes=3), lambda at: _give_out_trips(world, at))
    plan(now - timedelta(minutes=2), lambda at: _send_refund(world, at))


def _read_inboxes(world: World, now: datetime) -> None:
    for user_id in world.people.values():
        mark_read(user_id=user_id, notice_id=None, now=now)


def _fill_cart(world: World, now: datetime) -> None:
    """Let the demo customer collect something of three stalls in two markets."""
    holder = Holder(world.people[CUSTOMER], None)
    near = [shop for shop in world.selling() if shop.market_id == world.own_shop.market_id]
    far = [shop for shop in world.selling() if shop.market_id != world.own_shop.market_id]
    for shop in (near[0], near[1], far[0]):
        article = shop.articles[0]
        wish = Wish(article.slug, article.min_milli + article.step_milli)
        carts.add_line(holder=holder, wish=wish, now=now)


def _raise_price(world: World, now: datetime) -> None:
    """Change a price that lies in that cart already."""
    own = world.own_shop
    product = db.session.get_one(Product, own.articles[0].id)
    seen, price = product.price, product.price + STEP
    set_price(product=product, seen=seen, price=price, actor_id=own.owner_id, now=now)


def _give_out_trips(world: World, now: datetime) -> None:
    """Give every second trip that has not left yet to the demo courier."""
    waiting = select(Trip.number).where(
        Trip.status == TripStatus.PLANNED, Trip.on_day >= business_day(now)
    )
    markets = list(world.markets.values())
    for number in db.session.scalars(waiting.order_by(Trip.on_day, Trip.id)).all()[::2]:
        assign_trip(
            trip=lock_trip_of_markets(number=number, market_ids=markets),
            courier_id=world.people[COURIER],
            officer_id=world.people[OFFICER],
            now=now,
        )


def _send_refund(world: World, now: datetime) -> None:
    """Give the demo courier the largest refund that its market's till can pay."""
    due = select(RefundDue.id).where(RefundDue.status == RefundStatus.DUE)
    for refund_id in db.session.scalars(due.order_by(RefundDue.amount.desc(), RefundDue.id)).all():
        refund = lock_refund(refund_id)
        if get_balance(f"cash:market:{refund.market_id}") >= refund.amount:
            hand_to_courier(
                refund=refund,
                courier_id=world.people[COURIER],
                seen=refund.rounds,
                officer_id=world.people[OFFICER],
                now=now,
            )
            return


def _put_up_codes(world: World, now: datetime) -> None:
    """Give every market, and the demo trader's own stall, a static QRIS that pays nobody."""
    officer_id = world.people[OFFICER]
    for market in db.session.scalars(select(Market).order_by(Market.id)):
        keep_code(place=market, code=_code(market.name), actor_id=officer_id, now=now)
    own = world.own_shop
    stall = db.session.get_one(Stall, own.id)
    keep_code(place=stall, code=_code(stall.name), actor_id=own.owner_id, now=now)


def _code(name: str) -> str:
    account = "0014ID.CO.CONTOH.WWW0303UMI"
    return write(
        (
            *(("00", "01"), ("01", "11"), ("26", account), ("52", "5411"), ("53", "360")),
            *(
                ("58", "ID"),
                ("59", name.removesuffix(" (contoh)")[:25]),
                ("60", "LAMONGAN"),
                ("61", "62211"),
            ),
        )
    )
