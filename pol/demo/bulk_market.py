"""The stalls and goods of the whole regency, poured in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from sqlalchemy import func, select

from pol.catalogue.models import PriceTier, Product, ProductPicture, SearchTerm, SearchWord, Stock
from pol.catalogue.rules import ProductStatus, StockMode
from pol.catalogue.rules.search import scored_terms, shapes_of, words_of
from pol.demo.accounts import HELPER, OFFICER, TRADER
from pol.demo.bulk_columns import Row
from pol.demo.goods import people
from pol.demo.goods.plan import ProductPlan, StallPlan
from pol.demo.goods.table import Category
from pol.demo.markets import ACCOUNTS, FIRST_SHOPPER, GUESTS
from pol.demo.pictures import Album
from pol.demo.products import sketch_of
from pol.demo.world import Article, Shop, Shopper, World
from pol.files import services as files
from pol.files.models import Picture
from pol.files.rules import PictureUse
from pol.identity.models import User
from pol.kernel.bulk import go_on_numbering, moment_text, pour
from pol.kernel.db import db
from pol.kernel.text import READABLE, slugify
from pol.regions.rules import kecamatan_of
from pol.stalls.models import Stall, StallMember
from pol.stalls.rules import Seat, StallStatus

OPENED_BEFORE, WAITS_SINCE = timedelta(days=400), timedelta(hours=20)
AT_ONCE = 1_000
WAITING_EVERY, UNSEEN_EVERY, HIDDEN_EVERY = 75, 90, 70


@dataclass
class Ware:
    """A product as orders need it."""

    id: int
    name: str
    unit: str
    picture_key: str
    step_milli: int
    min_milli: int
    most_milli: int
    price: int
    is_counted: bool
    sold_milli: int = 0


@dataclass
class Counter:
    """A stall as orders need it."""

    id: int
    owner_id: int
    market: int
    wares: list[Ware] = field(default_factory=list)


class BulkMarket:
    """Writes the plan's stalls and products, and remembers what orders need of them."""

    def __init__(self, world: World, album: Album) -> None:
        self.world, self._album = world, album
        self.counters: list[Counter] = []
        self._words: set[str] = set()
        self._terms: list[tuple[str, int, int]] = []
        self._on_hand: list[tuple[int, int, Ware]] = []
        self._long_ago = moment_text(world.now - OPENED_BEFORE)
        self._lately = moment_text(world.now - WAITS_SINCE)

    def open_stalls(self) -> Iterator[int]:
        """Write owners, stalls and who keeps them; yield after each part."""
        world, plans = self.world, self.world.plan.stalls
        first = (db.session.scalar(select(func.max(User.id))) or 0) + 1
        market_ids = [world.markets[place.slug] for place in world.plan.markets]
        place_of = {place.slug: index for index, place in enumerate(world.plan.markets)}
        for index, plan in enumerate(plans):
            owner_id = first + index if index else world.people[TRADER]
            self.counters.append(Counter(index + 1, owner_id, place_of[plan.market.slug]))
        pour(User, USER, (self._owner(i, p) for i, p in enumerate(plans) if i))
        pour(Stall, STALL, (self._stall(i, p, market_ids) for i, p in enumerate(plans)))
        since = self._long_ago
        owner, helper = Seat.OWNER.value, Seat.HELPER.value
        seats: list[Row] = [(c.id, c.owner_id, owner, since) for c in self.counters]
        pour(StallMember, MEMBER, [*seats, (1, world.people[HELPER], helper, since)])
        yield len(plans)

    def invite(self) -> Iterator[int]:
        """Write thousands more customers."""
        world, rng = self.world, self.world.rng
        first = (db.session.scalar(select(func.max(User.id))) or 0) + 1
        numbers = range(FIRST_SHOPPER + ACCOUNTS + GUESTS, people.PHONES)
        villages = [shopper.village_code for shopper in world.shoppers]
        for user_id, number in enumerate(numbers, start=first):
            name, village = people.customer(rng), rng.choice(villages)
            shopper = Shopper(user_id, name, people.phone(number), village, people.address(rng))
            world.shoppers.append(shopper)
        known = world.shoppers[-len(numbers) :]
        since = self._long_ago
        rows = ((s.user_id, s.phone, s.name, None, s.village_code, True, since) for s in known)
        pour(User, USER, rows)
        go_on_numbering(User, Stall)
        yield len(numbers)

    def _owner(self, index: int, plan: StallPlan) -> Row:
        return (
            *(self.counters[index].owner_id, plan.phone, plan.owner, self.world.hashed),
            *(plan.village_code, True, self._long_ago),
        )

    def _stall(self, index: int, plan: StallPlan, market_ids: list[int]) -> Row:
        waits = index % WAITING_EVERY == WAITING_EVERY - 1
        status = StallStatus.SUBMITTED if waits else StallStatus.VERIFIED
        since = self._lately if waits else self._long_ago
        officer = None if waits else self.world.people[OFFICER]
        block, number = (plan.number[:1], plan.number[1:]) if plan.number else (None, None)
        return (
            *(index + 1, f"{slugify(plan.name)}-{index + 1}", plan.name, plan.about),
            *(plan.phone, market_ids[self.counters[index].market]),
            *(block, number, plan.village_code, kecamatan_of(plan.village_code), plan.address),
            *(plan.opens_minute, plan.closes_minute, True, status.value),
            *(since, since, None if waits else since, officer),
        )

    def write_products(self) -> Iterator[int]:
        """Write products with pictures, prices and search words; yield after each thousand."""
        plans = iter(enumerate(self.world.plan.products, start=1))
        while part := list(islice(plans, AT_ONCE)):
            self._write(part)
            yield len(part)
        shapes = {(s, w) for w in self._words if w.isalpha() for s in shapes_of(w)}
        pour(SearchWord, ("shape", "word"), sorted(shapes))
        pour(SearchTerm, ("term", "product_id", "score"), sorted(self._terms))
        self._terms.clear()
        go_on_numbering(Product, Picture)

    def _write(self, part: list[tuple[int, ProductPlan]]) -> None:
        keys = [self._hang(plan) for _, plan in part]
        owners = [self.counters[plan.stall].owner_id for _, plan in part]
        side, use, long_ago = 640, PictureUse.PRODUCT.value, self._long_ago
        pour(
            Picture, PICTURE,
            [(k, use, o, side, side, "", long_ago) for k, o in zip(keys, owners, strict=True)],
        )  # fmt: skip
        rows = [self._product(i, p, k) for (i, p), k in zip(part, keys, strict=True)]
        pour(Product, PRODUCT, rows)
        pour(
            ProductPicture, ("product_id", "position", "key"),
            [(i, 0, k) for (i, _), k in zip(part, keys, strict=True)],
        )  # fmt: skip
        tiers = [(i, *tier) for i, plan in part for tier in plan.tiers]
        pour(PriceTier, ("product_id", "from_milli", "price"), tiers)

    def _hang(self, plan: ProductPlan) -> str:
        key = files.new_key()
        files.link_files(self._album.key_of(sketch_of(plan)), key, use=PictureUse.PRODUCT)
        return key

    def _product(self, number: int, plan: ProductPlan, key: str) -> Row:
        world, goods, counter = self.world, plan.goods, self.counters[plan.stall]
        stall, category = world.plan.stalls[plan.stall], goods.category
        status = _status(number)
        is_listed = status is ProductStatus.PUBLISHED and not _waits(plan.stall)
        counted = StockMode.AS_AVAILABLE if goods.as_available else StockMode.COUNTED
        ware = Ware(
            number, plan.name, goods.unit.value, key, goods.step_milli, goods.min_milli,
            plan.tiers[0][0] if plan.tiers else 10**9, plan.price, not goods.as_available,
        )  # fmt: skip
        self._on_hand.append((number, plan.on_hand_milli if ware.is_counted else 0, ware))
        if is_listed:
            counter.wares.append(ware)
            self._index(ware, stall, category)
        at = moment_text(world.now - timedelta(days=300 - number % 299, minutes=number % 600))
        submitted = self._lately if status is ProductStatus.SUBMITTED else at
        reason = "Fotonya bukan barang yang dijual." if status is ProductStatus.HIDDEN else None
        return (
            *(number, f"{slugify(plan.name)}-{_code(number)}", counter.id),
            *(world.markets[stall.market.slug], kecamatan_of(stall.village_code)),
            *(world.categories[category], world.categories[self._top(category)], True),
            *(plan.name, goods.description, ware.unit, ware.step_milli, ware.min_milli),
            *(plan.price, goods.condition.value, counted.value, status.value, reason, key),
            *(at, at, submitted, at if is_listed else None),
        )

    def _top(self, slug: str) -> str:
        return self._shelf(slug).parent or slug

    def _shelf(self, slug: str) -> Category:
        return next(c for c in self.world.plan.categories if c.slug == slug)

    def _index(self, ware: Ware, stall: StallPlan, slug: str) -> None:
        shelf = self._shelf(slug)
        category = f"{shelf.name} {self._shelf(shelf.parent).name if shelf.parent else ''}"
        place = f"{stall.name} {stall.market.name}"
        scores = scored_terms(ware.id, name=ware.name, category=category, place=place)
        self._terms.extend((term, ware.id, score) for term, score in scores.items())
        self._words.update(words_of(f"{ware.name} {category} {place}"))

    def stock_shelves(self) -> Iterator[int]:
        """Write how much there is, once it is known what was sold."""
        pour(
            Stock,
            ("product_id", "on_hand_milli", "reserved_milli", "sold_milli"),
            ((i, free + ware.sold_milli, 0, ware.sold_milli) for i, free, ware in self._on_hand),
        )
        yield len(self._on_hand)

    def open_some_shops(self) -> None:
        """Let the demo people shop today at some stalls of the first two markets."""
        near = [c for c in self.counters if c.market < 2 and c.wares][:24]
        for counter in near:
            place = self.world.plan.markets[counter.market].slug
            shop = Shop(counter.id, "", counter.owner_id, self.world.markets[place], pickup=True)
            shop.articles.extend(self._articles(counter))
            self.world.shops.append(shop)

    def _articles(self, counter: Counter) -> Iterator[Article]:
        own = select(Product.id, Product.slug).where(Product.stall_id == counter.id)
        slugs = {row.id: row.slug for row in db.session.execute(own)}
        for ware in counter.wares:
            mode = StockMode.COUNTED if ware.is_counted else StockMode.AS_AVAILABLE
            yield Article(
                ware.id, slugs[ware.id], counter.id, ware.step_milli, ware.min_milli, 50_000,
                mode, ware.price,
            )  # fmt: skip


