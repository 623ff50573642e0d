"""One run from the first greedy choice to the last improvement."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from pol.partnership.allocation.rules.instance import Instance
from pol.partnership.allocation.rules.result import Progress
from pol.partnership.allocation.services.solver import compact, shelf_bound
from pol.partnership.allocation.services.solver.filling import greedy, polish
from pol.partnership.allocation.services.solver.improve import BOTH, Improver
from pol.partnership.allocation.services.solver.problem import CAPACITY, LINK, Ints, Problem, build

RESERVE, MOST_RESERVE = 0.04, 2.0
"""Share of the time, and at most how many seconds, kept for positions and sentences."""

TINY, SMALL = 250, 3000
"""Columns: few enough to solve at once, and few enough to try."""

QUIET_STEPS = 12
TIGHTENINGS = 2


class Run:
    """A search under way: `chosen` and `bound` are always valid."""

    def __init__(
        self,
        instance: Instance,
        started: float,
        seconds: float,
        listener: Callable[[Progress], None],
    ) -> None:
        self._started, self._listener = started, listener
        self._until = started + seconds - min(MOST_RESERVE, RESERVE * seconds)
        self.log: list[Progress] = []
        self.rounds = 0
        self.problem: Problem = build(instance)
        self.chosen = greedy(self.problem)
        self.objective = self.problem.objective(self.chosen)
        self.bound = _simple_bound(self.problem)
        self._tell("Susunan pertama")

    def search(self) -> None:
        """Go on until the best is proven or time is up."""
        if not self.problem.size or self._is_done():
            return
        until = self._until
        prices = shelf_bound.first_prices(self.problem, (until - time.monotonic()) / 2)
        shelves = shelf_bound.Search(self.problem, prices)
        self._lower(shelves.bound, "Batas pertama")
        shelves.run(time.monotonic() + (until - time.monotonic()) * 0.3)
        self._lower(shelves.bound, "Batas dari rak")
        for _ in range(TIGHTENINGS):
            tighter = shelves.tightened()
            if self._is_done() or tighter is None:
                break
            tighter.run(time.monotonic() + (until - time.monotonic()) * 0.3)
            if tighter.bound >= shelves.bound:
                break
            shelves = tighter
            self._lower(shelves.bound, "Batas dengan kapasitas utuh")
        self._improve(shelves)

    def _improve(self, shelves: shelf_bound.Search) -> None:
        losses = shelves.losses()
        improver = Improver(self.problem, self.chosen, losses)
        improver.construct(_global_gains(shelves.problem, shelves.prices), self._until)
        self._raise(improver.chosen, "Susunan dari harga")
        quiet = 0
        with ThreadPoolExecutor(BOTH) as pool:
            while not self._is_done():
                kept = len(self._kept(losses, shelves))
                if kept <= TINY or (kept <= SMALL and quiet >= QUIET_STEPS):
                    self._prove(losses, shelves)
                    return
                quiet = 0 if improver.step(pool, self._until) else quiet + 1
                self._raise(improver.chosen, "Susunan diperbaiki")

    def _kept(self, losses: Ints, shelves: shelf_bound.Search) -> Ints:
        """Return the columns that could be part of a better choice."""
        room = shelves.best.bound - self.objective * shelves.prices.scale
        return np.flatnonzero(losses <= room)

    def _prove(self, losses: Ints, shelves: shelf_bound.Search) -> None:
        """Solve all that is left at once."""
        problem = self.problem
        kept = np.union1d(self._kept(losses, shelves), np.array(self.chosen, dtype=np.int64))
        limits = np.array([row.limit for row in problem.rows], dtype=np.int64)
        part = compact.Part(
            kept, problem.value[kept] / 1.0, limits, problem.targets, float(problem.penalty)
        )
        left = self._until - time.monotonic()
        outcome = compact.solve(problem, part, seconds=left, start=self.chosen)
        if outcome.chosen is not None:
            self._raise(outcome.chosen, "Dihitung tuntas")
        if outcome.finished:
            self._lower(self.objective, "Terbukti terbaik")
        elif np.isfinite(outcome.bound):
            self._lower(max(self.objective, int(outcome.bound)), "Batas dari hitungan tuntas")

    def _is_done(self) -> bool:
        return self.bound <= self.objective or time.monotonic() >= self._until

    def _raise(self, chosen: list[int], note: str) -> None:
        self.rounds += 1
        better = polish(self.problem, chosen)
        if self.problem.objective(better) > self.objective:
            self.chosen, self.objective = better, self.problem.objective(better)
            self._tell(note)

    def _lower(self, bound: int, note: str) -> None:
        self.rounds += 1
        if bound < self.bound:
            self.bound = bound
            self._tell(note)

    def _tell(self, note: str) -> None:
        seconds = round(time.monotonic() - self._started, 3)
        self.log.append(Progress(seconds, self.objective, max(self.bound, self.objective), note))
        self._listener(self.log[-1])


def _simple_bound(problem: Problem) -> int:
    """Return the sum of what each application could bring in each store at most."""
    best: dict[tuple[int, int], int] = {}
    for application, store, value in zip(
        problem.application.tolist(), problem.store.tolist(), problem.value.tolist(), strict=True
    ):
        best[application, store] = max(best.get((application, store), 0), value)
    return sum(best.values())


def _global_gains(problem: Problem, prices: shelf_bound.Prices) -> Ints:
    """Return the columns' gains after paying for what stores share, in rupiah."""
    shared = np.array([row.kind in {CAPACITY, LINK} for row in problem.rows], dtype=bool)
    rows = np.where(shared, prices.rows, 0)
    gains = shelf_bound.Prices(prices.scale, rows, prices.floors).gains(problem)
    return gains // prices.scale
