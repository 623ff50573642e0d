"""Local search: some stores at a time are solved anew and exactly, the rest stays as it is.

Which stores is drawn from a generator with a fixed seed, and each step ends by proof or at a
number of nodes, so the way of the search is the same each time; the clock only ends it.
"""

import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from pol.partnership.allocation.services.solver import compact
from pol.partnership.allocation.services.solver.problem import CAPACITY, Ints, Problem

SEED = 20_260_302
NODES = 200
PER_SHELF = 12
SIZES = (8, 12, 16)
"""Columns per shelf and shelves at a time that HiGHS solves in a fraction of a second."""

BOTH = 2
"""Neighbourhoods solved side by side, one per core."""


class Improver:
    """A choice and the ways to better it; `chosen` never gets worse."""

    def __init__(self, problem: Problem, chosen: list[int], losses: Ints) -> None:
        self.problem, self.losses = problem, losses
        self.chosen, self.objective = sorted(chosen), problem.objective(chosen)
        self._random = random.Random(SEED)  # noqa: S311 - a search, not a secret
        self._limits = np.array([row.limit for row in problem.rows], dtype=np.int64)
        self._shelves = [np.flatnonzero(problem.shelf == shelf) for shelf, _ in problem.by_shelf]
        self._store_of = [int(problem.store[columns[0]]) for columns in self._shelves]
        self._near = _neighbours(problem)

    @property
    def stores(self) -> list[int]:
        """Return the stores that could take something."""
        return sorted(set(self._store_of))

    def take(self, chosen: list[int]) -> bool:
        """Take over a choice if it is allowed and better."""
        if bool((self.problem.usage(chosen) > self._limits).any()):
            return False
        objective = self.problem.objective(chosen)
        if objective <= self.objective:
            return False
        self.chosen, self.objective = sorted(chosen), objective
        return True

    def construct(self, gains: Ints, until: float) -> None:
        """Fill store after store by priced gains with the capacity that is left."""
        chosen: list[int] = []
        for store in self.stores:
            if time.monotonic() > until:
                return
            shelves = [at for at, own in enumerate(self._store_of) if own == store]
            part = self._part(shelves, chosen, gains / 1.0, keep=())
            part = compact.Part(part.columns, part.gains, part.limits, part.short * 0)
            outcome = compact.solve(
                self.problem, part, seconds=until - time.monotonic(), nodes=NODES
            )
            chosen += outcome.chosen or []
        self.take(chosen)

    def step(self, pool: ThreadPoolExecutor, until: float) -> bool:
        """Solve some neighbourhoods side by side and take over what is better."""
        areas = [self._area() for _ in range(BOTH)]
        futures = [pool.submit(self._solve, area, until) for area in areas]
        better = False
        for area, future in zip(areas, futures, strict=True):
            found = future.result()
            if found is not None:
                inside = {int(shelf) for at in area for shelf in [self.problem.by_shelf[at][0]]}
                rest = [c for c in self.chosen if int(self.problem.shelf[c]) not in inside]
                better = self.take(rest + found) or better
        return better

    def _solve(self, area: list[int], until: float) -> list[int] | None:
        inside = {self.problem.by_shelf[at][0] for at in area}
        keep = [c for c in self.chosen if int(self.problem.shelf[c]) in inside]
        rest = [c for c in self.chosen if int(self.problem.shelf[c]) not in inside]
        part = self._part(area, rest, self.problem.value / 1.0, keep=keep)
        outcome = compact.solve(
            self.problem, part, seconds=until - time.monotonic(), nodes=NODES, start=keep
        )
        return outcome.chosen

    def _part(
        self, shelves: list[int], rest: list[int], gains: compact.Floats, keep: Sequence[int]
    ) -> compact.Part:
        """Return the problem of some shelves beside what the rest has taken."""
        problem = self.problem
        columns = np.concatenate([self._shelves[at] for at in shelves])
        if len(columns) > PER_SHELF * len(shelves):
            order = np.argsort(self.losses[columns], kind="stable")
            columns = columns[order[: PER_SHELF * len(shelves)]]
        columns = np.union1d(columns, np.array(keep, dtype=np.int64))
        short = problem.targets.copy()
        np.subtract.at(short, problem.kecamatan[rest], 1)
        limits = self._limits - problem.usage(rest)
        return compact.Part(
            columns, gains[columns], limits, np.maximum(short, 0), float(problem.penalty)
        )

    def _area(self) -> list[int]:
        """Draw a store and others that share scarce products with it, up to a size."""
        stores = self.stores
        first = self._random.choice(stores)
        area: list[int] = []
        near = list(self._near.get(first, ())) or stores
        most = self._random.choice(SIZES)
        for store in [first, *self._random.sample(near, len(near))]:
            shelves = [at for at, own in enumerate(self._store_of) if own == store]
            if store == first or len(area) + len(shelves) <= most:
                area += [at for at in shelves if at not in area]
        if len(area) > most:
            area = self._random.sample(area, most)
        return sorted(area)


def _neighbours(problem: Problem) -> dict[int, list[int]]:
    """Return for each store the stores that it shares a scarce product with, often ones twice."""
    near: dict[int, list[int]] = {}
    for row in problem.rows:
        if row.kind == CAPACITY:
            stores = sorted(set(problem.store[row.columns].tolist()))
            for store in stores:
                near.setdefault(store, []).extend(other for other in stores if other != store)
    return near
