"""One side asks that a place goes on, the other says yes."""

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.shelf.story.cast import PRODUCT, press, walk
from tests.browser.stage import notice


def ask(producer: Tab, last_day: str) -> None:
    """Propose to stay until a day."""
    producer.goto("/pedagang/rak")
    walk(producer, "Perpanjangan tempat", PRODUCT)
    producer.get_by_label("Hari terakhir yang baru").fill(last_day)
    producer.get_by_label("Alasan").fill("Pelanggannya sudah tetap.")
    press(producer, "Kirim usulan")
    expect(notice(producer)).to_contain_text("Usulan terkirim")


def agree(buyer: Tab) -> None:
    """Say yes to the only proposal."""
    buyer.goto("/peritel")
    walk(buyer, "Perpanjangan tempat")
    press(buyer, "Setuju")
    expect(notice(buyer)).to_contain_text("Jawaban tercatat")


def open_new_agreement(producer: Tab, until: str) -> None:
    """Find what is to be signed now, and read until when it lasts."""
    producer.goto("/pedagang/rak")
    walk(producer, "Baca dan tanda tangani", PRODUCT)
    expect(producer.get_by_role("main")).to_contain_text(until)
