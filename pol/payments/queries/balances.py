"""A stall's money as its keeper sees it: what we owe it, less the cash of ours that it keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.kernel.localtime import at_local
from pol.kernel.money import ZERO, Rupiah, total
from pol.ledger.queries import get_balances
from pol.ledger.queries import statements as ledger
from pol.ledger.queries.statements import Line
from pol.payments.models import Payout, PayoutBatch
from pol.payments.rules import BatchStatus, PayoutStatus


@dataclass(frozen=True)
class Balance:
    """What a stall is owed, keeps, and will get; `free` below zero is taken off the next sales."""

    owed: Rupiah
    cash_kept: Rupiah
    on_its_way: Rupiah
    planned: Rupiah

    @property
    def free(self) -> Rupiah:
        return self.owed - self.cash_kept


@dataclass(frozen=True)
class Event:
    """One event on a stall's statement; what it earns is positive, what it takes negative."""

    key: str
    at: datetime
    memo: str
    owed: Rupiah
    cash: Rupiah
    commission: Rupiah
    after: Rupiah

    @property
    def effect(self) -> Rupiah:
        return self.owed + self.cash

    @property
    def order_id(self) -> int | None:
        """The order whose hand-over this is."""
        kind, _sep, rest = self.key.partition(":")
        return int(rest.split(":")[0]) if kind == "order" and rest[:1].isdecimal() else None


@dataclass(frozen=True)
class Statement:
    """What happened to a stall's money between two days, both included."""

    number: str
    since: date
    until: date
    opening: Rupiah
    events: Sequence[Event]

    @property
    def closing(self) -> Rupiah:
        return self.events[-1].after if self.events else self.opening

    @property
    def earned(self) -> Rupiah:
        return total(event.effect for event in self.events if event.effect > ZERO)

    @property
    def gone(self) -> Rupiah:
        return total(event.effect for event in self.events if event.effect < ZERO)


def _accounts(stall_id: int) -> tuple[str, str]:
    return f"payable:stall:{stall_id}", f"cash:stall:{stall_id}"


def get_balance_of(*, stall_id: int) -> Balance:
    """Return how a stall's money stands now."""
    payable, kept = _accounts(stall_id)
    balances = get_balances([payable, kept])
    sums = db.session.execute(
        select(PayoutBatch.status, func.sum(Payout.amount))
        .join(PayoutBatch, PayoutBatch.id == Payout.batch_id)
        .where(Payout.stall_id == stall_id, Payout.status == PayoutStatus.PLANNED)
        .group_by(PayoutBatch.status)
    )
    waiting = {status: amount for status, amount in sums}  # noqa: C416 - Rows
    return Balance(
        -balances[payable],
        balances[kept],
        waiting.get(BatchStatus.APPROVED, ZERO),
        waiting.get(BatchStatus.MADE, ZERO),
    )


def read_statement(*, stall_id: int, since: date, until: date) -> Statement:
    """Return every event of a stall's money from one local day to another, oldest first."""
    codes = _accounts(stall_id)
    begins, ends = at_local(since, 0), at_local(until, 24 * 60)
    opening = -ledger.sum_before(codes, begins)
    lines = ledger.list_between(codes, begins, ends)
    taken = ledger.share_of({line.entry_id for line in lines}, prefix="income:commission:")
    events, after = [], opening
    for entry_id, own in groupby(lines, key=lambda line: line.entry_id):
        event = _event(list(own), codes, -taken.get(entry_id, ZERO), after)
        after = event.after
        events.append(event)
    number = f"S{stall_id}-{since:%y%m%d}-{until:%y%m%d}"
    return Statement(number, since, until, opening, events)


def _event(
    lines: Sequence[Line], codes: tuple[str, str], commission: Rupiah, before: Rupiah
) -> Event:
    owed, cash = (total(-line.amount for line in lines if line.code == code) for code in codes)
    first = lines[0]
    return Event(
        key=first.key,
        at=first.at,
        memo=first.memo,
        owed=owed,
        cash=cash,
        commission=commission,
        after=before + owed + cash,
    )
