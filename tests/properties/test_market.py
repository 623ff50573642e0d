"""I1 to I8: whatever people do, in whatever order, the tables agree with a model of a market.

The last test is the control: each planted bug must be seen by the same checks.
"""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.catalogue.services import stock
from pol.delivery.rules import Mode
from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah
from pol.ledger.queries import check_ledger
from pol.orders.models import Order, OrderLine
from pol.orders.rules import refunding
from pol.orders.rules.life import ActorKind
from pol.orders.rules.sums import AfterHandOver
from pol.orders.services import checkout, goods, money
from pol.payments.rules import Method
from pol.payments.services import payments
from tests.properties import stage
from tests.properties.machine import MarketDay, play
from tests.properties.stage import Stage

GAMES = range(1, 4)


@pytest.mark.parametrize("game", GAMES)
def test_the_market_does_what_the_model_says(
    session: Session, rounds: Callable[[int, int], int], game: int
) -> None:
    play(
        stage.build(),
        runs=rounds(60, 10_000) // len(GAMES),
        steps=rounds(30, 50),
        game=rounds(game, 0) or None,
    )
    assert check_ledger().is_sound


def _touch_siblings(order: Order) -> None:
    """Release an order, and whatever else the customer bought with it."""
    _release(order)
    for sibling in db.session.scalars(select(Order).where(Order.group_id == order.group_id)):
        sibling.subtotal = ZERO


def _forget(*_args: Any, **_values: Any) -> None:
    """Do nothing where something had to be done."""


def _promise_anything(needs: Iterable[stock.Need]) -> list[int]:
    """Answer that all is there, and write nothing down."""
    return []


def _cut_off(price: Rupiah, milli: int) -> Rupiah:
    return Rupiah(price.amount * milli // 1_000)


def _reweigh_without_stock(order: Order, line: OrderLine, milli: int) -> None:
    line.quantity_milli, line.total = milli, line.price.for_quantity(milli)
    goods.recount(order)


def _from_commission(refund: Rupiah, **_commission: Rupiah) -> AfterHandOver:
    return AfterHandOver(refund, ZERO, refund)


_release = goods.release
PLANTS: dict[str, tuple[object, str, object]] = {
    "I1: totals are not restated": (money, "restate", _forget),
    "I2: half a rupiah is cut off": (Rupiah, "for_quantity", _cut_off),
    "I3: stock is not given back": (stock, "release", _forget),
    "I3: stock is promised twice": (stock, "reserve", _promise_anything),
    "I4: a refusal takes its siblings along": (goods, "release", _touch_siblings),
    "I3: what is lighter stays reserved": (goods, "reweigh", _reweigh_without_stock),
    "I4: a refund comes out of nobody's due": (refunding, "refund_after", _from_commission),
    "I5: the key of a form is not looked up": (checkout, "_find_number", _forget),
    "I6: nobody hears of money that came late": (payments, "owe_refund", _forget),
    "I6: late money revives nothing": (goods, "take_back", _forget),
    "I8: cash at the door is not written down": (money, "collect", _forget),
}


def assert_one_day(on: Stage) -> None:
    """Play one day by hand, in which everything happens that a planted bug could spoil."""
    day, delivered = MarketDay(on), (Mode.DELIVERY, Mode.DELIVERY)
    steps: list[Callable[[], None]] = [
        lambda: day.customers_come(
            [[(0, 2), (1, 2), (2, 3), (4, 1)], [(0, 4), (4, 1)], [(0, 3)]],
            delivered,
            [Method.CASH, Method.TRANSFER, Method.TRANSFER],
        ),
        lambda: day.press_again(0, 1, other_cart=False),
        lambda: day.try_any_step(0, "refuse", ActorKind.TRADER),
        lambda: day.go_on_anywhere(1, [0] * 4, ActorKind.TRADER),
        lambda: day.time_passes(150),
        lambda: day.proof_is_sent(0),
        lambda: day.money_arrives(0),
        lambda: day.count_stock(0, 0),
        lambda: day.money_arrives(1),
        lambda: day.refund_is_handed_back(1),
        lambda: day.work_on_what_waits_longest([0]),
        lambda: day.weigh(0, 0, 90),
        lambda: day.give_back_after_hand_over(1, 50),
    ]
    for step in steps:
        step()
        day.tables_are_as_the_model_says()
    statuses = {order.status for _, order in day.market.orders()}
    assert statuses == {"refused", "delivered", "expired", "accepted", "placed"}
    assert any(order.refunded for _, order in day.market.orders())
    lines = [line for _, order in day.market.orders() for line in order.lines]
    assert any(line.milli == line.ordered * 9 // 10 for line in lines)


def test_a_day_without_a_bug_is_as_the_model_says(session: Session) -> None:
    assert_one_day(stage.build())


@pytest.mark.parametrize("bug", PLANTS)
def test_a_planted_bug_is_found(
    session: Session, monkeypatch: pytest.MonkeyPatch, bug: str
) -> None:
    on = stage.build()
    monkeypatch.setattr(*PLANTS[bug])
    with pytest.raises(AssertionError):
        assert_one_day(on)
