"""How fast a place sells."""

from datetime import date, timedelta

WINDOW = timedelta(days=28)


def window(day: date, from_on: date) -> tuple[date, date]:
    """Return the four weeks up to a day (the second date is exclusive), not before `from_on`."""
    until = day + timedelta(days=1)
    return max(until - WINDOW, min(from_on, day)), until


def pace_milli(sold: int, *, days: int, facings: int) -> int:
    """Return thousandths of a unit that each facing sells in a week, never below 0."""
    return max(sold, 0) * 7_000 // (max(days, 1) * max(facings, 1))
