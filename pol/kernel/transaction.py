"""Where a transaction ends. Only the edge (web, api, cli) and demo data import this."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pol.kernel.db import db, writing
from pol.kernel.marks import take_marks

_after_commit: list[Callable[[set[str]], None]] = []


def after_commit(listener: Callable[[set[str]], None]) -> None:
    """Call the listener with the marks of `marks.mark` whenever a change has been committed."""
    _after_commit.append(listener)


@contextmanager
def transaction() -> Iterator[None]:
    """Commit everything done inside, or nothing."""
    # What was read before belongs to an older snapshot, and SQLite cannot upgrade it to writing.
    db.session.commit()
    token = writing.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        take_marks()
        db.session.rollback()
        raise
    finally:
        writing.reset(token)
    marks = take_marks()
    for listener in _after_commit:
        listener(marks)
