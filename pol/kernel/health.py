"""Whether the database answers and is migrated, and whether it went away."""

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import close_all_sessions

from pol.kernel.db import db


def is_database_ready() -> bool:
    """Answer whether a request could be served now."""
    try:
        with db.engine.connect() as connection:
            rows = connection.scalar(text("SELECT count(*) FROM alembic_version"))
            return bool(rows == 1)
    except SQLAlchemyError:
        return False


def is_away(error: BaseException | None) -> bool:
    """Answer whether this error says that the database is gone, and nothing worse."""
    if not isinstance(error, DBAPIError):
        return False
    # Without a state, PostgreSQL was not even reached; 08 and 57P: it broke off, or shuts down.
    state = getattr(error.orig, "sqlstate", "")
    return bool(error.connection_invalidated or state is None or state.startswith(("08", "57P")))


def close_connections() -> None:
    """Close this process's connections; a fork must not share them with its parent."""
    db.session.remove()
    close_all_sessions()  # one of another context would give its connection back to a pool gone
    db.engine.dispose()
