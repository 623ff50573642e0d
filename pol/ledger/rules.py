"""Kinds of account and entry, and the one sum that must always be zero."""

from enum import StrEnum

from pol.kernel.errors import Refused
from pol.kernel.money import ZERO, Rupiah, total


class AccountKind(StrEnum):
    ASSET = "asset"
    LIABILITY = "liability"
    INCOME = "income"
    EXPENSE = "expense"


class UnbalancedEntry(Refused):
    message = "Catatan uang ini tidak seimbang, jadi tidak disimpan."


def check_balanced(amounts: list[Rupiah]) -> None:
    """Raise unless there are at least two postings and they sum to zero.

    :raises UnbalancedEntry: otherwise
    """
    if len(amounts) < 2 or total(amounts) != ZERO:
        raise UnbalancedEntry
