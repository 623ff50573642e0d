"""The table of moves, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pol.kernel.localtime import local
from pol.orders.rules.life import (
    ANSWER_WITHIN,
    LIVE,
    LOST,
    MOVES,
    UNDO_WITHIN,
    WON,
    ActorKind,
    AnswerTooLate,
    MoveNotOpen,
    NotYetDue,
    OrderStatus,
    ReasonMissing,
    UndoTooLate,
    WrongHandOver,
    answer_due_at,
    check_move,
    group_status,
)

S, A = OrderStatus, ActorKind
NOW = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


def ask(status: OrderStatus, to: OrderStatus, by: ActorKind, **other: object) -> object:
    facts: dict[str, object] = {
        "is_pickup": False,
        "due_at": None,
        "status_at": NOW,
        "reason": None,
        "now": NOW,
    }
    return check_move(status=status, to=to, by=by, **facts | other)  # type: ignore[arg-type]


def test_every_state_has_its_moves_and_every_end_is_an_end() -> None:
    assert set(MOVES) == set(S) == LIVE | WON | LOST
    ends = {status for status in S if not MOVES[status]}
    assert ends == {S.DONE, S.REFUSED, S.CANCELLED, S.FAILED}


def test_a_trader_answers_until_the_last_moment() -> None:
    ask(S.PLACED, S.ACCEPTED, A.TRADER, due_at=NOW)
    with pytest.raises(AnswerTooLate):
        ask(S.PLACED, S.ACCEPTED, A.TRADER, due_at=NOW - timedelta(seconds=1))


def test_an_answer_is_taken_back_within_seconds_only() -> None:
    ask(S.ACCEPTED, S.PLACED, A.TRADER, status_at=NOW - UNDO_WITHIN)
    with pytest.raises(UndoTooLate):
        ask(S.ACCEPTED, S.PLACED, A.TRADER, status_at=NOW - UNDO_WITHIN - timedelta(seconds=1))


def test_the_clock_waits_until_the_time_is_over() -> None:
    with pytest.raises(NotYetDue):
        ask(S.PLACED, S.EXPIRED, A.SYSTEM, due_at=NOW)
    ask(S.PLACED, S.EXPIRED, A.SYSTEM, due_at=NOW - timedelta(seconds=1))


@pytest.mark.parametrize("reason", [None, "", "   "])
def test_no_refusal_without_a_reason(reason: str | None) -> None:
    with pytest.raises(ReasonMissing):
        ask(S.PLACED, S.REFUSED, A.TRADER, reason=reason)


def test_delivery_and_pick_up_end_differently() -> None:
    with pytest.raises(WrongHandOver):
        ask(S.READY, S.DELIVERED, A.TRADER, is_pickup=False)
    with pytest.raises(WrongHandOver):
        ask(S.READY, S.ON_THE_WAY, A.TRADER, is_pickup=True)
    ask(S.READY, S.DELIVERED, A.TRADER, is_pickup=True)


@given(st.sampled_from(S), st.sampled_from(S), st.sampled_from(A))
def test_whatever_is_not_in_the_table_is_refused(
    status: OrderStatus, to: OrderStatus, by: ActorKind
) -> None:
    move = next((m for m in MOVES[status] if m.to is to and by in m.by), None)
    late = NOW - timedelta(days=1) if by is A.SYSTEM else NOW
    facts = {"due_at": late, "reason": "x", "is_pickup": to is S.DELIVERED}
    if move is None:
        with pytest.raises(MoveNotOpen):
            ask(status, to, by, **facts)
    elif move.pickup is not None and move.pickup is not facts["is_pickup"]:
        with pytest.raises(WrongHandOver):
            ask(status, to, by, **facts)
    else:
        assert ask(status, to, by, **facts) is move


@given(st.integers(0, 365 * 24 * 60))
def test_traders_are_never_asked_to_answer_at_night(minutes: int) -> None:
    placed_at = NOW + timedelta(minutes=minutes)
    due = answer_due_at(placed_at)
    assert due - placed_at >= ANSWER_WITHIN
    assert 7 <= local(due).hour <= 20


@given(st.integers(0, 365 * 24 * 60), st.integers(0, 72 * 60))
def test_who_delivers_early_is_answered_earlier(minutes: int, ahead: int) -> None:
    placed_at = NOW + timedelta(minutes=minutes)
    starts_at = placed_at + timedelta(minutes=ahead)
    due = answer_due_at(placed_at, starts_at)
    assert due <= max(answer_due_at(placed_at), placed_at + timedelta(minutes=15))
    assert due >= placed_at + timedelta(minutes=15)
    assert due <= max(starts_at - timedelta(minutes=30), placed_at + timedelta(minutes=15))


def test_a_group_is_where_its_slowest_order_is() -> None:
    assert group_status([S.DELIVERED, S.PLACED, S.REFUSED]) is S.PLACED
    assert group_status([S.DONE, S.REFUSED]) is S.DONE
    assert group_status([S.REFUSED, S.CANCELLED]) in LOST
