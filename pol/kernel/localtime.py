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


def at_local(day: date, minute: int) -> datetime:
    """Return the moment, in UTC, of a local day and a minute of it (0 to 1440)."""
    midnight = datetime.combine(day, time(0), tzinfo=WIB)
    return (midnight + timedelta(minutes=minute)).astimezone(UTC)
