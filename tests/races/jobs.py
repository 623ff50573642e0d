"""What the processes of a crew do; every function begins and ends its own transactions."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from random import Random

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from pol.cart import services as carts
from pol.cart.queries import Holder
from pol.cart.services import Wish
from pol.catalogue.models import Stock
from pol.catalogue.services import stock
from pol.catalogue.services.offer import free_stock
from pol.kernel.db import db
from pol.kernel.errors import PolError
from pol.kernel.transaction import transaction
from pol.orders.models import Order, OrderGroup, OrderLine
from pol.orders.queries.locks import lock_group, lock_order
from pol.orders.rules.checkout import Checkout, OrderedAlready
from pol.orders.rules.life import ActorKind, OrderStatus
from pol.orders.services import care, clockwork, life, paying
from pol.orders.services.checkout import place_order
from pol.payments.models import Payment
from pol.payments.queries.payments import lock_payment_of_group
from pol.payments.rules import Method, PaymentStatus
from tests.factories.orders import wanted

UNIT = 1_000


def take_units(product_id: int, tries: int) -> int:
    """Reserve one unit as often as it works; return how often it did."""
    taken = 0
    for _ in range(tries):
        with transaction():
            taken += not stock.reserve([(product_id, UNIT)])
    return taken


def take_units_naively(product_id: int, tries: int) -> int:
    """Do the same the way it is often written: look first, then write what was worked out."""
    taken = 0
    for _ in range(tries):
        if free_stock(product_id) < UNIT:
            continue
        reserved = db.session.scalars(
            select(Stock.reserved_milli).where(Stock.product_id == product_id)
        ).one()
        with suppress(IntegrityError), transaction():  # the table itself allows no more than all
            db.session.execute(
                update(Stock)
                .where(Stock.product_id == product_id)
                .values(reserved_milli=reserved + UNIT)
            )
            taken += 1
    return taken


def check_out(cart: str, form: Checkout, now: datetime) -> str:
    """Order what lies in a browser's cart; return the number of the group."""
    with transaction():
        return place_order(holder=Holder(None, cart), wanted=form, now=now).number


def check_out_all(
    presses: list[tuple[str, Checkout]], now: datetime, seed: int, times: int
) -> tuple[dict[str, set[str]], int]:
    """Press many forms, in an order of one's own, each some times and then with another address.

    Return which group each key gave, and how many of the other addresses were refused.
    """
    dice = Random(seed)  # noqa: S311 - an order, not a secret
    numbers, refused = {form.key: set[str]() for _, form in presses}, 0
    for press in range(times + 1):
        for cart, form in dice.sample(presses, len(presses)):
            if press < times:
                numbers[form.key].add(check_out(cart, form, now))
                continue
            try:
                check_out(cart, replace(form, address="Jalan lain 9"), now)
            except OrderedAlready:
                refused += 1
    return numbers, refused


def move(action: str, order_id: int, person_id: int, now: datetime) -> None:
    """Let a trader accept, a customer cancel or the clock expire an order."""
    with transaction():
        order = lock_order(order_id)
        if action == "accept":
            life.accept_order(order=order, trader_id=person_id, now=now)
        elif action == "cancel":
            life.cancel_order(order=order, customer_id=None, now=now)
        else:
            life.expire_order(order=order, now=now)


def move_naively(order_id: int, to: OrderStatus) -> bool:
    """Do the same the way it is often written: look at the status first, then write the next."""
    asked = select(Order.status).where(Order.id == order_id)
    if db.session.scalars(asked).one() is not OrderStatus.PLACED:
        return False
    with transaction():
        db.session.execute(update(Order).where(Order.id == order_id).values(status=to))
    return True


def confirm(number: str, officer_id: int, now: datetime) -> None:
    """Note that a transfer arrived."""
    with transaction():
        group = lock_group(number)
        payment = lock_payment_of_group(group.id)
        paying.confirm_transfer(group=group, payment=payment, officer_id=officer_id, now=now)


def confirm_naively(payment_id: int) -> bool:
    """Do the same the way it is often written: look whether it waits, then note it."""
    asked = select(Payment.status).where(Payment.id == payment_id)
    if db.session.scalars(asked).one() is not PaymentStatus.WAITING:
        return False
    noted = update(Payment).where(Payment.id == payment_id)
    with transaction():
        db.session.execute(noted.values(status=PaymentStatus.CONFIRMED))
    return True


def storm(seed: int, steps: int, slugs: dict[str, int], person_id: int, now: datetime) -> int:
    """Do this and that with whatever is there; return how much of it was done."""
    dice, done = Random(seed), 0  # noqa: S311 - the same storm each time
    for step in range(steps):
        try:
            with transaction():
                _anything(dice, f"{seed}-{step}", slugs, person_id, now)
            done += 1
        except PolError:
            pass  # somebody else was faster, which is what this is about
    return done


def _anything(dice: Random, name: str, slugs: dict[str, int], person: int, now: datetime) -> None:
    if dice.random() < 0.35:
        _buy(dice, name, slugs, now)
        return
    groups = db.session.scalars(select(OrderGroup.number).order_by(OrderGroup.id.desc()).limit(4))
    numbers = list(groups)
    if not numbers:
        return
    if dice.random() < 0.4:
        _move_group(dice, dice.choice(numbers), person, now)
    else:
        _move_order(dice, dice.choice(numbers), person, now)


def _buy(dice: Random, name: str, slugs: dict[str, int], now: datetime) -> None:
    holder = Holder(None, name)
    chosen = dice.sample(sorted(slugs), dice.randint(1, len(slugs)))
    for slug in chosen:
        carts.add_line(holder=holder, wish=Wish(slug, UNIT), now=now)
    method = dice.choice(list(Method))
    markets = sorted({slugs[slug] for slug in chosen})
    form = wanted(markets, now=now, method=method, key=f"badai-{name:>012}")
    place_order(holder=holder, wanted=form, now=now)


def _move_group(dice: Random, number: str, person: int, now: datetime) -> None:
    group = lock_group(number)
    if dice.random() < 0.3:
        paying.cancel_group(group=group, customer_id=None, now=now)
        return
    payment = lock_payment_of_group(group.id)
    paying.confirm_transfer(group=group, payment=payment, officer_id=person, now=now)


def _move_order(dice: Random, number: str, person: int, now: datetime) -> None:
    of_group = select(Order.id).join(OrderGroup, OrderGroup.id == Order.group_id)
    ids = db.session.scalars(of_group.where(OrderGroup.number == number)).all()
    order = lock_order(dice.choice(list(ids)))
    choice = dice.random()
    if choice < 0.2:
        life.refuse_order(order=order, trader_id=person, reason="Habis", now=now)
    elif choice < 0.3:
        line = db.session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).first()
        assert line is not None
        care.shrink_line(order=order, line_id=line.id, milli=0, trader_id=person, now=now)
    elif choice < 0.35:
        clockwork.expire_unanswered(now=now)
    else:
        life.accept_order(order=order, trader_id=person, now=now)
        life.mark_ready(order=order, trader_id=person, now=now)
        life.hand_to_courier(order=order, by=ActorKind.TRADER, actor_id=person, now=now)
        life.deliver_order(order=order, courier_id=person, now=now)
