"""A customer pays by transfer, proves it with a picture, and the officer finds the money."""

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from pol.identity.rules import Role
from pol.ledger.queries import get_balance
from tests.browser.conftest import Visit
from tests.browser.files import photo
from tests.browser.stage import (
    agree,
    fill_recipient,
    hire,
    make_tireless_market,
    notice,
    open_counter,
    put_into_cart,
)

pytestmark = pytest.mark.engines("sqlite")


def order_by_transfer(tab: Tab) -> str:
    """Order the cake; return the exact amount that is asked for."""
    put_into_cart(tab, "Wingko")
    tab.goto("/pesan")
    fill_recipient(tab)
    tab.get_by_label("Transfer bank").check()
    tab.get_by_role("button", name="Pesan sekarang").click()
    expect(tab.locator(".state__now")).to_have_text("Menunggu transfer Anda.")
    return tab.locator(".amount").inner_text().split()[0]


def test_a_transfer_with_its_picture(
    visit: Visit,
    has_scripts: bool,  # noqa: FBT001 - a fixture, given by name
) -> None:
    market = make_tireless_market("Pasar Babat")
    counter = open_counter(market, "Lapak Kue", "Wingko", 27_500)
    boss = hire(Role.MARKET_OFFICER, market)
    customer, officer, trader = visit(), visit(boss), visit(counter.keeper)
    amount = order_by_transfer(customer)
    trader.goto("/pedagang/pesanan")
    expect(trader.get_by_role("heading", name="Tidak ada pesanan di sini")).to_be_visible()

    customer.get_by_label("Foto bukti pembayaran").set_input_files(photo())
    customer.get_by_role("button", name="Kirim bukti").click()
    expect(customer.locator(".state__now")).to_have_text("Bukti pembayaran sudah kami terima.")

    officer.goto("/petugas")
    officer.get_by_role("main").get_by_role("link", name="Transfer").click()
    expect(officer.get_by_role("heading", name=amount)).to_be_visible()
    proof = officer.get_by_role("img", name="Bukti transfer")
    expect(proof).to_have_js_property("complete", value=True)
    assert proof.evaluate("picture => picture.naturalWidth") == 320
    officer.get_by_role("button", name="Uang sudah masuk").click()
    if has_scripts:
        agree(officer)
    expect(notice(officer)).to_contain_text("Uang dicatat masuk")
    assert str(get_balance(f"bank:market:{market.id}")) == amount

    customer.reload()
    expect(customer.locator(".state__now")).to_contain_text("menunggu jawaban Lapak Kue")
    trader.goto("/pedagang")
    expect(trader.get_by_role("link", name="Jawab")).to_be_visible()
