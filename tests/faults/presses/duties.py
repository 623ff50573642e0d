"""What the clock does with the same town, each at a moment at which some of it is due."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import timedelta

from pol.cli import jobs
from pol.cli.jobs import Duty
from pol.kernel import clock
from pol.kernel.transaction import transaction

LATER: Mapping[str, timedelta] = {
    "let unpaid orders go": timedelta(days=3),
    "let unanswered orders go": timedelta(days=1),
    "answer for silent customers": timedelta(days=1),
    "finish delivered orders": timedelta(days=7),
    "let unanswered offers go": timedelta(days=7),
    "begin agreements": timedelta(days=40),
    "call off unsigned agreements": timedelta(days=40),
    "announce the end of agreements": timedelta(days=290),
    "end agreements": timedelta(days=400),
    "end waiting lists": timedelta(days=400),
    "take in till files": timedelta(seconds=20),
    "agree to counts for silent producers": timedelta(days=10),
    "close the books": timedelta(days=2),
    "close settlement periods": timedelta(days=9),
    "remind of late bills": timedelta(days=60),
    "write to those who leave": timedelta(days=10),
    "let unanswered renewals go": timedelta(days=29),
}
"""By duty: how long after everything was made ready it is done."""

STEP_BY_STEP = {"close settlement periods"}

ELSEWHERE: Mapping[str, str] = {
    "ask the payment provider": "tests/provider/test_killed.py, around each call as well",
    "send refunds": "tests/provider/test_killed.py, around each call as well",
    "start allocations": "only starts a process; a run that it leaves waits again: test_runs.py",
}
"""What is killed by another test."""


def doing(name: str) -> Callable[[], str]:
    """Return a duty as the worker does it, without the lease that keeps others away."""
    (duty,) = (one for one in jobs.DUTIES if one.name == name)
    return lambda: (_do_all if name in STEP_BY_STEP else _do)(duty)


def _do_all(duty: Duty) -> str:
    """Do it until nothing is left, since each time it does only the first of several."""
    done = 0
    while more := duty.run(clock.now()):
        done += more
    return f"did {done}"


def _do(duty: Duty) -> str:
    with nullcontext() if duty.keeps_own_transactions else transaction():
        return f"did {duty.run(clock.now())}"
