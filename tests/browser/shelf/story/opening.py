"""A business comes with nothing: it registers, opens a store, measures a rack, and is checked."""

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.files import photo
from tests.browser.shelf.story.cast import STORE, press, walk
from tests.browser.stage import VILLAGE, notice

BUSINESS, RACK = "Swalayan Contoh Babat", "Gondola dekat kasir"


def register(buyer: Tab) -> None:
    """Give the business a name and a number; a number that is none is refused beside it."""
    buyer.get_by_label("Nama usaha ritel").fill(BUSINESS)
    buyer.get_by_label("NIB").fill("12345")
    press(buyer, "Daftarkan usaha")
    expect(buyer.get_by_role("main")).to_contain_text("NIB terdiri dari tepat 13 angka")
    expect(buyer.get_by_label("Nama usaha ritel")).to_have_value(BUSINESS)
    buyer.get_by_label("NIB").fill("1234567890123")
    press(buyer, "Daftarkan usaha")
    expect(notice(buyer)).to_contain_text("Usaha terdaftar")


def open_store(buyer: Tab) -> None:
    walk(buyer, "Tambah toko")
    buyer.get_by_label("Nama toko").fill(STORE)
    buyer.get_by_label("Desa atau kelurahan").fill(VILLAGE)
    buyer.get_by_label("Alamat").fill("Jalan Raya Babat 12")
    buyer.get_by_label("Panjang semua ambalan").fill("180,5")
    buyer.get_by_label("Nomor izin toko").fill("503/1234/2026")
    buyer.get_by_label("Pilih dari galeri").set_input_files(photo())
    press(buyer, "Simpan toko")
    expect(notice(buyer)).to_contain_text("Toko dibuat")


def measure_rack(buyer: Tab) -> None:
    """Draw a rack of two boards by its measures, then put one board where it really is."""
    walk(buyer, "Tambah rak")
    for label, value in {"Nama rak": RACK, "Lebar": "1200", "Tinggi": "1500", "Dalam": "400",
                         "Jumlah ambalan": "2", "Kekuatan tiap ambalan": "30"}.items():  # fmt: skip
        buyer.get_by_label(label, exact=True).fill(value)
    press(buyer, "Buat rak")
    expect(notice(buyer)).to_contain_text("Rak dibuat")
    expect(buyer.get_by_role("main").locator(".plano-scroll svg")).to_be_visible()
    walk(buyer, "Ubah ambalan 2")
    buyer.get_by_label("Ruang di atas papan").fill("500")
    buyer.get_by_label("Alasan").first.fill("Diukur ulang di toko")
    press(buyer, "Simpan ambalan")
    expect(notice(buyer)).to_contain_text("versi baru")


def send_to_dinas(buyer: Tab) -> None:
    walk(buyer, STORE)
    press(buyer, "Kirim ke Dinas")
    expect(notice(buyer)).to_contain_text("Terkirim")


def verify(officer: Tab) -> None:
    officer.goto("/dinas/toko")
    walk(officer, STORE)
    press(officer, "Verifikasi toko")
    expect(notice(officer)).to_contain_text("Toko terverifikasi")
