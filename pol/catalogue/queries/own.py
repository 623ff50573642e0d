"""Products as their trader and the market officer see them: also those that customers do not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from pol.catalogue.models import Category, PriceTier, Product, ProductPicture, SearchTerm, Stock
from pol.catalogue.rules import Condition, ProductStatus, StockMode, Unit
from pol.catalogue.rules.product import OwnSort, Tier
from pol.catalogue.rules.search import NAME, score_of, stem_of, terms_of, words_of
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.stalls.models import Stall

MOST_SHOWN = 200
FREE = (Stock.on_hand_milli - Stock.reserved_milli - Stock.sold_milli).label("free")
SORTS: dict[OwnSort, tuple[Any, ...]] = {
    OwnSort.NAME: (func.lower(Product.name), Product.id),
    OwnSort.NEWEST: (Product.id.desc(),),
    OwnSort.LEAST_STOCK: (Product.stock_mode.desc(), FREE, Product.id),
}


@dataclass(frozen=True)
class OwnRow:
    """A line of the trader's list."""

    slug: str
    name: str
    price: Rupiah
    unit: Unit
    step_milli: int
    stock_mode: StockMode
    free_milli: int
    reserved_milli: int
    status: ProductStatus
    status_reason: str | None
    picture_key: str | None

    @property
    def is_counted(self) -> bool:
        """Answer whether its stock is a number."""
        return self.stock_mode is StockMode.COUNTED


@dataclass(frozen=True)
class OwnDetail:
    """Everything that a trader wrote about a product."""

    product_id: int
    slug: str
    name: str
    description: str
    price: Rupiah
    unit: Unit
    step_milli: int
    min_milli: int
    category_id: int
    category_name: str
    condition: Condition
    stock_mode: StockMode
    free_milli: int
    status: ProductStatus
    status_reason: str | None
    submitted_at: datetime | None
    listed_at: datetime | None
    stall_id: int
    stall_slug: str
    stall_name: str
    pictures: tuple[str, ...] = ()
    tiers: tuple[Tier, ...] = ()
    is_weighed: bool = False


@dataclass(frozen=True)
class WaitingRow:
    """A line of the officer's list."""

    slug: str
    name: str
    price: Rupiah
    unit: Unit
    picture_key: str | None
    stall_name: str
    status: ProductStatus
    submitted_at: datetime | None


def list_own(
    *,
    stall_id: int,
    status: ProductStatus | None = None,
    words: str = "",
    sort: OwnSort = OwnSort.NAME,
) -> list[OwnRow]:
    """Return a stall's products, at most 200; one statement."""
    rows = db.session.execute(
        _own_rows(stall_id)
        .where(*([Product.status == status] if status else []))
        .where(*(func.lower(Product.name).contains(w, autoescape=True) for w in words_of(words)))
        .order_by(*SORTS[sort])
        .limit(MOST_SHOWN)
    )
    lines: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    return [OwnRow(*line) for line in lines]


def get_own_row(*, slug: str, stall_id: int) -> OwnRow:
    """Return one line of the list.

    :raises NotFound: not a product of this stall
    """
    row = db.session.execute(_own_rows(stall_id).where(Product.slug == slug)).one_or_none()
    if row is None:
        raise NotFound
    values: tuple[Any, ...] = tuple(row)
    return OwnRow(*values)


def _own_rows(stall_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(Product.slug, Product.name, Product.price, Product.unit, Product.step_milli),
            *(Product.stock_mode, FREE, Stock.reserved_milli),
            *(Product.status, Product.status_reason, Product.picture_key),
        )
        .join(Stock, Stock.product_id == Product.id)
        .where(Product.stall_id == stall_id)
    )


def count_own(*, stall_id: int) -> dict[ProductStatus, int]:
    """Return how many products a stall has in each status."""
    return _counts(Product.stall_id == stall_id)


def count_of_markets(*, market_ids: Collection[int]) -> dict[ProductStatus, int]:
    """Return how many products an officer's markets have in each status."""
    return _counts(Product.market_id.in_(market_ids))


def _counts(condition: ColumnElement[bool]) -> dict[ProductStatus, int]:
    rows = db.session.execute(
        select(Product.status, func.count()).where(condition).group_by(Product.status)
    )
    return {row[0]: row[1] for row in rows}


def list_for_sale(*, stall_id: int) -> list[OwnRow]:
    """Return what a stall sells now and has in stock, by name."""
    has_some = (Product.stock_mode == StockMode.AS_AVAILABLE) | (FREE.element > 0)
    rows = _own_rows(stall_id).where(Product.listed_at.is_not(None), has_some)
    return [OwnRow(*row) for row in db.session.execute(rows.order_by(Product.name, Product.id))]


def list_sold_out(*, stall_id: int, limit: int = 5) -> list[OwnRow]:
    """Return public products of a stall of which not even the smallest quantity is left."""
    rows = db.session.execute(
        _own_rows(stall_id)
        .where(
            Product.status == ProductStatus.PUBLISHED,
            Product.stock_mode == StockMode.COUNTED,
            Product.min_milli > FREE,
        )
        .order_by(Product.id)
        .limit(limit)
    )
    lines: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    return [OwnRow(*line) for line in lines]


