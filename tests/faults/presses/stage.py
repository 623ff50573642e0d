"""A town in which everything waits for somebody's press, and forms as people send them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from flask import Flask, Response
from sqlalchemy import select
from werkzeug.test import EnvironBuilder, run_wsgi_app

from pol.catalogue.models import Product
from pol.catalogue.rules import Unit
from pol.delivery.models import Trip
from pol.delivery.rules import Mode
from pol.identity.rules import Role
from pol.identity.services.passwords import hash_secret
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.orders.models import Order, OrderGroup, OrderLine, Shipment
from pol.orders.rules.life import ActorKind
from pol.orders.services import life, refunding
from pol.partnership.settlement.queries.bill_lines import list_lines
from pol.payments.models import RefundDue
from pol.payments.queries.cash import look_into_bag
from pol.payments.rules import Method
from pol.payments.services import payments
from pol.payments.services.commission import NewRule, add_rule
from pol.stalls.models import Market, Stall
from tests.access import policy, town
from tests.factories.catalogue import make_product
from tests.factories.orders import orders_of, pay, payment_of, place
from tests.factories.people import give_role, make_person
from tests.factories.traders import make_officer
from tests.faults import doom
from tests.faults.presses.wall import Wall
from tests.payments import till
from tests.payments.counter import counted, fill_bag, give_cash
from tests.rig.client import ORIGIN, Browser, open_session
from tests.rig.pages import Page

KEY = "kunci-uji-0123456789"
SECRET = "pasar-contoh-1"
WHO = {
    "public": "customer",
    "customer": "customer",
    "account": "customer",
    "trader": "trader",
    "producer": "trader",
    "courier": "courier",
    "officer": "officer",
    "admin": "administrator",
    "retailer": "buyer",
    "dinas": "dinas",
}
"""Who presses on the pages of an audience, unless the table says otherwise."""


@dataclass(frozen=True)
class Aim:
    """What a press is about."""

    known: dict[str, Any] = field(default_factory=dict)
    """Values of the address and of the form."""
    who: str = ""
    page: str = ""
    """Where the form is found, with what it holds already; without it, `known` is all."""


def on(page: str = "", who: str = "", **known: Any) -> Aim:
    """Return what a press is about, in one line of a table."""
    return Aim(known, who, page)


class Stage:
    """One side of the town of the access tests, and orders in every state in which one can be."""

    def __init__(self, app: Flask, now: datetime) -> None:
        self.app, self.now = app, now
        side, _ = town.build(app, now)
        self.people, self.values = dict(side.people), dict(side.values)
        slug = side.values["public_stall.slug"]
        self.stall = db.session.scalars(select(Stall).where(Stall.slug == slug)).one()
        self.market = db.session.get_one(Market, self.stall.market_id)
        kilos: dict[str, Any] = {"stall": self.stall, "unit": Unit.KG}
        self.fish = make_product(name="Bandeng", price=40_000, is_weighed=True, **kilos)
        self.spice = make_product(name="Laos", price=9_000, **kilos)
        self._order()
        self._owe()
        self._fill()
        self._put_on_shelves()
        self.keys = {name: open_session(person) for name, person in self.people.items()}

    def _order(self) -> None:
        """Let orders be in every state in which one can be."""
        self.placed, self.accepted, self.ready = (self.order() for _ in range(3))
        self.carried, self.delivered = (self.order() for _ in range(2))
        self.fetched = self.order(mode=Mode.PICKUP_STALL)
        self.transfer, self.qris = self.order(Method.TRANSFER), self.order(Method.QRIS)
        for group in (self.transfer, self.qris):
            proof = {"payment": payment_of(group), "picture_key": "bukti"}
            payments.send_proof(now=self.now, **proof)  # type: ignore[arg-type]
        trader_id, now = self.people["trader"].id, self.now
        for group in (self.accepted, self.ready, self.carried, self.delivered, self.fetched):
            life.accept_order(order=self.of(group), trader_id=trader_id, now=now)
        for group in (self.ready, self.carried, self.delivered, self.fetched):
            life.mark_ready(order=self.of(group), trader_id=trader_id, now=now)
        by = {"by": ActorKind.TRADER, "actor_id": trader_id}
        for group in (self.carried, self.delivered):
            life.hand_to_courier(order=self.of(group), now=now, **by)  # type: ignore[arg-type]
        life.deliver_order(
            order=self.of(self.delivered), courier_id=self.people["courier"].id, now=now
        )

    def _put_on_shelves(self) -> None:
        self.wall = Wall(self.stall, self.people["trader"], self.now)
        self.people |= self.wall.people
        self.bill_line = list_lines(bill_id=self.wall.due.id)[0].id
        self.draft, self.signed = (
            pact.agreement.number for pact in (self.wall.draft, self.wall.signed)
        )

    def order(self, method: Method = Method.CASH, **other: Any) -> OrderGroup:
        """Let the customer order fish and spice."""
        wishes: list[tuple[Product, int]] = [(self.fish, 2_000), (self.spice, 1_000)]
        return place(wishes, now=self.now, method=method, user=self.people["customer"], **other)

    def _owe(self) -> None:
        """Let money be due to customers: some on the list, some in a courier's bag."""
        officer, trader, courier = (self.people[n] for n in ("officer", "trader", "courier"))
        give_cash(f"cash:market:{self.market.id}", 500_000, now=self.now - timedelta(days=2))
        owed = []
        for _ in range(2):
            group = self.order(Method.TRANSFER)
            pay(group, officer=officer, now=self.now)
            life.refuse_order(
                order=self.of(group), trader_id=trader.id, reason="Habis", now=self.now
            )
            mine = RefundDue.group_id == group.id
            owed.append((group, db.session.scalars(select(RefundDue).where(mine)).one()))
        (self.owed, self.due), (_, self.handed) = owed
        refunding.hand_to_courier(
            refund=self.handed, courier_id=courier.id, seen=0, officer_id=officer.id, now=self.now
        )

    def _fill(self) -> None:
        """Let a stall wait for its payout, a courier with a counted bag, a rule for its day."""
        officer, courier = self.people["officer"], self.people["courier"]
        self.people["checker"] = make_officer(self.market)
        self.people["trader"].password_hash = hash_secret(SECRET)
        earner = till.make_paid_stall(self.market, now=self.now, earned=70_000)
        self.batch = till.make(earner, officer, now=self.now)
        till.make_paid_stall(self.market, now=self.now, earned=50_000)
        bag = look_into_bag(courier.id).expected.amount
        self.shift = counted(courier, self.market, bag, seen=bag, now=self.now)
        self.people["other_courier"] = make_person("Kang Tas (contoh)")
        give_role(self.people["other_courier"], Role.COURIER, market_id=self.market.id)
        fill_bag(self.people["other_courier"], 66_000, now=self.now)
        tomorrow = business_day(self.now) + timedelta(days=1)
        rule = NewRule(100, tomorrow, "SK contoh", stall_id=self.stall.id)
        self.rule_id = add_rule(wanted=rule, actor_id=self.people["administrator"].id, now=self.now)

    def of(self, group: OrderGroup) -> Order:
        """Return the one order of a group."""
        (order,) = orders_of(group)
        return order

    def number(self, group: OrderGroup) -> str:
        """Return the number of a group's one order."""
        return db.session.scalars(select(Order.number).where(Order.group_id == group.id)).one()

    def line(self, group: OrderGroup) -> int:
        """Return the first line of a group's one order, which is the fish."""
        lines = select(OrderLine.id).join(Order).where(Order.group_id == group.id)
        return db.session.scalars(lines.order_by(OrderLine.id)).first() or 0

    def trip(self, group: OrderGroup) -> str:
        """Return the number of the trip that brings a group."""
        trips = select(Trip.number).join(Shipment).where(Shipment.group_id == group.id)
        return db.session.scalars(trips).one()

    def press(self, endpoint: str, aim: Aim) -> Callable[[], str]:
        """Return a press as it goes to a server: the same form, however often it is sent."""
        blueprint = endpoint.split(".")[0]
        browser = self.browser(aim.who or WHO[blueprint.split("_")[0]])
        address, typed = self._address(endpoint, aim.known), self._typed(endpoint, aim.known)
        if aim.page:
            address, typed = _found(browser, aim.page, address, typed)
        typed = {"csrf_token": browser.csrf_token(), **typed}
        cookie = browser.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        assert cookie
        headers = [
            ("Origin", ORIGIN),
            ("Sec-Fetch-Site", "same-origin"),
            ("Cookie", f"{cookie.key}={cookie.value}"),
        ]
        return self._sender(
            EnvironBuilder(address, ORIGIN, method="POST", data=typed, headers=headers)
        )

    def message(self, address: str, key: str, said: dict[str, Any]) -> Callable[[], str]:
        """Return what a program sends with its key: the same words, however often."""
        headers = [("Authorization", f"Bearer {key}")]
        return self._sender(
            EnvironBuilder(address, ORIGIN, method="POST", json=said, headers=headers)
        )

    def _sender(self, sent: EnvironBuilder) -> Callable[[], str]:
        environ = sent.get_environ()
        body = environ["wsgi.input"].read()
        return partial(doom.in_a_request, partial(self._send, environ, body))

    def _address(self, endpoint: str, known: dict[str, Any]) -> str:
        blueprint = endpoint.split(".")[0]
        wanted = self._arguments(endpoint)
        values = {name: self.values.get(f"{blueprint}.{name}") for name in wanted - known.keys()}
        values |= {name: known[name] for name in wanted & known.keys()}
        with self.app.test_request_context():
            return self.app.url_for(endpoint, **values)

    def _typed(self, endpoint: str, known: dict[str, Any]) -> dict[str, Any]:
        wanted = known.keys() - self._arguments(endpoint)
        return {**policy.FIELDS.get(endpoint, {}), **{name: known[name] for name in wanted}}

    def _arguments(self, endpoint: str) -> set[str]:
        return next(self.app.url_map.iter_rules(endpoint)).arguments

    def browser(self, who: str) -> Browser:
        """Return a browser in which somebody is signed in."""
        browser = Browser(self.app, Response)
        with browser.session_transaction() as cookie:
            cookie["sid"] = self.keys[who]
        return browser

    def _send(self, environ: dict[str, Any], body: bytes) -> str:
        """Return the answer to a form in a line: its status, and what is wrong with it."""
        asked = {**environ, "wsgi.input": BytesIO(body)}
        page, status, _ = run_wsgi_app(self.app.wsgi_app, asked, buffered=True)
        text = b"".join(page).decode()
        said = re.findall(r'aria-invalid="true"[^>]*|role="alert"[^>]*>[^<]*', text)
        return f"{status} {' '.join(said)}".strip()


def _found(browser: Browser, page: str, address: str, typed: dict[str, Any]) -> tuple[str, Any]:
    """Return where the form for this address on a page leads, and what it holds."""
    shown = Page(browser.get(page))
    form = next(one for one in shown.forms() if one.action.split("?")[0] == address)
    return form.action, {**form.values, **typed}
