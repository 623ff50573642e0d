"""Writing very many rows at once: COPY on PostgreSQL, one prepared INSERT on SQLite.

Rows are plain values in the order of the columns: numbers, text, None, True and False, moments as
`moment_text`, days in ISO form. Constraints and triggers hold as for any other writing.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import text

from pol.kernel.db import Base, db, is_postgresql

Plain = str | int | bool | None
LENGTH_ON_SQLITE = len("2026-03-02 05:00:00.000000")


def pour(model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Plain]]) -> None:
    """Write rows into the table of a model."""
    driver = db.session.connection().connection.driver_connection
    assert driver is not None
    quote = db.engine.dialect.identifier_preparer.quote
    into = f"{quote(str(model.__table__.name))} ({', '.join(map(quote, columns))})"  # type: ignore[attr-defined]
    if is_postgresql():
        with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(columns))
        driver.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608 - our names


def moment_text(moment: datetime) -> str:
    """Return a moment as this engine keeps it."""
    written = moment.astimezone(UTC).isoformat(" ", "microseconds")
    return written if is_postgresql() else written[:LENGTH_ON_SQLITE]


def go_on_numbering(*models: type[Base]) -> None:
    """Let new rows get ids above those that were poured in; SQLite does so by itself."""
    if not is_postgresql():
        return
    for model in models:
        name = str(model.__table__.name)  # type: ignore[attr-defined]
        db.session.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), max(id)) "  # noqa: S608
                f'FROM "{name}" HAVING max(id) IS NOT NULL'
            )
        )


def refresh_statistics() -> None:
    """Let PostgreSQL's planner know how many rows there are now."""
    if is_postgresql():
        db.session.execute(text("ANALYZE"))
