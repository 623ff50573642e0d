"""I1 to I8: whatever people do, in whatever order, the tables agree with a model of a market."""

from collections.abc import Callable

import pytest
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.orm import Session

from tests.properties import stage
from tests.properties.machine import MarketDay, playing


def play(runs: int, steps: int) -> None:
    on = stage.build()
    run_state_machine_as_test(lambda: MarketDay(on), settings=playing(runs, steps))


def test_the_market_does_what_the_model_says(
    session: Session, rounds: Callable[[int, int], int]
) -> None:
    play(rounds(60, 10_000), rounds(30, 50))
