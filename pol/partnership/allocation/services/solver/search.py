"""One run from the first greedy choice to the last improvement."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from pol.partnership.allocation.rules.instance import Instance
from pol.partnership.allocation.rules.result import Progress
from pol.partnership.allocation.services.solver import shelf_bound
from pol.partnership.allocation.services.solver.filling import greedy, polish
from pol.partnership.allocation.services.solver.improve import BOTH, Improver
from pol.partnership.allocation.services.solver.problem import Problem, build
from pol.partnership.allocation.services.solver.work import SECOND, Budget

RESERVE, MOST_RESERVE = 0.04, 2 * SECOND
"""Share of the work, and at most how much, kept for positions and sentences."""

MOST_FILLINGS = 20_000
"""Fillings of all shelves together that are worth a proof."""

WHOLE_NODES = 300
QUIET_STEPS = 12
TIGHTENINGS = 2


class Run:
    """A search under way: `chosen` and `bound` are always valid."""

    def __init__(
        self,
        instance: Instance,
        started: float,
        budget: Budget,
        listener: Callable[[Progress], None],
    ) -> None:
        self._started, self._listener, self.budget = started, listener, budget
        budget.limit -= min(MOST_RESERVE, round(RESERVE * budget.limit))
        self.log: list[Progress] = []
        self.rounds = 0
        self.problem: Problem = build(instance)
        self.chosen = greedy(self.problem)
        self.objective = self.problem.objective(self.chosen)
        self.bound = _simple_bound(self.problem)
        budget.charge({"column": self.problem.size, "looked_at": self.problem.size})
        self._tell("Susunan pertama")

    def search(self) -> None:
        """Go on until the best is proven or the work is done."""
        if not self.problem.size or self._is_done():
            return
        prices = shelf_bound.first_prices(self.problem, self.budget, 0.5)
        shelves = shelf_bound.Search(self.problem, prices, self.budget)
        self._lower(shelves.bound, "Batas pertama")
        shelves.run(0.3)
        self._lower(shelves.bound, "Batas dari rak")
        for _ in range(TIGHTENINGS):
            tighter = shelves.tightened()
            if self._is_done() or tighter is None:
                break
            tighter.run(0.45)
            if tighter.bound >= shelves.bound:
                break
            shelves = tighter
            self._lower(shelves.bound, "Batas dengan kapasitas utuh")
        self._improve(shelves)

    def _improve(self, shelves: shelf_bound.Search) -> None:
        improver = Improver(self.problem, self.chosen, shelves, self.budget)
        improver.fill_pool()
        improver.construct()
        self._raise(improver, "Susunan dari harga")
        quiet = 0
        if improver.is_small:
            self._finish(improver, shelves)
            return
        with ThreadPoolExecutor(BOTH) as threads:
            while not self._is_done():
                quiet = 0 if improver.step(threads) else quiet + 1
                self._raise(improver, "Susunan diperbaiki")
                if quiet >= QUIET_STEPS and improver.widen():
                    improver.fill_pool()
                    quiet = 0

    def _finish(self, improver: Improver, shelves: shelf_bound.Search) -> None:
        """Mix all shelves at once, with ever more fillings, until none is left that could help."""
        while not self._is_done():
            improver.mix_all(WHOLE_NODES)
            self._raise(improver, "Dihitung bersama")
            slack = shelves.best.bound - self.objective * shelves.prices.scale
            if improver.complete(slack, MOST_FILLINGS):
                self._prove(improver)
                return
            if not improver.widen():
                return
            improver.fill_pool()

    def _prove(self, improver: Improver) -> None:
        """Mix all fillings that could still matter; at its end nothing better exists."""
        mix = improver.mix_all()
        self._raise(improver, "Dihitung tuntas")
        if mix.finished:
            self._lower(self.objective, "Terbukti terbaik")

    def _is_done(self) -> bool:
        return self.bound <= self.objective or self.budget.is_over()

    def _raise(self, improver: Improver, note: str) -> None:
        self.rounds += 1
        if improver.objective <= self.objective:
            return
        improver.take(polish(self.problem, improver.chosen))
        self.budget.charge({"looked_at": self.problem.size})
        self.chosen, self.objective = improver.chosen, improver.objective
        self._tell(note)

    def _lower(self, bound: int, note: str) -> None:
        self.rounds += 1
        if bound < self.bound:
            self.bound = bound
            self._tell(note)

    def _tell(self, note: str) -> None:
        seconds = round(time.monotonic() - self._started, 3)
        bound = max(self.bound, self.objective)
        self.log.append(Progress(seconds, self.budget.spent_bp, self.objective, bound, note))
        self._listener(self.log[-1])


def _simple_bound(problem: Problem) -> int:
    """Return what each application could bring in each store at most, less what must lack."""
    best: dict[tuple[int, int, int], int] = {}
    keys = (problem.application, problem.store, problem.kecamatan, problem.value)
    for application, store, kecamatan, value in zip(*map(np.ndarray.tolist, keys), strict=True):
        place = (application, store, kecamatan)
        best[place] = max(best.get(place, 0), value)
    places = np.array([kecamatan for _, _, kecamatan in best], dtype=np.int64)
    lacking = problem.targets - np.bincount(places, minlength=len(problem.targets))
    return sum(best.values()) - problem.penalty * int(np.maximum(lacking, 0).sum())
