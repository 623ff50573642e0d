"""What the operator keeps of a sale: which rule holds, and how much it takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pol.kernel.errors import Refused
from pol.kernel.money import ZERO, Rupiah, total

MOST_BASIS_POINTS = 10_000
Category = tuple[int, ...]
"""The number of a category, then those of the ones above it."""


@dataclass(frozen=True)
class Terms:
    """What is taken of a sale, as an order keeps it; without a rule, nothing."""

    basis_points: int = 0
    floor: Rupiah = ZERO
    ceiling: Rupiah | None = None
    rule_id: int | None = None

    def of(self, subtotal: Rupiah) -> Rupiah:
        """Return the commission on a stall's sale."""
        return commission_of(subtotal, self.basis_points, self.floor, self.ceiling)


@dataclass(frozen=True)
class Rule:
    """A row of the rules: for one stall, one category, one market, or everywhere."""

    id: int
    stall_id: int | None
    category_id: int | None
    market_id: int | None
    basis_points: int
    floor: Rupiah
    ceiling: Rupiah | None
    valid_from: date
    valid_until: date | None

    @property
    def terms(self) -> Terms:
        return Terms(self.basis_points, self.floor, self.ceiling, self.id)

    def rank(self, sale: "Sale") -> tuple[int, bool, date, int]:
        """Return what decides between rules that hold for one sale: narrow, then new."""
        scopes = (self.market_id, self.category_id, self.stall_id)
        narrow = max((at for at, scope in enumerate(scopes, 1) if scope is not None), default=0)
        own = self.category_id == sale.category_ids[0]
        return narrow, own, self.valid_from, self.id

    def holds_for(self, sale: "Sale", day: date) -> bool:
        """Answer whether this rule speaks about a sale of that day."""
        in_time = self.valid_from <= day and (self.valid_until is None or day < self.valid_until)
        return (
            in_time
            and self.stall_id in (None, sale.stall_id)
            and self.category_id in (None, *sale.category_ids)
            and self.market_id in (None, sale.market_id)
        )


@dataclass(frozen=True)
class Sale:
    """What rules are chosen by: the stall, its market, the goods' category."""

    stall_id: int
    market_id: int
    category_ids: Category


class State(StrEnum):
    """A rule and a day."""

    AHEAD = "ahead"
    HOLDS = "holds"
    OVER = "over"


class RuleFromThePast(Refused):
    message = "Aturan komisi hanya berlaku mulai hari ini atau sesudahnya."


class SourceNeeded(Refused):
    message = "Tulis dasar aturan ini, misalnya nomor surat keputusan."


class RateOutOfRange(Refused):
    message = "Komisi antara 0 dan 100 persen."


class LimitsCross(Refused):
    message = "Batas paling banyak tidak boleh di bawah batas paling sedikit."


class OneScopeOnly(Refused):
    message = "Satu aturan untuk satu lapak, satu kategori, satu pasar, atau semuanya."


class SameRule(Refused):
    message = "Aturan ini sudah tercatat, sama persis. Lihat di daftar aturan."


class RuleAlreadyOver(Refused):
    message = "Aturan ini sudah berakhir, jadi tidak diubah lagi."


class EndTooEarly(Refused):
    message = "Aturan berakhir paling cepat besok, dan sesudah hari mulainya."


def commission_of(
    subtotal: Rupiah, basis_points: int, floor: Rupiah, ceiling: Rupiah | None
) -> Rupiah:
    """Return the operator's part of a sale: half a rupiah up, never more than the sale itself."""
    taken = max(subtotal.share(basis_points), floor)
    if ceiling is not None:
        taken = min(taken, ceiling)
    return min(taken, subtotal)


def choose(rules: Iterable[Rule], sale: Sale, day: date) -> Terms:
    """Return the terms of the narrowest rule for a sale, the newest among equals.

    Stall before category before the category above it before market before everywhere.
    """
    holding = [rule for rule in rules if rule.holds_for(sale, day)]
    return max(holding, key=lambda rule: rule.rank(sale)).terms if holding else Terms()


def leading_category(parts: Sequence[tuple[Category, Rupiah]]) -> Category:
    """Return the category that holds most of a sale, the first of equals."""
    sums = {category: total(part for c, part in parts if c == category) for category, _ in parts}
    return max(sums, key=lambda category: sums[category])
