"""A process forked for one thing, which dies at a named point of it, or lives and names them."""

import gc
import json
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from pol.kernel import health
from tests.faults import doom

Plant = Callable[[], None]
Duty = Callable[[], object]


@dataclass(frozen=True)
class Life:
    """What a process went through before it ended in peace, and what came of it."""

    points: list[str]
    answer: str


class Worker:
    """Does one thing after the other, each in a process of its own."""

    def __init__(self, app: Flask, plant: Plant | None = None) -> None:
        self._app, self._plant = app, plant

    def live(self, duty: Duty) -> Life:
        """Do something to its end."""
        ours, theirs = os.pipe()
        died = self._fork(duty, int(doom.LIVE), theirs)
        with os.fdopen(ours) as said:
            told = said.read()
        assert not died
        return Life(*json.loads(told))

    def learn(self, duty: Duty) -> list[str]:
        """Do a duty to its end; return the points that it went through."""
        return self.live(duty).points

    def dies_at(self, duty: Duty, at: int) -> bool:
        """Do a duty up to a point; answer whether it died there."""
        return self._fork(duty, at, None)

    def _fork(self, duty: Duty, at: int, pipe: int | None) -> bool:
        health.close_connections()
        child = os.fork()
        if child == 0:
            self._live(duty, at, pipe)
        if pipe is not None:
            os.close(pipe)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the duty failed"
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL

    def _live(self, duty: Duty, at: int, pipe: int | None) -> None:
        """Do it and end at once, so that nothing of the parent's is flushed or closed twice."""
        gc.disable()  # it would touch, and so copy, all that the parent holds
        try:
            doom.plant()
            if self._plant:
                self._plant()
            passed = doom.arm(at)
            answer = duty()
            if pipe is not None:
                os.write(pipe, json.dumps([passed, str(answer)]).encode())
        except BaseException:  # noqa: BLE001 - the parent fails the test with the exit code
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
