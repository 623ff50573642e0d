"""Who takes part in the story of a shelf, and what they have before it begins."""

from dataclasses import dataclass

from playwright.sync_api import Page as Tab

from pol.identity.models import User
from pol.identity.rules import Role, second_factor
from pol.kernel.db import db
from pol.partnership.applications.models import ProductSheet
from pol.partnership.slots.models import Fixture, Store
from pol.partnership.slots.rules import RetailSeat
from tests.browser.conftest import Visit
from tests.browser.stage import hire
from tests.factories.catalogue import make_stall
from tests.factories.partnership import (
    make_member,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)
from tests.factories.people import SECRET, make_person
from tests.factories.traders import make_keeper

PRODUCT = "Keripik Tempe Contoh"
STORE = "Toko Contoh Babat"
LESS_SEEN = 8_000


@dataclass(frozen=True)
class People:
    """A chain's buyer and clerk, a producer, an officer of the Dinas."""

    buyer: User
    clerk: User
    producer: User
    officer: User
    store: Store
    sheet: ProductSheet


def make_buyer() -> User:
    """Add somebody with a password and an authenticator app."""
    key = second_factor.new_secret()
    return make_person("Bu Peritel Contoh", secret=SECRET, totp_secret=key)


def gather() -> People:
    """Add a store with two shelves, the upper one seen less, and a producer with a product."""
    retailer = make_retailer()
    store = make_store(retailer, name=STORE)
    seen = make_shelf(store)
    fixture = db.session.get_one(Fixture, seen.fixture_id)
    make_shelf(store, fixture=fixture, bottom_mm=1_000, level_factor_bp=LESS_SEEN)
    stall = make_stall(name="UMKM Contoh")
    return People(
        buyer=make_member(retailer, person=make_buyer()),
        clerk=make_member(retailer, seat=RetailSeat.CLERK, store=store),
        producer=make_keeper(stall, name="Bu Sumi Contoh"),
        officer=hire(Role.DINAS_OFFICER),
        store=store,
        sheet=make_sheet(stall, name=PRODUCT),
    )


@dataclass(frozen=True)
class Desks:
    """A browser for each of them."""

    people: People
    buyer: Tab
    clerk: Tab
    producer: Tab
    officer: Tab


def sit_down(visit: Visit) -> Desks:
    """Seat everybody before a screen, all but the buyer signed in."""
    people = gather()
    tabs = (visit(one) for one in (None, people.clerk, people.producer, people.officer))
    return Desks(people, *tabs)


def walk(tab: Tab, *names: str) -> None:
    """Follow links in the page itself, one after the other."""
    for name in names:
        tab.get_by_role("main").get_by_role("link", name=name).first.click()


def press(tab: Tab, name: str) -> None:
    """Press the button of this name."""
    tab.get_by_role("button", name=name, exact=True).click()
