"""What customers may ask of a list of products."""

from dataclasses import dataclass
from enum import StrEnum

from pol.catalogue.rules import Condition

LIST_SIZE = 24
MOST_COUNTED = 1_000
"""More than this many results are not counted: it would cost more than the page itself."""


class Sort(StrEnum):
    RELEVANCE = "cocok"
    NEWEST = "terbaru"
    CHEAPEST = "termurah"
    DEAREST = "termahal"


@dataclass(frozen=True)
class Filter:
    """Which products are wanted; None or False does not restrict. Prices in whole rupiah."""

    top_category_id: int | None = None
    category_id: int | None = None
    market_id: int | None = None
    stall_id: int | None = None
    kecamatan_code: str | None = None
    condition: Condition | None = None
    price_from: int | None = None
    price_to: int | None = None
    open_now: bool = False
    pickup: bool = False

    def asked(self) -> dict[str, int | str]:
        """Return only what restricts."""
        return {name: value for name, value in vars(self).items() if value}
