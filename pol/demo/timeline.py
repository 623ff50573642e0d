"""Days gone by, lived again in order: deeds wait for their moment and may plan further deeds."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count

Deed = Callable[[datetime], object]


class Timeline:
    """What happens until now; a deed planned for later does not happen any more."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self._order = count()
        self._waiting: list[tuple[datetime, int, Deed]] = []

    def plan(self, at: datetime, deed: Deed) -> None:
        """Let a deed happen at its moment, after those planned earlier for the same one."""
        if at <= self.until:
            heapq.heappush(self._waiting, (at, next(self._order), deed))

    def run(self) -> Iterator[datetime]:
        """Do everything that is planned, oldest first; yield the moment after each deed."""
        while self._waiting:
            at, _, deed = heapq.heappop(self._waiting)
            deed(at)
            yield at
