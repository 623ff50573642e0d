"""Products as traders write them and an officer publishes them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pol.catalogue.models import Product
from pol.catalogue.rules import WEIGHTS, Condition
from pol.catalogue.rules.product import Tier
from pol.catalogue.services import products
from pol.demo.accounts import OFFICER
from pol.demo.goods.plan import ProductPlan
from pol.demo.pictures import Album, Sketch
from pol.demo.stalls import OPENED_BEFORE, WAITING
from pol.demo.world import Article, Shop, World
from pol.kernel.money import Rupiah

ARRANGEMENTS = 2
"""So many drawings of one motif are told apart; more would only take longer to load."""

UNSEEN_EVERY, HIDDEN_EVERY, DRAFT_EVERY = 31, 47, 83
REASONS = (
    "Fotonya bukan barang yang dijual. Ganti dengan foto barangnya.",
    "Harga jauh di atas papan harga hari ini. Periksa lagi.",
    "Izin P-IRT sudah lewat. Lampirkan yang baru.",
)


def sketches_of(plans: Sequence[ProductPlan]) -> list[Sketch]:
    """Return the pictures that these products need."""
    return sorted({sketch_of(plan) for plan in plans})


def sketch_of(plan: ProductPlan) -> Sketch:
    """Return the picture of a product."""
    return plan.goods.motif, plan.picture_seed % ARRANGEMENTS


def write_products(world: World, album: Album) -> Iterator[int]:
    """Write every product of the plan and bring it to where it stands today."""
    for index, plan in enumerate(world.plan.products):
        shop = world.shops[plan.stall]
        at = _written_at(world, plan, index)
        key = album.copy_for(shop.owner_id, sketch=sketch_of(plan), now=at)
        product = _write(world, shop, plan, key, at)
        if _send_in(world, product, shop, index, at):
            shop.articles.append(_article(product, plan))
        yield 1


def _written_at(world: World, plan: ProductPlan, index: int) -> datetime:
    """Most products came with their stall; every fifth is newer, a few are of this morning."""
    if plan.stall in WAITING or index % UNSEEN_EVERY == 0:
        return world.now - timedelta(hours=1 + index % 9)
    days = 1 + index % 50 if index % 5 == 0 else OPENED_BEFORE.days - 8
    return world.now - timedelta(days=days, minutes=index * 7 % 600)


def _write(world: World, shop: Shop, plan: ProductPlan, key: str, at: datetime) -> Product:
    goods = plan.goods
    return products.create_product(
        stall_id=shop.id,
        actor_id=shop.owner_id,
        now=at,
        name=plan.name,
        price=Rupiah(plan.price),
        unit=goods.unit,
        category_id=world.categories[goods.category],
        stock_milli=None if goods.as_available else plan.on_hand_milli,
        picture_keys=[key],
        step_milli=goods.step_milli,
        min_milli=goods.min_milli,
        description=goods.description,
        condition=goods.condition,
        is_weighed=goods.unit in WEIGHTS and goods.condition is Condition.FRESH,
        tiers=[Tier(from_milli, Rupiah(price)) for from_milli, price in plan.tiers],
    )


def _send_in(world: World, product: Product, shop: Shop, index: int, at: datetime) -> bool:
    """Bring a product to its present state; answer whether it can be sold."""
    officer_id = world.people[OFFICER]
    if index % DRAFT_EVERY == 1:
        return False
    products.submit_product(product=product, actor_id=shop.owner_id, now=at)
    if index % UNSEEN_EVERY == 0:
        return False
    products.publish_product(product=product, officer_id=officer_id, now=at + timedelta(minutes=20))
    if index % HIDDEN_EVERY == 2:
        reason = REASONS[index % len(REASONS)]
        at += timedelta(days=1)
        products.hide_product(product=product, officer_id=officer_id, reason=reason, now=at)
        return False
    return True


def _article(product: Product, plan: ProductPlan) -> Article:
    return Article(
        id=product.id,
        slug=product.slug,
        stall_id=product.stall_id,
        step_milli=product.step_milli,
        min_milli=product.min_milli,
        usual_milli=plan.on_hand_milli,
        stock_mode=product.stock_mode,
        price=plan.price,
    )
