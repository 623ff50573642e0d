"""The demo market in stages; the edge ends a transaction after every few steps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import select

from pol.demo.accounts import hash_password
from pol.demo.goods.plan import plan
from pol.demo.history import DAYS, History
from pol.demo.markets import open_markets
from pol.demo.pictures import Album
from pol.demo.products import sketches_of, write_products
from pol.demo.stalls import CLOSED, close_some, open_stalls
from pol.demo.timeline import Timeline
from pol.demo.world import World
from pol.identity.models import User
from pol.kernel.db import db

SEED = 3524


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


def small(now: datetime) -> Iterator[Stage]:
    """Make the small market through the services that pages use."""
    paper = plan("small", SEED)
    rng = Random(SEED)  # noqa: S311 - a play, not a secret
    world = World(paper, rng, now, Timeline(now), hash_password())
    album, sketches = Album(), sketches_of(paper.products)
    yield Stage("pictures", len(sketches), album.draw(sketches, now=now))
    yield Stage("markets", len(paper.markets) + 3, open_markets(world))
    yield Stage("stalls", len(paper.stalls), open_stalls(world))
    yield Stage("products", len(paper.products), write_products(world, album))
    yield Stage("orders", DAYS, History(world).live(), at_once=60)
    yield Stage("today", len(CLOSED), close_some(world))
