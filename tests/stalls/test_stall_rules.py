"""When a stall may be sent in, decided about, closed for a while, and who may help."""

from datetime import date, timedelta

import pytest

from pol.stalls.rules import StallStatus
from pol.stalls.rules.stall import (
    DECIDABLE,
    MOST_HELPERS,
    VERIFIABLE,
    HelperAlreadyThere,
    HoursBackwards,
    OwnStall,
    PermitExpired,
    PlaceUnknown,
    StallAlreadySent,
    StallNotWaiting,
    StallReasonMissing,
    TooManyHelpers,
    VacationBackwards,
    VacationTooLong,
    check_decision,
    check_helpers,
    check_hours,
    check_permit,
    check_place,
    check_submittable,
    check_vacation,
)

S = StallStatus
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("status", list(S))
def test_a_stall_is_sent_from_draft_or_after_a_refusal_only(status: S) -> None:
    if status in {S.DRAFT, S.REFUSED}:
        check_submittable(status)
        assert status not in DECIDABLE
    else:
        with pytest.raises(StallAlreadySent):
            check_submittable(status)


@pytest.mark.parametrize("status", list(S))
def test_only_what_waits_or_was_stopped_is_verified(status: S) -> None:
    if status in {S.SUBMITTED, S.SUSPENDED}:
        check_decision(
            status=status, allowed=VERIFIABLE, is_own=False, reason=None, needs_reason=False
        )
        assert status in VERIFIABLE
    else:
        with pytest.raises(StallNotWaiting):
            check_decision(
                status=status, allowed=VERIFIABLE, is_own=False, reason=None, needs_reason=False
            )


def test_an_officer_does_not_decide_about_the_own_stall() -> None:
    with pytest.raises(OwnStall):
        check_decision(
            status=S.SUBMITTED, allowed=VERIFIABLE, is_own=True, reason=None, needs_reason=False
        )


@pytest.mark.parametrize("reason", [None, "", "   "])
def test_a_no_says_why(reason: str | None) -> None:
    with pytest.raises(StallReasonMissing):
        check_decision(
            status=S.SUBMITTED, allowed=DECIDABLE, is_own=False, reason=reason, needs_reason=True
        )


def test_a_stall_stands_in_the_market_or_in_a_village() -> None:
    here, there = "35.24.22.1014", "35.24.10.2009"
    place = {"village_code": there, "market_village_code": here}
    assert check_place(number="7", address="", **place) == here
    assert check_place(number=None, address="RT 3", **place) == there
    with pytest.raises(PlaceUnknown):
        check_place(number=None, address="  ", **place)
    with pytest.raises(PlaceUnknown):
        check_place(number="", address="RT 3", village_code=None, market_village_code=here)


@pytest.mark.parametrize(
    ("first", "back"), [(TODAY, TODAY), (TODAY, TODAY - timedelta(1)), (None, TODAY), (TODAY, None)]
)
def test_a_vacation_has_a_first_day_and_a_later_return(
    first: date | None, back: date | None
) -> None:
    with pytest.raises(VacationBackwards):
        check_vacation(first, back)


def test_a_vacation_lasts_ninety_days_at_most() -> None:
    check_vacation(None, None)
    check_vacation(TODAY, TODAY + timedelta(90))
    with pytest.raises(VacationTooLong):
        check_vacation(TODAY, TODAY + timedelta(91))


@pytest.mark.parametrize(("opens", "closes"), [(600, 600), (700, 600), (None, 600), (600, None)])
def test_opening_comes_before_closing(opens: int | None, closes: int | None) -> None:
    with pytest.raises(HoursBackwards):
        check_hours(opens, closes)


def test_a_permit_is_good_through_its_last_day() -> None:
    check_permit(None, TODAY)
    check_permit(TODAY, TODAY)
    with pytest.raises(PermitExpired):
        check_permit(TODAY - timedelta(1), TODAY)


def test_ten_may_help_each_of_them_once() -> None:
    check_helpers(MOST_HELPERS - 1, is_member=False)
    with pytest.raises(TooManyHelpers):
        check_helpers(MOST_HELPERS, is_member=False)
    with pytest.raises(HelperAlreadyThere):
        check_helpers(1, is_member=True)
