"""One product as customers see it, with everything they may want to know before they buy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    String,
    bindparam,
    cast,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from pol.catalogue.models import Category, PriceTier, Product, ProductPicture, Stock
from pol.catalogue.queries.lists import Card, list_products
from pol.catalogue.rules import Condition, StockMode, Unit
from pol.catalogue.rules.finding import Filter
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.kept import kept
from pol.kernel.money import Rupiah
from pol.stalls.models import Permit, Stall
from pol.stalls.queries.public import PermitRow
from pol.stalls.rules import PermitKind
from pol.stalls.rules.hours import StallHours

STALL_HOURS = ("opens_minute", "closes_minute", "vacation_from", "vacation_until")


@dataclass(frozen=True)
class TierRow:
    """A lower price from a quantity on."""

    from_milli: int
    price: Rupiah


@dataclass(frozen=True)
class ProductDetail:
    """A listed product and who sells it; `free_milli` is None when it is sold as available."""

    product_id: int
    slug: str
    name: str
    description: str
    price: Rupiah
    unit: Unit
    step_milli: int
    min_milli: int
    is_weighed: bool
    condition: Condition
    free_milli: int | None
    category_id: int
    category_slug: str
    category_name: str
    market_id: int
    stall_id: int
    stall_slug: str
    stall_name: str
    stall_phone: str
    stall_block: str | None
    stall_number: str | None
    pickup_at_stall: bool
    hours: StallHours
    pictures: tuple[str, ...]
    tiers: tuple[TierRow, ...]
    permits: tuple[PermitRow, ...]

    @property
    def is_sold_out(self) -> bool:
        """Answer whether not even the smallest quantity is left."""
        return self.free_milli is not None and self.free_milli < self.min_milli


p, s, k = Product.__table__.c, Stall.__table__.c, Stock.__table__.c
category, picture, tier = Category.__table__.c, ProductPicture.__table__.c, PriceTier.__table__.c
permit = Permit.__table__.c
PICTURE, TIER, PERMIT = 0, 1, 2
PRODUCT = (
    select(
        p.id.label("product_id"), p.slug, p.name, p.description, p.price, p.unit, p.step_milli,
        p.min_milli, p.is_weighed, p.condition, p.category_id, p.market_id, p.stall_id,
        p.pickup_at_stall,
        category.slug.label("category_slug"), category.name.label("category_name"),
        s.slug.label("stall_slug"), s.name.label("stall_name"), s.phone.label("stall_phone"),
        s.block.label("stall_block"), s.number.label("stall_number"),
    )
    .add_columns(s.opens_minute, s.closes_minute, s.vacation_from, s.vacation_until)
    .add_columns(p.stock_mode, (k.on_hand_milli - k.reserved_milli - k.sold_milli).label("free"))
    .join_from(Product.__table__, Category.__table__, category.id == p.category_id)
    .join(Stall.__table__, s.id == p.stall_id)
    .outerjoin(Stock.__table__, k.product_id == p.id)
    .where(p.slug == bindparam("slug"), p.listed_at.is_not(None))
)  # fmt: skip
NO_KIND, NO_AMOUNT = cast(null(), String), cast(null(), BigInteger)
NO_DAY = cast(null(), Date)
SHORT_LISTS = union_all(
    select(literal_column(str(PICTURE)).label("part"), picture.position.label("place"), picture.key,
           NO_KIND.label("kind"), NO_AMOUNT.label("amount"), NO_DAY.label("until"))
    .where(picture.product_id == bindparam("product_id")),
    select(literal_column(str(TIER)), tier.from_milli, literal_column("''"), NO_KIND,
           type_coerce(tier.price, BigInteger), NO_DAY)
    .where(tier.product_id == bindparam("product_id")),
    select(literal_column(str(PERMIT)), permit.id, permit.number, type_coerce(permit.kind, String),
           NO_AMOUNT, permit.expires_on)
    .where(permit.stall_id == bindparam("stall_id"))
    .where(or_(permit.product_id.is_(None), permit.product_id == bindparam("product_id")))
    .where(or_(permit.expires_on.is_(None), permit.expires_on >= bindparam("today"))),
).order_by("part", "place")  # fmt: skip
"""Pictures, lower prices for more, and valid permits: a message each would cost more than they."""


def get_product(slug: str, *, today: date) -> ProductDetail:
    """Return a listed product with the permits that are valid today.

    :raises NotFound: there is none, or customers may not see it (any more)
    """
    connection = db.session.connection()
    row = connection.execute(PRODUCT, {"slug": slug}).mappings().one_or_none()
    if row is None:
        raise NotFound
    found: dict[str, Any] = dict(row)
    closing = [found.pop(name) for name in STALL_HOURS]
    is_counted, free = found.pop("stock_mode") is StockMode.COUNTED, found.pop("free")
    key = {"product_id": row["product_id"], "stall_id": row["stall_id"], "today": today}
    rows = connection.execute(SHORT_LISTS, key).all()
    return ProductDetail(
        **found,
        free_milli=(free or 0) if is_counted else None,
        hours=StallHours(bool(found["stall_number"]), *closing),
        pictures=tuple(each.key for each in rows if each.part == PICTURE),
        tiers=tuple(TierRow(r.place, Rupiah(r.amount)) for r in rows if r.part == TIER),
        permits=tuple(
            PermitRow(PermitKind(each.kind), each.key, each.until)
            for each in rows
            if each.part == PERMIT
        ),
    )


def list_related(product: ProductDetail, *, now: datetime, limit: int = 4) -> list[Card]:
    """Return the newest other products of the same category, as they were a moment ago."""
    alike = _newest(product.category_id, limit + 1, now.replace(second=0, microsecond=0))
    return [card for card in alike if card.product_id != product.product_id][:limit]


@kept(seconds=20)
def _newest(category_id: int, size: int, minute: datetime) -> Sequence[Card]:
    return list_products(Filter(category_id=category_id), now=minute, size=size).rows
