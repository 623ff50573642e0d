"""Lists of products: one statement for the cards of a page, and a count that is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pol.catalogue.queries.list_statements import (
    CONDITIONS,
    SHELVES,
    cards_statement,
    count_statement,
)
from pol.catalogue.rules import StockMode
from pol.catalogue.rules.finding import LIST_SIZE, Filter, Sort
from pol.kernel.db import db
from pol.kernel.kept import kept
from pol.kernel.money import Rupiah
from pol.kernel.paging import Key, Page, cut_page, decode_cursor
from pol.stalls.queries.public import MarketRow, markets, moment_values, open_market_ids
from pol.stalls.rules.hours import StallHours, is_open

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LAST_MOMENT = (datetime(9999, 1, 1, tzinfo=UTC) - EPOCH) // MICROSECOND
SOLD_OUT, CLOSED = "habis", "tutup"


@dataclass(frozen=True, slots=True)
class Card:
    """A product as a card shows it."""

    product_id: int
    slug: str
    name: str
    price: Rupiah
    unit_label: str
    picture_key: str | None
    stall_name: str
    market_name: str
    note: str | None
    listed_at: datetime
    score: int


def list_products(
    wanted: Filter,
    *,
    now: datetime,
    sort: Sort = Sort.NEWEST,
    terms: Sequence[str] = (),
    cursor: str | None = None,
    size: int = LIST_SIZE,
) -> Page[Card]:
    """Return a page of what customers may buy; with terms, only what is found under all of them.

    Relevance follows the first term.
    """
    sort = Sort.NEWEST if sort is Sort.RELEVANCE and not terms else sort
    after = decode_cursor(cursor, shape=(int,) if sort is Sort.RELEVANCE else (int, int))
    values = _values(wanted, terms, now)
    statement = cards_statement(_names(values), sort, size + 1, is_paged=after is not None)
    if after:
        values |= _after(sort, after)
    rows = db.session.connection().execute(statement, values).all()
    return cut_page(
        _cards(rows, now),
        size=size,
        key=lambda card: _key(sort, card),
        is_first=after is None,
    )


def count_products(
    wanted: Filter, page: Page[Card], *, now: datetime, terms: Sequence[str] = ()
) -> int:
    """Return how many there are, as known a moment ago; `MOST_COUNTED + 1` means even more.

    A first page that is also the last one has been counted by reading it.
    """
    if page.is_whole:
        return len(page.rows)
    return _count(wanted, tuple(terms), now.replace(second=0, microsecond=0))


@kept(seconds=30)
def _count(wanted: Filter, terms: tuple[str, ...], minute: datetime) -> int:
    values = _values(wanted, terms, minute)
    statement = count_statement(_names(values))
    return int(db.session.connection().execute(statement, values).scalar_one())


def _values(wanted: Filter, terms: Sequence[str], now: datetime) -> dict[str, Any]:
    values: dict[str, Any] = wanted.asked()
    values |= {f"term_{i}": term for i, term in enumerate(terms)}
    return values | moment_values(now) if wanted.open_now else values


def _names(values: dict[str, Any]) -> frozenset[str]:
    """Return what the statement depends on; the number of a shelf is part of it."""
    names = {name for name in values if name in CONDITIONS or name.startswith("term_")}
    return frozenset(names | {f"{name}={values[name]}" for name in SHELVES if name in values})


def _key(sort: Sort, card: Card) -> Key:
    if sort is Sort.RELEVANCE:
        return (card.score,)
    if sort is Sort.NEWEST:
        return (card.listed_at - EPOCH) // MICROSECOND, card.product_id
    return card.price.amount, card.product_id


def _after(sort: Sort, key: Key) -> dict[str, Any]:
    """Return the values of a cursor; a moment that no calendar holds is the beginning of time."""
    first: Any = key[0]
    if sort is Sort.NEWEST:
        first = EPOCH + min(max(first, 0), LAST_MOMENT) * MICROSECOND
    return {"after_0": first} | {f"after_{i}": part for i, part in enumerate(key) if i}


def _cards(rows: Iterable[Any], now: datetime) -> list[Card]:
    places, open_ids = markets(), open_market_ids(now)
    cards = []
    for row in rows:
        product_id, slug, name, price, unit, picture, listed_at, market_id = row[:8]
        place = places.get(market_id)
        note = None
        if row.stock_mode == StockMode.COUNTED and (row.spare is None or row.spare < 0):
            note = SOLD_OUT
        elif not _is_open(row, place, open_ids, now):
            note = CLOSED
        where = place.name if place else ""
        cards.append(
            Card(product_id, slug, name, Rupiah(price), unit, picture, row.stall_name, where, note,
                 listed_at, row.score)
        )  # fmt: skip
    return cards


def _is_open(row: Any, market: MarketRow | None, open_ids: frozenset[int], now: datetime) -> bool:
    if market is None:
        return False
    if row.opens_minute is None and row.vacation_from is None:
        return market.market_id in open_ids
    stall_hours = StallHours(
        bool(row.number), row.opens_minute, row.closes_minute, row.vacation_from, row.vacation_until
    )
    return is_open(market.hours, stall_hours, moment=now)
