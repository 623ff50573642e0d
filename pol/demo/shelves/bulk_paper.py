"""The shelves of the whole regency on paper: 118 stores, and a thousand products of its market."""

from dataclasses import replace
from itertools import cycle, islice
from random import Random

from sqlalchemy import select

from pol.catalogue.rules import Condition
from pol.demo.goods.plan import Plan, ProductPlan
from pol.demo.shelves.goods import SHEETS, SheetPlan
from pol.demo.shelves.plan import RETAILERS, RetailerPlan, StorePlan
from pol.kernel.db import db
from pol.partnership.slots.rules import GoodsCategory as G
from pol.regions.models import Region
from pol.regions.rules import RegionKind, kecamatan_of

CHAINS = (64, 31, 18)
"""Stores of the chains; with the five independents there are 118, of three boards each."""

SHEETS_WANTED = 991
"""With nine products that everybody knows, a thousand apply at the largest chain."""

SHARES = (1.0, 0.35, 0.22)
"""Which part of all products each chain has applications of; an independent takes the rest."""

KNOWN = SHEETS
"""Products that the small market has, too."""

KINDS = {
    "ikan-olahan": G.OLAHAN_IKAN,
    "bumbu-jadi": G.SAMBAL_BUMBU,
    "sambal-saus": G.SAMBAL_BUMBU,
    "wingko-jumbrek": G.KUE_KERING,
    "krupuk-keripik": G.KERUPUK,
    "minuman-segar": G.MINUMAN,
    "kopi-madu": G.KOPI_JAHE,
}
MEASURES = {
    G.KERIPIK: ((160, 230, 80), 150, 120),
    G.KERUPUK: ((190, 270, 80), 240, 120),
    G.KOPI_JAHE: ((130, 190, 60), 220, 365),
    G.KUE_KERING: ((170, 70, 120), 300, 28),
    G.MINUMAN: ((75, 230, 75), 460, 60),
    G.OLAHAN_IKAN: ((150, 130, 60), 160, 90),
    G.SAMBAL_BUMBU: ((75, 115, 75), 240, 180),
}
"""Millimetres, grams and days of a usual product of each kind."""

DEAREST = 60_000
DAYS_LEFT = (52, 70, 85, 120, 240, 400, 800)


def retailers() -> list[RetailerPlan]:
    """Return the retailers of the small market, their chains grown over every kecamatan."""
    villages = _villages()
    numbers = iter(range(sum(CHAINS)))
    grown = []
    for plan, stores in zip(RETAILERS, CHAINS, strict=False):
        chosen = [villages[next(numbers) % len(villages)] for _ in range(stores)]
        more = tuple(_store(plan, place, code) for place, code in chosen)
        habits = plan.habits and replace(plan.habits, settle_weeks=4)
        grown.append(replace(plan, stores=more, habits=habits))
    independents = [
        replace(plan, stores=(replace(plan.stores[0], gondolas=1, boards=3),))
        for plan in RETAILERS[len(CHAINS) :]
    ]
    return [
        replace(plan, habits=plan.habits and replace(plan.habits, boards=3, ends_in_days=45))
        for plan in (*grown, *independents)
    ]


def _villages() -> list[tuple[str, str]]:
    """Return places, a village of each kecamatan in turn."""
    rows = db.session.execute(
        select(Region.name, Region.code)
        .where(Region.kind.in_((RegionKind.DESA, RegionKind.KELURAHAN)))
        .order_by(Region.code)
    ).all()
    by_kecamatan: dict[str, list[tuple[str, str]]] = {}
    unique = {name: code for name, code in rows}  # noqa: C416 - rows are no pairs
    for name, code in unique.items():
        by_kecamatan.setdefault(kecamatan_of(code), []).append((name, code))
    turns = [iter(Random(code).sample(found, len(found))) for code, found in by_kecamatan.items()]  # noqa: S311
    places = (next(turn, None) for turn in cycle(turns))
    return [place for place in islice(places, len(unique)) if place]


def _store(plan: RetailerPlan, place: str, code: str) -> StorePlan:
    chain = plan.name.removesuffix(" (contoh)").replace("Swalayan", "").replace("Toko ", "")
    busy = Random(f"busy {plan.name} {code}").uniform(0.4, 1.3)  # noqa: S311 - a play
    name = f"{chain.strip()} {place} (contoh)"
    return StorePlan(name, code, f"Jl. Raya {place} {int(busy * 40)}", 1, busy, 3)


def sheets(paper: Plan, listed: set[int]) -> list[tuple[int, SheetPlan]]:
    """Return products that could stand on a shelf, two of a stall at most, by their number."""
    numbers = list(listed)
    Random(f"sheets {len(numbers)}").shuffle(numbers)  # noqa: S311 - a play, not a secret
    taken: dict[int, int] = {}
    found: list[tuple[int, SheetPlan]] = []
    for number in numbers:
        product = paper.products[number - 1]
        kind = kind_of(product)
        if kind is None or taken.get(product.stall, 0) >= 2 or len(found) == SHEETS_WANTED:
            continue
        taken[product.stall] = taken.get(product.stall, 0) + 1
        found.append((number, _sheet(product, kind, number)))
    return found


def kind_of(product: ProductPlan) -> G | None:
    """Return what kind of goods on a shelf a product is, if it keeps there."""
    goods = product.goods
    kind = KINDS.get(goods.category)
    if kind is None or not 3_000 <= product.price <= DEAREST:
        return None
    if goods.condition not in (Condition.PACKAGED, Condition.DRIED):
        return None
    return G.KERIPIK if "keripik" in product.name.lower() else kind


def _sheet(product: ProductPlan, kind: G, number: int) -> SheetPlan:
    rng = Random(f"sheet {number}")  # noqa: S311 - a play, not a secret
    size, weight, life = MEASURES[kind]
    wide, high, deep = (round(side * rng.uniform(0.85, 1.2)) for side in size)
    return SheetPlan(
        name=product.name,
        category=kind,
        size=(wide, high, deep),
        weight_g=round(weight * rng.uniform(0.7, 1.4)),
        life_days=life,
        capacity_week=rng.choice((40, 60, 90, 140, 220)),
        price=product.price,
        motif=product.goods.motif,
        demand=rng.choice((1, 2, 3, 3, 4, 5, 6, 8, 11)),
        shop=product.stall,
        permit_days=rng.choice(DAYS_LEFT),
    )
