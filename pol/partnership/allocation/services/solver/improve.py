"""Local search: the fillings of some shelves at a time are mixed anew, the rest stays as it is.

Which shelves is drawn from a generator with a fixed seed, and each step ends by proof or at a
number of nodes, so the way of the search is the same each time. When nothing has got better for a
while, more fillings and larger areas are looked at.
"""

import random
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from pol.partnership.allocation.services.solver.knapsack import Board
from pol.partnership.allocation.services.solver.patterns import (
    Limit,
    Mix,
    Part,
    Pool,
    best_fillings,
)
from pol.partnership.allocation.services.solver.problem import CAPACITY, Problem
from pol.partnership.allocation.services.solver.shelf_bound import Search as Bound
from pol.partnership.allocation.services.solver.shelf_bound import global_gains
from pol.partnership.allocation.services.solver.work import Budget, price_of

SEED = 20_260_302
NODES, ALL_NODES = 150, 2**31 - 1
FIRST_LOOK = 5_000_000
"""What a look of a mix is thought to cost, in nanoseconds, before the first one."""

LEVELS = ((40, 16), (60, 24), (100, 32), (160, 44), (300, 60))
"""Fillings per shelf, and shelves at a time."""

SMALL = 30
"""Shelves that are always mixed all at once."""

BOTH = 2
"""Areas mixed side by side, one per core."""


