"""What does not go as planned: goods go back, some are missing, a line of a bill is wrong."""

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.shelf.story.cast import PRODUCT, press, walk
from tests.browser.stage import notice

PRODUCER, RETAILER = "UMKM Contoh", "Toko Swalayan Contoh"


def send_back(clerk: Tab, count: int) -> None:
    """Write the note of goods that nobody buys, and hand them out."""
    clerk.goto("/peritel")
    walk(clerk, "Retur & kedaluwarsa")
    clerk.get_by_text("Kembalikan barang lain").click()
    clerk.get_by_label("Jumlah").fill(str(count))
    press(clerk, "Buat surat retur")
    expect(notice(clerk)).to_contain_text("Surat retur dibuat")
    press(clerk, "Sudah diambil produsen")
    expect(notice(clerk)).to_contain_text("Barang keluar dari catatan rak")


def take_back(producer: Tab) -> None:
    """Have the goods at home again."""
    producer.goto("/pedagang/rak")
    walk(producer, "Stok di toko", "Toko Contoh Babat")
    press(producer, "Barangnya sudah saya terima")
    expect(notice(producer)).to_contain_text("sudah kembali")


def count_shelf(clerk: Tab, found: int) -> None:
    """Count what really stands there."""
    clerk.goto("/peritel/barang")
    walk(clerk, "Stok opname")
    press(clerk, "Mulai menghitung")
    clerk.get_by_label(f"Ada {PRODUCT}").fill(str(found))
    press(clerk, "Simpan hitungan")
    expect(notice(clerk)).to_contain_text("Hitungan tersimpan")


def agree_to_count(producer: Tab) -> None:
    """Read what is missing and who bears it, and agree."""
    producer.goto("/pedagang/rak")
    walk(producer, "Stok di toko", "2 Maret 2026")
    expect(producer.get_by_role("main").locator("tbody tr")).to_contain_text("-1")
    press(producer, "Setuju dengan hitungan toko")
    expect(notice(producer)).to_contain_text("Selisihnya dicatat")


def hold_a_line(buyer: Tab, amount: str, words: str) -> None:
    """Hold one line of the bill that has just been made; the rest is paid."""
    walk(buyer, PRODUCER)
    buyer.get_by_text("Ada baris yang tidak cocok?").click()
    buyer.get_by_role("checkbox", name=amount).check()
    buyer.get_by_label("Apa yang tidak cocok").fill(words)
    press(buyer, "Tahan baris ini dan bicarakan")
    expect(buyer.get_by_role("main")).to_contain_text("Ditahan karena sengketa")


def call_mediator(producer: Tab, held: str) -> None:
    """Answer, and ask the Dinas to decide."""
    producer.goto("/pedagang/rak")
    walk(producer, "Uang dari rak", RETAILER)
    expect(producer.get_by_role("main")).to_contain_text(held)
    producer.get_by_label("Jawab").fill("Menurut perjanjian toko yang menanggung.")
    press(producer, "Minta Dinas menengahi")
    expect(producer.get_by_role("main")).to_contain_text("di meja Dinas")


def rule(officer: Tab, awarded: str) -> None:
    """Read both sides, and give the producer what is due."""
    officer.goto("/dinas")
    walk(officer, "Sengketa tagihan", PRODUCER)
    expect(officer.get_by_role("main")).to_contain_text("toko yang menanggung")
    officer.get_by_label("Untuk produsen dari baris ini").fill(awarded)
    officer.get_by_label("Alasan keputusan").fill("Perjanjian pasal kehilangan.")
    press(officer, "Simpan keputusan")
    expect(notice(officer)).to_contain_text("Keputusan tercatat")


def read_ruling(producer: Tab, words: str) -> None:
    """See what was decided on the bill itself."""
    producer.reload()
    expect(producer.get_by_role("main")).to_contain_text(words)
