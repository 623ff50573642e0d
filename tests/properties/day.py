"""A day in the market: the model beside the application, and what must be true after each step."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from pol.kernel.db import db
from pol.orders.rules.checkout import Checkout
from tests.properties import pictures
from tests.properties.accounts import balances, in_hand, should_be_in_hand
from tests.properties.counter import Counter as Desk
from tests.properties.hands import Hands
from tests.properties.market import Market
from tests.properties.model import Group, Order
from tests.properties.pictures import Picture
from tests.properties.stage import Stage

T = TypeVar("T")
ANY = st.integers(0, 10_000)
CHANNELS = st.sampled_from(["transfer", "cash", "credit"])


class Day(RuleBasedStateMachine):
    """What all have in common who do something in the market."""

    def __init__(self, on: Stage, tally: Counter[str]) -> None:
        super().__init__()
        self.on, self.tally = on, tally
        self.hands, self.desk = Hands(on), Desk(on)
        self.market = Market(on.places)
        self.forms: dict[str, tuple[int, Checkout]] = {}
        self.opening: dict[int, int] = dict.fromkeys(self.market.market_of, 0)
        """What stood on each stall's account when this moment came."""
        self.before: Picture = {}
        self.touched: set[str] = set()

    def note(self, what: str) -> None:
        """Count something that happened, so that a game in which it never does is seen."""
        self.market.happened[what] += 1

    @invariant()
    def tables_are_as_the_model_says(self) -> None:
        self.note("steps")
        found, expected = pictures.of_tables(), pictures.of_model(self.market)
        for part, figures in expected.items():
            assert found[part] == figures, "\n".join(_differences(part, found[part], figures))
        for goods, fees, code, charged, refunded, *_credit in found["groups"].values():
            assert goods + fees + code == charged - refunded, "I1"
        for on_hand, reserved, sold in found["stock"].values():
            assert on_hand - reserved - sold >= 0, "I3"
        for code, balance in found["accounts"].items():
            assert balance <= 0 or not code.startswith("credit:"), f"{code} is overdrawn"
        assert sum(found["accounts"].values()) == 0, "I8"
        assert in_hand(Counter(found["accounts"])) == should_be_in_hand(self.market), "I6"
        self._siblings_stand_still(found)

    def _siblings_stand_still(self, found: Picture) -> None:
        """I4, without the model: what nobody touched is as it was."""
        for part, number_of in (("orders", str), ("lines", lambda key: key[0])):
            for key, row in self.before.get(part, {}).items():
                if number_of(key) not in self.touched:
                    assert found[part].get(key) == row, f"I4: {key} changed by itself"
        self.before, self.touched = found, set()

    def balance(self, code: str) -> int:
        return balances(self.market)[code]

    def pick_order(self, which: int, *statuses: str) -> tuple[Group, Order]:
        return pick(list(self.market.orders(*statuses)), which)

    def has(self, *statuses: str) -> bool:
        return any(self.market.orders(*statuses))

    def teardown(self) -> None:
        self.tally.update(self.market.happened)
        self.tally["runs"] += 1
        db.session.rollback()


def pick(among: Sequence[T], number: int) -> T:
    """Return one of them; the same number means the same one."""
    return among[number % len(among)]


def _differences(part: str, found: dict[Any, Any], expected: dict[Any, Any]) -> Iterator[str]:
    for key in sorted(found.keys() | expected.keys(), key=str):
        if found.get(key) != expected.get(key):
            yield f"{part} {key}: {found.get(key)} instead of {expected.get(key)}"
