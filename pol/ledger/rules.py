"""Kinds of account and entry, the one sum that must always be zero, and days that are closed."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from pol.kernel.errors import Refused
from pol.kernel.localtime import at_local, business_day
from pol.kernel.money import ZERO, Rupiah, total


class AccountKind(StrEnum):
    ASSET = "asset"
    LIABILITY = "liability"
    INCOME = "income"
    EXPENSE = "expense"


KINDS = {
    "bank": AccountKind.ASSET,  # bank:market:3
    "cash": AccountKind.ASSET,  # cash:market:3, cash:courier:7, cash:stall:9
    "held": AccountKind.LIABILITY,  # held:orders, money of orders that are still on their way
    "payable": AccountKind.LIABILITY,  # payable:stall:9
    "credit": AccountKind.LIABILITY,  # credit:customer:5, store credit
    "provider": AccountKind.ASSET,  # provider:midtrans, money that it has not sent us yet
    "refund": AccountKind.LIABILITY,  # refund:due
    "shelf_due": AccountKind.ASSET,  # shelf_due:retailer:2, what a retailer owes for shelf goods
    "shelf_payable": AccountKind.LIABILITY,  # shelf_payable:stall:9, what its producer gets of it
    "income": AccountKind.INCOME,  # income:delivery:3, income:commission:3, income:unique_code
    "expense": AccountKind.EXPENSE,  # expense:cash_shortage:3
}
"""What an account is, by the first word of its code."""

RANDOM_BITS = 20
CLOSE_AFTER = timedelta(minutes=15)  # so that what began before midnight is written down


class UnbalancedEntry(Refused):
    message = "Catatan uang ini tidak seimbang, jadi tidak disimpan."


class DayNotOver(Refused):
    message = "Hari itu belum selesai, jadi bukunya belum bisa ditutup. Pilih hari sebelum ini."


class DayClosed(Refused):
    message = "Buku hari itu sudah ditutup. Catat dengan tanggal hari ini."


def check_balanced(amounts: list[Rupiah]) -> None:
    """Raise unless there are at least two postings and they sum to zero.

    :raises UnbalancedEntry: otherwise
    """
    if len(amounts) < 2 or total(amounts) != ZERO:
        raise UnbalancedEntry


def kind_of(code: str) -> AccountKind:
    """Return the kind of an account from its code; a code of no known kind is a bug."""
    return KINDS[code.partition(":")[0]]


def new_entry_id(at: datetime) -> int:
    """Return a 63-bit id that sorts by time: milliseconds, then 20 random bits."""
    return (int(at.timestamp() * 1_000) << RANDOM_BITS) | secrets.randbits(RANDOM_BITS)


def check_over(day: date, now: datetime) -> None:
    """Raise unless the day is over.

    :raises DayNotOver: it is today or still to come
    """
    if day >= business_day(now):
        raise DayNotOver


def check_open(at: datetime, closed: date | None) -> None:
    """Raise unless a moment lies after the last day whose books are closed.

    :raises DayClosed: it does not
    """
    if closed is not None and business_day(at) <= closed:
        raise DayClosed


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """Return when a day begins, and when the next one does."""
    return at_local(day, 0), at_local(day + timedelta(days=1), 0)


def seal_of(previous: str, day: date, lines: Iterable[str]) -> str:
    """Return the SHA-256 over all that was written on a day, chained to the day before."""
    seal = hashlib.sha256(f"{previous}\n{day.isoformat()}\n".encode())
    for line in lines:
        seal.update(line.encode())
        seal.update(b"\n")
    return seal.hexdigest()
