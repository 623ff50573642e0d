"""Closing the books of a day: after it nothing is written there any more."""

from datetime import date, datetime

from sqlalchemy import text

from pol.kernel import audit
from pol.kernel.db import db, is_postgresql
from pol.ledger.models import DayClose
from pol.ledger.queries import closing
from pol.ledger.rules import check_over


def close_days(*, until: date, actor_id: int | None, now: datetime) -> int:
    """Close every open day up to this one; return how many.

    :raises DayNotOver: it is today or still to come
    """
    closed = 0
    while close_next_day(until=until, actor_id=actor_id, now=now):
        closed += 1
    return closed


def close_next_day(*, until: date, actor_id: int | None, now: datetime) -> date | None:
    """Close the oldest open day and return it; None when all up to `until` are closed.

    Days are closed one after the other, also those on which nothing happened, so that the chain of
    seals has no gap.

    :raises DayNotOver: `until` is today or still to come
    """
    check_over(until, now)
    _keep_others_out()
    day = closing.find_open_day()
    if day is None or day > until:
        return None
    found = closing.sum_up(day, closing.get_seal_before(day))
    db.session.add(
        DayClose(
            day=day,
            entries=found.entries,
            moved=found.moved,
            seal=found.seal,
            closed_at=now,
            closed_by_id=actor_id,
        )
    )
    audit.record(
        action="books.closed",
        subject=f"day:{day}",
        actor_id=actor_id,
        now=now,
        entries=found.entries,
        seal=found.seal,
    )
    db.session.flush()
    return day


def _keep_others_out() -> None:
    """Wait for everybody who is posting, and let nobody begin until this transaction has ended.

    Whoever posts has read this table, and holds that lock until the end. SQLite has one writer.
    """
    if is_postgresql():
        db.session.execute(text("LOCK TABLE day_close IN ACCESS EXCLUSIVE MODE"))
