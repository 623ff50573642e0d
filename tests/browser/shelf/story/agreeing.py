"""A place is accepted, and both sides sign what they agreed on."""

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.shelf.story.cast import PRODUCT, STORE, press, walk
from tests.browser.stage import notice


def accept_offer(producer: Tab) -> None:
    """Take the place that is offered; the agreement opens by itself."""
    producer.goto("/pedagang/rak")
    walk(producer, "Jawab", PRODUCT)
    expect(producer.get_by_role("main")).to_contain_text("3 muka, 420 mm")
    press(producer, "Terima tempat ini")
    expect(notice(producer)).to_contain_text("Tempatnya milik Anda")


def sign(tab: Tab, name: str) -> None:
    """Type one's name under the text that is open."""
    tab.get_by_label("Ketik nama lengkap Anda").fill(name)
    press(tab, "Tanda tangani")
    expect(notice(tab)).to_contain_text("Tanda tangan Anda tersimpan")


def countersign(buyer: Tab, name: str) -> None:
    """Find the agreement at the desk, and sign it, too."""
    buyer.goto("/peritel")
    walk(buyer, "Perjanjian", PRODUCT)
    sign(buyer, name)
    expect_place(buyer, "Dipesan")


def expect_place(buyer: Tab, words: str) -> None:
    """See on the agreement's page how the place in the store stands."""
    place = buyer.get_by_role("main").get_by_role("listitem").filter(has_text=STORE)
    expect(place.locator(".badge")).to_have_text(words)


def expect_place_later(buyer: Tab, words: str) -> None:
    """Open the agreement, and see how its place stands."""
    buyer.goto("/peritel")
    walk(buyer, "Perjanjian", PRODUCT)
    expect_place(buyer, words)
