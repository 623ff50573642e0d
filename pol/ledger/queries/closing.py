"""Closed days: which there are, what they contained, and whether they still do."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, func, select

from pol.identity.models import User
from pol.kernel.db import UtcColumn, db, run
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.ledger.models import Account, DayClose, Entry, Posting
from pol.ledger.rules import bounds_of, seal_of

PAGE_SIZE = 31
_LAST = select(func.max(DayClose.day))


@dataclass(frozen=True)
class DaySum:
    """What a day contains: how many entries, how much moved, and the seal over all of it."""

    entries: int
    moved: Rupiah
    seal: str


@dataclass(frozen=True)
class CloseRow:
    """A closed day."""

    day: date
    entries: int
    moved: Rupiah
    seal: str
    closed_at: datetime
    closed_by: str | None


def find_last_closed_day() -> date | None:
    """Return the newest day whose books are closed.

    On PostgreSQL whoever has asked holds off a closing until the own transaction has ended.
    """
    day: date | None = run(_LAST).scalar()
    return day


def find_open_day() -> date | None:
    """Return the oldest day that is not closed; None while nothing was ever posted."""
    last = find_last_closed_day()
    if last is not None:
        return last + timedelta(days=1)
    first = db.session.scalar(select(func.min(Entry.at, type_=UtcColumn())))
    return business_day(first) if first else None


def get_seal_before(day: date) -> str:
    """Return the seal that this day's is chained to; the first day has none."""
    before = select(DayClose.seal).where(DayClose.day < day).order_by(DayClose.day.desc())
    return db.session.scalar(before.limit(1)) or ""


def sum_up(day: date, previous: str) -> DaySum:
    """Add up a day and seal it."""
    since, until = bounds_of(day)
    entries, moved, lines = 0, 0, []
    for line, amount in _lines(since, until):
        entries, moved = entries + 1, moved + amount
        lines.append(line)
    return DaySum(entries, Rupiah(moved), seal_of(previous, day, lines))


_POSTED = (
    select(
        Entry.id,
        Entry.key,
        Entry.at,
        Entry.reference,
        Entry.memo,
        Entry.actor_id,
        Account.code,
        Posting.amount,
    )
    .join(Posting, Posting.entry_id == Entry.id)
    .join(Account, Account.id == Posting.account_id)
    .where(Entry.at >= bindparam("since"), Entry.at < bindparam("until"))
    .order_by(Entry.id, Posting.id)
)


def _lines(since: datetime, until: datetime) -> Iterator[tuple[str, int]]:
    """Yield each entry as one line of text, with how much it moved."""
    rows = run(_POSTED, {"since": since, "until": until})
    for head, own in groupby(rows, key=lambda row: row[:6]):
        postings = [(row.code, row.amount.amount) for row in own]
        moved = sum(amount for _, amount in postings if amount > 0)
        yield _text(head, postings), moved


def _text(head: Any, postings: list[tuple[str, int]]) -> str:
    number, key, at, reference, memo, actor_id = head
    facts = [number, key, at.isoformat(), reference, memo, actor_id, postings]
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def list_closes(*, cursor: str | None, size: int = PAGE_SIZE) -> Page[CloseRow]:
    """Return closed days, newest first."""
    after = decode_cursor(cursor, shape=(str,))
    statement = (
        select(
            DayClose.day,
            DayClose.entries,
            DayClose.moved,
            DayClose.seal,
            DayClose.closed_at,
            User.name,
        )
        .outerjoin(User, User.id == DayClose.closed_by_id)
        .order_by(DayClose.day.desc())
        .limit(size + 1)
    )
    if after and (day := _day(str(after[0]))):
        statement = statement.where(DayClose.day < day)
    rows = [CloseRow(*row) for row in db.session.execute(statement)]
    return cut_page(rows, size=size, key=lambda row: (row.day.isoformat(),))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def list_broken_days() -> list[date]:
    """Return each closed day that no longer is what was sealed, or that follows on a gap."""
    columns = DayClose.day, DayClose.entries, DayClose.moved, DayClose.seal
    broken, previous, expected = [], "", None
    for row in db.session.execute(select(*columns).order_by(DayClose.day)).all():
        stored = DaySum(row.entries, row.moved, row.seal)
        if stored != sum_up(row.day, previous) or expected not in (None, row.day):
            broken.append(row.day)
        previous, expected = row.seal, row.day + timedelta(days=1)
    return broken
