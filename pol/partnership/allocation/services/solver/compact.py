"""One exact model of any part of a problem, given to HiGHS: single-threaded, so repeatable."""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from pol.partnership.allocation.services.solver.highs import MAXIMIZE, NEVER, quiet_solver
from pol.partnership.allocation.services.solver.problem import Ints, Problem

Floats = NDArray[np.float64]
SLACK = 1e-7
"""What a bound of floating-point arithmetic is widened by, relative to its size."""


@dataclass(frozen=True)
class Part:
    """What of a problem is decided: columns, what each brings, the rows' limits, open floors.

    `limits` has one number per row of the problem; -1 leaves the row out.
    """

    columns: Ints
    gains: Floats
    limits: Ints
    short: Ints
    penalty: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """What HiGHS says: chosen columns (None: found none), an upper bound, whether it finished."""

    chosen: list[int] | None
    bound: float
    finished: bool
    duals: Floats
    rows: Ints
    floor_duals: Floats


def solve(
    problem: Problem,
    part: Part,
    *,
    seconds: float,
    nodes: int = 2**31 - 1,
    start: Sequence[int] = (),
    relaxed: bool = False,
) -> Outcome:
    """Maximise the gains of a part minus its penalties; `start` is a choice to begin with."""
    model, kept, floors, unit = _model(problem, part, relaxed=relaxed)
    solver = quiet_solver(
        mip_abs_gap=0.5 / unit, mip_max_nodes=nodes, time_limit=max(0.01, seconds)
    )
    solver.passModel(model)
    if len(start):
        _begin_with(solver, problem, part, start, floors)
    solver.run()
    return _outcome(solver, part, kept, floors, unit, relaxed=relaxed)


def _model(
    problem: Problem, part: Part, *, relaxed: bool
) -> tuple[highspy.HighsLp, Ints, Ints, float]:
    """Return the model, its rows, its floors, and the rupiah that one unit of its objective is."""
    count = len(part.columns)
    unit = max(1.0, float(np.abs(part.gains).max(initial=0.0)) / 1e6)
    floors = np.flatnonzero(part.short > 0)
    starts, rows, amounts, kept = _matrix(problem, part, floors)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = count + len(floors), len(kept) + len(floors)
    model.sense_ = MAXIMIZE
    model.col_cost_ = np.concatenate([part.gains, np.full(len(floors), -part.penalty)]) / unit
    model.col_lower_ = np.zeros(model.num_col_)
    model.col_upper_ = np.concatenate([np.ones(count), part.short[floors]]).astype(float)
    model.row_lower_ = np.concatenate([np.full(len(kept), -NEVER), part.short[floors]])
    model.row_upper_ = np.concatenate([part.limits[kept], np.full(len(floors), NEVER)])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = starts, rows
    model.a_matrix_.value_ = amounts.astype(float)
    if not relaxed:
        model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
    return model, kept, floors, unit


def _matrix(problem: Problem, part: Part, floors: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return the part's matrix by column: starts, rows, amounts; and the rows it keeps."""
    all_starts, all_rows, all_amounts = problem.entries
    first, last = all_starts[part.columns], all_starts[part.columns + 1]
    lengths = last - first
    offsets = np.repeat(first - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    where = np.arange(int(lengths.sum())) + offsets.astype(np.int64)
    owner = np.repeat(np.arange(len(part.columns)), lengths)
    is_kept = part.limits[all_rows[where]] >= 0
    where, owner = where[is_kept], owner[is_kept]
    kept, rows = np.unique(all_rows[where], return_inverse=True)
    place = np.full(len(problem.targets), -1)
    place[floors] = len(kept) + np.arange(len(floors))
    floor_row = place[problem.kecamatan[part.columns]]
    counted = np.flatnonzero(floor_row >= 0)
    owners = np.concatenate([owner, counted, len(part.columns) + np.arange(len(floors))])
    rows = np.concatenate([rows, floor_row[counted], place[floors]])
    amounts = np.concatenate([all_amounts[where], np.ones(len(counted) + len(floors), np.int64)])
    order = np.argsort(owners, kind="stable")
    starts = np.searchsorted(owners[order], np.arange(len(part.columns) + len(floors) + 1))
    return starts, rows[order], amounts[order], kept


def _begin_with(
    solver: highspy.Highs, problem: Problem, part: Part, start: Sequence[int], floors: Ints
) -> None:
    values = np.zeros(len(part.columns) + len(floors))
    at = np.searchsorted(part.columns, np.array(start, dtype=np.int64))
    values[at] = 1.0
    short = part.short.copy()
    np.subtract.at(short, problem.kecamatan[np.array(start, dtype=np.int64)], 1)
    values[len(part.columns) :] = np.maximum(short[floors], 0)
    solution = highspy.HighsSolution()
    solution.col_value = values.tolist()
    solver.setSolution(solution)


def _outcome(
    solver: highspy.Highs,
    part: Part,
    kept: Ints,
    floors: Ints,
    unit: float,
    *,
    relaxed: bool,
) -> Outcome:
    info, solution = solver.getInfo(), solver.getSolution()
    finished = solver.getModelStatus() in {
        highspy.HighsModelStatus.kOptimal,
        highspy.HighsModelStatus.kModelEmpty,
    }
    values = np.array(solution.col_value[: len(part.columns)])
    found = solution.value_valid and info.primal_solution_status == 2
    chosen = part.columns[np.flatnonzero(values > 0.5)].tolist() if found else None
    duals = np.array(solution.row_dual) if relaxed and solution.dual_valid else np.empty(0)
    bound = info.objective_function_value if relaxed else info.mip_dual_bound
    if not np.isfinite(bound) or (relaxed and not finished):
        bound = np.inf
    bound = bound * unit
    return Outcome(
        chosen,
        bound + abs(bound) * SLACK if np.isfinite(bound) else np.inf,
        finished,
        duals[: len(kept)] * unit,
        kept,
        duals[len(kept) :] * unit,
    )
