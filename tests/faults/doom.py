"""Where a process is told to die: named points on the way through one change.

A browser of the test says it in a header, which only the wrapper below reads: the application
knows nothing of it. `X-Die-At: 7` kills the process at the seventh point; a number past the last
one lets it live, and the answer then names the points it went through.
"""

import os
import re
import signal
from collections.abc import Callable, Iterable
from contextvars import Context, ContextVar
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from pol.kernel.db import writing

ASKED = "HTTP_X_DIE_AT"
NAMES = "x-points"
LIVE = "10000"
_passed: ContextVar[list[str] | None] = ContextVar("passed", default=None)
_wanted: ContextVar[int] = ContextVar("wanted", default=-1)
_ABOUT = re.compile(
    r'(INSERT INTO|UPDATE|DELETE FROM|SELECT)\b(?:(?<=SELECT).*?\bFROM)?\s+"?(\w+)', re.DOTALL
)


def pass_point(name: str) -> None:
    """Note a point, and die if it is the one."""
    passed = _passed.get()
    if passed is None:
        return
    passed.append(name)
    if len(passed) == _wanted.get():
        os.kill(os.getpid(), signal.SIGKILL)


def arm(at: int) -> list[str]:
    """Let this process die at its point `at` from now on; return where its points are noted."""
    passed: list[str] = []
    _passed.set(passed)
    _wanted.set(at)
    return passed


def in_a_request(act: Callable[[], str]) -> str:
    """Do it as a server would, in a context that holds nothing else than the points."""
    passed, wanted = _passed.get(), _wanted.get()

    def do() -> str:
        _passed.set(passed)
        _wanted.set(wanted)
        return act()

    return Context().run(do)


def plant() -> None:
    """Watch every statement, and both sides of every commit, of this process."""
    event.listen(Engine, "before_cursor_execute", _statement)
    event.listen(Engine, "commit", _before_commit)
    event.listen(Session, "after_commit", _after_commit)


def _statement(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if not writing.get() or statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
        return
    found = _ABOUT.search(statement)
    pass_point(f"{found[1].split()[0]} {found[2]}" if found else statement[:20])


def _before_commit(_connection: Any) -> None:
    if writing.get():
        pass_point("before COMMIT")


def _after_commit(_session: Session) -> None:
    if writing.get():
        pass_point("after COMMIT")


def mortal(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Wrap an application so that browsers can say where it dies."""

    def wrapper(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        asked = environ.get(ASKED)
        if asked is None:
            return application(environ, start)
        passed = arm(int(asked))
        kept: list[Any] = []
        body = b"".join(application(environ, lambda *answer: kept.extend(answer)))
        pass_point("before the answer")
        _passed.set(None)
        status, headers = kept[:2]
        start(status, [*headers, (NAMES, ";".join(passed))])
        return [body]

    return wrapper
