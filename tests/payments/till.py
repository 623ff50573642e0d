"""Stalls with money to be paid out, for tests: earned by entries such as hand-overs post."""

from datetime import datetime, timedelta
from itertools import count

from pol.identity.models import User
from pol.kernel.money import Rupiah
from pol.ledger import services as ledger
from pol.payments.models import BankAccount, Payout, PayoutBatch
from pol.payments.queries import payouts as queries
from pol.payments.rules.payout import USUAL
from pol.payments.services import payouts
from pol.payments.services.bank_accounts import Wanted, set_account
from pol.stalls.models import Market, Stall
from tests.factories.orders import make_kept_stall, make_open_market

BANK = Wanted("Bank Jatim", "0012345678", "Siti Contoh")
_numbers = count(1)


def post(now: datetime, lines: list[tuple[str, int]], memo: str = "Barang diserahkan") -> None:
    """Write money down, debit positive."""
    number = next(_numbers)
    ledger.post(
        key=f"till:{number}",
        at=now,
        reference=f"till:{number}",
        memo=memo,
        lines=[(code, Rupiah(amount)) for code, amount in lines],
    )


def earn(stall: Stall, amount: int, *, now: datetime) -> None:
    """Let a stall sell something that was paid to the market."""
    post(now, [("held:orders", amount), (f"payable:stall:{stall.id}", -amount)])


def take_cash(stall: Stall, amount: int, *, now: datetime) -> None:
    """Let a stall sell something and keep the customer's cash."""
    post(now, [(f"cash:stall:{stall.id}", amount), (f"payable:stall:{stall.id}", -amount)])


def give_back(stall: Stall, amount: int, *, now: datetime) -> None:
    """Let a customer get something back that the stall was owed, or paid, for."""
    post(now, [(f"payable:stall:{stall.id}", amount), ("refund:due", -amount)], "Pengembalian")


def open_account(stall: Stall, owner: User, *, now: datetime) -> BankAccount:
    """Give a stall a bank account that has waited long enough."""
    before = now - USUAL.cool_down - timedelta(days=1)
    return set_account(stall=stall, wanted=BANK, policy=USUAL, actor_id=owner.id, now=before)


def make_paid_stall(market: Market | None = None, *, now: datetime, earned: int = 0) -> Stall:
    """Add a stall with a usable account that has earned so much."""
    stall, owner = make_kept_stall(market or make_open_market())
    open_account(stall, owner, now=now)
    if earned:
        earn(stall, earned, now=now - timedelta(hours=1))
    return stall


def make(stall: Stall, maker: User, *, now: datetime) -> PayoutBatch:
    """Make a batch for the stall's market."""
    return payouts.make_batch(
        market_id=stall.market_id, until=now, policy=USUAL, officer_id=maker.id, now=now
    )


def approve(batch: PayoutBatch, checker: User, *, now: datetime) -> None:
    """Let the money of a batch go."""
    held = queries.lock_batch(number=batch.number, markets=None)
    payouts.approve_batch(batch=held, policy=USUAL, checker_id=checker.id, now=now)


def parts_of(batch: PayoutBatch) -> list[Payout]:
    """Return the parts of a batch as they stand in the database now."""
    rows = queries.list_payouts(batch_id=batch.id)
    return [lock(row.number)[0] for row in rows]


def lock(number: str) -> tuple[Payout, PayoutBatch]:
    """Return a payout and its batch, to note what the bank says."""
    batch_number = number.rpartition("-")[0]
    return queries.lock_payout(number=number, batch_number=batch_number, markets=None)
