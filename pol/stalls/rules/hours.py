"""When markets and stalls are open: week days, pasaran, hours and vacation."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pol.kernel.localtime import at_local, business_day, minute_of_day

PASARAN = ("Pon", "Wage", "Kliwon", "Legi", "Pahing")
"""The Javanese market week, in the order of the bits of `pasaran_mask`."""

EVERY_WEEKDAY = 127
_A_LEGI = date(1945, 8, 17).toordinal()  # Independence Day was a Friday Legi
_LOOK_AHEAD_DAYS = 62  # any weekday and pasaran meet within 35 days; a vacation may come on top


@dataclass(frozen=True, slots=True)
class MarketHours:
    """On which days a market is held, and from which to which minute after midnight.

    A mask of 0 does not restrict; a day must satisfy both masks.
    """

    weekday_mask: int
    pasaran_mask: int
    opens_minute: int
    closes_minute: int


@dataclass(frozen=True, slots=True)
class StallHours:
    """What a stall does otherwise than its market; the first day after a vacation is `until`.

    A stall in a village keeps market days, too, unless it has hours of its own.
    """

    is_in_market: bool = True
    opens_minute: int | None = None
    closes_minute: int | None = None
    vacation_from: date | None = None
    vacation_until: date | None = None


LIKE_MARKET = StallHours()


def pasaran_of(day: date) -> str:
    """Return the day of the Javanese market week."""
    return PASARAN[pasaran_index(day)]


def pasaran_index(day: date) -> int:
    """Return the place of a day in `PASARAN`, which is its bit in `pasaran_mask`."""
    return (day.toordinal() - _A_LEGI + PASARAN.index("Legi")) % len(PASARAN)


def is_market_day(market: MarketHours, day: date) -> bool:
    """Answer whether the market is held on this day."""
    return all(
        mask == 0 or mask >> bit & 1
        for mask, bit in (
            (market.weekday_mask, day.weekday()),
            (market.pasaran_mask, pasaran_index(day)),
        )
    )


def is_on_vacation(stall: StallHours, day: date) -> bool:
    """Answer whether the stall rests on this day."""
    if stall.vacation_from is None or day < stall.vacation_from:
        return False
    return stall.vacation_until is None or day < stall.vacation_until


def hours_on(
    market: MarketHours, stall: StallHours = LIKE_MARKET, *, day: date
) -> tuple[int, int] | None:
    """Return the minutes of opening and closing on a day, or None when it stays closed."""
    has_own = stall.opens_minute is not None and stall.closes_minute is not None
    if is_on_vacation(stall, day):
        return None
    if not is_market_day(market, day) and (stall.is_in_market or not has_own):
        return None
    if stall.opens_minute is not None and stall.closes_minute is not None:
        return stall.opens_minute, stall.closes_minute
    return market.opens_minute, market.closes_minute


def is_open(market: MarketHours, stall: StallHours = LIKE_MARKET, *, moment: datetime) -> bool:
    """Answer whether somebody stands behind the counter at this moment."""
    hours = hours_on(market, stall, day=business_day(moment))
    return hours is not None and hours[0] <= minute_of_day(moment) < hours[1]


def next_opening(
    market: MarketHours, stall: StallHours = LIKE_MARKET, *, moment: datetime
) -> datetime | None:
    """Return when it opens the next time after this moment, or None when nobody knows."""
    today = business_day(moment)
    for ahead in range(_LOOK_AHEAD_DAYS):
        day = today + timedelta(days=ahead)
        hours = hours_on(market, stall, day=day)
        if hours and (opening := at_local(day, hours[0])) > moment:
            return opening
    return None
