"""Reading payouts: who would be paid, batches and their parts, bank accounts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import ZERO, Rupiah, total
from pol.ledger.queries import get_balances
from pol.ledger.queries.statements import moved_since
from pol.payments.models import BankAccount, Payout, PayoutBatch
from pol.payments.rules import BatchStatus, PayoutStatus
from pol.payments.rules.payout import LeftOut, Policy, Share, Standing, weigh
from pol.stalls.models import Market, Stall, StallMember
from pol.stalls.rules import Seat, StallStatus

Maker, Checker = aliased(User), aliased(User)
Markets = Collection[int] | None
"""Whose batches somebody may see; None means those of every market."""


@dataclass(frozen=True)
class AccountRow:
    """Where a stall wants, or wanted, its money."""

    id: int
    bank: str
    number: str
    holder: str
    created_at: datetime
    created_by: str
    usable_from: datetime
    replaced_at: datetime | None


@dataclass(frozen=True)
class Candidate:
    """A stall of a market, and what it would get."""

    stall_id: int
    name: str
    bank: str | None
    account: str | None
    holder: str | None
    usable_from: datetime | None
    share: Share


@dataclass(frozen=True)
class Preview:
    """What a batch would hold, and who is left out; stalls that are owed nothing are not named."""

    paid: Sequence[Candidate]
    left_out: Sequence[Candidate]

    @property
    def amount(self) -> Rupiah:
        return total(candidate.share.amount for candidate in self.paid)


@dataclass(frozen=True)
class BatchRow:
    """A batch as a list shows it."""

    id: int
    number: str
    market_id: int
    market: str
    status: BatchStatus
    until: datetime
    made_at: datetime
    made_by_id: int
    made_by: str
    decided_at: datetime | None
    decided_by: str | None
    amount: Rupiah
    count: int
    waiting: int


@dataclass(frozen=True)
class PayoutRow:
    """One stall's part of a batch."""

    id: int
    number: str
    stall_id: int
    stall: str
    batch_number: str
    batch_status: BatchStatus
    market: str
    amount: Rupiah
    bank: str
    account: str
    holder: str
    status: PayoutStatus
    reason: str | None
    made_at: datetime
    sent_at: datetime | None
    decided_at: datetime | None

    @property
    def is_on_its_way(self) -> bool:
        return self.status is PayoutStatus.PLANNED and self.batch_status is BatchStatus.APPROVED


def preview(*, market_id: int, until: datetime, policy: Policy, now: datetime) -> Preview:
    """Work out a batch of everything that is owed until a moment, without making it."""
    current = and_(BankAccount.stall_id == Stall.id, BankAccount.replaced_at.is_(None))
    columns = (BankAccount.bank, BankAccount.number, BankAccount.holder, BankAccount.usable_from)
    rows = db.session.execute(
        select(Stall.id, Stall.name, *columns)
        .outerjoin(BankAccount, current)
        .where(Stall.market_id == market_id)
        .order_by(Stall.name, Stall.id)
    ).all()
    standings = standings_of([row.id for row in rows], until=until, planned=_planned(market_id))
    found = [Candidate(*row, weigh(standings[row.id], policy, now)) for row in rows]
    return Preview(
        [one for one in found if one.share.reason is None],
        [one for one in found if _is_worth_a_word(one.share)],
    )


def _is_worth_a_word(share: Share) -> bool:
    if share.reason is LeftOut.NOTHING_DUE:
        return bool(share.netted)
    return share.reason is not None


def standings_of(
    stall_ids: Collection[int], *, until: datetime, planned: Collection[int] = ()
) -> dict[int, Standing]:
    """Return how each stall stands: what it earned until a moment, less what has gone since."""
    payable = {f"payable:stall:{stall_id}": stall_id for stall_id in stall_ids}
    kept = {f"cash:stall:{stall_id}": stall_id for stall_id in stall_ids}
    balances = get_balances([*payable, *kept])
    since = moved_since(list(payable), until)
    owed = {
        stall_id: -max(balances[code], balances[code] - since.get(code, ZERO))
        for code, stall_id in payable.items()
    }
    cash = {stall_id: balances[code] for code, stall_id in kept.items()}
    return {
        row.id: Standing(
            is_verified=row.status is StallStatus.VERIFIED,
            owed=owed[row.id],
            cash_kept=cash[row.id],
            usable_from=row.usable_from,
            is_in_a_batch=row.id in planned,
        )
        for row in _stalls(stall_ids)
    }


def _stalls(stall_ids: Collection[int]) -> Sequence[Any]:
    current = and_(BankAccount.stall_id == Stall.id, BankAccount.replaced_at.is_(None))
    return db.session.execute(
        select(Stall.id, Stall.status, BankAccount.usable_from)
        .outerjoin(BankAccount, current)
        .where(Stall.id.in_(stall_ids))
    ).all()


def _planned(market_id: int) -> set[int]:
    """Return the stalls whose money waits in a batch that nobody has decided about."""
    return set(
        db.session.scalars(
            select(Payout.stall_id)
            .join(PayoutBatch, PayoutBatch.id == Payout.batch_id)
            .where(PayoutBatch.market_id == market_id, PayoutBatch.status == BatchStatus.MADE)
        )
    )


def _in(markets: Markets) -> list[ColumnElement[bool]]:
    return [] if markets is None else [PayoutBatch.market_id.in_(markets)]


