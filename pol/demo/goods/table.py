"""The shape of the demo tables: a category, a thing for sale, a market."""

from dataclasses import dataclass

from pol.catalogue.rules import Condition, Unit

THOUSAND = 1_000
"""One whole unit in thousandths."""


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf of the catalogue; `parent` is the slug of the shelf above it, empty at the top."""

    slug: str
    name: str
    icon: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Goods:
    """Something for sale as a stall describes it; the price of one unit lies in a span of rupiah.

    `grosir_from` is the number of whole units from which it is cheaper, 0 for never.
    """

    name: str
    category: str
    motif: str
    unit: Unit
    cheapest: int
    dearest: int
    description: str
    condition: Condition = Condition.FRESH
    as_available: bool = False
    grosir_from: int = 0

    @property
    def step_milli(self) -> int:
        """By how many thousandths of the unit a customer goes up and down."""
        return {Unit.KG: 250, Unit.LITER: 500}.get(self.unit, THOUSAND)

    @property
    def min_milli(self) -> int:
        """The least that is sold, in thousandths of the unit."""
        return 5 * THOUSAND if self.unit is Unit.BUTIR else self.step_milli


@dataclass(frozen=True, slots=True)
class MarketPlace:
    """A market: where, on which days, and from which to which minute after local midnight."""

    slug: str
    name: str
    village_code: str
    address: str
    about: str
    opens_minute: int
    closes_minute: int
    weekday_mask: int = 127
    pasaran_mask: int = 0
