"""I11: whatever is placed, moved, resized or measured anew, no two share a millimetre and a day."""

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.partnership.slots.rules import shelf
from pol.partnership.slots.services import placements, placing
from tests.partnership import guards
from tests.properties.wall import STEPS, Wall
from tests.rig.figures import Figure

A_GAME = 100


def play(steps: int, *, seed: int) -> Counter[str]:
    """Play whole games, each at a new wall, until there were enough steps."""
    tally: Counter[str] = Counter()
    while tally.total() < steps:
        wall = Wall(Random(f"{seed}-{tally.total()}"))  # noqa: S311 - a game
        for _ in range(A_GAME):
            wall.step()
        tally += wall.tally
        db.session.rollback()
    return tally


def test_no_two_places_share_a_millimetre_and_a_day(
    session: Session, rounds: Callable[[int, int], int], figure: Figure
) -> None:
    steps = rounds(600, 12_000)
    tally = play(steps, seed=11)
    figure("I11, places on shelves", steps=tally.total(), given=tally["reserve"],
           refused=tally["reserve, refused"], violations=0)  # fmt: skip
    assert tally.total() >= steps
    assert {what for what in STEPS if not tally[what]} == set()
    assert {what for what in STEPS if not tally[f"{what}, refused"]} <= {"end"}


def _forget(*_args: object, **_values: object) -> None:
    """Do nothing where something had to be done."""


def _keep_the_load(*, placement: Any, facings: int, **_others: object) -> None:
    """Give more facings their width, and forget what they weigh."""
    placement.width_mm = placement.width_mm // placement.facings * facings
    placement.facings = facings


PLANTS: dict[str, tuple[object, str, object]] = {
    "goods are moved without a look": (placements, "check_place", _forget),
    "shelves shrink without a look": (shelf, "check_holds", _forget),
    "fixtures go without a look": (shelf, "check_status", _forget),
    "an ended place holds on": (placing, "end", _forget),
    "more facings weigh nothing": (placing, "resize", _keep_the_load),
}


@pytest.mark.parametrize("bug", PLANTS)
def test_a_planted_bug_is_found(
    session: Session, monkeypatch: pytest.MonkeyPatch, bug: str
) -> None:
    monkeypatch.setattr(*PLANTS[bug])
    with pytest.raises((AssertionError, DBAPIError)):
        play(1_000, seed=11)


def test_a_database_without_guards_is_found(session: Session) -> None:
    guards.take_away(guards.SHELVES)
    with pytest.raises(AssertionError, match="I11"):
        play(1_000, seed=11)
