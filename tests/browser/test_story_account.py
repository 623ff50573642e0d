"""Somebody opens an account, leaves, comes back, and leaves again."""

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stage import VILLAGE, make_tireless_market, notice, open_counter, put_into_cart

pytestmark = pytest.mark.engines("sqlite")
SECRET = "soto lamongan pagi"


def register(tab: Tab) -> None:
    tab.goto("/masuk")
    tab.get_by_role("link", name="Daftar dengan nomor HP").click()
    tab.get_by_label("Nama", exact=True).fill("Rini (contoh)")
    tab.get_by_label("Nomor HP").fill("0812 3456 7890")
    tab.get_by_label("Sandi atau PIN baru").fill(SECRET)
    tab.get_by_label("Desa atau kelurahan").fill(VILLAGE)
    tab.get_by_role("button", name="Buat akun").click()
    expect(notice(tab)).to_contain_text("Akun Anda siap")


def log_in(tab: Tab, secret: str) -> None:
    tab.goto("/masuk")
    tab.get_by_label("Nomor HP").fill("+62 812-3456-7890")
    tab.get_by_label("Sandi atau PIN").fill(secret)
    tab.get_by_role("button", name="Masuk").click()


def test_register_leave_and_come_back(visit: Visit) -> None:
    open_counter(make_tireless_market("Pasar Babat"), "Lapak Kue", "Wingko", 27_500)
    tab = visit()
    put_into_cart(tab, "Wingko")
    register(tab)
    tab.goto("/keranjang")
    expect(tab.get_by_role("link", name="Wingko")).to_be_visible()
    tab.goto("/akun")
    tab.get_by_role("button", name="Keluar").click()
    expect(tab.get_by_role("main")).to_contain_text("Anda sudah keluar")
    tab.goto("/akun")
    expect(tab.get_by_role("heading", name="Masuk")).to_be_visible()

    log_in(tab, "bukan sandinya")
    expect(tab.get_by_role("alert")).to_be_visible()
    expect(tab.get_by_label("Nomor HP")).to_have_value("+62 812-3456-7890")
    expect(tab.get_by_label("Sandi atau PIN")).to_have_value("")
    log_in(tab, SECRET)
    tab.goto("/akun")
    expect(tab.get_by_role("heading", name="Rini (contoh)")).to_be_visible()
    tab.goto("/keranjang")
    expect(tab.get_by_role("link", name="Wingko")).to_be_visible()
