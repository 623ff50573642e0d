"""A stall that weighs, and customers who answer: each press is about an order of its own.

The customer has paid all of it with store credit, so that every rupiah less comes back at once.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from pol.catalogue.models import Product
from pol.catalogue.rules import Unit
from pol.identity.models import User
from pol.kernel import clock
from pol.kernel.db import db
from pol.kernel.transaction import transaction
from pol.ledger.queries import get_balance
from pol.orders.models import OrderLine, Proposal
from pol.orders.queries.locks import lock_order
from pol.orders.services import life, proposals, weighing
from pol.stalls.models import Stall
from tests.factories.catalogue import make_product, stock_of
from tests.factories.orders import orders_of, place
from tests.factories.people import make_person
from tests.faults.press import DONE_OR_DONE_BEFORE, Effect, Press
from tests.payments import till
from tests.rig.client import open_session
from tests.rig.visitor import Visitor

UNIT, PRICE, OTHER_PRICE, FEE, CREDIT = 1_000, 40_000, 9_000, 5_000, 200_000
ORDERED, LIGHTER, HEAVIER = 2 * UNIT, 1_900, 2_500
LEFT = CREDIT - 2 * PRICE - OTHER_PRICE - FEE
"""What is left of a customer's credit after two kilos of fish and one of something else."""


@dataclass(frozen=True)
class Parcel:
    """An accepted order: fish, which is weighed, and something else."""

    group: str
    number: str
    order_id: int
    fish_line: int
    customer: User


class Scales:
    """A stall with fish."""

    def __init__(self, app: Flask, url: str, stall: Stall, trader: User) -> None:
        self._app, self._url, self._trader = app, url, trader
        with transaction():
            self._fish = make_product(stall, price=PRICE, unit=Unit.KG, is_weighed=True)
            self._other = make_product(stall, price=OTHER_PRICE, unit=Unit.KG)
            for product in (self._fish, self._other):
                stock_of(product).on_hand_milli = 10_000 * UNIT
        self._at_trader = Visitor(app, url, sid=open_session(trader))

    @property
    def ways(self) -> dict[str, Callable[[], Press]]:
        """Return what can be typed from the scales, and both answers of a customer."""
        return {
            "weighing, lighter": self.weigh_less,
            "weighing, heavier": self.weigh_more,
            "answer, yes": self.say_yes,
            "answer, no": self.say_no,
        }

    def weigh_less(self) -> Press:
        """Type in less than was ordered: the difference is credit at once."""
        parcel = self._parcel()
        less = (ORDERED - LIGHTER) * PRICE // UNIT
        after = ((LIGHTER, True), (UNIT, True)), (), LEFT + less
        return self._weigh(parcel, "1,9", LIGHTER, after)

    def weigh_more(self) -> Press:
        """Type in more than the customer accepts unasked: nothing changes but the question."""
        after = ((ORDERED, True), (UNIT, True)), ("open",), LEFT
        return self._weigh(self._parcel(), "2,5", ORDERED, after)

    def say_yes(self) -> Press:
        """Accept heavier goods; what they cost more is taken in cash at the door."""
        parcel = self._parcel()
        with transaction():
            asked = weighing.weigh_line(
                order=lock_order(parcel.order_id),
                line_id=parcel.fish_line,
                milli=HEAVIER,
                trader_id=self._trader.id,
                now=clock.now(),
            )
        assert asked
        after = ((HEAVIER, True), (UNIT, True)), ("accepted",), LEFT
        return self._answer(parcel, "ya", {self._fish.id: HEAVIER, self._other.id: UNIT}, after)

    def say_no(self) -> Press:
        """Decline other goods: the line falls away, and its money is credit at once."""
        parcel = self._parcel()
        with transaction():
            asked = proposals.propose_replacement(
                order=lock_order(parcel.order_id),
                line_id=parcel.fish_line,
                slug=self._other.slug,
                milli=UNIT,
                trader_id=self._trader.id,
                now=clock.now(),
            )
        assert asked
        after = ((ORDERED, False), (UNIT, True)), ("declined",), LEFT + 2 * PRICE
        return self._answer(parcel, "tidak", {self._other.id: UNIT}, after)

    def _weigh(self, parcel: Parcel, typed: str, milli: int, after: object) -> Press:
        tab = self._at_trader.twin()
        path = f"/pedagang/pesanan/{parcel.number}/baris/{parcel.fish_line}/timbang"
        before = ((ORDERED, True), (UNIT, True)), (), LEFT
        return Press(
            "weighing",
            "pedagang",
            tab,
            tab.filled(path, weight=typed),
            Counter({self._fish.id: milli, self._other.id: UNIT}),
            parcel.group,
            Effect(lambda: look(parcel), before, after),
            DONE_OR_DONE_BEFORE,
        )

    def _answer(self, parcel: Parcel, word: str, lines: dict[int, int], after: object) -> Press:
        asked = db.session.scalars(
            select(Proposal.id).where(Proposal.order_id == parcel.order_id)
        ).one()
        tab = Visitor(self._app, self._url, sid=open_session(parcel.customer))
        path = f"/belanjaan/{parcel.group}/{parcel.number}/jawab/{asked}"
        before = ((ORDERED, True), (UNIT, True)), ("open",), LEFT
        return Press(
            "answer",
            parcel.customer.name,
            tab,
            tab.filled(path, jawaban=word),
            Counter(lines),
            parcel.group,
            Effect(lambda: look(parcel), before, after),
        )

    def _parcel(self) -> Parcel:
        """Return an order that the stall has accepted and begins to prepare."""
        now = clock.now()
        with transaction():
            customer = make_person("Rini Saldo (contoh)")
            till.post(now, [("bank:market:0", CREDIT), (f"credit:customer:{customer.id}", -CREDIT)])
            wishes: list[tuple[Product, int]] = [(self._fish, ORDERED), (self._other, UNIT)]
            group = place(wishes, now=now, user=customer, use_credit=True)
            (order,) = orders_of(group)
            life.accept_order(order=order, trader_id=self._trader.id, now=now)
            line = db.session.scalars(
                select(OrderLine.id).where(
                    OrderLine.order_id == order.id, OrderLine.product_id == self._fish.id
                )
            ).one()
            return Parcel(group.number, order.number, order.id, line, customer)


def look(parcel: Parcel) -> object:
    """Return an order's lines, what became of its questions, and its customer's credit."""
    lines = db.session.execute(
        select(OrderLine.quantity_milli, OrderLine.status)
        .where(OrderLine.order_id == parcel.order_id)
        .order_by(OrderLine.id)
    )
    asked = select(Proposal.status).where(Proposal.order_id == parcel.order_id)
    credit = -get_balance(f"credit:customer:{parcel.customer.id}").amount
    found = tuple((milli, status.value == "active") for milli, status in lines)
    return found, tuple(answer.value for answer in db.session.scalars(asked)), credit
