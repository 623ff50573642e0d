"""The price and the stock of the day, changed quickly and never over somebody else's change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, select, update

from pol.catalogue.models import PriceTier, Product, Stock
from pol.catalogue.rules import StockMode
from pol.catalogue.rules.product import (
    PriceMovedMeanwhile,
    StockMovedMeanwhile,
    StockNotCounted,
    Tier,
    check_price,
    check_stock,
    check_tiers,
)
from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.marks import mark
from pol.kernel.money import Rupiah
from pol.kernel.text import decimal

free_now = Stock.on_hand_milli - Stock.reserved_milli - Stock.sold_milli


@dataclass(frozen=True)
class NewPrice:
    """A price that a trader writes over the one they saw."""

    product: Product
    seen: Rupiah
    price: Rupiah


def set_price(
    *, product: Product, seen: Rupiah, price: Rupiah, actor_id: int, now: datetime
) -> None:
    """Ask another price from now on.

    :raises PriceOutOfRange: nothing, less, or a typing error
    :raises PriceMovedMeanwhile: the price is no longer the one that was seen
    :raises TiersUnfit: a tier would be dearer than the price
    """
    check_price(price)
    if product.price not in {seen, price}:
        raise PriceMovedMeanwhile(name=product.name, price=product.price)
    if price == product.price:
        return
    check_tiers(price, _tiers(product.id))
    before, product.price, product.updated_at = product.price, price, now
    audit.record(
        action="price.changed",
        subject=f"product:{product.id}",
        actor_id=actor_id,
        now=now,
        before=before.amount,
        after=price.amount,
    )
    mark("catalogue")


def set_offer(
    *,
    product: Product,
    price: Rupiah,
    price_seen: Rupiah,
    stock_milli: int | None,
    stock_seen: int | None,
    actor_id: int,
    now: datetime,
) -> None:
    """Change price and stock where they differ from what was seen, or neither.

    :raises PriceOutOfRange, PriceMovedMeanwhile, TiersUnfit: see `set_price`
    :raises StockNotCounted, StockOutOfRange, StockMovedMeanwhile: see `set_stock`
    """
    if price != price_seen:
        set_price(product=product, seen=price_seen, price=price, actor_id=actor_id, now=now)
    if stock_milli is not None and stock_milli != stock_seen:
        set_stock(product=product, milli=stock_milli, seen=stock_seen, actor_id=actor_id, now=now)


def set_prices(*, board: Sequence[NewPrice], actor_id: int, now: datetime) -> int:
    """Write the whole price board of the morning, or nothing of it; return how many changed.

    :raises PriceOutOfRange, PriceMovedMeanwhile, TiersUnfit: see `set_price`
    """
    changed = [line for line in board if line.price != line.seen]
    for line in changed:
        set_price(
            product=line.product, seen=line.seen, price=line.price, actor_id=actor_id, now=now
        )
    return len(changed)


def set_stock(
    *, product: Product, milli: int, actor_id: int, now: datetime, seen: int | None = None
) -> None:
    """Make this quantity free for sale: on hand = free + reserved + sold, in one statement.

    :raises StockNotCounted: the product is sold as available
    :raises StockOutOfRange: below zero, or a typing error
    :raises StockMovedMeanwhile: something was sold or changed since `seen` was shown
    """
    check_stock(milli)
    if product.stock_mode is not StockMode.COUNTED:
        raise StockNotCounted
    before = free_stock(product.id)
    expected = before if seen is None else seen
    done = db.session.execute(
        update(Stock)
        .where(Stock.product_id == product.id, free_now == expected)
        .values(on_hand_milli=Stock.reserved_milli + Stock.sold_milli + milli)
        .execution_options(synchronize_session=False)
    )
    if not cast("CursorResult[object]", done).rowcount:
        raise StockMovedMeanwhile(
            name=product.name, free=decimal(free_stock(product.id)), unit=product.unit.value
        )
    audit.record(
        action="stock.changed",
        subject=f"product:{product.id}",
        actor_id=actor_id,
        now=now,
        before=expected,
        after=milli,
    )
    mark("catalogue")


def free_stock(product_id: int) -> int:
    """Return how much is free for sale now, in thousandths."""
    return db.session.scalar(select(free_now).where(Stock.product_id == product_id)) or 0


def _tiers(product_id: int) -> list[Tier]:
    rows = db.session.execute(
        select(PriceTier.from_milli, PriceTier.price).where(PriceTier.product_id == product_id)
    )
    return [Tier(row.from_milli, row.price) for row in rows]