def _waits(stall: int) -> bool:
    return stall % WAITING_EVERY == WAITING_EVERY - 1


def _status(number: int) -> ProductStatus:
    if number % UNSEEN_EVERY == 0:
        return ProductStatus.SUBMITTED
    return ProductStatus.HIDDEN if number % HIDDEN_EVERY == 0 else ProductStatus.PUBLISHED


def _code(number: int) -> str:
    """Return a short code of its own for each number."""
    letters = READABLE.lower()
    return "".join(letters[number // len(letters) ** place % len(letters)] for place in range(4))


# fmt: off
USER = ("id", "phone", "name", "password_hash", "village_code", "is_active", "created_at")
STALL = (
    "id", "slug", "name", "about", "phone", "market_id", "block", "number", "village_code",
    "kecamatan_code", "address", "opens_minute", "closes_minute", "pickup_at_stall", "status",
    "created_at", "submitted_at", "verified_at", "verified_by_id",
)
MEMBER = ("stall_id", "user_id", "seat", "since")
PICTURE = ("key", "use", "owner_id", "width_px", "height_px", "sha256", "created_at")
PRODUCT = (
    "id", "slug", "stall_id", "market_id", "kecamatan_code", "category_id", "top_category_id",
    "pickup_at_stall", "name", "description", "unit", "step_milli", "min_milli", "price",
    "condition", "stock_mode", "status", "status_reason", "picture_key", "created_at",
    "updated_at", "submitted_at", "listed_at",
)
# fmt: on
