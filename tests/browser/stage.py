"""Markets for journeys: the server lives by the real clock, so these never close."""

from dataclasses import dataclass

from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from pol.catalogue.models import Product
from pol.delivery.models import DeliverySlot
from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.stalls.models import Market
from tests.factories.catalogue import make_market, make_product
from tests.factories.orders import make_kept_stall
from tests.factories.people import give_role, make_person

MIDNIGHT = 24 * 60
VILLAGE = "Sidoharjo (Lamongan)"


@dataclass(frozen=True)
class Counter:
    """A stall with its keeper and the one thing that it sells."""

    stall: str
    keeper: User
    product: Product


def make_tireless_market(name: str) -> Market:
    """Add a market that is open, and delivers, at every hour of every day."""
    market = make_market(name, opens_minute=0, closes_minute=MIDNIGHT)
    slot = {"starts_minute": 0, "ends_minute": MIDNIGHT - 1, "cutoff_minute": MIDNIGHT}
    db.session.add(DeliverySlot(market_id=market.id, **slot))
    return market


def open_counter(market: Market, stall: str, product: str, price: int) -> Counter:
    """Open a stall that sells ten of one thing."""
    row, keeper = make_kept_stall(market, stall)
    return Counter(stall, keeper, make_product(row, name=product, price=price, stock_milli=10_000))


def hire(role: Role, *markets: Market) -> User:
    """Add somebody who works for these markets, or for the whole regency."""
    person = make_person(f"{role.value} (contoh)")
    for market in markets:
        give_role(person, role, market_id=market.id)
    if not markets:
        give_role(person, role)
    return person


def notice(tab: Tab) -> Locator:
    """Return what the page says about what was just done."""
    return tab.locator(".flashes")


def fill_recipient(tab: Tab) -> None:
    """Say on the checkout page who gets the goods and where."""
    tab.get_by_label("Nama penerima").fill("Rini (contoh)")
    tab.get_by_label("Nomor HP").fill("0812-3456-7890")
    tab.get_by_label("Desa atau kelurahan").fill(VILLAGE)
    tab.get_by_label("Alamat lengkap").fill("Jalan Veteran 5")


def put_into_cart(tab: Tab, product: str) -> None:
    """Choose something on the home page and want one of it."""
    tab.goto("/")
    tab.get_by_role("link", name=product).click()
    tab.get_by_role("button", name="Masukkan keranjang").click()
    expect(notice(tab)).to_contain_text("Sudah masuk keranjang")


def agree(tab: Tab) -> None:
    """Say yes where a script asks first."""
    tab.get_by_role("button", name="Ya, lanjutkan").click()


class Screens(list[str]):
    """The addresses that one tab has shown, each load counted."""

    def __init__(self, tab: Tab) -> None:
        super().__init__()
        tab.on("load", lambda shown: self.append(shown.url))
