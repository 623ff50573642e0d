"""What people get wrong is said beside the field, and nothing that they typed is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from tests.browser.conftest import Visit
from tests.browser.files import heavy_photo, photo
from tests.browser.stage import (
    fill_recipient,
    make_tireless_market,
    open_counter,
    put_into_cart,
)
from tests.factories.catalogue import make_category

pytestmark = pytest.mark.engines("sqlite")


def expect_blame(field: Locator, words: str) -> None:
    """See that a field is marked wrong, and that it is described by a sentence about why."""
    expect(field).to_have_attribute("aria-invalid", "true")
    names = (field.get_attribute("aria-describedby") or "").split()
    sentence = field.page.locator(f"#{names[-1]}")
    expect(sentence).to_be_visible()
    expect(sentence).to_contain_text(words)


def test_a_wrong_phone_number_at_checkout(visit: Visit) -> None:
    open_counter(make_tireless_market("Pasar Babat"), "Lapak Kue", "Wingko", 27_500)
    tab = visit()
    put_into_cart(tab, "Wingko")
    tab.goto("/pesan")
    fill_recipient(tab)
    tab.get_by_label("Nomor HP").fill("12")
    tab.get_by_label("Transfer bank").check()
    tab.get_by_role("button", name="Pesan sekarang").click()
    expect(tab.get_by_role("alert")).to_be_visible()
    expect_blame(tab.get_by_label("Nomor HP"), "Tulis seperti 0812 3456 7890")
    expect(tab.get_by_label("Nomor HP")).to_have_value("12")
    expect(tab.get_by_label("Nama penerima")).to_have_value("Rini (contoh)")
    expect(tab.get_by_label("Alamat lengkap")).to_have_value("Jalan Veteran 5")
    expect(tab.get_by_label("Transfer bank")).to_be_checked()
    tab.get_by_label("Nomor HP").fill("0812-3456-7890")
    tab.get_by_role("button", name="Pesan sekarang").click()
    expect(tab.locator(".state__now")).to_have_text("Menunggu transfer Anda.")


def open_product_form(visit: Visit) -> Tab:
    make_category("Bandeng", parent=make_category("Ikan"))
    counter = open_counter(make_tireless_market("Pasar Babat"), "Lapak Ikan", "Terasi", 12_000)
    tab = visit(counter.keeper)
    tab.goto("/pedagang/produk/baru")
    tab.get_by_label("Nama produk").fill("Bandeng segar")
    tab.get_by_label("Stok", exact=True).fill("12,5")
    return tab


def test_letters_in_a_price(visit: Visit) -> None:
    tab = open_product_form(visit)
    price = tab.locator("[name=price]")
    tab.get_by_label("Pilih dari galeri").set_input_files(photo())
    price.fill("dua ribu")
    tab.get_by_role("button", name="Kirim ke petugas pasar").click()
    expect_blame(price, "angka")
    expect(price).to_have_value("dua ribu")
    expect(tab.get_by_label("Nama produk")).to_have_value("Bandeng segar")
    expect(tab.get_by_role("img", name="Foto 1")).to_be_visible()
    price.fill("2.000")
    tab.get_by_role("button", name="Kirim ke petugas pasar").click()
    expect(tab.get_by_role("heading", name="Bandeng segar")).to_be_visible()


def test_a_picture_that_is_too_heavy(visit: Visit, tmp_path: Path) -> None:
    tab = open_product_form(visit)
    tab.locator("[name=price]").fill("34.000")
    tab.get_by_label("Pilih dari galeri").set_input_files(heavy_photo(tmp_path))
    tab.get_by_role("button", name="Kirim ke petugas pasar").click()
    expect_blame(tab.get_by_label("Potret sekarang"), "lebih dari 15 MB")
    expect(tab.get_by_label("Nama produk")).to_have_value("Bandeng segar")
    expect(tab.locator("[name=price]")).to_have_value("34.000")
    expect(tab.get_by_label("Stok", exact=True)).to_have_value("12,5")
    tab.get_by_label("Pilih dari galeri").set_input_files(photo())
    tab.get_by_role("button", name="Kirim ke petugas pasar").click()
    expect(tab.get_by_role("heading", name="Bandeng segar")).to_be_visible()
