"""The linear relaxation of a whole problem: a quick first idea of what each rule is worth."""

import highspy
import numpy as np
from numpy.typing import NDArray

from pol.partnership.allocation.services.solver.highs import (
    MAXIMIZE,
    NEVER,
    OPTIMAL,
    quiet_solver,
    watch,
)
from pol.partnership.allocation.services.solver.problem import Problem
from pol.partnership.allocation.services.solver.work import Budget, price_of

Floats = NDArray[np.float64]


def relax(problem: Problem, budget: Budget, most: int) -> tuple[Floats, Floats] | None:
    """Return the prices of all rows and of all floors; None when they cost more than `most`."""
    unit = max(1.0, float(problem.value.max(initial=0)) / 1e6)
    rows = len(problem.rows) + len(problem.targets)
    each = price_of({"pivot": 1, "pivot_row": rows})
    solver = quiet_solver(solver="simplex", simplex_iteration_limit=max(1, most // each))
    solver.passModel(_model(problem, unit))
    watch(solver, budget)
    solver.run()
    pivots = solver.getInfo().simplex_iteration_count
    entries = len(problem.entries[1])
    budget.charge({"pivot": pivots, "pivot_row": pivots * rows, "entry": entries})
    solution = solver.getSolution()
    if solver.getModelStatus() != OPTIMAL or not solution.dual_valid:
        return None
    duals = np.array(solution.row_dual) * unit
    return duals[: len(problem.rows)], -duals[len(problem.rows) :]


def _model(problem: Problem, unit: float) -> highspy.HighsLp:
    """Return one variable per column and one per floor for what it lacks."""
    floors = len(problem.targets)
    starts, rows, amounts = problem.entries
    limits = np.array([row.limit for row in problem.rows], dtype=float)
    # Each column's entries, then its floor's; each floor's own variable comes last.
    index = np.insert(rows, starts[1:], len(limits) + problem.kecamatan)
    values = np.insert(amounts, starts[1:], 1)
    counted = starts + np.arange(problem.size + 1)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = problem.size + floors, len(limits) + floors
    model.sense_ = MAXIMIZE
    model.col_cost_ = np.append(problem.value, np.full(floors, -problem.penalty)) / unit
    model.col_lower_ = np.zeros(model.num_col_)
    model.col_upper_ = np.append(np.ones(problem.size), problem.targets).astype(float)
    model.row_lower_ = np.append(np.full(len(limits), -NEVER), problem.targets)
    model.row_upper_ = np.append(limits, np.full(floors, NEVER))
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.append(counted, counted[-1] + 1 + np.arange(floors))
    model.a_matrix_.index_ = np.append(index, len(limits) + np.arange(floors))
    model.a_matrix_.value_ = np.append(values, np.ones(floors)).astype(float)
    return model
