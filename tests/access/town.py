"""Two of everything: what belongs to one side must stay closed to the other."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from flask import Flask
from PIL import Image
from sqlalchemy import select

from pol.cart import services as carts
from pol.cart.models import CartLine
from pol.cart.queries import Holder
from pol.cart.services import Wish
from pol.catalogue.models import Category, Product, ProductPicture
from pol.delivery.models import Trip
from pol.delivery.rules import Mode
from pol.files.rules import PictureUse
from pol.files.services import imaging, store_files
from pol.identity.models import RoleGrant, User, UserSession
from pol.identity.rules import Role
from pol.identity.services.sessions import open_session
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.kernel.tokens import hash_token
from pol.notices.models import Notice
from pol.orders.models import Order, OrderLine, Proposal, Shipment
from pol.orders.services import life, problems, weighing
from pol.orders.services.problems import Saying
from pol.payments.models import RefundDue
from pol.payments.queries.cash import get_debt, look_into_bag
from pol.payments.rules import Method
from pol.payments.services import cash
from pol.payments.services.commission import NewRule, add_rule
from pol.stalls.models import Market, Permit, Stall
from pol.stalls.rules import PermitKind, Seat
from pol.web.guest import guest_key
from tests.access import shelf
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    place,
)
from tests.factories.people import give_role, make_person
from tests.factories.qris import BAKUL
from tests.factories.traders import make_keeper
from tests.payments import till
from tests.payments.counter import counted, fill_bag, handing, owe

Values = dict[str, Any]


@dataclass(frozen=True)
class Side:
    """One market with its people, and what the values in an address mean there."""

    people: dict[str, User]
    values: Values
    key: str


def build(app: Flask, now: datetime) -> tuple[Side, Side]:
    """Make both sides and keep them."""
    sides = _side(app, now), _side(app, now)
    db.session.commit()
    return sides


def _side(app: Flask, now: datetime) -> Side:
    market = make_open_market()
    stall, owner = make_kept_stall(market)
    people = {
        "trader": owner,
        "helper": make_keeper(stall, seat=Seat.HELPER),
        "customer": make_person("Pembeli"),
        "courier": make_person("Kurir"),
        "officer": make_person("Petugas"),
        "administrator": make_person("Administrator"),
    }
    give_role(people["courier"], Role.COURIER, market_id=market.id)
    give_role(people["officer"], Role.MARKET_OFFICER, market_id=market.id)
    give_role(people["administrator"], Role.ADMINISTRATOR)
    product = make_product(stall, stock_milli=50_000, is_weighed=True)
    values = _of_stall(stall, product, people, now)
    values |= _of_customer(product, people, now)
    values |= _of_market(product, people, now)
    values |= _of_qris(stall, product, now) | {
        "customer_pay.number": values["customer_group.number"]
    }
    values |= _of_problem(product, people, now)
    values |= _of_payouts(stall, people, now)
    values |= {"public_market.slug": market.slug, "officer_qris.slug": market.slug}
    bank = f"bank:market:{market.id}"
    values |= {"officer_books.code": bank, "admin_books.code": bank}
    values |= _of_counter(market, stall, people, now)
    shelf.add_people(people)
    values |= shelf.build(stall, people, now)
    return Side(people, values, _key(app, values["customer_group.number"]))


def _of_stall(stall: Stall, product: Product, people: dict[str, User], now: datetime) -> Values:
    picture = store_files(
        _drawn(), size=(400, 400), use=PictureUse.PRODUCT, owner_id=people["trader"].id, now=now
    )
    db.session.add(ProductPicture(product_id=product.id, position=0, key=picture))
    product.picture_key = picture
    permit, halal = (
        Permit(stall_id=stall.id, product_id=of, kind=kind, number="1234567890123", created_at=now)
        for of, kind in ((None, PermitKind.NIB), (product.id, PermitKind.HALAL))
    )
    db.session.add_all([permit, halal])
    db.session.flush()
    category = db.session.get_one(Category, product.category_id)
    return {
        "public_stall.slug": stall.slug,
        "public_product.slug": product.slug,
        "public_category.slug": category.slug,
        "public_pictures.key": picture,
        "trader_product.slug": product.slug,
        "trader_products.slug": product.slug,
        "trader_product.key": picture,
        "trader_product.permit_id": halal.id,
        "trader_stall.permit_id": permit.id,
        "trader_stall.user_id": people["helper"].id,
        "trader_today.slug": stall.slug,
        "officer_stalls.slug": stall.slug,
        "officer_products.slug": product.slug,
    }


@cache
def _drawn() -> list[tuple[int, str, bytes]]:
    """Return the files of a picture, made once for all towns."""
    return list(imaging.derive(Image.new("RGB", (400, 400))))


def _of_customer(product: Product, people: dict[str, User], now: datetime) -> Values:
    customer = people["customer"]
    group = place([(product, 2_000)], now=now, user=customer)
    (order,) = orders_of(group)
    holder = Holder(customer.id, None)
    carts.add_line(holder=holder, wish=Wish(product.slug, 1_000), now=now)
    token = open_session(user_id=customer.id, now=now, device="Ponsel", address="127.0.0.1")
    db.session.flush()
    line = select(CartLine.id).order_by(CartLine.id.desc()).limit(1)
    session_id = select(UserSession.id).where(UserSession.token_hash == hash_token(token))
    notice = select(Notice.id).where(Notice.user_id == customer.id)
    trip = select(Trip.number).join(Shipment).where(Shipment.group_id == group.id)
    of_order = select(OrderLine.id).where(OrderLine.order_id == order.id)
    return {
        "customer_group.number": group.number,
        "customer_group.order_number": order.number,
        "customer_papers.number": group.number,
        "customer_problem.number": group.number,
        "customer_problem.order_number": order.number,
        "customer_credit.number": group.number,
        "officer_groups.number": group.number,
        "officer_groups.order_number": order.number,
        "officer_books.number": group.number,
        "admin_books.number": group.number,
        "trader_slip.number": order.number,
        "customer_cart.line_id": db.session.scalar(line),
        "account_devices.session_id": db.session.scalar(session_id),
        "account_inbox.notice_id": db.session.scalars(notice.limit(1)).one(),
        "courier_trips.number": db.session.scalar(trip),
        "courier_trips.door": group.number,
        "officer_trips.number": db.session.scalar(trip),
        "trader_orders.number": order.number,
        "trader_orders.line_id": db.session.scalar(of_order),
        **_ask_about(order, people["trader"], now),
    }


def _of_problem(product: Product, people: dict[str, User], now: datetime) -> Values:
    (order,) = orders_of(place([(product, 1_000)], now=now, user=people["customer"]))
    bring_to_customer(order, trader=people["trader"], courier=make_person(), now=now)
    problem = problems.report(
        order=order, saying=Saying("Kurang"), wanted=Rupiah(1), customer_id=None, now=now
    )
    return {
        "trader_problems.number": order.number,
        "trader_problems.problem_id": problem.id,
        "officer_problems.problem_id": problem.id,
    }


def _of_qris(stall: Stall, product: Product, now: datetime) -> Values:
    stall.qris = BAKUL
    paid = place([(product, 1_000)], now=now, method=Method.QRIS)
    return {"trader_payments.number": paid.number}


def _of_market(product: Product, people: dict[str, User], now: datetime) -> Values:
    waiting = place([(product, 1_000)], now=now, method=Method.TRANSFER)
    fetched = place([(product, 1_000)], now=now, mode=Mode.PICKUP_POST)
    paid = place([(product, 1_000)], now=now, method=Method.TRANSFER)
    pay(paid, officer=people["officer"], now=now)
    life.refuse_order(
        order=orders_of(paid)[0], trader_id=people["trader"].id, reason="Habis", now=now
    )
    (at_post,) = orders_of(fetched)
    life.accept_order(order=at_post, trader_id=people["trader"].id, now=now)
    life.mark_ready(order=at_post, trader_id=people["trader"].id, now=now)
    grant = select(RoleGrant.id).where(RoleGrant.user_id == people["courier"].id)
    refund = db.session.scalars(select(RefundDue).where(RefundDue.group_id == paid.id)).one()
    refund.courier_id = people["courier"].id
    return {
        "officer_transfers.number": waiting.number,
        "officer_refunds.refund_id": refund.id,
        "officer_refund.refund_id": refund.id,
        "courier_refunds.refund_id": refund.id,
        "officer_post.number": at_post.number,
        "admin_people.user_id": people["courier"].id,
        "admin_people.grant_id": db.session.scalars(grant).one(),
    }


def _ask_about(order: Order, trader: User, now: datetime) -> Values:
    """Let what was ordered turn out too heavy, so that the customer is asked."""
    life.accept_order(order=order, trader_id=trader.id, now=now)
    line = db.session.scalars(select(OrderLine.id).where(OrderLine.order_id == order.id)).one()
    weighing.weigh_line(order=order, line_id=line, milli=5_000, trader_id=trader.id, now=now)
    asked = db.session.scalars(select(Proposal.id).where(Proposal.order_id == order.id)).one()
    return {
        "trader_scales.number": order.number,
        "trader_scales.line_id": line,
        "trader_scales.proposal_id": asked,
        "customer_answer.number": order.group.number,
        "customer_answer.order_number": order.number,
        "customer_answer.proposal_id": asked,
    }


def _of_counter(market: Market, stall: Stall, people: dict[str, User], now: datetime) -> Values:
    officer, courier = people["officer"], people["courier"]
    owe(stall, 8_000, now=now)
    fill_bag(courier, 6_000, now=now)
    bag = look_into_bag(courier.id).expected.amount
    press = handing(3_000, seen=get_debt(stall_id=stall.id).cash.debt.amount)
    deposit = cash.receive_from_stall(stall=stall, handing=press, officer_id=officer.id, now=now)
    brought = cash.bring_to_bank(
        market=market,
        key=press.key,
        amount=Rupiah(1_000),
        reference="BRI 1",
        officer_id=officer.id,
        now=now,
    )
    return {
        "account_deposit.number": deposit.number,
        "officer_deposits.number": counted(courier, market, bag, seen=bag, now=now).number,
        "officer_deposits.slug": stall.slug,
        "officer_till.slug": market.slug,
        "officer_till.number": brought.number,
    }


def _of_payouts(stall: Stall, people: dict[str, User], now: datetime) -> Values:
    till.open_account(stall, people["trader"], now=now)
    till.earn(stall, 50_000, now=now - timedelta(hours=1))
    batch = till.make(stall, people["officer"], now=now)
    till.approve(batch, people["administrator"], now=now)
    rule = NewRule(0, business_day(now), "SK contoh", stall_id=stall.id)
    rule_id = add_rule(wanted=rule, actor_id=people["administrator"].id, now=now)
    return {
        "officer_payouts.number": batch.number,
        "officer_payouts.part": f"{batch.number}-1",
        "admin_payouts.number": batch.number,
        "trader_balance.number": f"{batch.number}-1",
        "admin_commission.rule_id": rule_id,
    }


def _key(app: Flask, number: str) -> str:
    with app.test_request_context():
        return guest_key(number)
