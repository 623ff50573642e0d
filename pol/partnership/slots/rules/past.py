"""What holds now and what held before it, so that a day in the past stays as it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Dated(Generic[T]):
    """A value with those before it, oldest first, each with the day that was its first no more."""

    present: T
    past: Sequence[tuple[date, T]] = ()

    def on(self, day: date) -> T:
        """Return what held on a day."""
        return next((value for until_on, value in self.past if day < until_on), self.present)


def add_up(millimetres: Dated[int], first: date, end: date) -> int:
    """Return millimetres times days; `end` is exclusive."""
    days = (end - first).days
    if not millimetres.past:
        return millimetres.present * days
    return sum(millimetres.on(first + timedelta(days=day)) for day in range(days))
