"""The best fillings of each shelf, many of them, and exact mixing of such fillings.

A filling's loss is what the shelf's best sum of priced gains loses by it. The table of
`knapsack.fill` tells the loss of every partial filling exactly, so the fillings come out best
first with no detour. A model whose columns are whole fillings is nearly as tight as the bound
itself: HiGHS solves it in far fewer nodes than one whose columns are single products.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice

import highspy
import numpy as np

from pol.partnership.allocation.services.solver.highs import (
    FEASIBLE,
    HALF,
    MAXIMIZE,
    NEVER,
    OPTIMAL,
    count_looks,
    quiet_solver,
)
from pol.partnership.allocation.services.solver.knapsack import Board
from pol.partnership.allocation.services.solver.problem import LOAD, ON_BOARD, Ints, Problem
from pol.partnership.allocation.services.solver.relaxation import Floats
from pol.partnership.allocation.services.solver.work import Budget


def best_fillings(board: Board, gains: list[int], table: Ints) -> Iterator[tuple[int, list[int]]]:
    """Yield every filling of a shelf with its loss, the least loss first."""
    rows = table.tolist()
    heap: list[tuple[int, int, int, int, tuple[int, ...]]] = []
    count = 0
    heappush(heap, (0, 0, len(board.groups), board.room, ()))
    while heap:
        loss, _, at, width, taken = heappop(heap)
        while at:
            at -= 1
            here, before = rows[at + 1][width], rows[at]
            choices = [(here - before[width], width, taken)]
            choices += [
                (here - before[width - need] - gains[column], width - need, (*taken, column))
                for need, column in board.groups[at]
                if need <= width
            ]
            least = min(range(len(choices)), key=lambda each: choices[each][0])
            for each, (more, rest, columns) in enumerate(choices):
                if each != least:
                    count += 1
                    heappush(heap, (loss + more, count, at, rest, columns))
            more, width, taken = choices[least]
            loss += more
        yield loss, sorted(taken)


@dataclass(frozen=True)
class Pattern:
    """One filling of one shelf as a column: its rows between shelves and their amounts."""

    columns: tuple[int, ...]
    rows: Ints
    amounts: Ints
    placed: Ints


class Pool:
    """The best fillings of every shelf, up to a number, and those of every choice met."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.by_shelf: dict[int, dict[tuple[int, ...], Pattern]] = {}
        self._off_board = np.array([row.kind not in ON_BOARD for row in problem.rows], dtype=bool)
        self._heavy = np.array([row.kind == LOAD for row in problem.rows], dtype=bool)
        self._limits = np.array([row.limit for row in problem.rows], dtype=np.int64)

    def fill(self, board: Board, gains: list[int], table: Ints, *, most: int) -> int:
        """Keep so many of the best fillings of one shelf, if it can bear them; return how many."""
        found = [columns for _, columns in islice(best_fillings(board, gains, table), most)]
        for columns in found:
            self.add(board.shelf, columns)
        return len(found)

    def add(self, shelf: int, columns: list[int]) -> Pattern | None:
        """Make a filling known; None when the shelf cannot bear it."""
        own = self.by_shelf.setdefault(shelf, {})
        key = tuple(sorted(columns))
        if key not in own:
            used = self.problem.usage(columns)
            if bool((used > self._limits).any()):
                return None
            rows = np.flatnonzero(np.where(self._off_board, used, 0))
            placed = self.problem.kecamatan[list(key)]
            own[key] = Pattern(key, rows, used[rows], placed)
        return own[key]

    def mix(self, part: "Part", *, limit: "Limit", budget: Budget) -> "Mix":
        """Return the best mix of known fillings for some shelves, beginning with the start."""
        for shelf in part.shelves:
            self.add(shelf, part.start.get(shelf, []))
            self.add(shelf, [])
        listed = [
            (at, pattern)
            for at, shelf in enumerate(part.shelves)
            for pattern in self.by_shelf[shelf].values()
        ]
        unit = max(1.0, float(np.abs(part.gains).max(initial=0.0)) / 1e4)
        solver = quiet_solver(mip_abs_gap=0.5 / unit, mip_max_nodes=limit.nodes)
        solver.passModel(_model(part, listed, unit))
        solver.setSolution(self._first(part, listed))
        looks = count_looks(solver, limit.looks, budget)
        solver.run()
        return _read(solver, listed, looks[0])

    def _first(self, part: "Part", listed: list[tuple[int, Pattern]]) -> highspy.HighsSolution:
        keys = [tuple(sorted(part.start.get(shelf, []))) for shelf in part.shelves]
        values = [float(pattern.columns == keys[at]) for at, pattern in listed]
        columns = [column for key in keys for column in key]
        placed = np.bincount(self.problem.kecamatan[columns], minlength=len(part.short))
        left = (part.short - placed)[part.short > 0]
        solution = highspy.HighsSolution()
        solution.col_value = values + np.maximum(left, 0).astype(float).tolist()
        return solution


