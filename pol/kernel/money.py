"""Rupiah: whole, exact, and impossible to confuse with a count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


def round_half_up(numerator: int, denominator: int) -> int:
    """Return numerator/denominator as a whole number, halves away from zero."""
    sign = -1 if numerator < 0 else 1
    return sign * ((abs(numerator) * 2 + denominator) // (2 * denominator))


@dataclass(frozen=True, order=True, slots=True)
class Rupiah:
    """An amount of Indonesian rupiah; never a fraction, never a float."""

    amount: int

    def __add__(self, other: Rupiah) -> Rupiah:
        return Rupiah(self.amount + other.amount)

    def __sub__(self, other: Rupiah) -> Rupiah:
        return Rupiah(self.amount - other.amount)

    def __neg__(self) -> Rupiah:
        return Rupiah(-self.amount)

    def __bool__(self) -> bool:
        return self.amount != 0

    def times(self, quantity: int) -> Rupiah:
        """Return this amount for a number of pieces."""
        return Rupiah(self.amount * quantity)

    def for_quantity(self, milli: int) -> Rupiah:
        """Return what a quantity costs at this price; milli is thousandths of the unit."""
        return Rupiah(round_half_up(self.amount * milli, 1_000))

    def share(self, basis_points: int) -> Rupiah:
        """Return a part in 1/10,000ths, half a rupiah rounded away from zero."""
        return Rupiah(round_half_up(self.amount * basis_points, 10_000))

    def split(self, weights: Sequence[int]) -> list[Rupiah]:
        """Divide over weights so that the parts sum exactly (largest remainder, first on ties).

        :raises ValueError: no weight is positive, or one is negative
        """
        whole = sum(weights)
        if whole <= 0 or min(weights) < 0:
            raise ValueError("weights must be non-negative and not all zero")
        sign = -1 if self.amount < 0 else 1
        pairs = [divmod(abs(self.amount) * weight, whole) for weight in weights]
        left = abs(self.amount) - sum(floor for floor, _ in pairs)
        by_remainder = sorted(range(len(pairs)), key=lambda i: (-pairs[i][1], i))
        winners = set(by_remainder[:left])
        return [Rupiah(sign * (floor + (i in winners))) for i, (floor, _) in enumerate(pairs)]

    def __str__(self) -> str:
        sign = "-" if self.amount < 0 else ""
        return f"{sign}Rp{abs(self.amount):,}".replace(",", ".")


ZERO = Rupiah(0)


def total(amounts: Iterable[Rupiah]) -> Rupiah:
    """Return the sum, Rp0 for nothing."""
    return Rupiah(sum(amount.amount for amount in amounts))


def as_rupiah(value: object) -> Rupiah:
    """Return a sum that the database made as money; the sum of no rows is Rp0."""
    return value if isinstance(value, Rupiah) else Rupiah(int(str(value or 0)))
