"""What the loaders know of the market that they are making."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from sqlalchemy import select

from pol.catalogue.rules import StockMode
from pol.demo.accounts import DemoAccount
from pol.demo.goods.plan import Plan
from pol.demo.timeline import Timeline
from pol.kernel.db import db
from pol.stalls.models import StallMember
from pol.stalls.rules import Seat


@dataclass(frozen=True)
class Article:
    """A product that customers of the demo may put into their carts."""

    id: int
    slug: str
    stall_id: int
    step_milli: int
    min_milli: int
    usual_milli: int
    stock_mode: StockMode
    price: int


@dataclass
class Shop:
    """A stall of the demo, its keeper, and what it sells."""

    id: int
    name: str
    owner_id: int
    market_id: int
    pickup: bool
    articles: list[Article] = field(default_factory=list)
    is_selling: bool = True


@dataclass(frozen=True)
class Shopper:
    """A customer, with an account or without."""

    user_id: int | None
    name: str
    phone: str
    village_code: str
    address: str


@dataclass
class World:
    """The whole play: the plan on paper, who is who, and the days gone by."""

    plan: Plan
    rng: Random
    now: datetime
    timeline: Timeline
    hashed: str
    people: dict[DemoAccount, int] = field(default_factory=dict)
    couriers: list[int] = field(default_factory=list)
    markets: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    shops: list[Shop] = field(default_factory=list)
    shoppers: list[Shopper] = field(default_factory=list)

    @property
    def own_shop(self) -> Shop:
        """Return the stall of the demo trader."""
        return self.shops[0]

    def selling(self) -> list[Shop]:
        """Return the stalls that customers can order from."""
        return [shop for shop in self.shops if shop.is_selling and shop.articles]

    def owner_of(self, stall_id: int) -> int:
        """Return whose stall it is, also of one that only bulk loading has opened."""
        for shop in self.shops:
            if shop.id == stall_id:
                return shop.owner_id
        own = StallMember.stall_id == stall_id, StallMember.seat == Seat.OWNER
        return db.session.scalars(select(StallMember.user_id).where(*own)).one()
