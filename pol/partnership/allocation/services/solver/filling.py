"""A choice of columns that keeps every rule while columns come and go; greedy on top of it."""

from itertools import pairwise

import numpy as np

from pol.partnership.allocation.services.solver.problem import Problem


class Filling:
    """What is chosen, what each row has left, and what each kecamatan still lacks."""

    def __init__(self, problem: Problem, chosen: list[int]) -> None:
        self.problem = problem
        self.chosen = set(chosen)
        limits = np.array([row.limit for row in problem.rows], dtype=np.int64)
        self.left: list[int] = (limits - problem.usage(chosen)).tolist()
        short = problem.targets.copy()
        np.subtract.at(short, problem.kecamatan[chosen], 1)
        self.short: list[int] = short.tolist()
        starts, rows, amounts = (part.tolist() for part in problem.entries)
        self._entries = [
            list(zip(rows[a:b], amounts[a:b], strict=True)) for a, b in pairwise(starts)
        ]
        self._kecamatan: list[int] = problem.kecamatan.tolist()
        self._value: list[int] = problem.value.tolist()

    def gain(self, column: int) -> int:
        """Return what the objective gains when a column comes in."""
        lacks = self.short[self._kecamatan[column]] > 0
        return self._value[column] + (self.problem.penalty if lacks else 0)

    def fits(self, column: int) -> bool:
        """Say whether every row has room for one more column."""
        return all(self.left[row] >= amount for row, amount in self._entries[column])

    def add(self, column: int) -> None:
        """Take a column in."""
        self._move(column, 1)
        self.chosen.add(column)

    def drop(self, column: int) -> None:
        """Let a column go."""
        self._move(column, -1)
        self.chosen.remove(column)

    def _move(self, column: int, times: int) -> None:
        for row, amount in self._entries[column]:
            self.left[row] -= times * amount
        self.short[self._kecamatan[column]] -= times


def greedy(problem: Problem) -> list[int]:
    """Return a good first choice: floors first, then by rupiah per millimetre, then wider."""
    filling = Filling(problem, [])
    density = problem.value * 1000 // np.maximum(problem.width, 1)
    order = np.lexsort((np.arange(problem.size), -density)).tolist()
    for column in order if problem.penalty else ():
        if filling.short[int(problem.kecamatan[column])] > 0 and filling.fits(column):
            filling.add(column)
    for column in order:
        if filling.fits(column) and filling.gain(column) > 0:
            filling.add(column)
    return polish(problem, sorted(filling.chosen))


def polish(problem: Problem, chosen: list[int]) -> list[int]:
    """Return a choice that no single insertion and no other number of facings can better."""
    filling = Filling(problem, chosen)
    siblings: dict[tuple[int, int], list[int]] = {}
    pairs = zip(problem.application.tolist(), problem.shelf.tolist(), strict=True)
    keys = list(pairs)
    for column, key in enumerate(keys):
        siblings.setdefault(key, []).append(column)
    order = sorted(range(problem.size), key=lambda column: (-filling.gain(column), column))
    while _insert(filling, order) or _widen(filling, siblings, keys):
        pass
    return sorted(filling.chosen)


def _insert(filling: Filling, order: list[int]) -> bool:
    came = False
    for column in order:
        if column not in filling.chosen and filling.fits(column) and filling.gain(column) > 0:
            filling.add(column)
            came = True
    return came


def _widen(
    filling: Filling, siblings: dict[tuple[int, int], list[int]], keys: list[tuple[int, int]]
) -> bool:
    came = False
    value = filling.problem.value
    for column in sorted(filling.chosen):
        better = [other for other in siblings[keys[column]] if value[other] > value[column]]
        if not better:
            continue
        filling.drop(column)
        fitting = [other for other in better if filling.fits(other)]
        taken = max(fitting, key=lambda other: (value[other], -other), default=column)
        filling.add(int(taken))
        came = came or taken != column
    return came
