"""HiGHS, set up so that the same question gets the same answer."""

from typing import Any

import highspy

from pol.partnership.allocation.services.solver.work import Budget

NEVER = highspy.kHighsInf
MAXIMIZE = highspy.ObjSense.kMaximize
OPTIMAL = highspy.HighsModelStatus.kOptimal
FEASIBLE = 2
HALF = 0.5
"""HiGHS's word for a feasible point; what parts 0 from 1 in its answers."""

SETTINGS: dict[str, float | bool] = {
    "output_flag": False,
    "threads": 1,
    "mip_rel_gap": 0.0,
}


def quiet_solver(**options: float | str) -> highspy.Highs:
    """Return a silent single-threaded solver that stops at proof, not near it."""
    solver: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, setting in (SETTINGS | options).items():
        solver.setOptionValue(name, setting)
    return solver


def watch(solver: highspy.Highs, budget: Budget) -> None:
    """Let the clock that guards a whole run end a linear program, too."""

    def look(*told: Any) -> None:
        told[3].user_interrupt = budget.is_past_clock()

    solver.setCallback(look, None)
    solver.startCallback(highspy.cb.HighsCallbackType.kCallbackSimplexInterrupt)


def count_looks(solver: highspy.Highs, most: int, budget: Budget) -> list[int]:
    """End a mixed search after so many looks at its own limits; return where they are counted.

    HiGHS looks at its limits at fixed points of its way, so this ends it at the same place each
    time; nodes alone are too coarse, as the first may take half of the work.
    """
    count = [0]

    def look(*told: Any) -> None:
        count[0] += 1
        told[3].user_interrupt = count[0] > most or budget.is_past_clock()

    solver.setCallback(look, None)
    solver.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
    return count
