"""Where a transaction ends. Only the edge (web, api, cli) and demo data import this."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from pol.kernel.db import db, is_postgresql, reading, writing
from pol.kernel.errors import Busy
from pol.kernel.marks import take_marks

GAVE_WAY = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL's states for: could not serialize, deadlock, lock not available."""

_after_commit: list[Callable[[set[str]], None]] = []


def after_commit(listener: Callable[[set[str]], None]) -> None:
    """Call the listener with the marks of `marks.mark` whenever a change has been committed."""
    _after_commit.append(listener)


@contextmanager
def transaction(*, whole: bool = True) -> Iterator[None]:
    """Commit everything done inside, or nothing.

    With `whole=False` each statement stands for itself on PostgreSQL, which spares BEGIN and
    COMMIT: for changes that write once, and last, so that there is nothing to undo.

    :raises Busy: others stood in the way for too long, or in a ring (deadlock)
    """
    # What was read before belongs to an older snapshot, and SQLite cannot upgrade it to writing.
    if db.session().in_transaction():
        db.session.commit()
    token, alone = writing.set(whole or not is_postgresql()), reading.set(not whole)
    try:
        yield
        db.session.commit()
    except BaseException as error:
        take_marks()
        db.session.rollback()
        if _gave_way(error):
            raise Busy from error
        raise
    finally:
        writing.reset(token)
        reading.reset(alone)
    marks = take_marks()
    for listener in _after_commit:
        listener(marks)


def only_read(*, wanted: bool) -> None:
    """Say whether what follows only reads; a `transaction()` inside is one all the same."""
    reading.set(wanted)


def _gave_way(error: BaseException) -> bool:
    """Answer whether the database let others go first, so that trying again is all it takes."""
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return state in GAVE_WAY or "database is locked" in str(error.orig)
