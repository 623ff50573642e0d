"""Who would be paid how much, and why somebody would not be."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah, total
from pol.ledger.queries import get_balances
from pol.ledger.queries.statements import moved_since
from pol.payments.models import BankAccount, Payout, PayoutBatch
from pol.payments.rules import BatchStatus
from pol.payments.rules.payout import LeftOut, Policy, Share, Standing, weigh
from pol.stalls.models import Stall
from pol.stalls.rules import StallStatus


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
