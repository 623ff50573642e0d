"""Until when somebody has to answer, and when couriers start; in hours on the wall."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
"""Noon in Lamongan, a Monday."""
ROUNDS = ((7.0, 5.5), (10.0, 9.0), (15.0, 14.0))
"""When couriers of a market start, and until when they take orders."""


def answer_until(placed: datetime, starts: datetime | None) -> datetime:
    """Return until when a stall may answer: two hours, and at night two hours after five.

    Half an hour before the courier starts it must be known, but a quarter of an hour is left.
    """
    wall = placed + timedelta(hours=7)
    five = wall.replace(hour=5, minute=0, second=0, microsecond=0)
    until = placed + timedelta(hours=2)
    if wall.hour < 5:
        until = five - timedelta(hours=5)
    elif wall.hour >= 18:
        until = five + timedelta(hours=19)
    if starts:
        until = min(until, starts - timedelta(minutes=30))
        until = max(until, placed + timedelta(minutes=15))
    return until


def next_round(starts: datetime | None, now: datetime) -> datetime | None:
    """Return when the courier comes for goods paid now: as booked, or as soon as can be."""
    if starts is None:
        return None
    midnight = (now + timedelta(hours=7)).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight + timedelta(days=ahead, hours=-7) for ahead in range(3)]
    open_now = [
        day + timedelta(hours=start)
        for day in days
        for start, cutoff in ROUNDS
        if now <= day + timedelta(hours=cutoff)
    ]
    return starts if starts in open_now else open_now[0]
