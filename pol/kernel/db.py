"""The database: session, base model, column types and how each engine is opened."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from select import POLLIN, poll
from typing import TYPE_CHECKING, Any, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Executable,
    FromClause,
    Integer,
    MetaData,
    Table,
    TypeDecorator,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session, registry

from pol.kernel.money import Rupiah

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

writing: ContextVar[bool] = ContextVar("writing", default=False)
"""True inside `transaction()`: SQLite then takes its write lock at BEGIN, not half-way."""

reading: ContextVar[bool] = ContextVar("reading", default=False)
"""True while each statement stands alone, see `_begin`: a page only reads, mostly."""


BigKey = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit key; SQLite numbers rows by itself only when the column is called INTEGER."""


class RupiahColumn(TypeDecorator[Rupiah]):
    """Store rupiah as a big integer."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Rupiah | None, dialect: Dialect) -> int | None:
        return None if value is None else value.amount

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Rupiah | None:
        return None if value is None else Rupiah(int(value))


class UtcColumn(TypeDecorator[datetime]):
    """Store aware moments; refuse naive ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_column(kind: type[StrEnum], *, name: str | None = None) -> Enum:
    """Return a text column that holds the values of an enum, checked by the database.

    Two columns of one kind in one table need a name each for their checks.
    """
    plain = "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__).lstrip("_")
    return Enum(
        kind,
        name=name or plain,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """Metadata and type map shared by every table."""

    # Flask-SQLAlchemy copies this class, so the type map must sit on a registry.
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={Rupiah: RupiahColumn(), datetime: UtcColumn()},
    )


db = SQLAlchemy(
    model_class=Base,
    disable_autonaming=True,
    session_options={"expire_on_commit": False},
)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def engine_options(url: str) -> dict[str, Any]:
    """Return how to open an engine for this address.

    The SQLite that distributions ship can lose commits in WAL mode (3.7.0 to 3.51.2), so a
    pinned build takes its place.
    """
    if url.startswith("sqlite"):
        import pysqlite3.dbapi2 as driver  # noqa: PLC0415 - not needed on PostgreSQL

        return {"module": driver, "connect_args": {"timeout": 15, "check_same_thread": False}}
    return {
        "pool_size": 2,
        "max_overflow": 4,
        "pool_pre_ping": False,
        "pool_recycle": 1800,
        # Planning a page takes longer than reading it, and our indexes suit every value.
        "connect_args": {
            "options": "-c plan_cache_mode=force_generic_plan",
            "autocommit": True,  # we say BEGIN ourselves, see `_begin`
        },
    }


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if "sqlite" not in type(connection).__module__:
        return
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=15000",
        "cache_size=-16000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "checkout")
def _leave_dead_connections(connection: Any, _record: object, _lent: object) -> None:
    """Let the pool replace a connection whose server has gone; costs no question to the server.

    A connection at rest has nothing to read, unless the server said goodbye or just vanished.
    """
    if hasattr(connection, "fileno"):
        waiting = poll()
        waiting.register(connection.fileno(), POLLIN)
        if waiting.poll(0):
            raise DisconnectionError


def connect(app: Flask) -> None:
    """Give the application its engine, and the engine our way to begin.

    Not by listening to it: where anybody listens, each statement asks who.
    """
    db.init_app(app)
    with app.app_context():
        dialect = db.engine.dialect
        begin = _begin if is_postgresql() else _begin_sqlite
        dialect.do_begin = begin  # type: ignore[method-assign, assignment]


def _begin(connection: Any) -> None:
    """Begin on PostgreSQL, unless each statement may stand alone.

    BEGIN and ROLLBACK are two of the three messages that a page of one statement costs, and a
    ROLLBACK makes psycopg forget what it has prepared, so that PostgreSQL plans everything anew.
    """
    if writing.get() or not reading.get():
        connection.execute("BEGIN")


def _begin_sqlite(connection: Any) -> None:
    connection.execute("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


def is_postgresql() -> bool:
    """Answer whether this application runs on PostgreSQL."""
    return bool(db.engine.dialect.name == "postgresql")


def table(model: type[Base]) -> Table:
    """Return a model's table, for statements that know nothing of objects."""
    return cast("Table", model.__table__)


def run(statement: Executable, values: Any = None) -> CursorResult[*tuple[Any, ...]]:
    """Execute a statement about columns, after writing what the session still holds back.

    Past the session's own `execute`, which prepares every statement for loading objects: that is
    a third of what a short one costs. Made for constants with `bindparam`, where it matters.
    """
    session = db.session()
    session.flush()
    result: CursorResult[*tuple[Any, ...]] = _connection_of(session).execute(statement, values)
    return result


def _connection_of(session: Session) -> Connection:
    """Return the connection of the session's transaction or savepoint, asked for once in each.

    Choosing the engine anew takes a tenth of what a short statement does. The session writes a
    savepoint down when it is first asked for its connection there.
    """
    known: tuple[Any, Connection] | None = session.info.get("connection")
    if known and known[0] is _innermost(session):
        return known[1]
    connection = session.connection()
    session.info["connection"] = (_innermost(session), connection)
    return connection


def _innermost(session: Session) -> Any:
    return session.get_nested_transaction() or session.get_transaction()


def insert(model: type[Base] | FromClause) -> Any:
    """Return an INSERT of this engine that knows `on_conflict_do_nothing` and `_do_update`."""
    return (postgresql if is_postgresql() else sqlite).insert(model)
