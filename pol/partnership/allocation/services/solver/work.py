"""How much a run may do, counted in work and not in seconds: a slow hour must not change who wins.

Each kind of step has a price in nanoseconds, measured on a quiet machine with two cores. There a
budget of so many seconds is spent in half to two thirds of them; elsewhere it takes longer or
shorter, and ends with the same answer. The clock only guards against a run that never ends; when
it has to end one, the result says so, because such an answer may differ the next time.
"""

import time
from collections import Counter
from collections.abc import Mapping

PATIENCE, GRACE = 6.0, 5.0
"""How many times the seconds the clock allows, and how many more: three times on two cores.

It is the processor's own clock: what other programs take of a busy machine does not count.
"""

SECOND = 1_000_000_000
MARGIN = 2
"""How many times a step may cost its price, and a run still keep to its seconds."""
PRICES: Mapping[str, int] = {
    "cell": 1,
    "column": 3_000,
    "state": 60,
    "looked_at": 7_500,
    "filling": 5_000,
    "choice": 3_200,
    "entry": 300,
    "pivot": 90_000,
    "pivot_row": 8,
    "pattern": 95_000,
    "mixed_pivot": 160_000,
    "whole": 350,
    "look": 0,
}
"""What each kind of step costs.

Pivots are the simplex method's; those of mixes hold much that HiGHS does beside them, and when all
shelves are mixed at once that grows with the fillings that are mixed ("whole").
"""


def price_of(work: Mapping[str, int]) -> int:
    """Return what some work costs, in nanoseconds of a quiet machine."""
    return sum(PRICES[kind] * amount for kind, amount in work.items())


class Budget:
    """What a run may still do; `is_over` gives the same answers again, whatever the machine."""

    def __init__(self, seconds: float, patience: float = PATIENCE) -> None:
        self.limit, self.spent = round(seconds * SECOND / MARGIN), 0
        self.work: Counter[str] = Counter()
        self.is_stopped_by_clock = False
        self._deadline = time.process_time() + seconds * patience + GRACE

    @property
    def left(self) -> int:
        """Return what is left to spend."""
        return max(0, self.limit - self.spent)

    @property
    def spent_bp(self) -> int:
        """Return the part that is spent, in hundredths of a percent."""
        return min(10_000, self.spent * 10_000 // max(1, self.limit))

    def part(self, share: float) -> int:
        """Return the point up to which a share of what is left may be spent."""
        return self.spent + round(self.left * share)

    def charge(self, work: Mapping[str, int]) -> None:
        """Spend."""
        self.work.update(work)
        self.spent += price_of(work)

    def is_over(self, until: int | None = None) -> bool:
        """Say whether all, or as much as `until`, is spent."""
        return self.is_past_clock() or self.spent >= (self.limit if until is None else until)

    def is_past_clock(self) -> bool:
        """Say, and remember, whether the clock ends the run."""
        if time.process_time() >= self._deadline:
            self.is_stopped_by_clock = True
        return self.is_stopped_by_clock
