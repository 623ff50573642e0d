"""What processes do at the counter; every function begins and ends its own transactions."""

from datetime import datetime

from pol.kernel.money import Rupiah
from pol.kernel.transaction import transaction
from pol.ledger import services as ledger
from pol.ledger.queries import get_balance
from pol.payments.queries.cash import lock_market_of
from pol.payments.queries.deposits import lock_shift_of_markets
from pol.payments.rules.cash import Count
from pol.payments.services import cash, shifts
from pol.payments.services.cash import Handing
from pol.stalls.queries.own import lock_stall


def pay_debt(stall_id: int, handing: Handing, officer_id: int, now: datetime) -> str:
    """Receive cash off a stall's debt; return the number of the paper."""
    with transaction():
        return cash.receive_from_stall(
            stall=lock_stall(stall_id=stall_id), handing=handing, officer_id=officer_id, now=now
        ).number


def move_naively(purse: str, to: str, amount: Rupiah, key: str, now: datetime) -> None:
    """Take cash off a debt, a bag or a till the way it is often written: look, then write."""
    if get_balance(purse) < amount:
        return
    with transaction():
        ledger.post(
            key=f"naive:{key}",
            at=now,
            reference="naive",
            memo="Setoran: naif",
            lines=[(to, amount), (purse, -amount)],
            actor_id=None,
        )


def net_debt(stall_id: int, amount: Rupiah, key: str, now: datetime) -> bool:
    """Take the same money off the debt as a payout does, if it is still there."""
    purse, payable = f"cash:stall:{stall_id}", f"payable:stall:{stall_id}"
    with transaction():
        ledger.hold({purse, payable})
        if get_balance(purse) < amount:
            return False
        return ledger.post(
            key=key,
            at=now,
            reference="netting",
            memo="Dipotong dari pencairan: uji",
            lines=[(payable, amount), (purse, -amount)],
        )


def bring(slug: str, market_id: int, amount: Rupiah, key: str, now: datetime, by: int) -> str:
    """Bring cash to the bank; return the number of the paper."""
    with transaction():
        return cash.bring_to_bank(
            market=lock_market_of(slug=slug, market_ids=[market_id]),
            key=key,
            amount=amount,
            reference="BRI",
            officer_id=by,
            now=now,
        ).number


def count_bag(courier_id: int, market_id: int, whole: Rupiah, now: datetime) -> str:
    """Count a bag; return the number of the shift."""
    with transaction():
        return shifts.count_shift(
            courier_id=courier_id, market_id=market_id, count=Count(whole, whole), now=now
        ).number


def accept_bag(number: str, market_id: int, seen: Rupiah, officer_id: int, now: datetime) -> None:
    """Take a counted bag over."""
    with transaction():
        shifts.accept_shift(
            shift=lock_shift_of_markets(number, market_ids=[market_id]),
            seen=seen,
            forgive=False,
            officer_id=officer_id,
            now=now,
        )
