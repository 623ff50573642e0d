"""Coming in with a real browser, with and without JavaScript."""

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from pol.identity.rules import Role
from tests.factories.catalogue import make_market
from tests.factories.people import SECRET, give_role, make_person
from tests.rig import axe
from tests.rig.browsing import log_in
from tests.rig.server import Server


def test_a_newcomer_without_javascript_chooses_between_villages_of_one_name(
    plain_page: Page,
) -> None:
    page = plain_page
    page.goto("/daftar")
    page.get_by_label("Nama", exact=True).fill("Bu Tini Contoh")
    page.get_by_label("Nomor HP").fill("0857 0000 1111")
    page.get_by_label("Sandi atau PIN baru").fill(SECRET)
    page.get_by_label("Desa atau kelurahan").fill("Sumberagung")
    page.get_by_role("button", name="Buat akun").click()
    page.get_by_role("combobox", name="Desa atau kelurahan").select_option("Sumberagung (Brondong)")
    page.get_by_label("Sandi atau PIN baru").fill(SECRET)
    page.get_by_role("button", name="Buat akun").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bu Tini Contoh")
    page.get_by_role("link", name="Profil").click()
    expect(page.get_by_label("Desa atau kelurahan")).to_have_value("Sumberagung (Brondong)")
    page.get_by_role("link", name="Akun saya").click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_text("Anda sudah keluar")).to_be_visible()


def test_villages_are_offered_while_one_types(page: Page) -> None:
    page.goto("/daftar")
    page.get_by_label("Desa atau kelurahan").press_sequentially("sumberag")
    expect(page.locator("datalist option")).to_have_count(4)
    assert axe.violations(page) == []


def test_an_officer_sees_the_picture_to_scan(
    page: Page, app: Flask, server: Server, session: Session
) -> None:
    officer = make_person("Petugas Contoh")
    give_role(officer, Role.MARKET_OFFICER, market_id=make_market().id)
    log_in(page.context, app, server, officer)
    page.goto("/akun/dua-langkah")
    picture = page.locator("figure svg").bounding_box()
    assert picture
    assert picture["width"] >= 160
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe.violations(page) == []
