"""What a check of the whole market found."""

from dataclasses import dataclass

from pol.kernel.money import Rupiah


@dataclass(frozen=True)
class Finding:
    """One promise: what it adds up to, and how many rows break it."""

    promise: str
    amount: str
    wrong: int


def rupiah_text(amount: object) -> str:
    """Return a sum of the database as money, Rp0 for nothing."""
    return str(Rupiah(int(str(amount or 0))))
