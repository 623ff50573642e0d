"""What guards shelves in each database, and how a test takes it away to see what it is good for."""

from sqlalchemy import text

from pol.kernel.db import db

SHELVES = {
    "sqlite": (
        *(f"DROP TRIGGER placement_overlap_{when}" for when in ("insert", "update")),
        *(f"DROP TRIGGER placement_load_{when}" for when in ("insert", "update")),
    ),
    "postgresql": (
        "ALTER TABLE placement DROP CONSTRAINT placement_no_overlap",
        "DROP TRIGGER placement_fits ON placement",
    ),
}


def take_away(guards: dict[str, tuple[str, ...]]) -> None:
    """Take guards away in this transaction; they are back when it is undone."""
    for statement in guards[db.engine.dialect.name]:
        db.session.execute(text(statement))
