"""I9: whatever is handed in, in whatever order, no payment exceeds a debt and none is doubled."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.ledger.queries import check_ledger
from pol.payments.rules import cash as rules
from pol.payments.services import cash, shifts
from tests.payments import counter_day


def test_a_day_at_the_counter_is_as_the_model_says(
    session: Session, rounds: Callable[[int, int], int]
) -> None:
    counter_day.play(counter_day.build(), runs=rounds(60, 5_000), steps=rounds(30, 50))
    assert check_ledger().is_sound


def _allow(**_values: Any) -> None:
    """Refuse nothing."""


def _take_all(*, amount: Any, debt: Any, seen: Any) -> None:
    """Refuse only what is no amount."""
    if amount <= rules.ZERO:
        raise rules.AmountMissing


def _never(*_args: Any) -> None:
    """Find nothing."""


@pytest.mark.parametrize(
    ("place", "name", "bug"),
    [
        (rules, "check_deposit", _take_all),
        (rules, "check_to_bank", _allow),
        (cash, "_find", _never),
        (shifts, "_waiting_shift", _never),
        (rules, "check_count", lambda *_args: None),
    ],
    ids=["debt", "till", "key", "waiting", "reason"],
)
def test_a_planted_bug_is_seen(
    session: Session, monkeypatch: pytest.MonkeyPatch, place: Any, name: str, bug: Any
) -> None:
    monkeypatch.setattr(place, name, bug)
    with pytest.raises(Exception, match=r".") as seen:
        counter_day.play(counter_day.build(), runs=60, steps=30)
    assert seen.type is not rules.Refused
