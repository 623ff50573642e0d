"""A retailer offers room on its shelves, in five short screens."""

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.shelf.story.cast import press, walk
from tests.browser.stage import notice

TITLE = "Rak oleh-oleh Lamongan"
FIRST, LAST, DEADLINE = "2026-03-09", "2026-04-30", "2026-03-04"


def open_call(buyer: Tab) -> str:
    """Go through the five screens and publish; return the call's number."""
    buyer.goto("/peritel")
    walk(buyer, "Pembukaan slot", "Buka slot pertama")
    fill_basics(buyer)
    fill_space(buyer)
    fill_terms(buyer)
    fill_goods(buyer)
    expect(buyer.get_by_role("main")).to_contain_text("Hasil pemeriksaan syarat")
    press(buyer, "Umumkan sekarang")
    expect(notice(buyer)).to_contain_text("Diumumkan")
    return buyer.url.rpartition("/")[2]


def fill_basics(buyer: Tab) -> None:
    buyer.get_by_label("Judul").fill(TITLE)
    buyer.get_by_label("Uraian").fill("Camilan Lamongan di rak depan kasir.")
    buyer.get_by_label("Titip jual").check()
    buyer.get_by_label("Barang di rak mulai").fill(FIRST)
    buyer.get_by_label("Sampai", exact=True).fill(LAST)
    buyer.get_by_label("Pendaftaran ditutup").fill(DEADLINE)
    press(buyer, "Simpan dan lanjut")


def fill_space(buyer: Tab) -> None:
    """Offer both shelves whole."""
    shelves = buyer.get_by_role("checkbox")
    expect(shelves).to_have_count(2)
    for shelf in shelves.all():
        shelf.check()
    press(buyer, "Simpan dan lanjut")


def fill_terms(buyer: Tab) -> None:
    buyer.get_by_label("Margin toko").fill("15")
    buyer.get_by_label("Dibayar dalam").fill("7")
    buyer.get_by_label("Lama satu periode").fill("7")
    press(buyer, "Simpan dan lanjut")


def fill_goods(buyer: Tab) -> None:
    buyer.get_by_label("Keripik").check()
    press(buyer, "Simpan dan lanjut")


def read_announcement(stranger: Tab) -> None:
    """See that anybody finds the call and its terms, without an account."""
    stranger.goto("/slot")
    walk(stranger, TITLE)
    main = stranger.get_by_role("main")
    expect(main).to_contain_text("Pengumuman pembukaan slot")
    expect(main).to_contain_text("15 %")
    expect(main).to_contain_text("sama dengan isi di atas")
