"""Whether the database answers and is migrated."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from pol.kernel.db import db


def is_database_ready() -> bool:
    """Answer whether a request could be served now."""
    try:
        with db.engine.connect() as connection:
            return connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    except SQLAlchemyError:
        return False