def _batches() -> Any:
    lives = Payout.status != PayoutStatus.DROPPED
    waits = and_(Payout.status == PayoutStatus.PLANNED, PayoutBatch.status == BatchStatus.APPROVED)
    return (
        select(
            *(PayoutBatch.id, PayoutBatch.number, PayoutBatch.market_id, Market.name),
            *(PayoutBatch.status, PayoutBatch.until, PayoutBatch.made_at),
            *(PayoutBatch.made_by_id, Maker.name.label("made_by")),
            *(PayoutBatch.decided_at, Checker.name.label("decided_by")),
            func.sum(Payout.amount).filter(lives).label("amount"),
            func.count(Payout.id).filter(lives).label("count"),
            func.count(Payout.id).filter(waits).label("waiting"),
        )
        .join(Market, Market.id == PayoutBatch.market_id)
        .join(Maker, Maker.id == PayoutBatch.made_by_id)
        .outerjoin(Checker, Checker.id == PayoutBatch.decided_by_id)
        .outerjoin(Payout, Payout.batch_id == PayoutBatch.id)
        .group_by(PayoutBatch.id, Market.name, Maker.name, Checker.name)
    )


def list_batches(*, markets: Markets, limit: int = 50) -> list[BatchRow]:
    """Return the newest batches."""
    newest = _batches().where(*_in(markets)).order_by(PayoutBatch.id.desc()).limit(limit)
    return [_batch(row) for row in db.session.execute(newest)]


def count_undecided(*, markets: Markets) -> int:
    """Return how many batches wait for somebody's yes."""
    counted = select(func.count()).select_from(PayoutBatch)
    made = PayoutBatch.status == BatchStatus.MADE
    return db.session.scalar(counted.where(made, *_in(markets))) or 0


def get_batch(*, number: str, markets: Markets) -> BatchRow:
    """Return one batch.

    :raises NotFound: none of theirs
    """
    found = _batches().where(PayoutBatch.number == number, *_in(markets))
    row = db.session.execute(found).one_or_none()
    if row is None:
        raise NotFound
    return _batch(row)


def _batch(row: Any) -> BatchRow:
    values = row._asdict()
    return BatchRow(**{"market": values.pop("name"), **values, "amount": row.amount or ZERO})


def lock_batch(*, number: str, markets: Markets) -> PayoutBatch:
    """Return a batch, held still.

    :raises NotFound: none of theirs
    """
    batch: PayoutBatch | None = db.session.scalar(
        select(PayoutBatch)
        .where(PayoutBatch.number == number, *_in(markets))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if batch is None:
        raise NotFound
    return batch


def lock_payout(*, number: str, batch_number: str, markets: Markets) -> tuple[Payout, PayoutBatch]:
    """Return one part of a batch with the batch, which holds both still.

    :raises NotFound: none of theirs
    """
    batch = lock_batch(number=batch_number, markets=markets)
    payout: Payout | None = db.session.scalar(
        select(Payout)
        .where(Payout.number == number, Payout.batch_id == batch.id)
        .execution_options(populate_existing=True)
    )
    if payout is None:
        raise NotFound
    return payout, batch


def _payouts() -> Any:
    return (
        select(
            *(Payout.id, Payout.number, Payout.stall_id, Stall.name, PayoutBatch.number),
            *(PayoutBatch.status, Market.name, Payout.amount, Payout.bank, Payout.account),
            *(Payout.holder, Payout.status, Payout.reason, PayoutBatch.made_at),
            *(PayoutBatch.decided_at, Payout.decided_at),
        )
        .join(PayoutBatch, PayoutBatch.id == Payout.batch_id)
        .join(Stall, Stall.id == Payout.stall_id)
        .join(Market, Market.id == PayoutBatch.market_id)
    )


def list_payouts(*, batch_id: int) -> list[PayoutRow]:
    """Return the parts of a batch in their order."""
    rows = db.session.execute(_payouts().where(Payout.batch_id == batch_id).order_by(Payout.id))
    return [PayoutRow(*row) for row in rows]


def list_payouts_of_stall(*, stall_id: int, limit: int = 20) -> list[PayoutRow]:
    """Return what was sent, or is about to be sent, to a stall; the newest first."""
    mine = _payouts().where(Payout.stall_id == stall_id).order_by(Payout.id.desc())
    return [PayoutRow(*row) for row in db.session.execute(mine.limit(limit))]


def get_payout(*, number: str, stall_id: int) -> PayoutRow:
    """Return one payout of a stall.

    :raises NotFound: none of its own
    """
    found = _payouts().where(Payout.number == number, Payout.stall_id == stall_id)
    row = db.session.execute(found).one_or_none()
    if row is None:
        raise NotFound
    return PayoutRow(*row)


def list_bank_accounts(*, stall_id: int) -> list[AccountRow]:
    """Return a stall's bank accounts, the present one first, then those it had before."""
    columns = (BankAccount.id, BankAccount.bank, BankAccount.number, BankAccount.holder)
    rows = db.session.execute(
        select(
            *columns,
            *(BankAccount.created_at, User.name, BankAccount.usable_from),
            BankAccount.replaced_at,
        )
        .join(User, User.id == BankAccount.created_by_id)
        .where(BankAccount.stall_id == stall_id)
        .order_by(BankAccount.id.desc())
    )
    return [AccountRow(*row) for row in rows]


def owners_of(stall_ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """Return the owner's id and phone number of each stall."""
    rows = db.session.execute(
        select(StallMember.stall_id, User.id, User.phone)
        .join(User, User.id == StallMember.user_id)
        .where(StallMember.stall_id.in_(stall_ids), StallMember.seat == Seat.OWNER)
    )
    return {stall_id: (user_id, phone) for stall_id, user_id, phone in rows}
