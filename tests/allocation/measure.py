"""Figures of the solver as a table: `python -m tests.allocation.measure [FILE[:SECONDS] ...]`.

Without files: the three kept beside the tests, and a chain and a regency that the generator makes.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pol.partnership.allocation.rules import checker, instance, result
from pol.partnership.allocation.services.solver import solve
from tests.allocation.instances import make

DATA = Path(__file__).parent / "data"
ROW = "| {:24} | {:>9} | {:>9} | {:>13} | {:>13} | {:>8} | {:>9} |"


def main(words: list[str]) -> None:
    """Print one row per instance, and the load of the machine that it was measured under."""
    head = ("instance", "allowed s", "used s", "objective", "bound", "gap %", "processor")
    print(ROW.format(*head))  # noqa: T201 - a table for people
    for name, data, seconds in _instances(words):
        began = time.process_time()
        found = solve(instance.read(data), seconds=seconds)
        assert not checker.check(data, result.write(found))
        worked = f"{time.process_time() - began:.1f}"
        gap = f"{found.gap_ppm / 10_000:.3f}"
        numbers = (seconds, found.seconds, found.objective, found.bound, gap, worked)
        print(ROW.format(name, *numbers), flush=True)  # noqa: T201
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")  # noqa: T201


def _instances(words: list[str]) -> Iterator[tuple[str, bytes, float]]:
    for word in words:
        path, _, seconds = word.partition(":")
        yield Path(path).stem, Path(path).read_bytes(), float(seconds or 60)
    if not words:
        for name, limit in (("store", 2.0), ("pair", 15.0), ("town", 60.0)):
            yield name, (DATA / f"{name}.json").read_bytes(), limit
        for sizes, limit in (((300, 20, 4, 2), 120.0), ((1000, 118, 3, 2), 300.0)):
            made = make(*sizes)
            yield str(made["name"]), json.dumps(made).encode(), limit


if __name__ == "__main__":
    main(sys.argv[1:])
