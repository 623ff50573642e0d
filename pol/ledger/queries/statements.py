"""Several accounts read as one statement: what stood before, what moved, what moved since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah
from pol.ledger.models import Account, Entry, Posting
from pol.ledger.queries import POSTED


@dataclass(frozen=True)
class Line:
    """One posting with the event that it belongs to."""

    entry_id: int
    key: str
    at: datetime
    reference: str
    memo: str
    code: str
    amount: Rupiah


def sum_before(codes: Collection[str], moment: datetime) -> Rupiah:
    """Return what stood on these accounts together just before a moment."""
    found = db.session.scalar(
        select(POSTED)
        .select_from(Posting)
        .join(Entry, Entry.id == Posting.entry_id)
        .join(Account, Account.id == Posting.account_id)
        .where(Account.code.in_(codes), Entry.at < moment)
    )
    return found or ZERO


def list_between(codes: Collection[str], since: datetime, until: datetime) -> list[Line]:
    """Return the postings of these accounts from a moment until another, oldest first."""
    rows = db.session.execute(
        select(
            *(Entry.id, Entry.key, Entry.at, Entry.reference, Entry.memo),
            *(Account.code, Posting.amount),
        )
        .join(Entry, Entry.id == Posting.entry_id)
        .join(Account, Account.id == Posting.account_id)
        .where(Account.code.in_(codes), Entry.at >= since, Entry.at < until)
        .order_by(Entry.at, Posting.id)
    )
    return [Line(*row) for row in rows]


def moved_since(codes: Collection[str], moment: datetime) -> dict[str, Rupiah]:
    """Return by how much each account has moved since a moment; those that did not are missing."""
    rows = db.session.execute(
        select(Account.code, POSTED)
        .select_from(Posting)
        .join(Entry, Entry.id == Posting.entry_id)
        .join(Account, Account.id == Posting.account_id)
        .where(Account.code.in_(codes), Entry.at >= moment)
        .group_by(Account.code)
    )
    return {code: amount for code, amount in rows}  # noqa: C416 - a Row is not a pair to dict()


def share_of(entry_ids: Collection[int], *, prefix: str) -> dict[int, Rupiah]:
    """Return what each event posted on the accounts that begin like this."""
    rows = db.session.execute(
        select(Posting.entry_id, POSTED)
        .join(Account, Account.id == Posting.account_id)
        .where(Posting.entry_id.in_(entry_ids), Account.code.startswith(prefix, autoescape=True))
        .group_by(Posting.entry_id)
    )
    return {entry_id: amount for entry_id, amount in rows}  # noqa: C416 - Rows
