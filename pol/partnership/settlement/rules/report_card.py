"""How a place did: its figures, added up from what happened there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise

from pol.kernel.money import ZERO, Rupiah, total
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.consignment.rules.pace import pace_milli, window
from pol.partnership.consignment.rules.stock import effect
from pol.partnership.settlement.rules.ranking import Aged, mean_tenths

WEEK = timedelta(days=7)
WEEKS_SHOWN = 52


@dataclass(frozen=True)
class Moved:
    """Pieces that moved on a day in one way."""

    day: date
    kind: StockEventKind
    of: StockEventKind | None
    quantity: int


@dataclass(frozen=True)
class Sold:
    """Sales of a day; `tenths` are the days until the money came, once it did."""

    day: date
    quantity: int
    gross: Rupiah
    payable: Rupiah
    tenths: int | None


@dataclass(frozen=True)
class Week:
    """Pieces sold in a week that begins on a Monday."""

    first: date
    sold: int


@dataclass(frozen=True)
class Card:
    """A place's figures; stock-outs count from the day of the first delivery to the last day."""

    delivered: int
    sold: int
    returned: int
    lost: int
    destroyed: int
    on_shelf: int
    days: int
    empty_days: int
    stock_outs: int
    days_of_supply: int | None
    pace_milli: int
    gross: Rupiah
    payable: Rupiah
    days_to_money_tenths: int | None
    weeks: tuple[Week, ...]

    @property
    def sell_through_bp(self) -> int | None:
        """The part of what was delivered that was sold."""
        return self._part(self.sold)

    @property
    def returned_bp(self) -> int | None:
        """The part of what was delivered that went back."""
        return self._part(self.returned)

    def _part(self, pieces: int) -> int | None:
        return pieces * 10_000 // self.delivered if self.delivered > 0 else None


def add_up(
    moves: Sequence[Moved],
    sales: Sequence[Sold],
    *,
    facings: int,
    from_on: date,
    last: date,
    sound: int,
) -> Card:
    """Return the figures of a place up to `last`; `sound` pieces of its stock may still be sold."""
    stock = _stock_by_day(moves, last)
    empty = [left <= 0 for left in stock]
    since, until = window(last, from_on)
    recent = max(0, sum(row.quantity for row in sales if since <= row.day < until))
    days = max(1, (until - since).days)
    return Card(
        delivered=_count(moves, StockEventKind.RECEIVED),
        sold=_count(moves, StockEventKind.SOLD),
        returned=_count(moves, StockEventKind.RETURNED),
        lost=_count(moves, StockEventKind.LOST) - _count(moves, StockEventKind.FOUND),
        destroyed=_count(moves, StockEventKind.DESTROYED),
        on_shelf=sum(effect(row.kind, row.of, row.quantity) for row in moves),
        days=len(stock),
        empty_days=sum(empty),
        stock_outs=sum(now and not before for before, now in pairwise([False, *empty])),
        days_of_supply=sound * days // recent if recent else None,
        pace_milli=pace_milli(recent, days=days, facings=facings),
        gross=total(row.gross for row in sales),
        payable=total(row.payable for row in sales),
        days_to_money_tenths=_days_to_money(sales),
        weeks=_weeks(sales, last),
    )


def _count(moves: Sequence[Moved], kind: StockEventKind) -> int:
    """Return how many pieces moved like this, without those that were taken back."""
    gone = sum(row.quantity for row in moves if row.kind is kind)
    return gone - sum(row.quantity for row in moves if row.of is kind)


def _stock_by_day(moves: Sequence[Moved], last: date) -> list[int]:
    """Return what stood there at the end of each day since the first delivery."""
    came = [row.day for row in moves if row.kind is StockEventKind.RECEIVED]
    if not came or min(came) > last:
        return []
    first = min(came)
    changes = [0] * ((last - first).days + 1)
    for row in moves:
        if row.day <= last:
            changes[max(0, (row.day - first).days)] += effect(row.kind, row.of, row.quantity)
    return list(accumulate(changes))


def _days_to_money(sales: Sequence[Sold]) -> int | None:
    """Return the mean days in tenths from sale to money, weighted by what is the producer's."""
    return mean_tenths(
        [
            Aged(row.payable, row.tenths)
            for row in sales
            if row.tenths is not None and row.payable > ZERO
        ]
    )


def _weeks(sales: Sequence[Sold], last: date) -> tuple[Week, ...]:
    """Return every week from the first sale on, also those in which nothing was sold."""
    if not sales:
        return ()
    first = max(_monday(min(row.day for row in sales)), _monday(last) - (WEEKS_SHOWN - 1) * WEEK)
    sums: dict[date, int] = {}
    while first <= last:
        sums[first] = 0
        first += WEEK
    for row in sales:
        if _monday(row.day) in sums:
            sums[_monday(row.day)] += row.quantity
    return tuple(Week(week, sold) for week, sold in sums.items())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
