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
    Ended by proof (`result.proven`), the same instance gives the same objective, placements and
    sentences again. Ended by the clock, the way of the search is still the same step by step
    (fixed seeds, single-threaded subproblems with node limits, results merged in order) and
    `result.rounds` counts its steps; but how far prices, mixes and steps came is the clock's
    doing, so only runs that finished the same of each are sure to answer the same.
    `result.bound` is always proven; the choice always keeps every rule.
"""

import time
from collections.abc import Callable

from pol.partnership.allocation.rules.instance import Instance
from pol.partnership.allocation.rules.result import Progress, Result
from pol.partnership.allocation.services.solver.ending import finish
from pol.partnership.allocation.services.solver.search import Run

QUIET: Callable[[Progress], None] = lambda progress: None  # noqa: E731


def solve(
    instance: Instance, *, seconds: float, progress: Callable[[Progress], None] = QUIET
) -> Result:
    """Return the best allocation found in so many seconds, with a proven bound.

    `progress` is called in this thread with each step's best objective and bound; what it raises
    ends the run (that is how a job is called off).
    """
    started = time.monotonic()
    run = Run(instance, started, seconds, progress)
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
        tuple(run.log),
    )
