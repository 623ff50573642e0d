"""Every move of an application that is allowed, and every other one refused."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from pol.kernel.errors import Refused
from pol.partnership.applications.rules import LIVE
from pol.partnership.applications.rules import ApplicationStatus as S
from pol.partnership.applications.rules.life import (
    APPEAL_WITHIN,
    MOVES,
    AppealSpent,
    AppealTooLate,
    CallNotOpen,
    CallOver,
    FacingsBackwards,
    Phase,
    ReasonMissing,
    SameJudge,
    Side,
    StepNotOpen,
    after_repair,
    check_appeal,
    check_facings,
    check_judge,
    check_move,
    due_at,
    may_move,
    phase_of,
)
from pol.partnership.slots.rules import CallStatus

P, D, R = Side.PRODUCER, Side.DINAS, Side.RETAILER
NOW = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
ALLOWED = {
    (S.DRAFT, S.SUBMITTED, P),
    (S.DRAFT, S.WITHDRAWN, P),
    (S.SUBMITTED, S.SCREENING, D),
    (S.SUBMITTED, S.WITHDRAWN, P),
    (S.SCREENING, S.CURATION, D),
    (S.SCREENING, S.REPAIR, D),
    (S.SCREENING, S.REFUSED, D),
    (S.SCREENING, S.WITHDRAWN, P),
    (S.CURATION, S.PASSED, R),
    (S.CURATION, S.REPAIR, R),
    (S.CURATION, S.REFUSED, R),
    (S.CURATION, S.WITHDRAWN, P),
    (S.REPAIR, S.SUBMITTED, P),
    (S.REPAIR, S.CURATION, P),
    (S.REPAIR, S.WITHDRAWN, P),
    (S.PASSED, S.CURATION, R),
    (S.PASSED, S.WITHDRAWN, P),
    (S.REFUSED, S.CURATION, P),
}
"""Written out once more, so that a change of the table is a change of two minds."""


@pytest.mark.parametrize(("status", "to", "by"), list(product(S, S, Side)))
def test_only_these_moves_are_open(status: S, to: S, by: Side) -> None:
    if (status, to, by) in ALLOWED:
        assert check_move(status, to, by=by, phase=Phase.OPEN, reason="karena").to is to
        return
    with pytest.raises(StepNotOpen):
        check_move(status, to, by=by, phase=Phase.OPEN, reason="karena")
    assert not may_move(status, to, by=by)


def test_the_table_speaks_of_every_status_and_ends_somewhere() -> None:
    assert set(MOVES) == set(S)
    assert MOVES[S.WITHDRAWN] == ()
    assert set(LIVE) == set(S) - {S.REFUSED, S.WITHDRAWN}


def test_sending_in_ends_with_the_call_and_the_rest_with_its_allocation() -> None:
    with pytest.raises(CallNotOpen):
        check_move(S.DRAFT, S.SUBMITTED, by=P, phase=Phase.CURATING)
    assert check_move(S.REPAIR, S.SUBMITTED, by=P, phase=Phase.CURATING)
    assert check_move(S.DRAFT, S.WITHDRAWN, by=P, phase=Phase.OVER)
    for status, to, by in sorted(ALLOWED):
        if status is not S.DRAFT:
            with pytest.raises(CallOver):
                check_move(status, to, by=by, phase=Phase.OVER, reason="karena")


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_no_says_why(reason: str | None) -> None:
    for status, to, by in (
        (S.SCREENING, S.REFUSED, D),
        (S.SCREENING, S.REPAIR, D),
        (S.CURATION, S.REFUSED, R),
        (S.CURATION, S.REPAIR, R),
        (S.PASSED, S.CURATION, R),
        (S.REFUSED, S.CURATION, P),
    ):
        with pytest.raises(ReasonMissing):
            check_move(status, to, by=by, phase=Phase.OPEN, reason=reason)


@pytest.mark.parametrize(
    ("status", "closes_in", "phase"),
    [
        (CallStatus.OPEN, 1, Phase.OPEN),
        (CallStatus.OPEN, 0, Phase.CURATING),
        (CallStatus.CLOSED, 1, Phase.CURATING),
        (CallStatus.ALLOCATED, 1, Phase.OVER),
        (CallStatus.DONE, 1, Phase.OVER),
        (CallStatus.CANCELLED, 1, Phase.OVER),
        (CallStatus.DRAFT, 1, Phase.OVER),
    ],
)
def test_the_phase_follows_the_call(status: CallStatus, closes_in: int, phase: Phase) -> None:
    assert phase_of(status, NOW + timedelta(seconds=closes_in), NOW) is phase


def test_whoever_asked_for_a_repair_looks_at_it() -> None:
    assert after_repair(was_screened=False) is S.SUBMITTED
    assert after_repair(was_screened=True) is S.CURATION


def test_an_appeal_comes_once_and_in_time() -> None:
    check_appeal(appealed_at=None, decided_at=NOW, now=NOW + APPEAL_WITHIN)
    with pytest.raises(AppealSpent):
        check_appeal(appealed_at=NOW, decided_at=NOW, now=NOW)
    with pytest.raises(AppealTooLate):
        check_appeal(
            appealed_at=None, decided_at=NOW, now=NOW + APPEAL_WITHIN + timedelta(seconds=1)
        )


def test_the_refuser_judges_the_appeal_only_when_alone() -> None:
    check_judge(refused_by_id=1, actor_id=1, others=0)
    check_judge(refused_by_id=1, actor_id=2, others=1)
    with pytest.raises(SameJudge):
        check_judge(refused_by_id=1, actor_id=1, others=1)


def test_facings_run_forwards() -> None:
    check_facings(2, 2)
    with pytest.raises(FacingsBackwards):
        check_facings(3, 2)


def test_what_waits_has_a_date_and_what_is_decided_has_none() -> None:
    assert due_at(S.SUBMITTED, NOW) == NOW + timedelta(days=3)
    assert due_at(S.PASSED, NOW) is None
    assert issubclass(StepNotOpen, Refused)
