"""Somebody looks for stalls near their own village."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stage import make_tireless_market, open_counter

pytestmark = pytest.mark.engines("sqlite")


def test_from_home_to_the_stalls_near_my_village(visit: Visit) -> None:
    open_counter(make_tireless_market("Pasar Sidoharjo"), "Lapak Kue", "Wingko", 27_500)
    tab = visit()
    tab.goto("/")
    tab.get_by_label("Nama desa atau kelurahan").fill("sidoharjo")
    tab.get_by_role("button", name="Cari desa").click()
    row = tab.get_by_role("row", name="Lamongan")
    row.get_by_role("link", name="Sidoharjo").click()
    expect(tab.get_by_role("heading", name="Lapak dekat Sidoharjo")).to_be_visible()
    expect(tab.get_by_role("link", name="Lapak Kue Blok")).to_be_visible()
