"""The whole demo market on paper: which stalls stand where and what each of them sells."""

from dataclasses import dataclass
from random import Random
from typing import Literal, TypeAlias

from pol.demo.goods.categories import CATEGORIES
from pol.demo.goods.fields import FIELDS
from pol.demo.goods.hands import HANDS
from pol.demo.goods.kitchen import KITCHEN
from pol.demo.goods.people import MARK, address, person, phone
from pol.demo.goods.places import MARKETS
from pol.demo.goods.table import THOUSAND, Category, Goods, MarketPlace
from pol.demo.goods.trades import TRADES, VARIANTS, Trade, Variant
from pol.demo.goods.water import WATER

Size: TypeAlias = Literal["small", "regency"]

GOODS: tuple[Goods, ...] = WATER + FIELDS + KITCHEN + HANDS
COUNTS: dict[Size, tuple[int, int, int]] = {"small": (6, 60, 600), "regency": (40, 3_000, 50_000)}
"""How many markets, stalls and products."""

FIRST_TRADER_PHONE = 1_000
IN_A_VILLAGE = 0.15
PICTURES_PER_MOTIF = 4
"""So many different drawings of one motif are enough; more would only cost loading time."""

_TOP = {category.slug: category.parent or category.slug for category in CATEGORIES}


@dataclass(frozen=True, slots=True)
class StallPlan:
    """A stall; in a market it has block and number, in a village an address and its own hours."""

    market: MarketPlace
    trade: Trade
    name: str
    owner: str
    phone: str
    about: str
    village_code: str
    block: str | None = None
    number: str | None = None
    address: str = ""
    opens_minute: int | None = None
    closes_minute: int | None = None


@dataclass(frozen=True, slots=True)
class ProductPlan:
    """Something that a stall sells; `stall` is its place in `Plan.stalls`, prices in rupiah."""

    stall: int
    goods: Goods
    name: str
    price: int
    on_hand_milli: int
    picture_seed: int
    tiers: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a demo database holds before the first order."""

    categories: tuple[Category, ...]
    markets: tuple[MarketPlace, ...]
    stalls: tuple[StallPlan, ...]
    products: tuple[ProductPlan, ...]


def plan(size: Size, seed: int) -> Plan:
    """Return the demo market of a size; the same seed gives the same market."""
    rng = Random(f"pol:{size}:{seed}")  # noqa: S311 - a play, not a secret
    how_many_markets, how_many_stalls, how_many_products = COUNTS[size]
    markets = MARKETS[:how_many_markets]
    stalls = _stalls(rng, markets, how_many_stalls)
    products = _products(rng, stalls, how_many_products)
    return Plan(CATEGORIES, markets, stalls, products)


def _stalls(rng: Random, markets: tuple[MarketPlace, ...], count: int) -> tuple[StallPlan, ...]:
    """Every market gets one stall of each trade in turn, then by weight."""
    weights = [trade.weight for trade in TRADES]
    taken: set[str] = set()
    stalls = []
    for index in range(count):
        market, round_ = markets[index % len(markets)], index // len(markets)
        # the first rounds show every trade, spread over the markets
        trade = (
            TRADES[(index + round_) % len(TRADES)]
            if round_ < len(TRADES) // 2
            else rng.choices(TRADES, weights)[0]
        )
        stalls.append(_stall(rng, index, market, trade, taken))
    return tuple(stalls)


def _stall(
    rng: Random, index: int, market: MarketPlace, trade: Trade, taken: set[str]
) -> StallPlan:
    name, owner = _sign(rng, trade, taken)
    shared = (market, trade, name, owner, phone(FIRST_TRADER_PHONE + index), trade.about)
    homes = [village for slug, village in trade.homes if slug == market.slug]
    if rng.random() >= (0.5 if homes else IN_A_VILLAGE):
        number = f"{'ABCDEF'[index % 6]}{index // 6 + 1}"
        return StallPlan(*shared, market.village_code, block=trade.block, number=number)
    return StallPlan(
        *shared,
        rng.choice(homes or _neighbours(market)),
        address=address(rng),
        opens_minute=rng.choice((300, 360, 420)),
        closes_minute=rng.choice((960, 1080, 1200)),
    )


def _neighbours(market: MarketPlace) -> list[str]:
    """Return villages of the same kecamatan; every kecamatan has desa 2004 to 2009."""
    return [f"{market.village_code[:8]}.{number}" for number in range(2004, 2010)]


def _sign(rng: Random, trade: Trade, taken: set[str]) -> tuple[str, str]:
    """Return a name for a stall that no other stall has, and its owner's."""
    while True:
        called, owner = person(rng)
        short = f"{rng.choice(trade.signs)} {called}"
        for name in (short, f"{short} {owner.split()[1]}"):
            if name not in taken:
                taken.add(name)
                return f"{name} {MARK}", f"{owner} {MARK}"


def _products(rng: Random, stalls: tuple[StallPlan, ...], count: int) -> tuple[ProductPlan, ...]:
    shelves = {trade.slug: _choices(trade) for trade in TRADES}
    products = []
    for index, stall in enumerate(stalls):
        share = count // len(stalls) + (index < count % len(stalls))
        choices = shelves[stall.trade.slug]
        plain = [choice for choice in choices if choice[1] is None]
        first = rng.sample(plain, min(share, len(plain)))
        rest = [choice for choice in choices if choice[1] is not None]
        for goods, variant in (*first, *rng.sample(rest, share - len(first))):
            products.append(_product(rng, index, goods, variant))
    return tuple(products)


def _choices(trade: Trade) -> list[tuple[Goods, Variant | None]]:
    """Return all that a trade may sell: each of its goods plainly, and in each variant."""
    sold = [goods for goods in GOODS if goods.category in trade.categories]
    return [
        (goods, variant) for goods in sold for variant in (None, *VARIANTS[_TOP[goods.category]])
    ]


def _product(rng: Random, stall: int, goods: Goods, variant: Variant | None) -> ProductPlan:
    percent = 100 + (variant.percent if variant else 0)
    price = _market_price(rng.randint(goods.cheapest, goods.dearest) * percent // 100)
    name = f"{goods.name}, {variant.words}" if variant else goods.name
    whole = rng.randint(*_usual_stock(goods))
    tiers: tuple[tuple[int, int], ...] = ()
    if goods.grosir_from and (cheaper := _market_price(price * 92 // 100)) < price:
        tiers = ((goods.grosir_from * THOUSAND, cheaper),)
    return ProductPlan(
        stall, goods, name, price, whole * THOUSAND, rng.randrange(PICTURES_PER_MOTIF), tiers
    )


def _market_price(rupiah: int) -> int:
    """Round down to what is asked for in a market: hundreds below Rp5,000, else five hundreds."""
    step = 100 if rupiah < 5_000 else 500
    return max(step, rupiah // step * step)


def _usual_stock(goods: Goods) -> tuple[int, int]:
    """Return the least and the most whole units that lie on a stall in the morning."""
    if goods.dearest > 100_000:
        return 2, 15
    if goods.dearest > 20_000:
        return 6, 40
    return 15, 120
