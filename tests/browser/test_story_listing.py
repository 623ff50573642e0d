"""A trader lists a product picture first, the officer lets it through, a customer finds it."""

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from pol.identity.rules import Role
from tests.browser.conftest import Visit
from tests.browser.files import photo
from tests.browser.stage import Counter, hire, make_tireless_market, notice, open_counter
from tests.factories.catalogue import make_category

pytestmark = pytest.mark.engines("sqlite")
NEEDED = """form => [...form.querySelectorAll(".field__label")]
  .filter(label => !label.closest("details") && !label.querySelector(".field__optional"))
  .map(label => label.textContent.trim())"""


def list_bandeng(trader: Tab) -> None:
    """Fill in what is needed, and nothing else."""
    trader.goto("/pedagang")
    trader.get_by_role("link", name="Tambah produk").first.click()
    form = trader.locator("main form", has=trader.get_by_label("Nama produk"))
    assert form.evaluate(NEEDED) == ["Nama produk", "Harga", "Per", "Stok"]
    trader.get_by_label("Pilih dari galeri").set_input_files(photo())
    trader.get_by_label("Nama produk").fill("Bandeng segar sedang")
    trader.get_by_role("textbox", name="Harga").first.fill("34.000")
    trader.get_by_label("Stok", exact=True).fill("12,5")
    trader.get_by_role("button", name="Kirim ke petugas pasar").click()
    expect(notice(trader)).to_contain_text("Terkirim ke petugas pasar")


def publish(officer: Tab) -> None:
    officer.goto("/petugas")
    officer.get_by_role("main").get_by_role("link", name="Produk").click()
    officer.get_by_role("link", name="Bandeng segar sedang").click()
    officer.get_by_role("button", name="Tayangkan").click()
    expect(notice(officer)).to_contain_text("Produk tayang")


def find(customer: Tab, words: str) -> None:
    """Look for it from the home page."""
    customer.goto("/")
    customer.get_by_label("Cari barang atau lapak").fill(words)
    customer.get_by_role("button", name="Cari", exact=True).click()


def test_from_picture_to_search_result(visit: Visit) -> None:
    make_category("Bandeng", parent=make_category("Ikan"))
    market = make_tireless_market("Pasar Blimbing")
    counter: Counter = open_counter(market, "Lapak Ikan", "Terasi", 12_000)
    trader, officer = visit(counter.keeper), visit(hire(Role.MARKET_OFFICER, market))
    customer = visit()
    list_bandeng(trader)
    find(customer, "bandeng")
    expect(customer.get_by_role("link", name="Bandeng segar sedang")).to_have_count(0)
    publish(officer)
    find(customer, "bandeng")
    card = customer.get_by_role("link", name="Bandeng segar sedang")
    expect(card).to_contain_text("Rp34.000 / kg")
    card.click()
    picture = customer.get_by_role("img", name="Bandeng segar sedang").first
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 800
    expect(customer.get_by_role("main")).to_contain_text("Stok 12,5 kg")
