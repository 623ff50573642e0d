"""Markets, stalls and goods for tests: each call adds one row, ready to sell, and returns it."""

from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select

from pol.catalogue.models import Category, PriceTier, Product, Stock
from pol.catalogue.rules import Condition, ProductStatus, StockMode, Unit
from pol.catalogue.services.search_index import index_product
from pol.kernel.db import Base, db
from pol.kernel.money import Rupiah
from pol.regions.rules import kecamatan_of
from pol.stalls.models import Market, Stall
from pol.stalls.rules import StallStatus

LONG_AGO = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
SIDOHARJO = "35.24.22.1014"
_numbers = count(1)
Row = TypeVar("Row", bound=Base)


def make_market(name: str = "Pasar Sidoharjo", *, village_code: str = SIDOHARJO,
                **other: Any) -> Market:  # fmt: skip
    """Add a market that is open every day from 04.00 to 20.00."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "slug": f"pasar-{number}",
        "kecamatan_code": kecamatan_of(village_code),
        "address": "Jalan Contoh 1",
        "opens_minute": 4 * 60,
        "closes_minute": 20 * 60,
    }
    return _add(Market(name=name, village_code=village_code, **values | other))


def make_stall(market: Market | None = None, *, name: str = "Lapak Contoh",
               **other: Any) -> Stall:  # fmt: skip
    """Add a verified stall, in a new market if none is given."""
    number = next(_numbers)
    market = market or make_market()
    values: dict[str, Any] = {
        "slug": f"lapak-{number}",
        "phone": f"+6281{number:08}",
        "village_code": market.village_code,
        "block": "A",
        "number": str(number),
        "status": StallStatus.VERIFIED,
        "created_at": LONG_AGO,
        "verified_at": LONG_AGO,
    }
    values |= other
    values.setdefault("kecamatan_code", kecamatan_of(values["village_code"]))
    return _add(Stall(name=name, market_id=market.id, **values))


def make_category(name: str = "Sayur", *, parent: Category | None = None,
                  **other: Any) -> Category:  # fmt: skip
    """Add a category."""
    number = next(_numbers)
    values: dict[str, Any] = {"slug": f"kategori-{number}", "icon": "leaf", "position": number}
    return _add(Category(name=name, parent_id=parent.id if parent else None, **values | other))


def make_product(
    stall: Stall | None = None,
    *,
    name: str = "Bayam segar",
    category: Category | None = None,
    price: int = 5_000,
    stock_milli: int | None = 100_000,
    tiers: dict[int, int] | None = None,
    **other: Any,
) -> Product:
    """Add a listed product that can be found; `stock_milli=None` sells it as available.

    Keys of `tiers` are thousandths of the unit from which the price in rupiah holds.
    """
    number = next(_numbers)
    stall, category = stall or make_stall(), category or make_category()
    values: dict[str, Any] = {
        "slug": f"produk-{number}",
        "pickup_at_stall": stall.pickup_at_stall,
        "unit": Unit.IKAT,
        "step_milli": 1_000,
        "min_milli": 1_000,
        "condition": Condition.FRESH,
        "stock_mode": StockMode.AS_AVAILABLE if stock_milli is None else StockMode.COUNTED,
        "status": ProductStatus.PUBLISHED,
        "created_at": LONG_AGO,
        "updated_at": LONG_AGO,
        "listed_at": LONG_AGO,
    }
    product = _add(
        Product(
            name=name,
            stall_id=stall.id,
            market_id=stall.market_id,
            kecamatan_code=stall.kecamatan_code,
            category_id=category.id,
            top_category_id=category.parent_id or category.id,
            price=Rupiah(price),
            **values | other,
        )
    )
    db.session.add(Stock(product_id=product.id, on_hand_milli=stock_milli or 0))
    for from_milli, tier in (tiers or {}).items():
        db.session.add(PriceTier(product_id=product.id, from_milli=from_milli, price=Rupiah(tier)))
    db.session.flush()
    if product.listed_at:
        index_product(product.id)
    return product


def stock_of(product: Product) -> Stock:
    """Return the stock row as it stands in the database now."""
    return db.session.scalars(
        select(Stock)
        .where(Stock.product_id == product.id)
        .execution_options(populate_existing=True)
    ).one()


def _add(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
