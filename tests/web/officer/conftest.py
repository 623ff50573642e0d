from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from pol.catalogue.models import Product
from pol.identity.models import User
from pol.identity.rules import Role
from pol.stalls.models import Market
from tests.factories.catalogue import make_product
from tests.factories.orders import make_kept_stall, make_open_market
from tests.factories.people import give_role, make_person
from tests.rig.client import Browser


@dataclass
class Desk:
    """An officer at work in one market, in which one stall sells fish."""

    market: Market
    officer: User
    trader: User
    fish: Product


def make_officer(market: Market) -> User:
    officer = make_person("Bu Petugas (contoh)")
    give_role(officer, Role.MARKET_OFFICER, market_id=market.id)
    return officer


@pytest.fixture
def desk(session: Session, client: Browser, now: datetime) -> Desk:
    market = make_open_market()
    stall, trader = make_kept_stall(market)
    desk = Desk(market, make_officer(market), trader, make_product(stall, price=30_000))
    client.log_in(desk.officer)
    return desk


@pytest.fixture
def stranger(client: Browser, desk: Desk) -> User:
    """Give the officer of another market, logged in instead."""
    other = make_officer(make_open_market("Pasar Babat"))
    client.log_in(other)
    return other
