"""Kinds of account and entry, and the one sum that must always be zero."""

import secrets
from datetime import datetime
from enum import StrEnum

from pol.kernel.errors import Refused
from pol.kernel.money import ZERO, Rupiah, total


class AccountKind(StrEnum):
    ASSET = "asset"
    LIABILITY = "liability"
    INCOME = "income"
    EXPENSE = "expense"


KINDS = {
    "bank": AccountKind.ASSET,  # bank:market:3
    "cash": AccountKind.ASSET,  # cash:courier:7, cash:stall:9
    "held": AccountKind.LIABILITY,  # held:orders, money of orders that are still on their way
    "payable": AccountKind.LIABILITY,  # payable:stall:9
    "credit": AccountKind.LIABILITY,  # credit:customer:5, store credit
    "provider": AccountKind.ASSET,  # provider:midtrans, money that it has not sent us yet
    "refund": AccountKind.LIABILITY,  # refund:due
    "income": AccountKind.INCOME,  # income:delivery:3, income:commission:3, income:unique_code
    "expense": AccountKind.EXPENSE,
}
"""What an account is, by the first word of its code."""

RANDOM_BITS = 20


class UnbalancedEntry(Refused):
    message = "Catatan uang ini tidak seimbang, jadi tidak disimpan."


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
