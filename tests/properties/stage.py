"""A small market to play on, and every hand that the model's steps need, through our services."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import Select, select

from pol.cart import services as carts
from pol.cart.queries import Holder
from pol.cart.services import Wish
from pol.catalogue.models import Product
from pol.catalogue.rules import Unit
from pol.catalogue.services import offer
from pol.delivery.models import DeliverySlot
from pol.delivery.rules import Mode
from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.orders.models import Order, OrderGroup, OrderLine
from pol.orders.queries.locks import lock_group, lock_order
from pol.orders.rules.checkout import Checkout, HandOver
from pol.orders.rules.life import ActorKind
from pol.orders.services import care, clockwork, life, paying, refunds, weighing
from pol.orders.services.checkout import Placed, place_order
from pol.payments.models import RefundDue
from pol.payments.queries.payments import lock_payment_of_group
from pol.payments.rules import Channel, Method
from pol.payments.services import payments
from tests.factories.catalogue import make_product
from tests.factories.orders import make_kept_stall, make_open_market, wanted
from tests.factories.traders import make_person
from tests.properties.model import Good

T = TypeVar("T")
SHELVES = (
    # stall, name, price, stock, step, tier
    (0, "Bandeng", 34_333, 12_000, 250, None),
    (0, "Bayam", 3_500, 9_000, 1_000, (3_000, 3_111)),
    (1, "Terasi", 12_007, 5_000, 100, None),
    (1, "Gula", 17_999, None, 125, None),
    (2, "Wingko", 27_500, 4_000, 1_000, None),
    (3, "Soto", 15_001, None, 1_000, None),
)


@dataclass(frozen=True)
class Stage:
    """Two markets with two stalls each, six products and the people who do the work."""

    goods: Mapping[int, Good]
    slugs: Mapping[int, str]
    courier_id: int
    officer_id: int
    trader_id: int


def build() -> Stage:
    """Set the stage and keep it."""
    places = [make_open_market("Pasar Blimbing"), make_open_market("Pasar Babat")]
    stalls = [make_kept_stall(place)[0] for place in places for _ in range(2)]
    goods, slugs = {}, {}
    for stall, name, price, on_hand, step, tier in SHELVES:
        product = make_product(
            stalls[stall],
            name=name,
            price=price,
            stock_milli=on_hand,
            step_milli=step,
            min_milli=step,
            unit=Unit.KG,
            is_weighed=True,
            tiers={tier[0]: tier[1]} if tier else None,
        )
        own = stalls[stall]
        goods[product.id] = Good(own.id, own.market_id, name, price, on_hand, step, tier)
        slugs[product.id] = product.slug
    people = [make_person().id for _ in range(3)]
    stage = Stage(goods, slugs, *people)
    db.session.commit()
    return stage


def attempt(do: Callable[[], T]) -> T | None:
    """Do something as one request would: whole or not at all, with nothing left in memory."""
    try:
        with db.session.begin_nested():
            return do()
    except Refused:
        return None
    finally:
        db.session.expunge_all()


@dataclass(frozen=True)
class Hands:
    """What people and the clock do, by the same services as the pages."""

    stage: Stage

    def put(self, cart: int, good: int, milli: int, now: datetime) -> int | None:
        wish = Wish(self.stage.slugs[good], milli)
        return attempt(lambda: carts.add_line(holder=holder(cart), wish=wish, now=now))

    def press(self, cart: int, form: Checkout, now: datetime) -> Placed | None:
        return attempt(lambda: place_order(holder=holder(cart), wanted=form, now=now))

    def step(self, action: str, number: str, by: ActorKind, now: datetime) -> bool:
        def do() -> bool:
            order = lock_order(db.session.scalars(_id_of(number)).one())
            self._act(action, order, by, now)
            return True

        return bool(attempt(do))

    def _act(self, action: str, order: Order, by: ActorKind, now: datetime) -> None:
        trader, courier = self.stage.trader_id, self.stage.courier_id
        actor = {ActorKind.COURIER: courier, ActorKind.OFFICER: self.stage.officer_id}
        moves: dict[str, Callable[[], None]] = {
            "accept": lambda: life.accept_order(order=order, trader_id=trader, now=now),
            "refuse": lambda: life.refuse_order(
                order=order, trader_id=trader, reason="Habis", now=now
            ),
            "pack": lambda: life.mark_ready(order=order, trader_id=trader, now=now),
            "send": lambda: life.hand_to_courier(
                order=order, by=ActorKind.TRADER, actor_id=trader, now=now
            ),
            "give": lambda: life.hand_to_customer(
                order=order, by=by, actor_id=actor.get(by, trader), now=now
            ),
            "deliver": lambda: life.deliver_order(order=order, courier_id=courier, now=now),
            "fail": lambda: life.fail_order(
                order=order, courier_id=courier, reason="Rumah kosong", now=now
            ),
            "cancel": lambda: life.cancel_order(order=order, customer_id=None, now=now),
            "undo": lambda: life.undo_accept(order=order, trader_id=trader, now=now),
            "receive": lambda: life.confirm_received(order=order, customer_id=None, now=now),
        }
        moves[action]()

    def shrink(self, number: str, good: int, milli: int, now: datetime) -> bool:
        def do() -> bool:
            order = lock_order(db.session.scalars(_id_of(number)).one())
            found = select(OrderLine.id).where(
                OrderLine.order_id == order.id, OrderLine.product_id == good
            )
            care.shrink_line(
                order=order,
                line_id=db.session.scalars(found).one(),
                milli=milli,
                trader_id=self.stage.trader_id,
                now=now,
            )
            return True

        return bool(attempt(do))

    def weigh(self, number: str, good: int, milli: int, now: datetime) -> bool:
        def do() -> bool:
            order = lock_order(db.session.scalars(_id_of(number)).one())
            found = select(OrderLine.id).where(
                OrderLine.order_id == order.id, OrderLine.product_id == good
            )
            asked = weighing.weigh_line(
                order=order,
                line_id=db.session.scalars(found).one(),
                milli=milli,
                trader_id=self.stage.trader_id,
                now=now,
            )
            assert not asked, "a tenth more is accepted unasked"
            return True

        return bool(attempt(do))

    def refund(self, number: str, amount: int, now: datetime) -> bool:
        def do() -> bool:
            refunds.refund_order(
                order=lock_order(db.session.scalars(_id_of(number)).one()),
                amount=Rupiah(amount),
                channel=Channel.TRANSFER,
                reason="Rusak",
                officer_id=self.stage.officer_id,
                now=now,
            )
            return True

        return bool(attempt(do))

    def cancel_group(self, number: str, now: datetime) -> bool:
        def do() -> bool:
            paying.cancel_group(group=lock_group(number), customer_id=None, now=now)
            return True

        return bool(attempt(do))

    def confirm(self, number: str, now: datetime) -> bool:
        def do() -> bool:
            group = lock_group(number)
            payment = lock_payment_of_group(group.id)
            paying.confirm_transfer(
                group=group, payment=payment, officer_id=self.stage.officer_id, now=now
            )
            return True

        return bool(attempt(do))

    def send_proof(self, number: str, now: datetime) -> bool:
        def do() -> bool:
            payment = lock_payment_of_group(lock_group(number).id)
            payments.send_proof(payment=payment, picture_key="bukti", now=now)
            return True

        return bool(attempt(do))

    def give_back(self, number: str, now: datetime) -> int:
        """Hand every refund of a group back, twice; return how much left the bank."""
        due = select(RefundDue).join(OrderGroup, OrderGroup.id == RefundDue.group_id)
        refunds = db.session.scalars(due.where(OrderGroup.number == number)).all()
        amounts = {refund.id: refund.amount.amount for refund in refunds}
        given = sum(amount for key, amount in amounts.items() if self._finish(key, now))
        assert not any(self._finish(key, now) for key in amounts)
        return given

    def _finish(self, refund_id: int, now: datetime) -> bool:
        def do() -> bool:
            refund = db.session.get_one(RefundDue, refund_id)
            officer = self.stage.officer_id
            payments.finish_refund(refund=refund, officer_id=officer, note="", now=now)
            return True

        return bool(attempt(do))

    def price(self, good: int, price: int, now: datetime) -> bool:
        def do() -> bool:
            product = db.session.get_one(Product, good)
            offer.set_price(
                product=product,
                seen=product.price,
                price=Rupiah(price),
                actor_id=self.stage.trader_id,
                now=now,
            )
            product.name = f"{product.name}+"
            return True

        return bool(attempt(do))

    def stock(self, good: int, milli: int, now: datetime) -> bool:
        def do() -> bool:
            product = db.session.get_one(Product, good)
            offer.set_stock(product=product, milli=milli, actor_id=self.stage.trader_id, now=now)
            return True

        return bool(attempt(do))

    def pass_time(self, now: datetime) -> None:
        attempt(lambda: clockwork.expire_unpaid(now=now))
        attempt(lambda: clockwork.expire_unanswered(now=now))
        attempt(lambda: clockwork.finish_delivered(now=now))


def holder(cart: int) -> Holder:
    return Holder(None, f"keranjang-{cart}")


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
    code = db.session.scalar(select(OrderGroup.unique_code).where(OrderGroup.number == number))
    return code.amount if code else 0


def _id_of(number: str) -> Select[int]:
    return select(Order.id).where(Order.number == number)