class Improver:
    """A choice and the ways to better it; `chosen` never gets worse."""

    def __init__(self, problem: Problem, chosen: list[int], bound: Bound, budget: Budget) -> None:
        self.problem, self.level, self._budget = problem, 0, budget
        self.chosen, self.objective = sorted(chosen), problem.objective(chosen)
        self.pool, self._mixed, self._look_price = Pool(problem), Counter[str](), FIRST_LOOK
        self._boards, self._best = bound.boards, bound.best
        self._priced = global_gains(bound.problem, bound.prices)
        self._random = random.Random(SEED)  # noqa: S311 - a search, not a secret
        self._limits = np.array([row.limit for row in problem.rows], dtype=np.int64)
        stores = {int(s): int(t) for s, t in zip(problem.shelf, problem.store, strict=True)}
        self._shelves: dict[int, list[int]] = {}
        for board in self._boards:
            self._shelves.setdefault(stores[board.shelf], []).append(board.shelf)
        self._near = _neighbours(problem)

    @property
    def is_small(self) -> bool:
        """Say whether all shelves may be one area."""
        return len(self._boards) <= SMALL

    def widen(self) -> bool:
        """Look at more fillings and larger areas; False when there is no wider level."""
        if self.level + 1 == len(LEVELS):
            return False
        self.level += 1
        return True

    def fill_pool(self) -> None:
        """Bring the pool up to the level's number of fillings per shelf."""
        for board, table in zip(self._boards, self._best.tables, strict=True):
            if self._budget.is_over():
                return
            count = self.pool.fill(board, self._best.gains, table, most=LEVELS[self.level][0])
            self._charge_fillings(board, count)

    def _charge_fillings(self, board: Board, count: int) -> None:
        self._budget.charge({"filling": count, "choice": count * len(board.groups)})

    def complete(self, slack: int, most: int) -> bool:
        """Put every filling that loses at most `slack` into the pool, unless they are too many."""
        found: list[tuple[int, list[int]]] = []
        for board, table in zip(self._boards, self._best.tables, strict=True):
            before = len(found)
            for loss, columns in best_fillings(board, self._best.gains, table):
                if loss > slack:
                    break
                if len(found) == most:
                    return False
                found.append((board.shelf, columns))
            self._charge_fillings(board, len(found) - before)
        for shelf, columns in found:
            self.pool.add(shelf, columns)
        return True

    def take(self, chosen: list[int]) -> bool:
        """Take over a choice if it is allowed and better."""
        if bool((self.problem.usage(chosen) > self._limits).any()):
            return False
        objective = self.problem.objective(chosen)
        if objective <= self.objective:
            return False
        self.chosen, self.objective = sorted(chosen), objective
        return True

    def construct(self) -> None:
        """Fill store after store by priced gains, with the capacity that is left."""
        chosen: list[int] = []
        for shelves in self._shelves.values():
            if self._budget.is_over():
                return
            limits = self._limits - self.problem.usage(chosen)
            part = Part(shelves, self._priced / 1.0, limits, self.problem.targets * 0, {}, 0.0)
            mix = self.pool.mix(part, limit=self._limit(NODES), budget=self._budget)
            self._charge([mix])
            chosen += mix.chosen or []
        self.take(chosen)

    def step(self, threads: ThreadPoolExecutor) -> bool:
        """Mix two areas side by side and take over what is better; the longer one is paid for."""
        first = self._area(())
        areas = [area for area in (first, self._area(first)) if area]
        limit = self._limit(NODES)
        futures = [threads.submit(self.mix, area, limit) for area in areas]
        mixes = [future.result() for future in futures]
        self._charge(mixes)
        better = False
        for area, mix in zip(areas, mixes, strict=True):
            if mix.chosen is not None:
                rest = self._split(area)[1]
                better = self.take(rest + mix.chosen) or better
        return better

    def _limit(self, nodes: int) -> Limit:
        """Return how far a mix may go: so many nodes, and no further than the budget."""
        return Limit(nodes, max(1, self._budget.left // self._look_price))

    def _charge(self, mixes: list[Mix]) -> None:
        """Pay for mixes made side by side: what the longest takes; learn what a look costs."""
        self._budget.charge(max((mix.work for mix in mixes), key=price_of, default={}))
        for mix in mixes:
            self._mixed.update(mix.work)
        self._look_price = max(1, price_of(self._mixed) // max(1, self._mixed["look"]))

    def mix_all(self, nodes: int = ALL_NODES) -> Mix:
        """Mix all shelves at once and take over what is better."""
        mix = self.mix([board.shelf for board in self._boards], self._limit(nodes))
        whole = mix.work["mixed_pivot"] * mix.work["pattern"]
        self._charge([replace(mix, work={**mix.work, "whole": whole})])
        if mix.chosen is not None:
            self.take(mix.chosen)
        return mix

    def mix(self, area: list[int], limit: Limit) -> Mix:
        """Return the best mix for some shelves beside what the rest has taken."""
        problem = self.problem
        keep, rest = self._split(area)
        short = problem.targets - np.bincount(
            problem.kecamatan[rest], minlength=len(problem.targets)
        )
        start: dict[int, list[int]] = {}
        for column in keep:
            start.setdefault(int(problem.shelf[column]), []).append(column)
        limits = self._limits - problem.usage(rest)
        part = Part(
            area, problem.value / 1.0, limits, np.maximum(short, 0), start, float(problem.penalty)
        )
        return self.pool.mix(part, limit=limit, budget=self._budget)

    def _split(self, area: list[int]) -> tuple[list[int], list[int]]:
        """Return the chosen columns inside an area, and the others."""
        inside = np.isin(self.problem.shelf[self.chosen], area)
        chosen = np.array(self.chosen, dtype=np.int64)
        return chosen[inside].tolist(), chosen[~inside].tolist()

    def _area(self, taken: Iterable[int]) -> list[int]:
        """Draw a store and others that share scarce products with it, up to a size."""
        free = {
            store: left
            for store, shelves in self._shelves.items()
            if (left := [shelf for shelf in shelves if shelf not in set(taken)])
        }
        if not free:
            return []
        most = LEVELS[self.level][1]
        first = self._random.choice(list(free))
        near = [store for store in self._near.get(first, ()) if store in free]
        others = [store for store in free if store != first]
        order = [
            *dict.fromkeys(self._random.sample(near, len(near))),
            *self._random.sample(others, len(others)),
        ]
        area = free[first]
        for store in dict.fromkeys(order):
            if len(area) + len(free[store]) <= most:
                area = area + free[store]
        return sorted(area if len(area) <= most else self._random.sample(area, most))


def _neighbours(problem: Problem) -> dict[int, list[int]]:
    """Return for each store the stores that it shares a scarce product with, often ones twice."""
    near: dict[int, list[int]] = {}
    for row in problem.rows:
        if row.kind == CAPACITY:
            stores = sorted(set(problem.store[row.columns].tolist()))
            for store in stores:
                near.setdefault(store, []).extend(other for other in stores if other != store)
    return near
