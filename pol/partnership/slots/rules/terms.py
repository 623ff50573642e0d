"""What the trading-term checker looks at and says: terms, dated rules, findings.

The numbers come from rows (`Rule`), never from here: four of them differ between sources.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from pol.kernel.money import Rupiah
from pol.partnership.slots.rules import (
    ChargeBasis,
    ChargeKind,
    CoopForm,
    RuleWeight,
    TermPlace,
    TermRuleKind,
)


@dataclass(frozen=True)
class Charge:
    """Something that producers pay besides the margin; `share_bp` counts for a share of sales."""

    kind: ChargeKind
    basis: ChargeBasis
    name: str
    amount: Rupiah
    share_bp: int

    @property
    def costs(self) -> bool:
        """Answer whether anybody has to pay anything."""
        return self.share_bp > 0 if self.is_share else bool(self.amount)

    @property
    def is_share(self) -> bool:
        """Answer whether it is a part of the sales."""
        return self.basis is ChargeBasis.SHARE_OF_SALES


@dataclass(frozen=True)
class Terms:
    """What a call offers, as far as rules look at it.

    `expected_sales` is what its retailer thinks that one producer sells in one settlement period,
    `periods` how many of these the placement lasts. `area_share_bp` is the part of the stores'
    shelves that would be for local goods, `best_level_bp` how well the best offered shelf sells.
    """

    form: CoopForm
    title: str
    about: str
    margin_bp: int
    charges: tuple[Charge, ...]
    payment_days: int
    periods: int
    expected_sales: Rupiah | None
    new_goods_only: bool
    late_fine_bp: int
    short_fine_bp: int
    area_share_bp: int | None
    best_level_bp: int | None

    @property
    def paid(self) -> tuple[Charge, ...]:
        """Return the charges that cost something."""
        return tuple(charge for charge in self.charges if charge.costs)


@dataclass(frozen=True)
class Rule:
    """A row of the rules; see `pol.partnership.slots.models.term`."""

    id: int
    code: str
    kind: TermRuleKind
    weight: RuleWeight
    place: TermPlace
    source: str
    article: str
    scope: str
    says: str
    remedy: str
    doubt: str | None
    form: CoopForm | None
    number: int
    threshold: Rupiah | None
    valid_from: date
    valid_until: date | None

    def holds_on(self, day: date) -> bool:
        """Answer whether it is in force that day; `valid_until` is the first day after it."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def speaks_about(self, form: CoopForm) -> bool:
        """Answer whether it looks at calls of toko swalayan in this form."""
        return self.place is TermPlace.STORE and self.form in {None, form}


class Wrong:
    """What a checker has found: which number of yours, what it may be, what to change."""

    message: ClassVar[str]

    def __init__(self, **values: str) -> None:
        self.values = values


@dataclass(frozen=True)
class Finding:
    """A rule that the terms do not keep."""

    rule: Rule
    wrong: Wrong

    @property
    def binds(self) -> bool:
        """Answer whether it stops publishing unless a reason is stated."""
        return self.rule.weight is RuleWeight.BINDS

    def as_row(self) -> dict[str, Any]:
        """Return what a published call keeps of it: the rule as it read that day, and ours."""
        rule = self.rule
        return {
            "rule_id": rule.id,
            "code": rule.code,
            "kind": rule.kind.value,
            "weight": rule.weight.value,
            "source": rule.source,
            "article": rule.article,
            "scope": rule.scope,
            "says": rule.says,
            "remedy": rule.remedy,
            "doubt": rule.doubt,
            "number": rule.number,
            "threshold": rule.threshold.amount if rule.threshold else None,
            "valid_from": rule.valid_from.isoformat(),
            "valid_until": rule.valid_until.isoformat() if rule.valid_until else None,
            "wrong": self.wrong.message,
            "values": self.wrong.values,
        }


def charges_share_bp(terms: Terms) -> int | None:
    """Return all charges besides the margin as a part of the expected sales, rounded up.

    Both sides are those of the whole placement: what is paid once is set against the sales of
    every period, or a small fee for a year would look like a large one for a week. None when a
    fixed amount has nothing to be set against. The margin is the regular discount, which
    Permendag 23/2021 article 11 leaves out.
    """
    shares = sum(charge.share_bp for charge in terms.paid if charge.is_share)
    fixed = sum(
        charge.amount.amount * (1 if charge.basis is ChargeBasis.ONCE else terms.periods)
        for charge in terms.paid
        if not charge.is_share
    )
    if not fixed:
        return shares
    if not terms.expected_sales or terms.periods < 1:
        return None
    sales = terms.expected_sales.amount * terms.periods
    return shares + -(-fixed * 10_000 // sales)
