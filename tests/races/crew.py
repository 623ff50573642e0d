"""Real processes that wait for each other and then do something at the same moment."""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from typing import Any, Self

from pol.kernel.db import db
from pol.kernel.errors import PolError
from tests.rig import databases

PATIENCE_SECONDS = 120
Job = tuple[Callable[..., Any], tuple[Any, ...]]
"""A function of a module and what to call it with; it begins and ends its own transactions."""


@dataclass(frozen=True)
class Outcome:
    """What came of a job: its answer, or the name of the rule that refused it."""

    answer: Any = None
    refusal: str | None = None
    failure: str | None = None


class Crew:
    """Processes with an application each, over one database."""

    def __init__(self, database_url: str, size: int) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._barrier = spawn.Barrier(size)
        self._ends: list[Connection] = []
        self._processes: list[BaseProcess] = []
        for _ in range(size):
            ours, theirs = spawn.Pipe()
            process = spawn.Process(
                target=_work, args=(database_url, theirs, self._barrier), daemon=True
            )
            process.start()
            self._ends.append(ours)
            self._processes.append(process)

    def together(self, jobs: Sequence[Job]) -> list[Outcome]:
        """Do one job per process, all released at once; every outcome, in the order of jobs."""
        assert len(jobs) == len(self._ends)
        for end, job in zip(self._ends, jobs, strict=True):
            end.send(job)
        outcomes = []
        for end in self._ends:
            assert end.poll(PATIENCE_SECONDS), "a process does not answer"
            outcomes.append(end.recv())
        assert not (failures := [o.failure for o in outcomes if o.failure]), failures
        return outcomes

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for end in self._ends:
            end.send(None)
        for process in self._processes:
            process.join(10)
            process.kill()


def _work(database_url: str, end: Connection, barrier: Barrier) -> None:
    app = databases.application(database_url)
    while (job := end.recv()) is not None:
        do, arguments = job
        with app.app_context():
            barrier.wait(PATIENCE_SECONDS)
            end.send(_outcome(do, arguments))
    with app.app_context():
        db.engine.dispose()
    end.close()
    os._exit(0)  # nothing of the parent's is flushed twice


def _outcome(do: Callable[..., Any], arguments: tuple[Any, ...]) -> Outcome:
    try:
        return Outcome(answer=do(*arguments))
    except PolError as refusal:
        return Outcome(refusal=type(refusal).__name__)
    except Exception as failure:  # noqa: BLE001 - the parent fails the test with it
        return Outcome(failure=f"{type(failure).__name__}: {failure}"[:2_000])
    finally:
        db.session.remove()
