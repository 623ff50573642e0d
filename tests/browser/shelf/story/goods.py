"""Goods come, are taken in, and are sold."""

from playwright.sync_api import FilePayload, expect
from playwright.sync_api import Page as Tab

from tests.browser.shelf.conftest import Calendar
from tests.browser.shelf.story.cast import PRODUCT, STORE, press, walk
from tests.browser.stage import notice

BROUGHT, BROKEN = 12, 2


def deliver(producer: Tab) -> None:
    """Write a delivery note and set out."""
    producer.goto("/pedagang/rak")
    walk(producer, "Kirim barang", STORE)
    producer.get_by_label("Jumlah").fill(str(BROUGHT))
    press(producer, "Buat surat jalan")
    press(producer, "Berangkat sekarang")
    expect(notice(producer)).to_contain_text("Selamat jalan")


def receive(clerk: Tab) -> None:
    """Take in what is sound, and say why the rest is not."""
    clerk.goto("/peritel")
    walk(clerk, "Terima kiriman", "UMKM Contoh")
    clerk.get_by_label("Diterima").fill(str(BROUGHT - BROKEN))
    clerk.get_by_label("Sebab ditolak").fill("Dua bungkus remuk")
    press(clerk, "Simpan penerimaan")
    expect(clerk.get_by_role("main")).to_contain_text("Tanda terima barang")


def till_file(code: str) -> FilePayload:
    """Return what a till wrote in two days, one line of it being somebody else's product."""
    lines = (
        "Tanggal;Kode barang;Jumlah;Harga;Struk",
        f"10/03/2026;{code};3;15.000;S-1",
        f"11/03/2026;{code};4;15.000;S-2",
        "11/03/2026;LP-LAIN;1;9.000;S-3",
    )
    content = "\n".join(lines).encode()
    return {"name": "kasir.csv", "mimeType": "text/csv", "buffer": content}


def send_till_file(clerk: Tab, code: str, calendar: Calendar) -> None:
    """Send it, look it over, and read which line was no sale of ours."""
    clerk.goto("/peritel")
    walk(clerk, "Catat penjualan", "Berkas kasir")
    clerk.get_by_label("Berkas kasir (CSV atau XLSX)").set_input_files(till_file(code))
    press(clerk, "Kirim berkas")
    press(clerk, "Lihat contoh barisnya")
    press(clerk, "Jalankan")
    expect(clerk.get_by_role("main")).to_contain_text("Halaman ini boleh ditinggal")
    calendar.do("take in till files")
    clerk.reload()
    main = clerk.get_by_role("main")
    expect(main).to_contain_text("1 baris tidak masuk")
    expect(main).to_contain_text("LP-LAIN")


def fill_day_sheet(clerk: Tab) -> None:
    """Write down what was sold today, the last three."""
    clerk.goto("/peritel")
    walk(clerk, "Catat penjualan", "Lembar harian")
    clerk.get_by_label(f"Terjual {PRODUCT}").fill("3")
    press(clerk, "Simpan penjualan")
    expect(notice(clerk)).to_contain_text("Lembar penjualan tersimpan")


def follow_stock(producer: Tab) -> None:
    """See at home what is left in the store."""
    producer.goto("/pedagang/rak")
    walk(producer, "Stok di toko")
    expect(producer.get_by_role("main")).to_contain_text(STORE)
