"""One database per worker and engine, copied from a template that the migrations made.

After a test it goes back to what the template holds: reference rows stay, all else is gone.
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import psycopg
import pysqlite3.dbapi2 as sqlite
import pytest
from flask import Flask
from flask_migrate import upgrade
from psycopg import sql

from pol.app import create_app
from pol.kernel import clock
from pol.kernel.db import db
from pol.kernel.localtime import at_local, business_day
from tests.rig import postgres, run

ENGINES = ("sqlite", "postgresql")


class Database(Protocol):
    """A migrated database that can be put back to its first state."""

    kind: str
    url: str

    def reset(self) -> None:
        """Forget what was written since, by whichever process."""

    def kept(self) -> AbstractContextManager[None]:
        """Go back to what is there now, not to the template, until the end of the block."""

    def close(self) -> None:
        """Let go of it."""


@contextmanager
def created(kind: str, name: str = "main", *, like: str = "migrated") -> Iterator[Database]:
    """Give this worker's database of that name, made from a template."""
    made = SqliteDatabase if kind == "sqlite" else PostgresDatabase
    database: Database = made(f"{run.WORKER}_{name}", like)
    yield database
    database.close()


def application(database_url: str, **settings: Any) -> Flask:
    """Return the application over a database."""
    return create_app(TESTING=True, SQLALCHEMY_DATABASE_URI=database_url, **settings)


def migrate(url: str) -> None:
    """Bring a database to the newest schema, as a deployment does."""
    app = application(url)
    with app.app_context():
        upgrade()
        db.engine.dispose()


def fill_with_demo(url: str) -> None:
    """Load the small demo on top, as `make run` does: now, and on PostgreSQL just after midnight.

    What happened a minute ago has then happened yesterday, which is worth a try in every run.
    """
    migrate(url)
    app = application(url)
    runner = app.test_cli_runner(catch_exceptions=False)
    now = clock.now()
    moment = now if url.startswith("sqlite") else min(now, at_local(business_day(now), 4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: moment)
        assert runner.invoke(args=["demo", "load", "--size", "small"]).exit_code == 0
    with app.app_context():
        db.engine.dispose()


TEMPLATES = {"migrated": migrate, "demo": fill_with_demo}


class SqliteDatabase:
    """A file; put back page by page through SQLite's backup, so that open connections live on."""

    kind = "sqlite"

    def __init__(self, name: str, like: str) -> None:
        template, path = run.folder() / f"{like}.sqlite", run.folder() / f"{name}.sqlite"
        with run.locked(f"sqlite-{like}") as done:
            if not done.exists():
                TEMPLATES[like](f"sqlite:///{template}")
                done.touch()
        self.url = f"sqlite:///{path}"
        self._source = sqlite.connect(str(template))
        self._target = sqlite.connect(str(path), timeout=15)
        self._source.backup(self._target)
        self._at_rest = self._version()

    def reset(self) -> None:
        if self._version() != self._at_rest:
            self._source.backup(self._target)
            self._at_rest = self._version()

    @contextmanager
    def kept(self) -> Iterator[None]:
        template, self._source = self._source, sqlite.connect(":memory:")
        self._target.backup(self._source)
        self._at_rest = self._version()
        yield
        self._source.close()
        self._source, self._at_rest = template, -1
        self.reset()

    def close(self) -> None:
        self._source.close()
        self._target.close()

    def _version(self) -> int:
        """Return a number that changes with every commit of another connection or process."""
        return int(self._target.execute("PRAGMA data_version").fetchone()[0])


class PostgresDatabase:
    """A database copied from the template; afterwards only the touched tables are emptied."""

    kind = "postgresql"

    def __init__(self, name: str, like: str) -> None:
        self._server = postgres.server_url()
        prefix = f"pol_{run.folder().name[-8:]}".lower()
        template = f"{prefix}_{like}"
        with run.locked(f"postgres-{like}") as done:
            if not done.exists():
                self._create(template, "template1")
                TEMPLATES[like](self._address(template))
                done.touch()
        self._create(f"{prefix}_{name}", template)
        self.url = self._address(f"{prefix}_{name}")
        self._connection = psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True)
        self._connection.execute("SET session_replication_role = replica")  # triggers rest
        self._shelf = "pristine"
        self._filled = self._put_aside()
        self._look = sql.SQL(" UNION ALL ").join(map(self._fingerprint, self._tables()))
        self._at_rest = self._state()

    def reset(self) -> None:
        touched = sorted({table for table, *_ in self._state() ^ self._at_rest})
        with self._connection.transaction():
            for table in touched:
                self._connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            for table in touched:
                if table in self._filled:
                    self._put_back(table)
        if self._filled.intersection(touched):
            self._at_rest = self._state()

    @contextmanager
    def kept(self) -> Iterator[None]:
        before = self._shelf, self._filled, self._at_rest
        self._shelf = "kept"
        self._filled = self._put_aside()
        self._at_rest = self._state()
        yield
        self._connection.execute("DROP SCHEMA kept CASCADE")
        self._shelf, self._filled, self._at_rest = before
        self.reset()

    def close(self) -> None:
        self._connection.close()

    def _state(self) -> set[tuple[str, int, int]]:
        return set(self._connection.execute(self._look, prepare=True))

    def _fingerprint(self, table: str) -> sql.Composed:
        """Return a query whose answer changes with every write, by whichever process."""
        return sql.SQL(
            "(SELECT {}, count(*), max(xmin::text::bigint) FROM {} HAVING count(*) > 0)"
        ).format(sql.Literal(table), sql.Identifier(table))

    def _put_aside(self) -> set[str]:
        """Copy the tables that hold something into a schema of their own; return their names."""
        shelf = sql.Identifier(self._shelf)
        self._connection.execute(sql.SQL("CREATE SCHEMA {}").format(shelf))
        filled = {table for table in self._tables() if self._is_filled(table)}
        for table in filled:
            copy = sql.SQL("CREATE TABLE {}.{} AS TABLE {}")
            self._connection.execute(
                copy.format(shelf, sql.Identifier(table), sql.Identifier("public", table))
            )
        return filled

    def _is_filled(self, table: str) -> bool:
        first = sql.SQL("SELECT FROM {} LIMIT 1").format(sql.Identifier(table))
        return self._connection.execute(first).fetchone() is not None

    def _put_back(self, table: str) -> None:
        columns = self._connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
            " AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
            [f'public."{table}"'],
        )
        names = sql.SQL(", ").join(sql.Identifier(row[0]) for row in columns)
        copy = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}")
        source = sql.Identifier(self._shelf, table)
        self._connection.execute(copy.format(sql.Identifier(table), names, names, source))

    def _tables(self) -> list[str]:
        rows = self._connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        )
        return [row[0] for row in rows]

    def _create(self, name: str, template: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as server:
            server.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )

    def _address(self, name: str) -> str:
        return re.sub(
            r"^postgres(?:ql)?://([^/]*)/[^?]*", rf"postgresql+psycopg://\1/{name}", self._server
        )
