"""I12, I15 and shut periods: whatever happens in a store, its goods agree with our arithmetic."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from random import Random

import psycopg
import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.partnership.applications.rules import SheetPermitKind as Kind
from pol.partnership.applications.rules.permits import Paper, last_days
from pol.partnership.consignment.queries import terms
from pol.partnership.consignment.rules import sale, stock
from pol.partnership.consignment.services import receiving, tills
from tests.properties.goods import STEPS, Shop
from tests.rig.figures import Figure

A_GAME = 200
REFUSED_BY_DATABASE = (DBAPIError, psycopg.Error, sqlite.Error)
"""Rows that are poured in get the driver's own errors."""
SOUND = "deliver", "strike out", "sell", "take back", "return", "destroy", "count", "close"


def play(steps: int, *, seed: int) -> Counter[str]:
    """Play whole games, each in a new store, until there were enough steps."""
    tally: Counter[str] = Counter()
    while tally.total() < steps:
        shop = Shop(Random(f"{seed}-{tally.total()}"))  # noqa: S311 - a game
        for _ in range(A_GAME):
            shop.step()
        tally += shop.tally
        db.session.rollback()
    return tally


def test_goods_agree_with_our_arithmetic_after_every_event(
    session: Session, rounds: Callable[[int, int], int], figure: Figure
) -> None:
    steps = rounds(600, 12_000)
    tally = play(steps, seed=4)
    figure("consigned goods", steps=tally.total(), kinds=len(tally), sold=tally["sell"])
    assert tally.total() >= steps
    assert {what for what in SOUND if not tally[what]} == set()
    assert tally["sell, refused"]
    assert tally["deliver, refused"]
    assert set(STEPS) <= {name.removesuffix(", refused") for name in tally}


def _only_those_shown(wanted: Iterable[Kind], papers: Iterable[Paper]) -> dict[Kind, date]:
    return {kind: day for kind, day in last_days(wanted, papers).items() if day > date.min}


PLANTS: dict[str, tuple[object, str, object]] = {
    "last expired goes first": (
        tills,
        "order_of",
        lambda pile: -stock.order_of(pile)[1].toordinal(),
    ),
    "expired goods are sold": (
        stock.Pile,
        "is_sound_on",
        lambda pile, day: pile.received_on <= day,
    ),
    "recalled goods are sold": (stock.Pile, "is_recalled_on", lambda *_pile: False),
    "goods without a permit are sold": (stock.Pile, "lapsed_on", lambda *_pile: []),
    "a permit that is not there is forgotten": (terms, "last_days", _only_those_shown),
    "closed days are written to": (tills, "check_day", lambda day, **_others: None),
    "the margin is forgotten": (
        tills,
        "share",
        lambda terms, price, quantity: sale.Share(0, price.times(quantity), price.times(0)),
    ),
    "old goods are taken in": (receiving, "check_sound", lambda *_goods, **_others: None),
}


@pytest.mark.parametrize("bug", PLANTS)
def test_a_planted_bug_is_found(
    session: Session, monkeypatch: pytest.MonkeyPatch, bug: str
) -> None:
    monkeypatch.setattr(*PLANTS[bug])
    with pytest.raises((AssertionError, *REFUSED_BY_DATABASE)):
        play(1_000, seed=4)
