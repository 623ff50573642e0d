"""How Alembic reaches the database of the application and compares it with the models."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write the plain column type, so that an old migration outlives a renamed class."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def run(connection: Connection) -> None:
    """Run the asked migrations, each in its own transaction."""
    context.configure(
        connection=connection,
        target_metadata=current_app.extensions["migrate"].db.metadata,
        compare_server_default=True,
        include_name=is_ours,
        render_item=render_item,
        transaction_per_migration=True,
        transactional_ddl=True,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()


def is_ours(name: str | None, kind: str, parents: Any) -> bool:
    """Leave out the tables in which SQLite keeps a full-text index."""
    return not (kind == "table" and name is not None and "_fts" in name)


def without_foreign_keys(connection: Connection) -> None:
    """Let SQLite rebuild a table that others refer to, and see that all still holds.

    The pragma does nothing inside a transaction, hence past SQLAlchemy, to the driver. Nobody may
    get this connection afterwards: it still does not look at foreign keys.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        run(connection)
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.invalidate()
    if broken:
        raise RuntimeError(f"rows that refer to nothing: {broken[:5]}")


with current_app.extensions["migrate"].db.engine.connect() as connection:
    if connection.dialect.name == "sqlite":
        without_foreign_keys(connection)
    else:
        run(connection)
