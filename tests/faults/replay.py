"""Real changes of the application, recorded as statements and done again over any file layer."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import apsw
import pysqlite3.dbapi2 as sqlite
from sqlalchemy import event

from pol.kernel.db import db, writing
from tests.faults.disk import NAME, Recorder, Step

Change = list[tuple[str, list[Any]]]
"""The writing statements of one transaction, each with the rows it was sent."""

PRAGMAS = ("journal_mode", "synchronous", "foreign_keys", "cache_size", "temp_store",
           "wal_autocheckpoint", "journal_size_limit", "locking_mode")  # fmt: skip


class Asked(Protocol):
    """A connection of either driver."""

    def execute(self, statement: str, /) -> Any: ...


def own_pragmas() -> dict[str, Any]:
    """Return how the application itself has opened its database."""
    connection = db.session.connection()
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}


@contextmanager
def recorded() -> Iterator[list[Change]]:
    """Give a list that fills with every change that is committed meanwhile."""
    changes: list[Change] = []
    now: Change = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        if writing.get() and sql.split(None, 1)[0] in {"INSERT", "UPDATE", "DELETE"}:
            now.append((sql, values if isinstance(values, list) else [values]))

    def end(_connection: Any) -> None:
        if now:
            changes.append(now.copy())
            now.clear()

    event.listen(db.engine, "before_cursor_execute", note)
    event.listen(db.engine, "commit", end)
    try:
        yield changes
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
        event.remove(db.engine, "commit", end)


def copy_database(url: str, folder: Path) -> Path:
    """Write the database as it stands into a folder; return the file."""
    target = folder / NAME
    with (
        closing(sqlite.connect(url.removeprefix("sqlite:///"))) as source,
        closing(sqlite.connect(str(target))) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL").fetchall()
    return target


def replay(
    changes: list[Change], path: Path, pragmas: dict[str, Any], name: str
) -> tuple[list[Step], list[str]]:
    """Do the changes again; return what the disk saw and a fingerprint after each commit."""
    recorder = Recorder(name)
    connection = apsw.Connection(str(path), vfs=name)
    for pragma, value in pragmas.items():
        connection.execute(f"PRAGMA {pragma}={value}").fetchall()
    states = [fingerprint(connection)]
    for change in changes:
        connection.execute("BEGIN IMMEDIATE")
        for sql, rows in change:
            for row in rows:
                connection.execute(sql, row).fetchall()
        connection.execute("COMMIT")
        recorder.steps.append(Step("acknowledged"))
        states.append(fingerprint(connection))
    connection.close()
    return recorder.steps, states


def fingerprint(connection: Asked) -> str:
    """Return a hash of every row of every table."""
    digest = hashlib.sha256()
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    for (table,) in connection.execute(tables).fetchall():
        rows = connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall()  # noqa: S608
        digest.update(repr((table, rows)).encode())
    return digest.hexdigest()


def reopened(path: Path, look: Callable[[Any], str]) -> str:
    """Open with the application's own build of SQLite, and look; every complaint is an answer."""
    try:
        with closing(sqlite.connect(str(path))) as connection:
            return look(connection)
    except sqlite.DatabaseError as error:
        return f"corrupt: {error}"
