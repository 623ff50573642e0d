"""The story that the market is for: one cart, three stalls, two markets, one checkout."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from pol.identity.rules import Role
from pol.ledger.queries import check_ledger, get_balance
from tests.browser.conftest import Visit
from tests.browser.stage import (
    Counter,
    Screens,
    fill_recipient,
    hire,
    make_tireless_market,
    notice,
    open_counter,
    put_into_cart,
)
from tests.rig import chromium

pytestmark = pytest.mark.engines("sqlite")
MOST_SCREENS = 6


def check_out(tab: Tab) -> None:
    notice(tab).get_by_role("link", name="Lihat keranjang").click()
    tab.get_by_role("link", name="Lanjut pesan").click()
    fill_recipient(tab)
    tab.get_by_role("button", name="Pesan sekarang").click()
    expect(notice(tab)).to_contain_text("Terima kasih")


def expect_state(tab: Tab, counter: Counter, words: str) -> None:
    """See after a reload in which state the order at this stall is."""
    tab.reload()
    panel = tab.locator("section.panel", has=tab.get_by_role("heading", name=counter.stall)).first
    expect(panel.locator(".badge")).to_have_text(words)


def accept(trader: Tab) -> None:
    """Take an order with two taps from the desk."""
    trader.goto("/pedagang")
    trader.get_by_role("link", name="Jawab").click()
    trader.get_by_role("button", name="Terima").click()
    expect(notice(trader)).to_contain_text("Pesanan diterima")


def pack(trader: Tab) -> None:
    trader.get_by_role("button", name="Sudah siap").click()
    expect(notice(trader)).to_contain_text("siap diserahkan")


def hand_over(trader: Tab) -> None:
    trader.get_by_role("button", name="Serahkan ke kurir").click()
    expect(notice(trader)).to_contain_text("dibawa kurir")


def deliver(courier: Tab, market: str, cash: str, *, packed: int = 0) -> None:
    """Drive a market's trip to the only door and back."""
    courier.goto("/kurir")
    courier.get_by_role("link", name=market).click()
    courier.get_by_role("button", name="Mulai jalan").click()
    if packed:
        courier.get_by_role("button", name=f"Bawa yang siap ({packed})").click()
    courier.get_by_role("button", name=f"Diterima, tunai {cash}").click()
    expect(notice(courier)).to_contain_text("Sudah diterima pembeli")
    courier.get_by_role("button", name="Selesai jalan").click()
    expect(notice(courier)).to_contain_text("Jalan selesai")


@dataclass
class Story:
    """Three counters in two markets, and the customer who buys from all of them."""

    visit: Visit

    def __post_init__(self) -> None:
        north, south = make_tireless_market("Pasar Blimbing"), make_tireless_market("Pasar Babat")
        self.fish = open_counter(north, "Lapak Ikan", "Bandeng", 34_000)
        self.spice = open_counter(north, "Lapak Bumbu", "Terasi", 12_000)
        self.cake = open_counter(south, "Lapak Kue", "Wingko", 27_500)
        self.counters = (self.fish, self.spice, self.cake)
        self.driver = hire(Role.COURIER, north, south)
        self.customer = self.visit()
        self.desks = {each.stall: self.visit(each.keeper) for each in self.counters}

    def order(self) -> None:
        for counter in self.counters:
            put_into_cart(self.customer, counter.product.name)
        check_out(self.customer)
        expect(self.customer.get_by_text("Rp83.500").first).to_be_visible()

    def prepare(self) -> None:
        for counter in self.counters:
            expect_state(self.customer, counter, "Menunggu jawaban lapak")
            accept(self.desks[counter.stall])
            expect_state(self.customer, counter, "Disiapkan")
            pack(self.desks[counter.stall])
            expect_state(self.customer, counter, "Siap")
        for counter in (self.fish, self.cake):  # the courier takes the spice from its stall
            hand_over(self.desks[counter.stall])
            expect_state(self.customer, counter, "Diantar kurir")

    def deliver(self) -> None:
        courier = self.visit(self.driver)
        deliver(courier, "Pasar Blimbing", "Rp51.000", packed=1)
        deliver(courier, "Pasar Babat", "Rp32.500")
        for counter in self.counters:
            expect_state(self.customer, counter, "Sudah diserahkan")
            self.customer.get_by_role("button", name="Sudah diterima").first.click()
            expect(notice(self.customer)).to_contain_text("Pesanan ini selesai")
            expect_state(self.customer, counter, "Selesai")

    def count_money(self) -> None:
        for counter in self.counters:
            expect_earnings(self.desks[counter.stall], str(counter.product.price))
        assert get_balance(f"cash:courier:{self.driver.id}").amount == 83_500
        assert check_ledger().is_sound


def expect_the_whole_story(visit: Visit) -> None:
    story = Story(visit)
    story.order()
    story.prepare()
    story.deliver()
    story.count_money()


def expect_earnings(trader: Tab, amount: str) -> None:
    """See today's earnings on the desk and among the sales."""
    trader.goto("/pedagang")
    stat = trader.locator(".stat", has=trader.get_by_text("Hasil hari ini"))
    expect(stat.locator(".stat__value")).to_have_text(amount)
    trader.get_by_role("link", name="Penjualan").click()
    expect(trader.get_by_role("main")).to_contain_text(amount)


def test_one_cart_three_stalls_two_markets(visit: Visit) -> None:
    expect_the_whole_story(visit)


@pytest.mark.engines("postgresql")
@pytest.mark.parametrize("screen", [chromium.PHONE], ids=["phone"], indirect=True)
@pytest.mark.parametrize("has_scripts", [True], ids=["script"], indirect=True)
def test_the_story_on_the_other_engine(visit: Visit) -> None:
    expect_the_whole_story(visit)


def test_from_home_to_order_placed_in_six_screens(visit: Visit) -> None:
    open_counter(make_tireless_market("Pasar Babat"), "Lapak Kue", "Wingko", 27_500)
    tab = visit()
    screens = Screens(tab)
    put_into_cart(tab, "Wingko")
    check_out(tab)
    assert re.search(r"/belanjaan/\w+", tab.url)
    assert len(screens) <= MOST_SCREENS, screens


def test_the_link_of_an_order_opens_in_any_browser(visit: Visit) -> None:
    open_counter(make_tireless_market("Pasar Babat"), "Lapak Kue", "Wingko", 27_500)
    tab, other = visit(), visit()
    put_into_cart(tab, "Wingko")
    check_out(tab)
    other.goto(tab.url)
    expect(other.get_by_role("heading", name="Belanjaan")).to_be_visible()


def test_an_order_is_accepted_in_two_taps(visit: Visit) -> None:
    counter = open_counter(make_tireless_market("Pasar Babat"), "Lapak Kue", "Wingko", 27_500)
    customer = visit()
    put_into_cart(customer, "Wingko")
    check_out(customer)
    trader = visit(counter.keeper)
    screens = Screens(trader)
    accept(trader)
    assert len(screens) == 3, "the desk, the board, and the order: two taps between them"
