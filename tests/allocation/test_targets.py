"""The figures to reach: small calls proven, large ones close to their bound, in their time.

The time is the processor's on two cores, which a busy machine does not stretch.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pol.partnership.allocation.rules import checker, instance, result
from pol.partnership.allocation.services.solver import solve
from tests.allocation.instances import make

DATA = Path(__file__).parent / "data"
CORES = 2


@dataclass(frozen=True)
class Target:
    """A call of a size, the seconds it has, and how far it may end from its bound."""

    name: str
    sizes: tuple[int, int, int, int] | None
    seconds: int
    gap_ppm: int

    @property
    def data(self) -> bytes:
        """Return the instance: one beside the tests, or a made one."""
        if self.sizes is None:
            return (DATA / f"{self.name}.json").read_bytes()
        return json.dumps(make(*self.sizes)).encode()


TARGETS = (
    Target("store", None, 2, 0),
    Target("pair", None, 15, 0),
    Target("town", None, 60, 1_500),
    Target("chain", (300, 20, 4, 2), 120, 3_000),
    Target("regency", (1000, 118, 3, 2), 300, 3_500),
)
SMALL, ALL = 2, len(TARGETS)


def test_calls_of_each_size_are_decided_well_and_in_time(
    rounds: Callable[[int, int], int],
) -> None:
    """The large ones take minutes, so only a drill has them."""
    for target in TARGETS[: rounds(SMALL, ALL)]:
        began = time.process_time()

        found = solve(instance.read(target.data), seconds=target.seconds)

        assert time.process_time() - began <= CORES * target.seconds, target.name
        assert checker.check(target.data, result.write(found)) == []
        assert not found.is_stopped_by_clock, target.name
        assert found.gap_ppm <= target.gap_ppm, target.name
