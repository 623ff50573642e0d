"""How long a retailer's money takes when what it still owes counts, too; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from pol.kernel.money import Rupiah, round_half_up


@dataclass(frozen=True)
class Aged:
    """Money with its days since the sale, in tenths: until it was paid, or until today."""

    amount: Rupiah
    tenths: int


def mean_tenths(money: Sequence[Aged]) -> int | None:
    """Return the mean days of money in tenths, weighted by amount; none without money."""
    whole = sum(one.amount.amount for one in money)
    weighed = sum(one.amount.amount * one.tenths for one in money)
    return round_half_up(weighed, whole) if whole else None


def counted_tenths(paid: Sequence[Aged], unpaid: Sequence[Aged]) -> int | None:
    """Return the days to money by which a retailer is ranked.

    Money that is still open counts as if it were paid today, and never as faster than what was
    paid: fresh bills make nobody look quick, old ones count for more every day.
    """
    usual = mean_tenths(paid) or 0
    return mean_tenths([*paid, *(Aged(one.amount, max(one.tenths, usual)) for one in unpaid)])
