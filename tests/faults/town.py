"""A market with everybody who presses buttons in the fault tests, and the buttons they press."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from random import Random
from time import monotonic, sleep

from flask import Flask
from sqlalchemy import select

from pol.delivery.models import Trip
from pol.identity.rules import Role
from pol.kernel import clock
from pol.kernel.db import db
from pol.kernel.transaction import transaction
from pol.orders.models import OrderGroup, Shipment
from pol.orders.rules.life import ActorKind
from pol.orders.services import life
from pol.payments.rules import Method
from tests.factories.catalogue import make_product
from tests.factories.orders import fill_cart, make_kept_stall, make_open_market, orders_of, place
from tests.factories.people import give_role, make_person
from tests.factories.traders import make_officer
from tests.races.buyers import WHO
from tests.rig.client import open_session
from tests.rig.pages import Form
from tests.rig.visitor import GONE, Answer, Visitor

PATIENCE_SECONDS = 30
"""How long somebody presses again before the test gives up."""
PAUSE_SECONDS = 0.03
UNIT = 1_000


def dice(seed: int) -> Random:
    """Return chance that falls alike in every run."""
    return Random(seed)  # noqa: S311 - nothing secret


@dataclass
class Press:
    """A button that somebody presses, with the same form, until there is an answer."""

    what: str
    who: str
    visitor: Visitor
    form: Form
    lines: Counter[int] = field(default_factory=Counter)
    number: str = ""
    """The order group that it is about, or that the answer named."""
    acknowledged: bool = False
    others: list[Answer] = field(default_factory=list)
    """The answers that did not say yes."""

    def once(self, **headers: str) -> Answer | None:
        """Press; None when the process behind the page ended first."""
        try:
            answer = self.visitor.send(self.form, **headers)
        except GONE:
            return None
        if answer.status != 303:
            self.others.append(answer)
            return answer
        self.acknowledged = True
        if self.what == "checkout":
            self.number = answer.location.split("?")[0].rsplit("/", 1)[1]
        return answer

    def insist(self) -> int:
        """Press again until it is acknowledged; return how often nobody answered."""
        gone, deadline = 0, monotonic() + PATIENCE_SECONDS
        while not self.acknowledged and monotonic() < deadline:
            gone += self.once() is None
            if not self.acknowledged:
                sleep(PAUSE_SECONDS)
        self.visitor.close()
        assert self.acknowledged, (self.what, self.who, self.others[-1:])
        return gone


class Town:
    """Two stalls, three products, an officer, a courier; a new customer for every checkout."""

    def __init__(self, app: Flask, url: str) -> None:
        self.app, self.url = app, url
        self._numbers = count(1)
        with transaction():
            market = make_open_market()
            near, trader = make_kept_stall(market, "Lapak Dekat")
            far, _ = make_kept_stall(market, "Lapak Jauh")
            self.products = [
                make_product(stall, price=price, stock_milli=10_000 * UNIT)
                for stall, price in ((near, 34_000), (near, 7_500), (far, 12_500))
            ]
            officer, courier = make_officer(market), make_person("Kang Kurir (contoh)")
            give_role(courier, Role.COURIER, market_id=market.id)
            self.market_id, self.trader_id = market.id, trader.id
            self.officer_id, self.courier_id = officer.id, courier.id
        self._officer = Visitor(app, url, sid=open_session(officer))
        self._courier = Visitor(app, url, sid=open_session(courier))
        self.presses: list[Press] = []

    @property
    def ways(self) -> dict[str, Callable[[], Press]]:
        """Return every change that the tests interrupt."""
        return {
            "checkout, cash": self.checkout,
            "checkout, transfer": lambda: self.checkout(Method.TRANSFER),
            "payment": self.confirm,
            "delivery": self.deliver,
        }

    def wait_for_one(self) -> None:
        """Return when one more press has been acknowledged, so that a slow machine gets on."""
        before, deadline = self._acknowledged(), monotonic() + PATIENCE_SECONDS
        while self._acknowledged() == before:
            assert monotonic() < deadline, "nothing is acknowledged any more"
            sleep(PAUSE_SECONDS)

    def _acknowledged(self) -> int:
        return sum(press.acknowledged for press in self.presses)

    def cart(self) -> str:
        """Return a new browser's cart with goods of both stalls."""
        near, _, far = self.products
        with transaction():
            holder = fill_cart([(near, 2 * UNIT), (far, UNIT)], now=clock.now())
        assert holder.token
        return holder.token

    def checkout(self, method: Method = Method.CASH, cart: str | None = None) -> Press:
        """Open the checkout page with goods in the cart."""
        who = f"Rini {next(self._numbers)} (contoh)"
        lines = Counter({self.products[0].id: 2 * UNIT, self.products[2].id: UNIT})
        visitor = Visitor(self.app, self.url, cart=cart or self.cart())
        press = Press("checkout", who, visitor, Form("/pesan", {}), lines)
        values = {**self._opened(press).values, **WHO, "name": who, "method": method.value}
        press.form = Form("/pesan", values)
        return self._noted(press)

    def confirm(self) -> Press:
        """Show the officer a transfer that came."""
        number, lines = self._placed(Method.TRANSFER)
        visitor = self._officer.twin()
        form = visitor.filled(f"/petugas/transfer/{number}/masuk")
        return self._noted(Press("payment", "petugas", visitor, form, lines, number))

    def deliver(self) -> Press:
        """Bring the courier to a customer's door."""
        number, lines = self._placed(Method.CASH)
        now = clock.now()
        with transaction():
            group = _group(number)
            trip = db.session.scalars(
                select(Trip.number)
                .join(Shipment, Shipment.trip_id == Trip.id)
                .where(Shipment.group_id == group.id)
            ).one()
            orders = orders_of(group)
            for order in orders:
                self._hand_to_courier(order.number, now)
        visitor = self._courier.twin()
        form = visitor.filled(
            f"/kurir/jalan/{trip}/{number}/diterima", order=[order.number for order in orders]
        )
        return self._noted(Press("delivery", "kurir", visitor, form, lines, number))

    def _hand_to_courier(self, number: str, now: datetime) -> None:
        (order,) = [o for o in orders_of(_group(number.rsplit("-", 1)[0])) if o.number == number]
        life.accept_order(order=order, trader_id=self.trader_id, now=now)
        life.mark_ready(order=order, trader_id=self.trader_id, now=now)
        life.hand_to_courier(order=order, by=ActorKind.TRADER, actor_id=self.trader_id, now=now)

    def _placed(self, method: Method) -> tuple[str, Counter[int]]:
        lines = Counter({self.products[1].id: 3 * UNIT, self.products[2].id: UNIT})
        wishes = [(p, lines[p.id]) for p in self.products if p.id in lines]
        with transaction():
            return place(wishes, now=clock.now(), method=method).number, lines

    def _opened(self, press: Press) -> Form:
        deadline = monotonic() + PATIENCE_SECONDS
        while monotonic() < deadline:
            with suppress(*GONE):
                answer = press.visitor.get("/pesan")
                if answer.status == 200:
                    return answer.page.form("/pesan")
                press.others.append(answer)
            sleep(PAUSE_SECONDS)
        raise AssertionError("the checkout page does not open")

    def _noted(self, press: Press) -> Press:
        self.presses.append(press)
        return press


def _group(number: str) -> OrderGroup:
    return db.session.scalars(select(OrderGroup).where(OrderGroup.number == number)).one()
