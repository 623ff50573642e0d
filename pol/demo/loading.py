"""The demo market in stages; the edge ends a transaction after every few steps."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from sqlalchemy import select

from pol.demo import bulk_orders
from pol.demo.accounts import TRADER, hash_password
from pol.demo.bulk_books import Books
from pol.demo.bulk_market import BulkMarket
from pol.demo.goods.people import MARK
from pol.demo.goods.plan import Plan, Size, plan
from pol.demo.history import DAYS, History
from pol.demo.markets import open_markets
from pol.demo.pictures import Album
from pol.demo.products import sketches_of, write_products
from pol.demo.shelves import play
from pol.demo.shelves import regency as regency_shelves
from pol.demo.shelves.regency import Shelves
from pol.demo.stalls import CLOSED, close_some, open_stalls
from pol.demo.timeline import Timeline
from pol.demo.world import World
from pol.identity.models import User
from pol.kernel.bulk import refresh_statistics
from pol.kernel.db import db

SEED = 3524
CUSTOMERS = 4_960


@dataclass(frozen=True)
class Stage:
    """A part of the work: steps say how far each of them went of the length."""

    label: str
    length: int
    steps: Iterator[int]
    at_once: int = 20


def is_empty() -> bool:
    """Answer whether nobody uses this market yet."""
    return db.session.scalar(select(User.id).limit(1)) is None


def _paper(size: Size) -> Plan:
    """Return the plan, with its first stall in the hands of the demo trader."""
    paper = plan(size, SEED)
    first = paper.stalls[0]
    own = replace(
        first,
        name=f"Ikan Segar Bu Lastri {MARK}",
        owner=TRADER.name,
        phone=TRADER.phone,
        village_code=first.market.village_code,
        block=first.trade.block,
        number="A1",
        address="",
        opens_minute=None,
        closes_minute=None,
    )
    return replace(paper, stalls=(own, *paper.stalls[1:]))


def small(now: datetime) -> Iterator[Stage]:
    """Make the small market through the services that pages use."""
    paper = _paper("small")
    rng = Random(SEED)  # noqa: S311 - a play, not a secret
    world = World(paper, rng, now, Timeline(now), hash_password())
    album = Album(sorted({*sketches_of(paper.products), *play.PICTURES}), now=now)
    yield Stage("markets", len(paper.markets) + 3, open_markets(world))
    yield Stage("stalls", len(paper.stalls), open_stalls(world))
    yield Stage("products", len(paper.products), write_products(world, album))
    yield Stage("shelves", play.STEPS, play.play(world, album), at_once=1)
    yield Stage("orders", DAYS, History(world).live(), at_once=60)
    yield Stage("today", len(CLOSED), close_some(world))


def regency(now: datetime) -> Iterator[Stage]:
    """Make the market of the whole regency: poured in, but for the last hours."""
    paper = _paper("regency")
    rng = Random(SEED)  # noqa: S311 - a play, not a secret
    world = World(paper, rng, now, Timeline(now), hash_password())
    album = Album(sorted({*sketches_of(paper.products), *play.PICTURES}), now=now)
    market = BulkMarket(world, album)
    yield Stage("markets", len(paper.markets) + 3, open_markets(world))
    yield Stage("stalls", len(paper.stalls), market.open_stalls())
    yield Stage("customers", CUSTOMERS, market.invite())
    yield Stage("products", len(paper.products), market.write_products(), at_once=1)
    yield Stage("orders", bulk_orders.ORDERS, Books(market).write(), at_once=1)
    yield Stage("stock", len(paper.products), market.stock_shelves(), at_once=2)
    yield Stage("shelves", regency_shelves.STEPS, Shelves(market, album).play(), at_once=4)
    yield Stage("today", DAYS, _today(market), at_once=30)


def _today(market: BulkMarket) -> Iterator[int]:
    refresh_statistics()
    market.open_some_shops()
    yield from History(market.world).live_today()
