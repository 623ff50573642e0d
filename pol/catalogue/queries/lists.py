"""Lists of products: one statement of just the columns that a card shows.

A statement is built once for each shape of a question; afterwards only its values change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
    type_coerce,
)

from pol.catalogue.models import Product, SearchTerm, Stock
from pol.catalogue.rules import StockMode
from pol.catalogue.rules.finding import LIST_SIZE, MOST_COUNTED, Filter, Sort
from pol.kernel.db import UtcColumn, db
from pol.kernel.kept import kept
from pol.kernel.money import Rupiah
from pol.kernel.paging import Key, Page, cut_page, decode_cursor
from pol.stalls.models import Stall
from pol.stalls.queries.public import IS_OPEN, MarketRow, markets, moment_values, open_market_ids
from pol.stalls.rules.hours import StallHours, is_open

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LAST_MOMENT = (datetime(9999, 1, 1, tzinfo=UTC) - EPOCH) // MICROSECOND
SOLD_OUT, CLOSED = "habis", "tutup"
product, stock, stall = Product.__table__.c, Stock.__table__.c, Stall.__table__.c


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


COLUMNS: tuple[ColumnElement[Any], ...] = (
    product.id,
    product.slug,
    product.name,
    type_coerce(product.price, BigInteger).label("price"),
    type_coerce(product.unit, String).label("unit"),
    product.picture_key,
    product.listed_at,
    product.market_id,
    type_coerce(product.stock_mode, String).label("stock_mode"),
    (stock.on_hand_milli - stock.reserved_milli - stock.sold_milli - product.min_milli).label(
        "spare"
    ),
    stall.name.label("stall_name"),
    stall.number,
    stall.opens_minute,
    stall.closes_minute,
    stall.vacation_from,
    stall.vacation_until,
)
CONDITIONS: dict[str, ColumnElement[bool]] = {
    "top_category_id": product.top_category_id == bindparam("top_category_id"),
    "category_id": product.category_id == bindparam("category_id"),
    "market_id": product.market_id == bindparam("market_id"),
    "stall_id": product.stall_id == bindparam("stall_id"),
    "kecamatan_code": product.kecamatan_code == bindparam("kecamatan_code"),
    "condition": product.condition == bindparam("condition", type_=product.condition.type),
    "price_from": product.price >= bindparam("price_from", type_=BigInteger),
    "price_to": product.price <= bindparam("price_to", type_=BigInteger),
    "pickup": product.pickup_at_stall.is_(True),
    "open_now": IS_OPEN,
}
ORDERS: dict[Sort, tuple[ColumnElement[Any], ...]] = {
    Sort.NEWEST: (product.listed_at, product.id),
    Sort.CHEAPEST: (product.price, product.id),
    Sort.DEAREST: (product.price, product.id),
}


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
    statement = _statement(_names(values), sort, size + 1, is_paged=after is not None)
    if after:
        values |= _after(sort, after)
    rows = db.session.connection().execute(statement, values)
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
    statement = _counted(_names(values))
    return int(db.session.connection().execute(statement, values).scalar_one())


def _values(wanted: Filter, terms: Sequence[str], now: datetime) -> dict[str, Any]:
    values: dict[str, Any] = wanted.asked()
    values |= {f"term_{i}": term for i, term in enumerate(terms)}
    return values | moment_values(now) if wanted.open_now else values


def _names(values: dict[str, Any]) -> frozenset[str]:
    return frozenset(name for name in values if name in CONDITIONS or name.startswith("term_"))


@cache
def _term(name: str) -> FromClause:
    return SearchTerm.__table__.alias(name)


@cache
def _found(names: frozenset[str]) -> Select[Any]:
    """Return the listed products that fulfil these conditions, without columns or order."""
    tables: FromClause = Product.__table__
    for name in sorted(name for name in names if name.startswith("term_")):
        term = _term(name).c
        here = and_(term.product_id == product.id, term.term == bindparam(name))
        tables = tables.join(_term(name), here)
    tables = tables.join(Stall.__table__, stall.id == product.stall_id)
    conditions = (CONDITIONS[name] for name in sorted(names & CONDITIONS.keys()))
    return select().select_from(tables).where(product.listed_at.is_not(None), *conditions)


@cache
def _counted(names: frozenset[str]) -> Select[Any]:
    """Return a statement that counts; the index alone knows how often a single word stands."""
    if names == {"term_0"}:
        word = _term("term_0").c
        found = select(word.product_id).where(word.term == bindparam("term_0"))
    else:
        found = _found(names).add_columns(product.id)
    return select(func.count()).select_from(found.limit(MOST_COUNTED + 1).subquery())


@cache
def _statement(names: frozenset[str], sort: Sort, limit: int, *, is_paged: bool) -> Select[Any]:
    """Return a statement for cards. PostgreSQL plans well only for a limit that it can see."""
    score = _term("term_0").c.score if "term_0" in names else literal_column("0")
    order = ORDERS.get(sort, (score,))
    is_rising = sort is Sort.CHEAPEST
    found = _found(names)
    if is_paged:
        types = UtcColumn() if sort is Sort.NEWEST else BigInteger(), BigInteger()
        row = tuple_(*order)
        last = tuple_(*(bindparam(f"after_{i}", type_=types[i]) for i in range(len(order))))
        found = found.where(row > last if is_rising else row < last)
    return (
        found.outerjoin(Stock.__table__, stock.product_id == product.id)
        .add_columns(*COLUMNS, score.label("score"))
        .order_by(*(column if is_rising else column.desc() for column in order))
        .limit(literal_column(str(limit)))
    )


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
