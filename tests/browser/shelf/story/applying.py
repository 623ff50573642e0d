"""A producer applies, the Dinas looks at the papers, the retailer scores."""

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.shelf.story.calling import TITLE
from tests.browser.shelf.story.cast import PRODUCT, STORE, press, walk
from tests.browser.stage import notice

CRITERIA = ("Mutu dan rasa", "Kemasan dan label", "Harga", "Kesanggupan pasokan")


def apply(producer: Tab) -> None:
    """Find the call, see that the product fits, and ask for a place."""
    producer.goto("/pedagang/rak")
    walk(producer, "Cari ruang rak", TITLE)
    expect(producer.get_by_role("main")).to_contain_text("Ya, paling banyak 6 muka")
    walk(producer, f"Ajukan {PRODUCT}")
    producer.get_by_label(STORE).fill("1")
    producer.get_by_label("Paling banyak").fill("3")
    press(producer, "Kirim pengajuan")
    expect(notice(producer)).to_contain_text("Pengajuan terkirim")


def screen(officer: Tab) -> None:
    """Take the application from the queue and pass it on."""
    officer.goto("/dinas")
    walk(officer, "Pengajuan", PRODUCT)
    press(officer, "Mulai memeriksa")
    press(officer, "Teruskan ke toko")
    expect(notice(officer)).to_contain_text("Diteruskan ke toko")


def curate(buyer: Tab) -> None:
    """Score what has been passed on, and let it pass."""
    buyer.goto("/peritel")
    walk(buyer, "Pembukaan slot", TITLE, "Pengajuan masuk", PRODUCT)
    for name in CRITERIA:
        buyer.get_by_label(name, exact=True).fill("80")
    buyer.get_by_label("Laku per muka seminggu").fill("20")
    press(buyer, "Simpan nilai")
    expect(notice(buyer)).to_contain_text("Nilai tersimpan")
    press(buyer, "Luluskan")
    expect(notice(buyer)).to_contain_text("Lolos kurasi")


def read_result(producer: Tab) -> None:
    """See score and state as the producer."""
    producer.goto("/pedagang/rak")
    walk(producer, "Pengajuan saya", PRODUCT)
    expect(producer.get_by_role("main")).to_contain_text("80")
