"""Writing products, and their way from draft to the market."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from pol.catalogue.models import Category, PriceTier, Product, Stock
from pol.catalogue.rules import WEIGHTS, Condition, ProductStatus, StockMode, Unit
from pol.catalogue.rules.product import (
    NameTaken,
    Tier,
    check_decision,
    check_hide,
    check_pictures,
    check_price,
    check_quantities,
    check_stock,
    check_tiers,
    default_quantities,
    guess_condition,
    status_on_submit,
)
from pol.catalogue.rules.search import words_of
from pol.catalogue.services.listing import refresh_product
from pol.catalogue.services.offer import set_offer
from pol.catalogue.services.product_pictures import attach_pictures
from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.kernel.text import readable_code, slugify
from pol.notices.services import send
from pol.stalls.models import Stall, StallMember
from pol.stalls.queries.own import get_owner

S = ProductStatus


def create_product(
    *,
    stall_id: int,
    actor_id: int | None,
    now: datetime,
    name: str,
    price: Rupiah,
    unit: Unit,
    category_id: int,
    stock_milli: int | None,
    picture_keys: Sequence[str],
    step_milli: int | None = None,
    min_milli: int | None = None,
    description: str = "",
    condition: Condition | None = None,
    tiers: Sequence[Tier] = (),
    is_weighed: bool = False,
    is_ready: bool = False,
) -> Product:
    """Write a draft, or one that the officer sees at once when it is ready.

    `stock_milli=None` sells as available; quantities that are left out suit the unit.

    Pictures must have been stored by the actor for use PRODUCT; the first stands on cards.

    :raises NameTaken, PriceOutOfRange, QuantityUnfit, WholeUnitsOnly, StockOutOfRange, TiersUnfit:
        see rules
    :raises PictureMissing, TooManyPictures, PictureNotYours: see `attach_pictures`
    """
    step, least = default_quantities(unit)
    step_milli, min_milli = step_milli or step, min_milli or max(least, step_milli or 0)
    _check_facts(price, unit, step_milli, min_milli, tiers)
    _check_name(stall_id, name, product_id=None)
    check_stock(stock_milli or 0)
    check_pictures(len(set(picture_keys)))
    stall = db.session.get_one(Stall, stall_id)
    category = db.session.get_one(Category, category_id)
    product = Product(
        slug=f"{slugify(name)}-{readable_code(5).lower()}",
        stall_id=stall_id,
        market_id=stall.market_id,
        kecamatan_code=stall.kecamatan_code,
        category_id=category_id,
        top_category_id=category.parent_id or category.id,
        pickup_at_stall=stall.pickup_at_stall,
        name=name.strip(),
        description=description.strip(),
        unit=unit,
        step_milli=step_milli,
        min_milli=min_milli,
        price=price,
        is_weighed=is_weighed and unit in WEIGHTS,
        condition=condition or guess_condition(words_of(name)),
        stock_mode=StockMode.AS_AVAILABLE if stock_milli is None else StockMode.COUNTED,
        status=S.DRAFT,
        created_at=now,
        updated_at=now,
    )
    db.session.add(product)
    db.session.flush()
    db.session.add(Stock(product_id=product.id, on_hand_milli=stock_milli or 0))
    attach_pictures(product=product, keys=picture_keys, owner_id=actor_id)
    _write_tiers(product.id, tiers)
    _note(product, "product.created", actor_id, now, price=price.amount)
    if is_ready:
        submit_product(product=product, actor_id=actor_id, now=now)
    return product


def update_product(
    *,
    product: Product,
    actor_id: int,
    now: datetime,
    name: str,
    price: Rupiah,
    price_seen: Rupiah,
    unit: Unit,
    category_id: int,
    step_milli: int,
    min_milli: int,
    description: str,
    condition: Condition,
    tiers: Sequence[Tier],
    stock_milli: int | None,
    stock_seen: int | None,
    is_weighed: bool = False,
) -> None:
    """Describe a product anew; its slug stays, so that shared links keep working.

    Price and stock only change when they differ from what the trader saw.

    :raises NameTaken, PriceOutOfRange, QuantityUnfit, WholeUnitsOnly, TiersUnfit: see rules
    :raises PriceMovedMeanwhile, StockMovedMeanwhile, StockOutOfRange: see `offer`
    """
    _check_facts(price, unit, step_milli, min_milli, tiers)
    _check_name(product.stall_id, name, product_id=product.id)
    product.name, product.description = name.strip(), description.strip()
    product.unit, product.condition = unit, condition
    product.is_weighed = is_weighed and unit in WEIGHTS
    product.step_milli, product.min_milli = step_milli, min_milli
    product.category_id, product.updated_at = category_id, now
    product.stock_mode = StockMode.AS_AVAILABLE if stock_milli is None else StockMode.COUNTED
    _write_tiers(product.id, tiers)
    _note(product, "product.described", actor_id, now)
    set_offer(
        product=product,
        price=price,
        price_seen=price_seen,
        stock_milli=stock_milli,
        stock_seen=stock_seen,
        actor_id=actor_id,
        now=now,
    )
    db.session.flush()
    refresh_product(product, now)


def submit_product(*, product: Product, actor_id: int | None, now: datetime) -> None:
    """Ask for a product to be seen; what the trader had hidden comes back at once.

    :raises ProductMoveClosed: it is waiting or public already
    """
    by_officer = product.status_reason is not None
    product.status = status_on_submit(product.status, hidden_by_officer=by_officer)
    product.submitted_at = now
    if product.status is S.PUBLISHED:
        product.status_reason = None
    _note(product, "product.submitted", actor_id, now)
    refresh_product(product, now)


def withdraw_product(*, product: Product, actor_id: int, now: datetime) -> None:
    """Take a waiting product back to the drafts, or a public one off the market for a while.

    :raises ProductMoveClosed: it is neither
    """
    check_hide(product.status)
    product.status = S.DRAFT if product.status is S.SUBMITTED else S.HIDDEN
    product.status_reason = None
    _note(product, "product.withdrawn", actor_id, now)
    refresh_product(product, now)


def publish_product(*, product: Product, officer_id: int, now: datetime) -> None:
    """Let customers see a product, as soon as its stall is verified.

    :raises OwnProduct, ProductNotWaiting: see `check_decision`
    """
    _check_officer(product, officer_id, frozenset({S.SUBMITTED}))
    product.status, product.status_reason = S.PUBLISHED, None
    _note(product, "product.published", officer_id, now)
    _tell_trader(product, "Produk tayang", "Pembeli sudah bisa memesannya.", now)
    refresh_product(product, now)


def hide_product(*, product: Product, officer_id: int, reason: str, now: datetime) -> None:
    """Keep a product from customers, with the reason that its trader reads.

    :raises OwnProduct, ProductNotWaiting, ProductReasonMissing: see `check_decision`
    """
    _check_officer(product, officer_id, frozenset({S.SUBMITTED, S.PUBLISHED}), reason)
    product.status, product.status_reason = S.HIDDEN, reason.strip()
    _note(product, "product.hidden", officer_id, now, reason=reason.strip())
    _tell_trader(product, "Produk disembunyikan", f"Kata petugas: {reason.strip()}", now)
    refresh_product(product, now)


def _tell_trader(product: Product, title: str, body: str, now: datetime) -> None:
    owner = get_owner(stall_id=product.stall_id)
    send(
        key=f"product:{product.id}:{product.status}:{now.isoformat()}",
        phone=owner.phone,
        user_id=owner.user_id,
        title=f"{title}: {product.name}",
        body=body,
        link=f"/pedagang/produk/{product.slug}",
        now=now,
    )


def _check_officer(
    product: Product,
    officer_id: int,
    allowed: frozenset[ProductStatus],
    reason: str | None = None,
) -> None:
    keeps = db.session.get(StallMember, (product.stall_id, officer_id))
    check_decision(
        product.status,
        allowed,
        is_own=keeps is not None,
        reason=reason,
        needs_reason=reason is not None,
    )


def _check_facts(
    price: Rupiah, unit: Unit, step_milli: int, min_milli: int, tiers: Sequence[Tier]
) -> None:
    check_price(price)
    check_quantities(unit, step_milli=step_milli, min_milli=min_milli)
    check_tiers(price, tiers)


def _check_name(stall_id: int, name: str, *, product_id: int | None) -> None:
    same = (
        select(Product.id)
        .where(
            Product.stall_id == stall_id,
            func.lower(Product.name) == name.strip().lower(),
            Product.id.is_distinct_from(product_id),
        )
        .limit(1)
    )
    if db.session.scalar(same) is not None:
        raise NameTaken


def _write_tiers(product_id: int, tiers: Sequence[Tier]) -> None:
    db.session.execute(delete(PriceTier).where(PriceTier.product_id == product_id))
    rows = [{"product_id": product_id, "from_milli": t.from_milli, "price": t.price} for t in tiers]
    if rows:
        db.session.execute(insert(PriceTier), rows)


def _note(
    product: Product, action: str, actor_id: int | None, now: datetime, **detail: object
) -> None:
    subject = f"product:{product.id}"
    audit.record(action=action, subject=subject, actor_id=actor_id, now=now, **detail)
