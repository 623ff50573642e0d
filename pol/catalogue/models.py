"""Categories, products, prices, stock and the search index."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from pol.catalogue.rules import Condition, ProductStatus, StockMode, Unit
from pol.kernel.db import Model, enum_column
from pol.kernel.money import Rupiah

LISTED: dict[str, Any] = {
    "sqlite_where": text("listed_at IS NOT NULL"),
    "postgresql_where": text("listed_at IS NOT NULL"),
}


class Category(Model):
    """A shelf of the catalogue; two levels."""

    __tablename__ = "category"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    icon: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    position: Mapped[int]


class Product(Model):
    """Something for sale.

    `listed_at` is set exactly while customers may see the product: it is published and its stall
    is verified. Market, kecamatan, top category and pick-up are copies kept for fast lists.
    """

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("price > 0", name="price_positive"),
        CheckConstraint("step_milli > 0 AND min_milli > 0", name="quantity_positive"),
        Index("ix_product_listed_at_id", "listed_at", "id", **LISTED),
        Index("ix_product_top_newest", "top_category_id", "listed_at", "id", **LISTED),
        Index("ix_product_category_newest", "category_id", "listed_at", "id", **LISTED),
        Index("ix_product_market_newest", "market_id", "listed_at", "id", **LISTED),
        Index("ix_product_kecamatan_newest", "kecamatan_code", "listed_at", "id", **LISTED),
        Index("ix_product_top_price", "top_category_id", "price", "id", **LISTED),
        Index("ix_product_price_id", "price", "id", **LISTED),
        Index("ix_product_stall_id_status", "stall_id", "status"),
        Index("ix_product_market_id_status", "market_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"))
    market_id: Mapped[int] = mapped_column(ForeignKey("market.id"))
    kecamatan_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    top_category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    pickup_at_stall: Mapped[bool]
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    unit: Mapped[Unit] = mapped_column(enum_column(Unit))
    step_milli: Mapped[int]
    min_milli: Mapped[int]
    price: Mapped[Rupiah]
    is_weighed: Mapped[bool] = mapped_column(server_default=false())
    condition: Mapped[Condition] = mapped_column(enum_column(Condition))
    stock_mode: Mapped[StockMode] = mapped_column(enum_column(StockMode))
    status: Mapped[ProductStatus] = mapped_column(enum_column(ProductStatus))
    status_reason: Mapped[str | None]
    picture_key: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    listed_at: Mapped[datetime | None]


class Stock(Model):
    """How much there is: free = on hand - reserved - sold, never below 0 (I3)."""

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("reserved_milli >= 0 AND sold_milli >= 0", name="parts"),
        CheckConstraint("on_hand_milli - reserved_milli - sold_milli >= 0", name="free"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    on_hand_milli: Mapped[int] = mapped_column(BigInteger)
    reserved_milli: Mapped[int] = mapped_column(BigInteger, default=0)
    sold_milli: Mapped[int] = mapped_column(BigInteger, default=0)


class PriceTier(Model):
    """A lower price from a quantity on."""

    __tablename__ = "price_tier"
    __table_args__ = (CheckConstraint("price > 0 AND from_milli > 0", name="positive"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    from_milli: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    price: Mapped[Rupiah]


class ProductPicture(Model):
    """A picture of a product, by position; 0 is shown on cards."""

    __tablename__ = "product_picture"

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)


class SearchTerm(Model):
    """A stem under which a listed product is found; a higher score stands earlier.

    The score is made in rules: words of the name before other words, then newer before older.
    """

    __tablename__ = "search_term"
    __table_args__ = (Index("ix_search_term_term_score", "term", "score", "product_id"),)

    term: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True, index=True)
    score: Mapped[int] = mapped_column(BigInteger)


class SearchWord(Model):
    """A known word reached from itself with letters left out, for forgiving typing errors."""

    __tablename__ = "search_word"

    shape: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
