"""The statements behind lists of products, one for each shape of a question.

A statement is built once; afterwards only its values change.
"""

from functools import cache, lru_cache
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
from sqlalchemy.sql.selectable import NamedFromClause

from pol.catalogue.models import Product, SearchTerm, Stock
from pol.catalogue.rules.finding import MOST_COUNTED, Sort
from pol.kernel.db import UtcColumn
from pol.stalls.models import Stall
from pol.stalls.queries.public import IS_OPEN

KEPT = 300
product, stock, stall = Product.__table__.c, Stock.__table__.c, Stall.__table__.c
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
SHELVES = ("top_category_id", "category_id", "market_id")
"""Written into the statement itself: how much a shelf holds decides which index is best."""

CONDITIONS: dict[str, ColumnElement[bool]] = {
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


@cache
def _term(name: str) -> NamedFromClause[Any]:
    return SearchTerm.__table__.alias(name)


def _condition(name: str) -> ColumnElement[bool]:
    """Return a condition by its name, or by name and number for what few values fill unevenly."""
    column, _, number = name.partition("=")
    return product[column] == literal_column(str(int(number))) if number else CONDITIONS[name]


@lru_cache(maxsize=KEPT)
def _found(names: frozenset[str]) -> Select[Any]:
    """Return the listed products that fulfil these conditions, without columns or order."""
    tables: FromClause = Product.__table__
    for name in sorted(name for name in names if name.startswith("term_")):
        term = _term(name).c
        here = and_(term.product_id == product.id, term.term == bindparam(name))
        tables = tables.join(_term(name), here)
    tables = tables.join(Stall.__table__, stall.id == product.stall_id)
    conditions = (_condition(name) for name in sorted(names) if not name.startswith("term_"))
    return select().select_from(tables).where(product.listed_at.is_not(None), *conditions)


@cache
def _hits(names: frozenset[str]) -> Select[Any]:
    """Return what stands under all of these terms; the indexes know it without the products."""
    first, *others = (_term(name) for name in sorted(names))
    tables: FromClause = first
    for other in others:
        here = and_(other.c.product_id == first.c.product_id, other.c.term == bindparam(other.name))
        tables = tables.join(other, here)
    here = first.c.term == bindparam(first.name)
    return select(first.c.product_id, first.c.score).select_from(tables).where(here)


@lru_cache(maxsize=KEPT)
def count_statement(names: frozenset[str]) -> Select[Any]:
    """Return a statement that counts."""
    found = _found(names).add_columns(product.id) if not _only_terms(names) else _hits(names)
    return select(func.count()).select_from(found.limit(MOST_COUNTED + 1).subquery())


def _only_terms(names: frozenset[str]) -> bool:
    return bool(names) and all(name.startswith("term_") for name in names)


@lru_cache(maxsize=KEPT)
def cards_statement(
    names: frozenset[str], sort: Sort, limit: int, *, is_paged: bool
) -> Select[Any]:
    """Return a statement for cards. PostgreSQL plans well only for a limit that it can see."""
    score = _term("term_0").c.score if "term_0" in names else literal_column("0")
    order = ORDERS.get(sort, (score,))
    if sort is Sort.RELEVANCE and _only_terms(names):
        best = _part(_hits(names), sort, order, limit, is_paged=is_paged).subquery()
        score = best.c.score
        tables = Product.__table__.join(best, best.c.product_id == product.id)
        tables = tables.join(Stall.__table__, stall.id == product.stall_id)
        found = select().select_from(tables).where(product.listed_at.is_not(None))
        return _with_cards(found, score).order_by(score.desc())
    return _part(_with_cards(_found(names), score), sort, order, limit, is_paged=is_paged)


def _with_cards(found: Select[Any], score: ColumnElement[Any]) -> Select[Any]:
    with_stock = found.outerjoin(Stock.__table__, stock.product_id == product.id)
    return with_stock.add_columns(*COLUMNS, score.label("score"))


def _part(
    found: Select[Any],
    sort: Sort,
    order: tuple[ColumnElement[Any], ...],
    limit: int,
    *,
    is_paged: bool,
) -> Select[Any]:
    """Return the rows of one page, in their order."""
    is_rising = sort is Sort.CHEAPEST
    if is_paged:
        types = UtcColumn() if sort is Sort.NEWEST else BigInteger(), BigInteger()
        row = tuple_(*order)
        last = tuple_(*(bindparam(f"after_{i}", type_=types[i]) for i in range(len(order))))
        found = found.where(row > last if is_rising else row < last)
    directed = (column if is_rising else column.desc() for column in order)
    return found.order_by(*directed).limit(literal_column(str(limit)))
