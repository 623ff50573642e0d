"""Where a transaction ends. Only the edge (web, api, cli) and demo data may import this."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pol.kernel.db import db, writing

_after_commit: list[Callable[[set[str]], None]] = []


def after_commit(listener: Callable[[set[str]], None]) -> None:
    """Call the listener with the marks left by `mark` whenever a change has been committed."""
    _after_commit.append(listener)


def mark(what: str) -> None:
    """Leave word for the listeners of this transaction's commit, such as "catalogue"."""
    db.session.info.setdefault("marks", set()).add(what)


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
        db.session.info.pop("marks", None)
        db.session.rollback()
        raise
    finally:
        writing.reset(token)
    marks = db.session.info.pop("marks", set())
    for listener in _after_commit:
        listener(marks)
