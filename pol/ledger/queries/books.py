"""The books as people read them: accounts, statements, journal, trial balance.

`codes` are the accounts that the reader may see; None means all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, true

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import ZERO, Rupiah
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.ledger.models import Account, Entry, Posting
from pol.ledger.queries import POSTED
from pol.ledger.rules import AccountKind, bounds_of

PAGE_SIZE = 50
Codes = Collection[str] | None


@dataclass(frozen=True)
class AccountRow:
    """An account, and what stands on it."""

    code: str
    kind: AccountKind
    balance: Rupiah


@dataclass(frozen=True)
class StatementLine:
    """One line of an account, and what stood there after it."""

    posting_id: int
    entry_id: int
    at: datetime
    reference: str
    memo: str
    amount: Rupiah
    balance: Rupiah


@dataclass(frozen=True)
class JournalRow:
    """One event of money with its postings; debit is positive."""

    id: int
    at: datetime
    reference: str
    memo: str
    actor_id: int | None
    postings: Sequence[tuple[str, Rupiah]]


@dataclass(frozen=True)
class JournalFilter:
    """Which part of the journal: days (both included), words of memo or reference."""

    since: date | None = None
    until: date | None = None
    words: str = ""
    reference: str | None = None


def _seen(codes: Codes) -> ColumnElement[bool]:
    return true() if codes is None else Account.code.in_(codes)


def list_accounts(
    *,
    codes: Codes,
    kind: AccountKind | None = None,
    words: str = "",
    cursor: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[AccountRow]:
    """Return accounts by code, those of one kind or with these letters in their code."""
    after = decode_cursor(cursor, shape=(str,))
    statement = (
        select(Account.code, Account.kind, Account.balance)
        .where(*_chosen(codes, kind, words), *([Account.code > after[0]] if after else []))
        .order_by(Account.code)
        .limit(size + 1)
    )
    rows = [AccountRow(*row) for row in db.session.execute(statement)]
    return cut_page(rows, size=size, key=lambda row: (row.code,), is_first=after is None)


def count_accounts(*, codes: Codes, kind: AccountKind | None = None, words: str = "") -> int:
    """Return how many accounts `list_accounts` has."""
    counted = select(func.count()).select_from(Account).where(*_chosen(codes, kind, words))
    return db.session.scalar(counted) or 0


def _chosen(codes: Codes, kind: AccountKind | None, words: str) -> list[ColumnElement[bool]]:
    found = [_seen(codes)]
    if kind is not None:
        found.append(Account.kind == kind)
    if words:
        found.append(Account.code.contains(words.lower(), autoescape=True))
    return found


def get_account(code: str, *, codes: Codes) -> AccountRow:
    """Return one account.

    :raises NotFound: there is none, or it is not this reader's
    """
    row = db.session.execute(
        select(Account.code, Account.kind, Account.balance).where(
            Account.code == code, _seen(codes)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return AccountRow(*row)


def list_statement(
    account: AccountRow, *, cursor: str | None, size: int = PAGE_SIZE
) -> Page[StatementLine]:
    """Return the lines of an account, newest first, each with what stood there after it."""
    after = decode_cursor(cursor, shape=(int,))
    mine = (
        select(Posting.id, Entry.id, Entry.at, Entry.reference, Entry.memo, Posting.amount)
        .join(Entry, Entry.id == Posting.entry_id)
        .join(Account, Account.id == Posting.account_id)
        .where(Account.code == account.code)
    )
    older = mine.where(Posting.id < after[0]) if after else mine
    found = db.session.execute(older.order_by(Posting.id.desc()).limit(size + 1)).all()
    newer = _posted_from(account.code, int(after[0])) if after else ZERO
    balance = account.balance - newer
    lines = []
    for row in found:
        lines.append(StatementLine(*row, balance=balance))
        balance = balance - row.amount
    return cut_page(lines, size=size, key=lambda line: (line.posting_id,), is_first=after is None)


def _posted_from(code: str, posting_id: int) -> Rupiah:
    """Return what an account has moved by since before this posting."""
    newer = (
        select(POSTED)
        .select_from(Posting)
        .join(Account, Account.id == Posting.account_id)
        .where(Account.code == code, Posting.id >= posting_id)
    )
    return db.session.scalar(newer) or ZERO


def list_journal(
    wanted: JournalFilter, *, codes: Codes, cursor: str | None = None, size: int | None = PAGE_SIZE
) -> Page[JournalRow]:
    """Return entries that touch these accounts, newest first, whole; two statements.

    Without a size all of them.
    """
    after = decode_cursor(cursor, shape=(int,))
    columns = Entry.id, Entry.at, Entry.reference, Entry.memo, Entry.actor_id
    statement = select(*columns).where(*_asked(wanted, codes)).order_by(Entry.id.desc())
    if after:
        statement = statement.where(Entry.id < after[0])
    if size is not None:
        statement = statement.limit(size + 1)
    heads: Sequence[Any] = db.session.execute(statement).all()
    postings = _postings_of(statement.with_only_columns(Entry.id))
    rows = [JournalRow(*(*head, postings[head[0]])) for head in heads]
    return cut_page(rows, size=size or len(rows), key=lambda row: (row.id,), is_first=after is None)


def count_journal(wanted: JournalFilter, *, codes: Codes) -> int:
    """Return how many entries `list_journal` has."""
    counted = select(func.count()).select_from(Entry).where(*_asked(wanted, codes))
    return db.session.scalar(counted) or 0


def _asked(wanted: JournalFilter, codes: Codes) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if codes is not None:
        touched = select(Posting.entry_id).join(Account, Account.id == Posting.account_id)
        found.append(Entry.id.in_(touched.where(Account.code.in_(codes))))
    if wanted.since:
        found.append(Entry.at >= bounds_of(wanted.since)[0])
    if wanted.until:
        found.append(Entry.at < bounds_of(wanted.until)[1])
    if wanted.reference or wanted.words:
        found.append(_says(wanted))
    return found


def _says(wanted: JournalFilter) -> ColumnElement[bool]:
    words = wanted.words.lower()
    found = [Entry.reference == wanted.reference, func.lower(Entry.reference) == words]
    if words:
        found.append(func.lower(Entry.memo).contains(words, autoescape=True))
    return or_(*found)


def _postings_of(entries: Select[Any]) -> dict[int, list[tuple[str, Rupiah]]]:
    found: dict[int, list[tuple[str, Rupiah]]] = defaultdict(list)
    chosen = entries.subquery()
    rows = db.session.execute(
        select(Posting.entry_id, Account.code, Posting.amount)
        .join(Account, Account.id == Posting.account_id)
        .where(Posting.entry_id.in_(select(chosen.c.id)))
        .order_by(Posting.id)
    )
    for entry_id, code, amount in rows:
        found[entry_id].append((code, amount))
    return found


def list_trial_balance(day: date, *, codes: Codes) -> list[AccountRow]:
    """Return what stood on each account at the end of a day, without the empty ones."""
    rows = db.session.execute(
        select(Account.code, Account.kind, POSTED)
        .join(Posting, Posting.account_id == Account.id)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(_seen(codes), Entry.at < bounds_of(day)[1])
        .group_by(Account.id)
        .having(POSTED != ZERO)
        .order_by(Account.code)
    )
    return [AccountRow(*row) for row in rows]
