"""Where a transaction ends. Only the edge (web, api, cli) and demo data import this."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pol.kernel.db import db, is_postgresql, writing
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


def read_without_transaction() -> None:
    """Let each statement of a page that only reads stand alone, up to the next `transaction()`.

    BEGIN and ROLLBACK are two of the three messages that a page of one statement costs PostgreSQL.
    SQLite sends no messages, and one snapshot for the whole page is free there.
    """
    if is_postgresql() and not db.session().in_transaction():
        db.session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
