"""Ledger rows. Postings are written first; the entry that seals them comes last.

The key from posting to entry is checked at commit, so postings without their entry cannot stay;
triggers refuse an entry whose postings do not sum to zero, a posting for an entry that already
exists, and any update or deletion. This holds on both engines alike.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import BigKey, Model, enum_column
from pol.kernel.money import Rupiah
from pol.ledger.rules import AccountKind


class Account(Model):
    """A place where money stands; debit is positive, credit negative."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[AccountKind] = mapped_column(enum_column(AccountKind))
    balance: Mapped[Rupiah]


class Entry(Model):
    """One event of money."""

    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    reference: Mapped[str] = mapped_column(index=True)
    memo: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Posting(Model):
    """One line of an entry."""

    __tablename__ = "posting"
    __table_args__ = (Index("ix_posting_account_id_id", "account_id", "id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    entry_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("entry.id", deferrable=True, initially="DEFERRED"), index=True
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    amount: Mapped[Rupiah]


class DayClose(Model):
    """A day of the books, closed: what was posted until its end, sealed by a hash."""

    __tablename__ = "day_close"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    entries: Mapped[int]
    moved: Mapped[Rupiah]
    seal: Mapped[str]
    closed_at: Mapped[datetime]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