def get_own(*, slug: str, stall_id: int) -> OwnDetail:
    """Return a product for its trader.

    :raises NotFound: not a product of this stall
    """
    return _detail(Product.slug == slug, Product.stall_id == stall_id)


def get_of_markets(*, slug: str, market_ids: Collection[int]) -> OwnDetail:
    """Return a product for an officer of its market, drafts excepted.

    :raises NotFound: none of theirs, or not sent yet
    """
    return _detail(
        Product.slug == slug,
        Product.market_id.in_(market_ids),
        Product.status != ProductStatus.DRAFT,
    )


def _detail(*conditions: ColumnElement[bool]) -> OwnDetail:
    row = db.session.execute(
        select(
            *(Product.id, Product.slug, Product.name, Product.description, Product.price),
            *(Product.unit, Product.step_milli, Product.min_milli),
            *(Product.category_id, Category.name, Product.condition, Product.stock_mode, FREE),
            *(Product.status, Product.status_reason, Product.submitted_at, Product.listed_at),
            *(Stall.id, Stall.slug, Stall.name, Product.is_weighed),
        )
        .join(Category, Category.id == Product.category_id)
        .join(Stall, Stall.id == Product.stall_id)
        .join(Stock, Stock.product_id == Product.id)
        .where(*conditions)
    ).one_or_none()
    if row is None:
        raise NotFound
    values: tuple[Any, ...] = tuple(row)
    more = (_pictures(values[0]), _tiers(values[0]), values[-1])
    return OwnDetail(*(*values[:-1], *more))


def _pictures(product_id: int) -> tuple[str, ...]:
    keys = (
        select(ProductPicture.key)
        .where(ProductPicture.product_id == product_id)
        .order_by(ProductPicture.position)
    )
    return tuple(db.session.scalars(keys))


def _tiers(product_id: int) -> tuple[Tier, ...]:
    rows = db.session.execute(
        select(PriceTier.from_milli, PriceTier.price)
        .where(PriceTier.product_id == product_id)
        .order_by(PriceTier.from_milli)
    )
    return tuple(Tier(row.from_milli, row.price) for row in rows)


def lock_own(*, slug: str, stall_id: int) -> Product:
    """Return a product of one's own, to change it.

    :raises NotFound: not a product of this stall
    """
    return _locked(Product.slug == slug, Product.stall_id == stall_id)


def lock_all_own(*, slugs: Collection[str], stall_id: int) -> dict[str, Product]:
    """Return those of the products that are one's own, by slug, locked in order of id."""
    rows = db.session.scalars(
        select(Product)
        .where(Product.slug.in_(slugs), Product.stall_id == stall_id)
        .order_by(Product.id)
        .with_for_update()
    )
    return {product.slug: product for product in rows}


def lock_of_markets(*, slug: str, market_ids: Collection[int]) -> Product:
    """Return a product of an officer's markets, to decide about it.

    :raises NotFound: none of theirs
    """
    return _locked(Product.slug == slug, Product.market_id.in_(market_ids))


def _locked(*conditions: ColumnElement[bool]) -> Product:
    statement = select(Product).where(*conditions).with_for_update()
    product: Product | None = db.session.scalar(statement)
    if product is None:
        raise NotFound
    return product


def list_of_markets(
    *, market_ids: Collection[int], status: ProductStatus, words: str = ""
) -> list[WaitingRow]:
    """Return up to 200 products of an officer's markets, who waits longest first."""
    rows = db.session.execute(
        select(
            *(Product.slug, Product.name, Product.price, Product.unit, Product.picture_key),
            *(Stall.name, Product.status, Product.submitted_at),
        )
        .join(Stall, Stall.id == Product.stall_id)
        .where(Product.market_id.in_(market_ids), Product.status == status)
        .where(*(func.lower(Product.name).contains(w, autoescape=True) for w in words_of(words)))
        .order_by(Product.submitted_at, Product.id)
        .limit(MOST_SHOWN)
    )
    return [WaitingRow(*row) for row in rows]


def guess_category(name: str) -> int | None:
    """Return the category that a name suggests: its own words, else what others chose for them."""
    terms = set(terms_of(name))
    for category_id, label in db.session.execute(
        select(Category.id, Category.name)
        .where(Category.parent_id.is_not(None))
        .order_by(Category.position)
    ):
        if terms & {stem_of(word) for word in words_of(label)}:
            return int(category_id)
    likely = (
        select(Product.category_id)
        .join(SearchTerm, SearchTerm.product_id == Product.id)
        .where(SearchTerm.term.in_(terms), SearchTerm.score >= score_of(NAME, 0))
        .group_by(Product.category_id)
        .order_by(func.count().desc(), Product.category_id)
        .limit(1)
    )
    return db.session.scalar(likely)
