"""I13 and I14: whatever happens, each sale is in one bill, bills add up, and debts keep a place."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.kernel.money import ZERO
from pol.ledger import services as ledger
from pol.ledger.queries import check_ledger
from pol.partnership.agreements.services import ending
from pol.partnership.settlement.queries import extras, facts, renewals
from pol.partnership.settlement.rules import sums
from pol.partnership.settlement.services import closing, disputing, paying
from pol.partnership.slots.rules import CoopForm
from tests.properties.account import STEPS, Account
from tests.rig.figures import Figure

A_GAME = 100


def play(steps: int, *, seed: int) -> Counter[str]:
    """Play whole games, each at a new retailer, until there were enough steps."""
    tally: Counter[str] = Counter()
    while tally.total() < steps:
        account = Account(Random(f"{seed}-{tally.total()}"))  # noqa: S311 - a game
        for _ in range(A_GAME):
            account.step()
        tally += account.tally
        assert check_ledger().is_sound
        db.session.rollback()
    return tally


def test_what_is_owed_is_billed_once_and_paid_once(
    session: Session, rounds: Callable[[int, int], int], figure: Figure
) -> None:
    steps = rounds(600, 12_000)
    tally = play(steps, seed=13)
    figure("I13 and I14, bills and places", steps=tally.total(), closed=tally["close"],
           paid=tally["pay"], ruled=tally["rule"], freed=tally["free"], violations=0)  # fmt: skip
    assert tally.total() >= steps
    assert {what for what in STEPS if not tally[what]} == set()
    assert tally["free, not now"]


def _forget(*_args: object, **_values: object) -> None:
    """Do nothing where something had to be done."""


PLANTS: dict[str, tuple[object, str, object]] = {
    "shortages are forgotten": (extras, "list_carried", lambda _retailer_id: []),
    "fines fall each time": (extras, "list_fines", lambda _retailer_id: []),
    "charges fall twice": (
        facts,
        "lines_of_charges",
        lambda charges, lines, honest=sums.lines_of_charges: honest(charges * 2, lines),
    ),
    "bought goods are charged for again when they are sold": (
        facts,
        "line_of_sale",
        lambda sold, honest=sums.line_of_sale: honest(replace(sold, form=CoopForm.PROGRAMME)),
    ),
    "bought goods are due like consigned ones": (
        closing,
        "due_on",
        lambda *, closed_on, lines, payment_days: closed_on + timedelta(days=14),
    ),
    "what is lost is nobody's": (facts, "lines_of_moves", lambda _moves: []),
    "sales are not noted as billed": (closing, "_settle_sales", _forget),
    "the money of a bill is not posted": (ledger, "post_all", _forget),
    "a second press pays again": (paying, "check_payment", _forget),
    "disputed lines are paid": (disputing, "hold", lambda _amounts, _standing: ZERO),
    "a ruling changes nothing": (disputing, "_rule", _forget),
    "what is beyond a bill is forgotten": (extras, "list_rulings", lambda _retailer_id: []),
    "places go with goods and debts": (ending, "check_may_free", _forget),
    "a renewed place forgets what came before": (renewals, "list_chain", lambda one: [one]),
}


@pytest.mark.parametrize("bug", PLANTS)
def test_a_planted_bug_is_found(
    session: Session, monkeypatch: pytest.MonkeyPatch, bug: str
) -> None:
    monkeypatch.setattr(*PLANTS[bug])
    with pytest.raises((AssertionError, DBAPIError, Refused)):
        play(1_000, seed=13)
