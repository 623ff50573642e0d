"""A trader at a verified stall, signed in."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from pol.catalogue.models import Category
from pol.identity.models import User
from pol.stalls.models import Market, Stall
from tests.factories.catalogue import make_category, make_market, make_stall
from tests.factories.traders import make_keeper
from tests.rig.client import Browser


@dataclass(frozen=True)
class Desk:
    """What a trader's pages are about."""

    market: Market
    stall: Stall
    trader: User
    category: Category


@pytest.fixture
def desk(client: Browser, session: Session, now: datetime) -> Desk:
    market = make_market("Pasar Contoh")
    stall = make_stall(market, name="Lapak Bandeng Contoh")
    trader = make_keeper(stall)
    category = make_category("Bandeng", parent=make_category("Ikan"))
    client.log_in(trader)
    return Desk(market, stall, trader, category)
