"""Money reckoned once more, with fractions; nothing here calls our own code."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def worth(price: int, milli: int) -> int:
    """Return the price of a quantity, half a rupiah rounded up."""
    return _rounded(Decimal(price) * Decimal(milli) / 1_000)


def shares(money: int, needs: Sequence[int]) -> list[int]:
    """Divide money over needs, never above one: largest remainder, the first of equals (I2)."""
    whole = sum(needs)
    if money >= whole:
        return list(needs)
    exact = [Fraction(money * need, whole) for need in needs]
    parts = [int(part) for part in exact]
    order = sorted(range(len(needs)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[: money - sum(parts)]:
        parts[at] += 1
    return parts


@dataclass(frozen=True)
class Terms:
    """What the operator keeps of a sale."""

    basis_points: int = 0
    floor: int = 0
    ceiling: int | None = None

    def of(self, value: int) -> int:
        """Return the commission: not below the floor, above the ceiling or above the sale."""
        part = _rounded(Decimal(value) * self.basis_points / 10_000)
        most = value if self.ceiling is None else min(self.ceiling, value)
        return min(max(part, self.floor), most)


def _rounded(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
