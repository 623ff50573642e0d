"""I9: whatever is handed in, in whatever order, no payment exceeds a debt and none is doubled."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pol.kernel.money import ZERO, Rupiah
from pol.ledger.queries import check_ledger
from pol.payments.rules import cash as rules
from pol.payments.services import cash, shifts
from tests.payments import counter_day


def test_a_day_at_the_counter_is_as_the_model_says(
    session: Session, rounds: Callable[[int, int], int]
) -> None:
    counter_day.play(counter_day.build(), runs=rounds(100, 10_000), steps=rounds(30, 50))
    assert check_ledger().is_sound


def _allow_all_but_nothing(*, amount: Rupiah, **_values: Rupiah) -> None:
    """Refuse only what is no amount."""
    if amount <= ZERO:
        raise rules.AmountMissing


def _never(*_args: Any) -> None:
    """Find nothing, refuse nothing."""


PLANTS: dict[str, tuple[object, str, object]] = {
    "I9: a payment may exceed the debt": (rules, "check_deposit", _allow_all_but_nothing),
    "more than the till goes to the bank": (rules, "check_to_bank", _allow_all_but_nothing),
    "I9: a repeated press pays again": (cash, "_find", _never),
    "a bag is counted into two shifts": (shifts, "_waiting_shift", _never),
    "a difference needs no reason": (rules, "check_count", _never),
    "money is received and not written down": (cash, "_write", _never),
}


def test_one_day_by_hand_is_as_the_model_says(session: Session) -> None:
    counter_day.assert_one_day(counter_day.build())


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_bug_is_seen(
    session: Session, monkeypatch: pytest.MonkeyPatch, plant: str
) -> None:
    on = counter_day.build()
    monkeypatch.setattr(*PLANTS[plant])
    with pytest.raises((AssertionError, IntegrityError)):
        counter_day.assert_one_day(on)
