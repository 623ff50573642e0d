"""Opening hours, and that the database's condition says the same as the rule."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.localtime import at_local
from pol.stalls.models import Stall
from pol.stalls.queries.public import IS_OPEN, moment_values
from pol.stalls.rules.hours import (
    EVERY_WEEKDAY,
    PASARAN,
    MarketHours,
    StallHours,
    hours_on,
    is_market_day,
    is_on_vacation,
    is_open,
    next_opening,
    pasaran_of,
)
from tests.factories.catalogue import make_market, make_stall

DAILY = MarketHours(EVERY_WEEKDAY, 0, 4 * 60, 11 * 60)
PON_AND_LEGI = MarketHours(EVERY_WEEKDAY, 1 << PASARAN.index("Pon") | 1 << 3, 4 * 60, 11 * 60)
MONDAY = date(2026, 3, 2)
BY_THE_GATE = StallHours(opens_minute=300, closes_minute=500)
AT_HOME = StallHours(is_in_market=False, opens_minute=300, closes_minute=500)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1945, 8, 17), "Legi"),  # Friday Legi, the proclamation
        (date(2022, 1, 1), "Pahing"),  # printed calendars of these years
        (date(2022, 1, 2), "Pon"),
        (date(2022, 1, 4), "Kliwon"),
        (date(2026, 1, 23), "Kliwon"),
        (date(2026, 11, 22), "Pon"),
    ],
)
def test_the_javanese_week_agrees_with_the_calendar(day: date, expected: str) -> None:
    assert pasaran_of(day) == expected
    assert pasaran_of(day + timedelta(days=5)) == expected


def test_both_masks_restrict_and_zero_does_not() -> None:
    monday_pon = MarketHours(0b1, 0b1, 0, 60)
    first = date(2026, 11, 23)
    days = [first + timedelta(days=n) for n in range(35)]
    held = [day for day in days if is_market_day(monday_pon, day)]
    assert [(day.weekday(), pasaran_of(day)) for day in held] == [(0, "Pon")]
    assert all(is_market_day(MarketHours(0, 0, 0, 60), day) for day in days)


def test_doors_open_on_the_minute_and_close_on_the_minute() -> None:
    assert not is_open(DAILY, moment=at_local(MONDAY, 4 * 60) - timedelta(seconds=1))
    assert is_open(DAILY, moment=at_local(MONDAY, 4 * 60))
    assert is_open(DAILY, moment=at_local(MONDAY, 11 * 60) - timedelta(seconds=1))
    assert not is_open(DAILY, moment=at_local(MONDAY, 11 * 60))


def test_own_hours_go_before_those_of_the_market() -> None:
    assert hours_on(DAILY, BY_THE_GATE, day=MONDAY) == (300, 500)
    assert hours_on(DAILY, StallHours(opens_minute=300), day=MONDAY) == (240, 660)


def test_a_market_stall_keeps_market_days_and_a_village_stall_with_own_hours_does_not() -> None:
    quiet_day = next(
        day
        for day in (MONDAY + timedelta(days=n) for n in range(5))
        if not is_market_day(PON_AND_LEGI, day)
    )
    assert hours_on(PON_AND_LEGI, BY_THE_GATE, day=quiet_day) is None
    assert hours_on(PON_AND_LEGI, StallHours(is_in_market=False), day=quiet_day) is None
    assert hours_on(PON_AND_LEGI, AT_HOME, day=quiet_day) == (300, 500)


def test_the_last_day_of_a_vacation_is_the_one_before_until() -> None:
    away = StallHours(vacation_from=MONDAY, vacation_until=MONDAY + timedelta(days=2))
    answers = [is_on_vacation(away, MONDAY + timedelta(days=n)) for n in range(-1, 3)]
    assert answers == [False, True, True, False]
    assert is_on_vacation(StallHours(vacation_from=MONDAY), MONDAY + timedelta(days=900))


def test_the_next_opening_skips_quiet_days_and_vacations() -> None:
    before_dawn = at_local(MONDAY, 60)
    assert next_opening(DAILY, moment=before_dawn) == at_local(MONDAY, 240)
    noon = at_local(MONDAY, 720)
    assert next_opening(DAILY, moment=noon) == at_local(MONDAY + timedelta(days=1), 240)
    away = StallHours(vacation_from=MONDAY, vacation_until=MONDAY + timedelta(days=9))
    assert next_opening(DAILY, away, moment=noon) == at_local(MONDAY + timedelta(days=9), 240)


def test_nobody_knows_when_an_endless_vacation_ends() -> None:
    assert next_opening(DAILY, StallHours(vacation_from=MONDAY), moment=at_local(MONDAY, 0)) is None


STALLS: list[dict[str, Any]] = [
    {},
    {"number": None},
    {"opens_minute": 300, "closes_minute": 500},
    {"opens_minute": 300, "closes_minute": 500, "number": None},
    {"opens_minute": 300},
    {"vacation_from": MONDAY + timedelta(days=1), "vacation_until": MONDAY + timedelta(days=3)},
    {"vacation_from": MONDAY + timedelta(days=2)},
]


def test_the_database_and_the_rule_agree_on_every_hour_of_a_market_week(session: Session) -> None:
    hours: dict[int, tuple[MarketHours, StallHours]] = {}
    for market_hours in (DAILY, PON_AND_LEGI):
        market = make_market(
            weekday_mask=market_hours.weekday_mask,
            pasaran_mask=market_hours.pasaran_mask,
            opens_minute=market_hours.opens_minute,
            closes_minute=market_hours.closes_minute,
        )
        for values in STALLS:
            stall = make_stall(market, **values)
            stall_hours = StallHours(
                bool(stall.number),
                stall.opens_minute,
                stall.closes_minute,
                stall.vacation_from,
                stall.vacation_until,
            )
            hours[stall.id] = market_hours, stall_hours
    for hour in range(0, 6 * 24, 2):
        moment = datetime(2026, 3, 1, 17, 0, tzinfo=UTC) + timedelta(hours=hour)
        found = session.scalars(select(Stall.id).where(IS_OPEN), moment_values(moment))
        expected = {key for key, pair in hours.items() if is_open(*pair, moment=moment)}
        assert set(found) == expected, moment
