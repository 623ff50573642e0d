"""A market with everybody who presses buttons in the fault tests, and the buttons they press."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import chain, count
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
from tests.faults.office import Office
from tests.faults.press import PATIENCE_SECONDS, PAUSE_SECONDS, Press
from tests.faults.scales import Scales
from tests.faults.supermarket import Supermarket
from tests.faults.till import Till
from tests.races.buyers import WHO
from tests.rig.client import open_session
from tests.rig.pages import Form
from tests.rig.visitor import GONE, Visitor

UNIT = 1_000


def dice(seed: int) -> Random:
    """Return chance that falls alike in every run."""
    return Random(seed)  # noqa: S311 - nothing secret


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
        self._office, self._scales = Office(app, url), Scales(app, url, near, trader)
        self._supermarket, self._counter = Supermarket(app, url), Till(app, url)
        self.presses: list[Press] = []

    @property
    def ways(self) -> dict[str, Callable[[], Press]]:
        """Return every change that the tests interrupt."""
        return {
            "checkout, cash": self.checkout,
            "checkout, transfer": lambda: self.checkout(Method.TRANSFER),
            "payment": self.confirm,
            "delivery": self.deliver,
            **{name: partial(self._press, way) for name, way in self._other_ways()},
        }

    def _other_ways(self) -> Iterable[tuple[str, Callable[[], Press]]]:
        people = (self._office, self._scales, self._supermarket, self._counter)
        return chain.from_iterable(one.ways.items() for one in people)

    def _press(self, way: Callable[[], Press]) -> Press:
        return self._noted(way())

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