@dataclass(frozen=True)
class Part:
    """What a mix decides: shelves, what each column brings, what rows and floors have left."""

    shelves: list[int]
    gains: Floats
    limits: Ints
    short: Ints
    start: dict[int, list[int]]
    penalty: float


@dataclass(frozen=True)
class Limit:
    """When a mix ends without proof: after so many nodes, or looks at its own limits."""

    nodes: int
    looks: int


@dataclass(frozen=True)
class Mix:
    """What came of a mix: columns (None: nothing found), whether no mix is better, its work."""

    chosen: list[int] | None
    finished: bool
    work: Mapping[str, int]


def _model(part: Part, listed: list[tuple[int, Pattern]], unit: float) -> highspy.HighsLp:
    """Return the model: rows between shelves, one filling per shelf, floors with their slack."""
    floors = np.flatnonzero(part.short > 0)
    kept = np.unique(np.concatenate([pattern.rows for _, pattern in listed]))
    row_at = np.full(len(part.limits), -1)
    row_at[kept] = np.arange(len(kept))
    floor_at = np.full(len(part.short), -1)
    floor_at[floors] = len(kept) + len(part.shelves) + np.arange(len(floors))
    entries = [_entries(group, pattern, row_at, floor_at, len(kept)) for group, pattern in listed]
    entries += [(np.array([row]), np.array([1])) for row in floor_at[floors]]
    worth = [float(part.gains[list(pattern.columns)].sum()) for _, pattern in listed]
    caps = [part.limits[kept], np.ones(len(part.shelves)), np.full(len(floors), NEVER)]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(entries), sum(map(len, caps))
    model.sense_ = MAXIMIZE
    model.col_cost_ = np.append(worth, np.full(len(floors), -part.penalty)) / unit
    model.col_lower_ = np.zeros(len(entries))
    model.col_upper_ = np.append(np.ones(len(listed)), part.short[floors]).astype(float)
    model.row_lower_ = np.append(np.full(len(kept) + len(part.shelves), -NEVER), part.short[floors])
    model.row_upper_ = np.concatenate(caps)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(rows) for rows, _ in entries)])
    model.a_matrix_.index_ = np.concatenate([rows for rows, _ in entries])
    model.a_matrix_.value_ = np.concatenate([amounts for _, amounts in entries]).astype(float)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(entries)
    return model


def _entries(
    group: int, pattern: Pattern, row_at: Ints, floor_at: Ints, kept: int
) -> tuple[Ints, Ints]:
    counted, times = np.unique(floor_at[pattern.placed], return_counts=True)
    real = counted >= 0
    rows = np.concatenate([row_at[pattern.rows], [kept + group], counted[real]])
    return rows, np.concatenate([pattern.amounts, [1], times[real]])


def _read(solver: highspy.Highs, listed: list[tuple[int, Pattern]], looks: int) -> Mix:
    info, solution = solver.getInfo(), solver.getSolution()
    pivots = info.simplex_iteration_count
    work = {"pattern": len(listed), "mixed_pivot": pivots, "look": looks}
    if not solution.value_valid or info.primal_solution_status != FEASIBLE:
        return Mix(None, finished=False, work=work)
    values = np.array(solution.col_value[: len(listed)])
    taken = [listed[at][1].columns for at in np.flatnonzero(values > HALF).tolist()]
    chosen = [column for columns in taken for column in columns]
    return Mix(chosen, finished=solver.getModelStatus() == OPTIMAL, work=work)
