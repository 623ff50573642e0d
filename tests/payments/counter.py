"""Cash in hands for tests, put there by the ledger as a hand-over would."""

from datetime import datetime
from itertools import count

from pol.identity.models import User
from pol.kernel.money import Rupiah
from pol.ledger import services as ledger
from pol.payments.models import CourierShift
from pol.payments.rules.cash import Count
from pol.payments.services import shifts
from pol.payments.services.cash import Handing
from pol.stalls.models import Market, Stall

_numbers = count(1)


def give_cash(code: str, amount: int, *, now: datetime, number: str = "") -> None:
    """Let cash come into a hand: of a courier, a stall or a till."""
    position = next(_numbers)
    ledger.post(
        key=f"test:{position}",
        at=now,
        reference=f"group:{position}",
        memo=f"Barang diserahkan: {number or f'B261123-UJI-{position}'}",
        lines=[(code, Rupiah(amount)), ("held:orders", Rupiah(-amount))],
    )


def fill_bag(courier: User, *amounts: int, now: datetime) -> list[str]:
    """Let a courier be paid for several orders; return their numbers."""
    numbers = [f"B261123-UJI-{next(_numbers)}" for _ in amounts]
    for number, amount in zip(numbers, amounts, strict=True):
        give_cash(f"cash:courier:{courier.id}", amount, now=now, number=number)
    return numbers


def counted(
    courier: User, market: Market, whole: int, *, seen: int, note: str = "", now: datetime
) -> CourierShift:
    """Let a courier count the bag."""
    count = Count(Rupiah(whole), Rupiah(seen), note)
    return shifts.count_shift(courier_id=courier.id, market_id=market.id, count=count, now=now)


def owe(stall: Stall, amount: int, *, now: datetime) -> None:
    """Let a stall keep cash of the operator's."""
    give_cash(f"cash:stall:{stall.id}", amount, now=now)


def handing(amount: int, *, seen: int, key: str | None = None) -> Handing:
    """Return one press on "receive"."""
    return Handing(key or f"setoran-{next(_numbers):016}", Rupiah(amount), Rupiah(seen))
