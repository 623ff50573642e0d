"""Periods of settlement: each begins where the last one ended, and only what is over is closed."""

from dataclasses import dataclass
from datetime import date, timedelta

from pol.kernel.errors import Refused

SETTLE_EVERY_DAYS = 7
GRACE_DAYS = 3
"""How long the clock waits for till files that come late; a buyer may close earlier by hand."""
LONGEST_DAYS = 366


class NothingToSettle(Refused):
    message = "Belum ada perjanjian yang berlaku, jadi belum ada yang perlu ditutup."


class PeriodNotOver(Refused):
    message = (
        "Periode paling jauh ditutup sampai kemarin, %(yesterday)s, supaya penjualan hari ini "
        "masih bisa masuk. Pilih hari itu atau sebelumnya."
    )


class PeriodBackwards(Refused):
    message = "Hari sampai %(until)s sudah ditutup. Pilih hari sesudahnya."


class PeriodTooLong(Refused):
    message = "Satu periode paling lama satu tahun. Pilih hari yang lebih awal."


@dataclass(frozen=True)
class Span:
    """Days that are settled together; `until_on` is exclusive."""

    from_on: date
    until_on: date

    @property
    def last_on(self) -> date:
        return self.until_on - timedelta(days=1)

    @property
    def closed_by(self) -> date:
        """Return the day on which the clock closes it when nobody has closed it before."""
        return self.until_on + timedelta(days=GRACE_DAYS)

    def following(self, *, every_days: int) -> "Span":
        """Return the period that comes next."""
        return Span(self.until_on, self.until_on + timedelta(days=every_days))


def next_span(*, from_on: date | None, last_day: date, today: date) -> Span:
    """Return the period that begins on `from_on` and ends with `last_day`.

    :raises NothingToSettle: there is no day to begin with
    :raises PeriodNotOver: `last_day` is today or still to come
    :raises PeriodBackwards: `last_day` was closed before
    :raises PeriodTooLong: it would hold more than a year
    """
    if from_on is None:
        raise NothingToSettle
    if last_day >= today:
        raise PeriodNotOver(yesterday=f"{today - timedelta(days=1):%d-%m-%Y}")
    if last_day < from_on:
        raise PeriodBackwards(until=f"{from_on - timedelta(days=1):%d-%m-%Y}")
    if (last_day - from_on).days >= LONGEST_DAYS:
        raise PeriodTooLong
    return Span(from_on, last_day + timedelta(days=1))


def last_day_due(*, from_on: date, every_days: int, today: date) -> date | None:
    """Return the last day of the oldest open period that the clock may close, or None."""
    span = Span(from_on, from_on + timedelta(days=every_days))
    return span.last_on if span.closed_by <= today else None


def last_day_by_hand(*, from_on: date, every_days: int, today: date) -> date | None:
    """Return the day up to which a buyer would close now: by the rhythm, else up to yesterday.

    None while no day of the open period is over.
    """
    last = min(from_on + timedelta(days=every_days), today) - timedelta(days=1)
    return last if last >= from_on else None
