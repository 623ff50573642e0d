"""HiGHS, set up so that the same question gets the same answer."""

import highspy

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


def quiet_solver(**options: float) -> highspy.Highs:
    """Return a silent single-threaded solver that stops at proof, not near it."""
    solver: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, setting in (SETTINGS | options).items():
        solver.setOptionValue(name, setting)
    return solver
