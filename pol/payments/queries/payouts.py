"""Reading payouts: batches and their parts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import ZERO, Rupiah
from pol.payments.models import Payout, PayoutBatch
from pol.payments.rules import BatchStatus, PayoutStatus
from pol.stalls.models import Market, Stall

Maker, Checker = aliased(User), aliased(User)
Markets = Collection[int] | None
"""Whose batches somebody may see; None means those of every market."""


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
