"""Categories, markets, and the people who work for markets."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from pol.catalogue.models import Category
from pol.delivery.services import open_default_slots
from pol.demo.accounts import COURIER, CUSTOMER, OFFICER, open_accounts
from pol.demo.goods import people
from pol.demo.goods.table import MarketPlace
from pol.demo.world import Shopper, World
from pol.identity.rules import Role
from pol.identity.services.accounts import register
from pol.identity.services.roles import grant_role
from pol.kernel.db import db
from pol.regions.queries import list_villages
from pol.regions.rules import kecamatan_of
from pol.stalls.models import Market

OPENED_BEFORE = timedelta(days=430)
SECOND_COURIER, FIRST_SHOPPER = 20, 5_000
ACCOUNTS, GUESTS = 28, 12


def open_markets(world: World) -> Iterator[int]:
    """Make categories, markets with delivery slots, and everybody who is not a trader."""
    at = world.now - OPENED_BEFORE
    _open_categories(world)
    yield 1
    home = world.plan.markets[0].village_code
    world.people = open_accounts(hashed=world.hashed, village_code=home, now=at)
    second = register(
        phone=people.phone(SECOND_COURIER), name="Ridwan Saputra (contoh)", hashed=world.hashed,
        now=at,
    )  # fmt: skip
    world.couriers = [world.people[COURIER], second]
    yield 1
    for place in world.plan.markets:
        world.markets[place.slug] = _open_market(world, place, at)
        yield 1
    world.shoppers = _invite(world, at)
    yield 1


def _open_categories(world: World) -> None:
    for position, category in enumerate(world.plan.categories):
        row = Category(
            slug=category.slug,
            name=category.name,
            icon=category.icon,
            parent_id=world.categories.get(category.parent),
            position=position,
        )
        db.session.add(row)
        db.session.flush()
        world.categories[category.slug] = row.id


def market_row(place: MarketPlace) -> Market:
    """Return a market as it is planned, with a bank account that nobody has."""
    return Market(
        slug=place.slug,
        name=place.name,
        village_code=place.village_code,
        kecamatan_code=kecamatan_of(place.village_code),
        address=place.address,
        about=place.about,
        phone="+6281200000009",
        weekday_mask=place.weekday_mask,
        pasaran_mask=place.pasaran_mask,
        opens_minute=place.opens_minute,
        closes_minute=place.closes_minute,
        bank_name="Bank Contoh",
        bank_account="0000 1234 5678",
        bank_holder=f"{place.name} {people.MARK}",
    )


def _open_market(world: World, place: MarketPlace, at: datetime) -> int:
    market = market_row(place)
    db.session.add(market)
    db.session.flush()
    open_default_slots(market_id=market.id)
    staff = [(world.people[OFFICER], Role.MARKET_OFFICER)]
    staff += [(courier_id, Role.COURIER) for courier_id in world.couriers]
    for user_id, role in staff:
        grant_role(user_id=user_id, role=role, actor_id=None, now=at, market_id=market.id)
    return market.id


def _invite(world: World, at: datetime) -> list[Shopper]:
    """Return customers who live around the first markets; the demo customer comes first."""
    rng = world.rng
    kecamatan = sorted({kecamatan_of(place.village_code) for place in world.plan.markets})
    villages = [village.code for code in kecamatan for village in list_villages(code)]
    home = world.plan.markets[0].village_code
    shoppers = [
        Shopper(world.people[CUSTOMER], CUSTOMER.name, CUSTOMER.phone, home, people.address(rng))
    ]
    for number in range(ACCOUNTS + GUESTS):
        name, village = people.customer(rng), rng.choice(villages)
        phone = people.phone(FIRST_SHOPPER + number)
        user_id = None
        if number < ACCOUNTS:
            user_id = register(phone=phone, name=name, hashed=None, now=at, village_code=village)
        shoppers.append(Shopper(user_id, name, phone, village, people.address(rng)))
    return shoppers
