"""Writing money: the only door to the ledger."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select

from pol.kernel import bulk
from pol.kernel.db import db, insert
from pol.kernel.money import ZERO, Rupiah
from pol.ledger.models import Account, Entry, Posting
from pol.ledger.queries.closing import find_last_closed_day
from pol.ledger.rules import check_balanced, check_open, kind_of, new_entry_id

Lines = Sequence[tuple[str, Rupiah]]
AT_ONCE = 1_000


class Happening(NamedTuple):
    """One event of money for `post_all`; see `post`."""

    key: str
    at: datetime
    reference: str
    memo: str
    lines: Lines
    actor_id: int | None


def post(
    *,
    key: str,
    at: datetime,
    reference: str,
    memo: str,
    lines: Lines,
    actor_id: int | None = None,
) -> bool:
    """Write one event of money; debit positive, credit negative, accounts made on first use.

    The same key again changes nothing and gives False, as does an event in which no money moves.

    :raises UnbalancedEntry: the lines do not sum to Rp0
    :raises DayClosed: the books of that day are closed
    """
    lines = [(code, amount) for code, amount in lines if amount]
    if not lines:
        return False
    check_balanced([amount for _, amount in lines])
    ids = _lock_accounts({code for code, _ in lines})
    # Whoever posts the same event holds the same accounts, so from here on we are alone with it.
    entry_id = _find_free_id(key, at)
    if entry_id is None:
        return False
    check_open(at, find_last_closed_day())
    postings = [
        {"entry_id": entry_id, "account_id": ids[code], "amount": amount} for code, amount in lines
    ]
    db.session.execute(insert(Posting), postings)
    db.session.execute(
        insert(Entry).values(
            id=entry_id, key=key, at=at, reference=reference, memo=memo, actor_id=actor_id
        )
    )
    return True


def hold(codes: set[str]) -> None:
    """Lock all accounts of several events at once, in one order, so that nobody waits in a ring."""
    _lock_accounts(codes)


def post_all(happenings: Sequence[Happening]) -> None:
    """Write very many events of money, none of which was posted before, as `post` would.

    :raises UnbalancedEntry: the lines of one do not sum to Rp0
    """
    ids = _lock_accounts({code for event in happenings for code, _ in event.lines})
    for event in happenings:
        check_balanced([amount for _, amount in event.lines])
    entries = _with_free_ids(happenings)
    bulk.pour(
        Posting,
        ("entry_id", "account_id", "amount"),
        (
            (entry_id, ids[code], amount.amount)
            for entry_id, event in entries.items()
            for code, amount in event.lines
        ),
    )
    bulk.pour(
        Entry,
        ("id", "key", "at", "reference", "memo", "actor_id"),
        (
            (entry_id, e.key, bulk.moment_text(e.at), e.reference, e.memo, e.actor_id)
            for entry_id, e in entries.items()
        ),
    )


def _with_free_ids(happenings: Sequence[Happening]) -> dict[int, Happening]:
    """Return events by ids that no entry has, as `_find_free_id` would give them."""
    entries: dict[int, Happening] = {}
    waiting = list(happenings)
    while waiting:
        fresh: dict[int, Happening] = {}
        for event in waiting:
            while (entry_id := new_entry_id(event.at)) in entries or entry_id in fresh:
                continue
            fresh[entry_id] = event
        waiting = [fresh.pop(entry_id) for entry_id in _list_taken(list(fresh))]
        entries |= fresh
    return entries


def _list_taken(entry_ids: Sequence[int]) -> list[int]:
    """Return which of these ids entries have."""
    return [
        entry_id
        for first in range(0, len(entry_ids), AT_ONCE)
        for entry_id in db.session.scalars(
            select(Entry.id).where(Entry.id.in_(entry_ids[first : first + AT_ONCE]))
        )
    ]


def _find_free_id(key: str, at: datetime) -> int | None:
    """Return an id that no entry has, or None when this event is posted already.

    Many entries of one moment (a duty, a bulk load) do draw the same random bits now and then.
    """
    while True:
        entry_id = new_entry_id(at)
        same = select(Entry.key).where(or_(Entry.key == key, Entry.id == entry_id))
        found = db.session.scalars(same).all()
        if not found:
            return entry_id
        if key in found:
            return None


def _lock_accounts(codes: set[str]) -> dict[str, int]:
    """Return the ids of accounts by code, locked in the order of their ids."""
    found = _lock_existing(codes)
    if missing := codes - found.keys():
        _make_accounts(missing)
        found |= _lock_existing(missing)
    return found


def _lock_existing(codes: set[str]) -> dict[str, int]:
    rows = db.session.execute(
        select(Account.code, Account.id)
        .where(Account.code.in_(codes))
        .order_by(Account.id)
        .with_for_update()
    )
    return {row.code: row.id for row in rows}


def _make_accounts(codes: set[str]) -> None:
    """Make accounts that nobody else has made meanwhile."""
    rows = [{"code": code, "kind": kind_of(code), "balance": ZERO} for code in sorted(codes)]
    db.session.execute(insert(Account).values(rows).on_conflict_do_nothing())
