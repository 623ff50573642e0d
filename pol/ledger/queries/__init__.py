"""Looking at money: what an account holds, what an order moved, whether the books agree."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, literal, select

from pol.kernel.db import RupiahColumn, db, run
from pol.kernel.money import ZERO, Rupiah
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.ledger.models import Account, Entry, Posting

POSTED = func.coalesce(func.sum(Posting.amount), literal(ZERO, RupiahColumn()))


@dataclass(frozen=True)
class StatementRow:
    """One line of money as people read it."""

    posting_id: int
    at: datetime
    reference: str
    memo: str
    account: str
    amount: Rupiah


@dataclass(frozen=True)
class AccountGap:
    """An account whose balance is not the sum of its postings."""

    code: str
    balance: Rupiah
    posted: Rupiah


@dataclass(frozen=True)
class LedgerReport:
    """What a check of the whole ledger found (I8)."""

    difference: Rupiah
    gaps: Sequence[AccountGap]
    unbalanced_entries: Sequence[int]
    unsealed_postings: int

    @property
    def is_sound(self) -> bool:
        return not (
            self.difference or self.gaps or self.unbalanced_entries or self.unsealed_postings
        )


_STATEMENT = (
    select(Posting.id, Entry.at, Entry.reference, Entry.memo, Account.code, Posting.amount)
    .join(Entry, Entry.id == Posting.entry_id)
    .join(Account, Account.id == Posting.account_id)
)


def get_balance(code: str) -> Rupiah:
    """Return what stands on an account; one that was never used holds Rp0."""
    return db.session.scalar(select(Account.balance).where(Account.code == code)) or ZERO


def list_account(code: str, *, cursor: str | None = None, size: int = 50) -> Page[StatementRow]:
    """Return the lines of an account, newest first."""
    statement = _STATEMENT.where(Account.code == code).order_by(Posting.id.desc()).limit(size + 1)
    if after := decode_cursor(cursor, shape=(int,)):
        statement = statement.where(Posting.id < after[0])
    rows = [StatementRow(*row) for row in db.session.execute(statement)]
    return cut_page(rows, size=size, key=lambda row: (row.posting_id,))


def list_references(references: Sequence[str]) -> list[StatementRow]:
    """Return every line that belongs to these documents, in the order in which they happened."""
    statement = _STATEMENT.where(Entry.reference.in_(references))
    rows = db.session.execute(statement.order_by(Entry.at, Posting.id))
    return [StatementRow(*row) for row in rows]


def check_ledger() -> LedgerReport:
    """Add everything up again: postings, balances, entries and their seals."""
    difference = db.session.scalar(select(POSTED)) or ZERO
    gaps = db.session.execute(
        select(Account.code, Account.balance, POSTED)
        .outerjoin(Posting, Posting.account_id == Account.id)
        .group_by(Account.id)
        .having(Account.balance != POSTED)
        .order_by(Account.code)
    )
    unbalanced = db.session.scalars(
        select(Posting.entry_id).group_by(Posting.entry_id).having(POSTED != ZERO)
    )
    unsealed = db.session.scalar(
        select(func.count())
        .select_from(Posting)
        .outerjoin(Entry, Entry.id == Posting.entry_id)
        .where(Entry.id.is_(None))
    )
    return LedgerReport(
        difference, [AccountGap(*row) for row in gaps], unbalanced.all(), unsealed or 0
    )


def balances_of(prefix: str) -> dict[str, Rupiah]:
    """Return what stands on every account whose code begins like this."""
    rows = db.session.execute(
        select(Account.code, Account.balance).where(
            Account.code.startswith(prefix, autoescape=True)
        )
    )
    return {code: balance for code, balance in rows}  # noqa: C416 - a Row is not a pair to dict()


def sum_by_reference(code: str) -> dict[str, Rupiah]:
    """Return what each document still has on an account, without those that have nothing."""
    rows = db.session.execute(
        select(Entry.reference, POSTED)
        .join(Posting, Posting.entry_id == Entry.id)
        .join(Account, Account.id == Posting.account_id)
        .where(Account.code == code)
        .group_by(Entry.reference)
        .having(POSTED != ZERO)
    )
    return {reference: amount for reference, amount in rows}  # noqa: C416 - a Row is not a pair


def sum_by_account(prefix: str, *, keys: str) -> dict[str, Rupiah]:
    """Return what events whose keys begin so moved on accounts whose codes begin so."""
    rows = db.session.execute(
        select(Account.code, POSTED)
        .join(Posting, Posting.account_id == Account.id)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Account.code.startswith(prefix), Entry.key.startswith(keys))
        .group_by(Account.code)
    )
    return {code: amount for code, amount in rows}  # noqa: C416 - a Row is not a pair


_BALANCES = select(Account.code, Account.balance).where(
    Account.code.in_(bindparam("codes", expanding=True))
)


def get_balances(codes: Collection[str]) -> dict[str, Rupiah]:
    """Return what stands on each of these accounts, in one statement; Rp0 where never used."""
    rows = run(_BALANCES, {"codes": list(codes)})
    return dict.fromkeys(codes, ZERO) | {code: balance for code, balance in rows}  # noqa: C416 - Rows


def list_since(code: str, *, key_prefix: str) -> list[StatementRow]:
    """Return the lines of an account after its last event of this kind, oldest first.

    Whoever posts holds the account, so its lines are numbered in the order of their commits.
    """
    last = (
        select(Posting.id)
        .join(Entry, Entry.id == Posting.entry_id)
        .join(Account, Account.id == Posting.account_id)
        .where(Account.code == code, Entry.key.startswith(key_prefix, autoescape=True))
        .order_by(Posting.id.desc())
        .limit(1)
    )
    after = db.session.scalar(last) or 0
    statement = _STATEMENT.where(Account.code == code, Posting.id > after).order_by(Posting.id)
    return [StatementRow(*row) for row in db.session.execute(statement)]
