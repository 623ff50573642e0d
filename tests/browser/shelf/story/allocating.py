"""Who gets which place: computed, looked at, moved by hand, decided."""

from click.testing import CliRunner
from flask import Flask
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from pol.cli.allocation_work import work
from tests.browser.shelf.story.calling import TITLE
from tests.browser.shelf.story.cast import PRODUCT, press, walk
from tests.browser.shelf.story.hands import dragged
from tests.browser.stage import notice
from tests.partnership.allocation.test_runs import Loaded

HIGHER = 215
"""Pixels between the two shelves of the picture."""


def allocate(buyer: Tab, app: Flask) -> None:
    """Ask for a computation, and let the worker do it."""
    buyer.goto("/peritel")
    walk(buyer, "Pembukaan slot", TITLE, "Penetapan")
    press(buyer, "Hitung penetapan")
    expect(buyer.get_by_role("main")).to_contain_text("menunggu giliran")
    number = buyer.url.rpartition("/")[2]
    done = CliRunner().invoke(work, [number], obj=Loaded(app), catch_exceptions=False)
    assert done.exit_code == 0
    buyer.reload()
    expect(buyer.get_by_role("main")).to_contain_text("selesai dihitung")


def move_by_drag_and_keys(buyer: Tab) -> None:
    """Drag the product to where it is seen less, read the cost, and walk it back by keys."""
    walk(buyer, f"Ubah {PRODUCT}")
    with dragged(held(buyer), right=70, up=HIGHER):
        expect(buyer.locator("[data-plano-say]")).to_contain_text("Enter")
    expect(buyer.get_by_role("main")).to_contain_text("mengurangi hasil produsen Rp")
    expect(buyer.get_by_label("Jarak dari kiri")).not_to_have_value("0")
    held(buyer).focus()
    for key in ("ArrowDown", *["ArrowLeft"] * 30, "ArrowRight", "ArrowRight", "Enter"):
        buyer.keyboard.press(key)
    expect(buyer.get_by_role("main")).to_contain_text("tanpa mengurangi hasil produsen")
    expect(buyer.get_by_label("Jarak dari kiri")).to_have_value("20")


def move_by_form(buyer: Tab) -> None:
    """Type the new place and ask what it costs."""
    walk(buyer, f"Ubah {PRODUCT}")
    buyer.get_by_label("Jarak dari kiri").fill("20")
    press(buyer, "Hitung biayanya dulu")
    expect(buyer.get_by_role("main")).to_contain_text("tanpa mengurangi hasil produsen")


def held(buyer: Tab) -> Locator:
    """Return the product that may be moved in the picture."""
    return buyer.locator("[data-move]")


def decide(buyer: Tab) -> None:
    """Keep the change with its reason, look through, fix, and read the minutes."""
    buyer.get_by_label("Alasan").fill("Supaya tiang raknya tidak menutupi.")
    press(buyer, "Simpan perubahan")
    expect(notice(buyer)).to_contain_text("Perubahan tersimpan bersama biayanya")
    expect(buyer.get_by_role("main")).to_contain_text("20 mm dari kiri")
    press(buyer, "Sudah saya periksa")
    press(buyer, "Tetapkan dan kirim tawaran")
    expect(notice(buyer)).to_contain_text("Tawarannya sudah dikirim")
    walk(buyer, "Berita acara")
    expect(buyer.get_by_role("main")).to_contain_text("Supaya tiang raknya tidak menutupi.")
