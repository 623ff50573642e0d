"""What guards shelves in each database, and how a test takes it away to see what it is good for."""

from sqlalchemy import text

from pol.kernel.db import db, is_postgresql

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
ALL_OF_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


def take_all_away() -> None:
    """Take every trigger away in this transaction."""
    if is_postgresql():
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
        db.session.execute(text("ALTER TABLE placement DROP CONSTRAINT placement_no_overlap"))
        return
    for name in db.session.scalars(text(ALL_OF_SQLITE)).all():
        db.session.execute(text(f"DROP TRIGGER {name}"))


def take_away(guards: dict[str, tuple[str, ...]]) -> None:
    """Take guards away in this transaction; they are back when it is undone."""
    for statement in guards[db.engine.dialect.name]:
        db.session.execute(text(statement))
