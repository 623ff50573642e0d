"""How long to wait after failed tries: nothing at first, then twice as long each time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pol.kernel.errors import Refused
from pol.kernel.localtime import local

WINDOW = timedelta(hours=24)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """So many tries are free; the wait after the next one is `first_wait`, then it doubles."""

    free: int
    first_wait: timedelta


ACCOUNT = Limit(free=5, first_wait=timedelta(seconds=30))
ADDRESS = Limit(free=30, first_wait=timedelta(seconds=30))  # a whole market shares one address


class TooManyTries(Refused):
    """Carries the time of day from which the next try is welcome."""

    message = "Terlalu banyak percobaan. Coba lagi pukul %(time)s WIB."

    def __init__(self, until: datetime) -> None:
        super().__init__(time=f"{local(until + timedelta(minutes=1)):%H.%M}")
        self.until = until


def wait_after(tries: int, limit: Limit) -> timedelta:
    """Return how long the next try must wait after so many within the window."""
    over = tries - limit.free
    if over < 0:
        return timedelta(0)
    doubled: int = 2 ** min(over, 12)
    return min(limit.first_wait * doubled, LONGEST_WAIT)


def check_wait(*, tries: int, last_at: datetime | None, limit: Limit, now: datetime) -> None:
    """Require that the wait after the last of these tries is over.

    :raises TooManyTries: it is not; says when it will be
    """
    if last_at is None:
        return
    until = last_at + wait_after(tries, limit)
    if until > now:
        raise TooManyTries(until)
