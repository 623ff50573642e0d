"""Hypothesis plays the market: after every step the tables must look as the model says."""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider
from hypothesis.stateful import initialize, run_state_machine_as_test

from pol.orders.rules.life import ActorKind
from tests.properties.customers import BASKET, MODES, WAY, Basket, Modes, Way
from tests.properties.sellers import CHOICES, Sellers
from tests.properties.stage import Stage

Hour = tuple[bool, list[int]]


class Fair(HypothesisProvider):
    """Throws every run anew.

    Hypothesis by itself spends most of two hundred runs on the simplest ones and on variations of
    the first few, which leaves out most of what can happen in a market.
    """


AVAILABLE_PROVIDERS["fair"] = Fair


class MarketDay(Sellers):
    """One run: a few carts and whatever people do with them."""

    @initialize(
        baskets=st.lists(BASKET, min_size=2, max_size=3),
        modes=MODES,
        ways=st.tuples(WAY, WAY, WAY),
        hours=st.lists(st.tuples(st.booleans(), CHOICES), min_size=3, max_size=3),
    )
    def morning(
        self, baskets: list[Basket], modes: Modes, ways: list[Way], hours: list[Hour]
    ) -> None:
        """Let customers come, so that the rest of the day has something to do."""
        for cart, basket in enumerate(baskets):
            self.put_into_cart(cart, basket)
            self.check_out(cart, modes, ways[cart])
        for group, (is_paid, choices) in zip(self.market.groups, hours, strict=False):
            if is_paid and group.is_prepaid:
                self.take_money(group)
            for order in group.orders:
                self.go_on(group, order, choices, ActorKind.TRADER)


def play(on: Stage, *, runs: int, steps: int, game: int | None) -> Counter[str]:
    """Play so many runs, each of so many steps; return how often what happened.

    The same game is the same runs, none is another each time.
    """
    tally: Counter[str] = Counter()

    def day() -> MarketDay:
        return MarketDay(on, tally)

    kept = settings(
        max_examples=runs,
        stateful_step_count=steps,
        backend="fair",
        deadline=None,
        database=None,
        print_blob=False,
        report_multiple_bugs=False,
        phases=[Phase.generate],  # so many steps can be read, and shrinking them takes minutes
        suppress_health_check=list(HealthCheck),
    )
    factory: Any = day if game is None else seed(game)(day)
    run_state_machine_as_test(factory, settings=kept, _min_steps=steps - 1)
    return tally
