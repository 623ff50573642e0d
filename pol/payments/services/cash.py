"""Cash that stalls keep: paid back at the counter, brought to the bank, limited by a ceiling."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah
from pol.kernel.text import paper_number
from pol.ledger import services as ledger
from pol.ledger.queries import get_balance
from pol.payments.models import BankDeposit, CashDeposit
from pol.payments.queries.cash import find_stall_cash
from pol.payments.rules import cash as rules
from pol.stalls.models import Market, Stall
from pol.stalls.queries.own import find_seat

AnyDeposit = TypeVar("AnyDeposit", CashDeposit, BankDeposit)


@dataclass(frozen=True)
class Handing:
    """One press on "receive"; the key makes a second press harmless, `seen` is the debt shown."""

    key: str
    amount: Rupiah
    seen: Rupiah


def new_number(letter: str, now: datetime) -> str:
    """Return a number for a paper that is handed out."""
    return paper_number(letter, business_day(now))


def check_ceilings(stall_ids: Collection[int]) -> None:
    """Raise when one of these stalls may take no more cash.

    :raises CashPaused: it holds more of the operator's money than its market allows
    """
    if stall_ids:
        rules.check_ceilings(find_stall_cash(stall_ids))


def receive_from_stall(
    *, stall: Stall, handing: Handing, officer_id: int, now: datetime
) -> CashDeposit:
    """Take cash at the counter off a stall's debt; the same key again gives the same deposit.

    :raises ReceiverIsGiver: the officer keeps this stall
    :raises FormAlreadyUsed: the key belongs to another deposit
    :raises AmountMissing, MoreThanDebt, DebtChanged: see rules (I9)
    """
    if find_seat(stall_id=stall.id, user_id=officer_id) is not None:
        raise rules.ReceiverIsGiver
    purse, till = f"cash:stall:{stall.id}", f"cash:market:{stall.market_id}"
    ledger.hold({purse, till})
    if known := _find(CashDeposit, handing.key):
        return _same(known, handing.amount, is_same=known.stall_id == stall.id)
    debt = get_balance(purse)
    rules.check_deposit(amount=handing.amount, debt=max(debt, ZERO), seen=handing.seen)
    deposit = CashDeposit(
        number=new_number("S", now),
        key=handing.key,
        market_id=stall.market_id,
        stall_id=stall.id,
        amount=handing.amount,
        remaining=debt - handing.amount,
        at=now,
        received_by_id=officer_id,
    )
    _write(deposit, f"Setoran lapak {stall.name}", till, purse, officer_id)
    return deposit


def bring_to_bank(
    *, market: Market, key: str, amount: Rupiah, reference: str, officer_id: int, now: datetime
) -> BankDeposit:
    """Note that cash went from the till to the market's bank account, once per key.

    :raises FormAlreadyUsed: the key belongs to another deposit
    :raises AmountMissing, MoreThanTill: see rules
    """
    till, bank = f"cash:market:{market.id}", f"bank:market:{market.id}"
    ledger.hold({till, bank})
    if known := _find(BankDeposit, key):
        return _same(known, amount, is_same=known.market_id == market.id)
    held = get_balance(till)
    rules.check_to_bank(amount=amount, till=held)
    deposit = BankDeposit(
        number=new_number("K", now),
        key=key,
        market_id=market.id,
        amount=amount,
        remaining=held - amount,
        reference=reference.strip(),
        at=now,
        by_id=officer_id,
    )
    _write(deposit, "Kas disetor ke bank", bank, till, officer_id)
    return deposit


def set_ceiling(*, market: Market, ceiling: Rupiah, officer_id: int, now: datetime) -> None:
    """Say how much of the operator's cash a stall of this market may keep."""
    before, market.stall_cash_ceiling = market.stall_cash_ceiling, ceiling
    audit.record(
        action="market.cash_ceiling",
        subject=f"market:{market.id}",
        actor_id=officer_id,
        now=now,
        before=before.amount,
        after=ceiling.amount,
    )


def _find(model: type[AnyDeposit], key: str) -> AnyDeposit | None:
    return db.session.scalar(select(model).where(model.key == key))


def _same(known: AnyDeposit, amount: Rupiah, *, is_same: bool) -> AnyDeposit:
    """Return the deposit that a repeated press asks for again."""
    if not is_same or known.amount != amount:
        raise rules.FormAlreadyUsed(number=known.number, amount=known.amount)
    return known


def _write(
    deposit: CashDeposit | BankDeposit, what: str, into: str, out_of: str, officer_id: int
) -> None:
    """Keep a deposit, move its money and leave a trace of who did it."""
    db.session.add(deposit)
    db.session.flush()
    kind = "deposit" if isinstance(deposit, CashDeposit) else "bank_deposit"
    ledger.post(
        key=f"{kind}:{deposit.id}",
        at=deposit.at,
        reference=f"{kind}:{deposit.id}",
        memo=f"{what}: {deposit.number}",
        lines=[(into, deposit.amount), (out_of, -deposit.amount)],
        actor_id=officer_id,
    )
    audit.record(
        action=f"cash.{kind}",
        subject=f"{kind}:{deposit.id}",
        actor_id=officer_id,
        now=deposit.at,
        amount=deposit.amount.amount,
    )
