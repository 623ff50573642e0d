"""A period is closed, its bill opened down to the sale and paid; then the place is given back."""

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.files import photo
from tests.browser.shelf.story.cast import PRODUCT, STORE, press, walk
from tests.browser.stage import notice

PAYABLE = "Rp127.500"
"""Ten pieces at Rp15.000, less 15 %."""


def close_period(buyer: Tab) -> None:
    """Look at what would be billed up to Sunday, and close."""
    buyer.goto("/peritel")
    walk(buyer, "Tagihan produsen", "Tutup periode sampai")
    expect(buyer.get_by_role("main")).to_contain_text(PAYABLE)
    press(buyer, "Tutup periode dan buat tagihannya")
    expect(notice(buyer)).to_contain_text("Periode ditutup")
    expect(buyer.get_by_role("main")).to_contain_text("Belum ada hari yang bisa ditutup")


def approve(buyer: Tab) -> None:
    """Open the bill down to its single sales, and agree."""
    walk(buyer, "UMKM Contoh", PRODUCT)
    rows = buyer.get_by_role("main").locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("10 Maret 2026")
    walk(buyer, "Tagihan")
    press(buyer, "Setujui tagihan ini")
    expect(notice(buyer)).to_contain_text("Tagihan disetujui")


def pay(buyer: Tab) -> None:
    """Note the transfer with its picture."""
    buyer.goto("/peritel/nota")
    walk(buyer, "UMKM Contoh")
    buyer.get_by_label("Keterangan transfer").fill("BRI 0123456")
    buyer.get_by_label("Pilih dari galeri").set_input_files(photo())
    press(buyer, "Sudah dibayar")
    expect(notice(buyer)).to_contain_text("Pembayaran tercatat")


def confirm(producer: Tab) -> None:
    """See the money arrive, and how long it took since the sales."""
    producer.goto("/pedagang/rak")
    walk(producer, "Uang dari rak", "Toko Swalayan Contoh")
    press(producer, "Sudah masuk")
    expect(notice(producer)).to_contain_text("tercatat sudah masuk")
    walk(producer, "Uang dari rak")
    wait = producer.locator(".stat", has_text="Dari terjual sampai dibayar")
    expect(wait.locator(".stat__value")).to_have_text("9,0 hari")


def ask_to_free(producer: Tab) -> None:
    """Propose to give the place back."""
    producer.goto("/pedagang/rak")
    walk(producer, "Perpanjangan tempat", PRODUCT)
    producer.get_by_label("Lepas tempatnya").check()
    producer.get_by_label("Alasan").fill("Musim panen, produksinya berhenti dulu.")
    press(producer, "Kirim usulan")
    expect(notice(producer)).to_contain_text("Usulan terkirim")


def agree_to_free(buyer: Tab, answer: str) -> None:
    """Say yes, and read what came of it."""
    buyer.goto("/peritel")
    walk(buyer, "Perpanjangan tempat")
    press(buyer, "Setuju")
    expect(notice(buyer)).to_contain_text(answer)


def expect_empty_shelf(buyer: Tab) -> None:
    """See that nothing stands on the picture of the shelf."""
    buyer.goto("/peritel")
    walk(buyer, "Toko dan rak", STORE, "Planogram")
    expect(buyer.get_by_role("main")).to_contain_text("Rak ini masih kosong")
