"""Mixing ready-made fillings of shelves: the linear master of column generation."""

from dataclasses import dataclass, field

import numpy as np

from pol.partnership.allocation.services.solver.highs import (
    MAXIMIZE,
    NEVER,
    OPTIMAL,
    quiet_solver,
    watch,
)
from pol.partnership.allocation.services.solver.problem import LINK, Ints, Problem
from pol.partnership.allocation.services.solver.relaxation import Floats
from pol.partnership.allocation.services.solver.work import Budget

NOTHING = np.empty(0, dtype=np.int32)


@dataclass
class Master:
    """Take at most one filling per shelf, in parts, under the rows between shelves."""

    problem: Problem
    rows: Ints
    groups: int
    budget: Budget
    fillings: list[tuple[int, list[int]]] = field(default_factory=list)
    handouts: list[tuple[int, list[int]]] = field(default_factory=list)
    _seen: set[tuple[int, tuple[int, ...]]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Set up the model with no fillings yet."""
        problem = self.problem
        self.unit = max(1.0, float(problem.value.max(initial=0)) / 1e6)
        self._link_columns = np.array(
            [
                problem.rows[at].columns[0] if problem.rows[at].kind == LINK else -1
                for at in self.rows.tolist()
            ]
        )
        self._solver = quiet_solver()
        watch(self._solver, self.budget)
        self._solver.changeObjectiveSense(MAXIMIZE)
        for row in self.rows.tolist():
            self._row(-NEVER, float(problem.rows[row].limit))
        for target in problem.targets.tolist():
            self._row(float(target), NEVER)
        for _ in range(self.groups):
            self._row(-NEVER, 1.0)
        for at, target in enumerate(problem.targets.tolist()):
            row = np.array([len(self.rows) + at], dtype=np.int32)
            cost = -problem.penalty / self.unit
            self._solver.addCol(cost, 0.0, float(target), 1, row, np.ones(1))

    def _row(self, low: float, high: float) -> None:
        self._solver.addRow(low, high, 0, NOTHING, NOTHING.astype(float))

    def add(self, group: int, chosen: list[int]) -> None:
        """Make one filling known; a second time changes nothing."""
        chosen = sorted(chosen)
        if not chosen or (group, tuple(chosen)) in self._seen:
            return
        problem = self.problem
        self._seen.add((group, tuple(chosen)))
        placed = np.bincount(problem.kecamatan[chosen], minlength=len(problem.targets))
        amounts = np.concatenate([problem.usage(chosen)[self.rows], placed])
        convex = len(self.rows) + len(problem.targets) + group
        rows = np.append(np.flatnonzero(amounts), convex).astype(np.int32)
        values = np.append(amounts[amounts != 0], 1).astype(float)
        cost = float(problem.value[chosen].sum()) / self.unit
        self.fillings.append((group, chosen))
        self._solver.addCol(cost, 0.0, NEVER, len(rows), rows, values)

    def add_handout(self, group: int, columns: list[int]) -> None:
        """Make one hand-out of a scarce product known: it gives what shelves then may take."""
        if not columns or (group, tuple(columns)) in self._seen:
            return
        self._seen.add((group, tuple(columns)))
        self.handouts.append((group, columns))
        links = np.flatnonzero(np.isin(self._link_columns, columns))
        convex = len(self.rows) + len(self.problem.targets) + group
        rows = np.append(links, convex).astype(np.int32)
        values = np.append(-np.ones(len(links)), 1.0)
        self._solver.addCol(0.0, 0.0, NEVER, len(rows), rows, values)

    def learn(self, other: "Master") -> None:
        """Take over what another master knows."""
        for group, chosen in other.fillings:
            self.add(group, chosen)
        for group, columns in other.handouts:
            self.add_handout(group, columns)

    def relax(self) -> tuple[float, Floats, Floats] | None:
        """Return the best mix's value and its prices of rows and of floors; None if stopped."""
        self._solver.run()
        pivots = self._solver.getInfo().simplex_iteration_count
        rows = len(self.rows) + len(self.problem.targets) + self.groups
        self.budget.charge({"pivot": pivots, "pivot_row": pivots * rows})
        if self._solver.getModelStatus() != OPTIMAL:
            return None
        value = self._solver.getInfo().objective_function_value * self.unit
        duals = np.array(self._solver.getSolution().row_dual) * self.unit
        count = len(self.rows)
        return value, duals[:count], -duals[count : count + len(self.problem.targets)]
