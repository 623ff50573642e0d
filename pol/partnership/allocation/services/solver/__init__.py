"""The solver of shelf slots: `solve(instance, seconds=60)`.

How it works
    1. A greedy choice, so that there is an answer at once (filling).
    2. A proven bound: prices for rules between shelves, each shelf filled exactly (shelf_bound);
       then products whose capacity runs out are handed out in whole placements (scarce).
    3. At those prices the best fillings of each shelf are listed, and mixed: store after store
       for a first good choice, then areas of some shelves with the rest fixed (improve, patterns).
    4. A few shelves are mixed all at once. When every filling that the bound still allows is among
       them, the best mix is the best allocation: proven.
    5. Positions, and a reason in words for each wanted place that was not given (ending).

What is promised
    The same instance and seconds give the same objective, bound, placements and sentences again,
    on a slow machine as on a fast one: seconds are turned into an amount of work (work), and the
    way of the search is the same step by step (fixed seeds, single-threaded subproblems that end
    at counted points, results merged in order). Only when the work takes the processor three
    times as long as it should does the clock end a run; `result.is_stopped_by_clock` then says
    that the answer may differ the next time. `result.bound` is always proven; the choice always
    keeps every rule.
"""

import time
from collections.abc import Callable

from pol.partnership.allocation.rules.instance import Instance
from pol.partnership.allocation.rules.result import Progress, Result
from pol.partnership.allocation.services.solver.ending import finish
from pol.partnership.allocation.services.solver.search import Run
from pol.partnership.allocation.services.solver.work import PATIENCE, Budget

QUIET: Callable[[Progress], None] = lambda progress: None  # noqa: E731


def solve(
    instance: Instance,
    *,
    seconds: float,
    progress: Callable[[Progress], None] = QUIET,
    patience: float = PATIENCE,
) -> Result:
    """Return the best allocation found with the work of so many seconds, with a proven bound.

    `progress` is called in this thread with each step's best objective and bound; what it raises
    ends the run (that is how a job is called off). Some time after `patience` times the seconds the
    clock ends the run, and the result says so.
    """
    started = time.monotonic()
    run = Run(instance, started, Budget(seconds, patience), progress)
    run.search()
    placements, refusals = finish(run.problem, run.chosen)
    return Result(
        instance.name,
        run.objective,
        max(run.bound, run.objective),
        round(time.monotonic() - started, 3),
        instance.sha256,
        tuple(placements),
        tuple(refusals),
        run.rounds,
        run.budget.is_stopped_by_clock,
        tuple(run.log),
    )
