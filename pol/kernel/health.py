"""Whether the database answers and is migrated."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from pol.kernel.db import db


def is_database_ready() -> bool:
    """Answer whether a request could be served now."""
    try:
        with db.engine.connect() as connection:
            rows = connection.scalar(text("SELECT count(*) FROM alembic_version"))
            return bool(rows == 1)
    except SQLAlchemyError:
        return False


def close_connections() -> None:
    """Close this process's connections; a fork must not share them with its parent."""
    db.session.remove()
    db.engine.dispose()
