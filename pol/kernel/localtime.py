"""Lamongan wall-clock time (WIB); pure, so that rules may use it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")


def local(moment: datetime) -> datetime:
    """Return the same moment on a Lamongan wall clock."""
    return moment.astimezone(WIB)


def business_day(moment: datetime) -> date:
    """Return the day that a trader in Lamongan would write on a receipt."""
    return local(moment).date()


def minute_of_day(moment: datetime) -> int:
    """Return minutes since local midnight, 0 to 1439."""
    wall = local(moment)
    return wall.hour * 60 + wall.minute


def day_ended(moment: datetime) -> date | None:
    """Return the local day that ends at this moment, or None within a day."""
    wall = local(moment)
    return wall.date() - timedelta(days=1) if wall.time() == time(0) else None


def limit_words(moment: datetime) -> str:
    """Write a limit in a letter: akhir 27-11-2026, or 27-11-2026 pukul 17.00 WIB within a day."""
    day = day_ended(moment)
    return f"akhir {day:%d-%m-%Y}" if day else f"{local(moment):%d-%m-%Y pukul %H.%M} WIB"


def at_local(day: date, minute: int) -> datetime:
    """Return the moment, in UTC, of a local day and a minute of it (0 to 1440)."""
    midnight = datetime.combine(day, time(0), tzinfo=WIB)
    return (midnight + timedelta(minutes=minute)).astimezone(UTC)
