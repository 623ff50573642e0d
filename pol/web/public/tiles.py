"""Markets and stalls as the tiles of public pages show them."""

from dataclasses import dataclass
from datetime import datetime

from pol.stalls.queries.public import MarketRow, StallRow
from pol.web.language import counted
from pol.web.language import gettext as _
from pol.web.public.words import opening_words


@dataclass(frozen=True)
class MarketTile:
    slug: str
    name: str
    place: str
    stall_count_text: str
    opens: str
    is_open: bool


@dataclass(frozen=True)
class StallTile:
    slug: str
    name: str
    place: str
    market_name: str
    opens: str
    is_open: bool


def market_tile(row: MarketRow, now: datetime) -> MarketTile:
    count = counted("%(n)s lapak", row.stall_count)
    return MarketTile(row.slug, row.name, row.kecamatan, count, *opening_words(row.hours, now=now))


def stall_tile(row: StallRow, market: MarketRow, now: datetime) -> StallTile:
    opening = opening_words(market.hours, row.hours, now=now)
    return StallTile(row.slug, row.name, place_words(row), market.name, *opening)


def place_words(row: StallRow) -> str:
    """Return where to find it: a number in the market, or a village."""
    if not row.number:
        return row.village
    return _("Blok %(block)s no. %(number)s", block=row.block or "-", number=row.number)
