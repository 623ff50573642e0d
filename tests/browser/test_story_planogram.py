"""A buyer moves a product in the picture: by mouse or finger, by arrow keys, by plain form."""

import re
from datetime import date

import pytest
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from pol.kernel.db import db
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.slots.models import Fixture
from pol.partnership.slots.rules.planogram import PIXELS_PER_MM
from tests.browser.conftest import Visit
from tests.browser.shelf.story.hands import INTO_SIGHT, dragged
from tests.browser.stage import notice
from tests.factories.partnership import Partnership, make_partnership, make_placement, make_shelf
from tests.rig import chromium

pytestmark = pytest.mark.engines("sqlite")


def furnish() -> Partnership:
    """Add a product that stands for many years at the left of the lower of two shelves.

    Its agreement is signed but not in force yet, so that it may change its shelf at once.
    """
    p = make_partnership()
    p.agreement.status = AgreementStatus.SIGNED
    p.placement.from_on, p.placement.until_on = date(2020, 1, 1), date(2099, 1, 1)
    fixture = db.session.get_one(Fixture, p.shelf.fixture_id)
    make_shelf(p.store, fixture=fixture, bottom_mm=1_000)
    return p


def open_picture(visit: Visit, p: Partnership) -> tuple[Tab, Locator]:
    tab = visit(p.owner)
    tab.goto(f"/peritel/toko/{p.store.slug}/planogram?pilih={p.placement.number}")
    return tab, tab.locator(f'[data-box="{p.placement.number}"]')


@pytest.mark.parametrize("has_scripts", [True], indirect=True, ids=["script"])
def test_a_product_is_dragged_to_the_shelf_above(visit: Visit) -> None:
    tab, box = open_picture(visit, furnish())
    with dragged(box, right=70, up=215):
        expect(tab.locator("[data-plano-say]")).to_contain_text("Enter")
    expect(notice(tab)).to_contain_text("Produk dipindah")
    assert int(box.get_attribute("data-x") or 0) in range(110, 145)
    expect(tab.get_by_role("main").locator("td").first).to_contain_text("ke-1")


@pytest.mark.parametrize("has_scripts", [True], indirect=True, ids=["script"])
def test_a_product_walks_by_arrow_keys_and_comes_back_by_escape(visit: Visit) -> None:
    tab, box = open_picture(visit, furnish())
    box.focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        tab.keyboard.press(key)
    expect(tab.locator("[data-plano-say]")).to_contain_text("21 mm")
    tab.keyboard.press("Escape")
    expect(tab.locator("[data-plano-say]")).to_be_empty()
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Enter")
    expect(notice(tab)).to_contain_text("Produk dipindah")
    expect(box).to_have_attribute("data-x", "10")


def test_another_shelf_waits_for_the_producer_once_there_is_an_agreement(visit: Visit) -> None:
    p = furnish()
    p.agreement.status = AgreementStatus.IN_FORCE
    tab, box = open_picture(visit, p)
    tab.get_by_label("Ke ambalan").select_option(index=0)  # the higher one
    tab.get_by_role("button", name="Pindahkan").click()
    expect(notice(tab)).to_contain_text("sampai produsen setuju")
    expect(tab.get_by_role("main")).to_contain_text("menunggu jawaban produsen untuk pindah")
    expect(box).to_have_attribute("data-x", "0")


def test_a_product_is_moved_by_form_with_and_without_script(visit: Visit) -> None:
    tab, box = open_picture(visit, furnish())
    tab.get_by_label("Dari tepi kiri").fill("9000")
    tab.get_by_role("button", name="Pindahkan").click()
    expect(tab.get_by_role("main")).to_contain_text("paling kanan mulai 620 mm")
    tab.get_by_label("Dari tepi kiri").fill("300")
    tab.get_by_role("button", name="Pindahkan").click()
    expect(notice(tab)).to_contain_text("Produk dipindah")
    expect(box).to_have_attribute("data-x", "300")


@pytest.mark.parametrize("screen", [chromium.PHONE], ids=["phone"], indirect=True)
def test_a_phone_shows_the_whole_shelf_and_brings_near_what_is_touched(visit: Visit) -> None:
    p = furnish()
    make_placement(p.application, p.shelf, x_mm=620, from_on=p.placement.from_on)
    tab = visit(p.owner)
    tab.goto(f"/peritel/toko/{p.store.slug}/planogram")
    frame, right = tab.locator(".plano-scroll"), tab.locator('[data-x="620"]')
    assert frame.evaluate("node => node.scrollWidth === node.clientWidth")
    right.evaluate(INTO_SIGHT)
    place = right.bounding_box()
    assert place is not None
    assert place["width"] < 280 * PIXELS_PER_MM
    tab.touchscreen.tap(place["x"] + 5, place["y"] + 5)
    expect(tab.get_by_label("Perbesar gambar")).to_be_checked()
    expect(frame).to_have_js_property("scrollWidth", round(1_220 * PIXELS_PER_MM))
    right.tap()
    expect(tab).to_have_url(re.compile("pilih="))
    expect(right).to_have_class(re.compile("plano__box--picked"))
    expect(tab.get_by_label("Perbesar gambar")).to_be_checked()
