"""Whoever uses no mouse and no finger gets to the same place, and always sees where they are."""

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stage import make_tireless_market, notice, open_counter

pytestmark = pytest.mark.engines("sqlite")
MOST_STEPS = 60
WHERE = """() => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const label = here.getAttribute("aria-label") || here.labels?.[0]?.textContent;
  return {
    name: (label || here.textContent).trim(),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    covered: !middle || !(here.contains(middle) || middle.contains(here)),
  };
}"""


def tab_to(tab: Tab, name: str) -> None:
    """Press Tab until the element of that name has the focus, seeing it at every step."""
    for _step in range(MOST_STEPS):
        tab.keyboard.press("Tab")
        here = tab.evaluate(WHERE)
        assert here["marked"], f"no visible focus on {here['name']!r}"
        assert not here["covered"], f"{here['name']!r} is behind something"
        if name in here["name"]:
            return
    raise AssertionError(f"{name!r} is not within {MOST_STEPS} steps")


def test_from_skip_link_to_cart(visit: Visit) -> None:
    open_counter(make_tireless_market("Pasar Babat"), "Lapak Kue", "Wingko", 27_500)
    tab = visit()
    tab.goto("/")
    tab_to(tab, "Langsung ke isi")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("main")).to_be_focused()
    tab.goto("/")
    tab_to(tab, "Cari barang atau lapak")
    tab.keyboard.type("wingko")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Hasil untuk")).to_be_visible()
    tab_to(tab, "Langsung ke isi")
    tab.keyboard.press("Enter")
    tab_to(tab, "Wingko")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Wingko", level=1)).to_be_visible()
    tab_to(tab, "Masukkan keranjang")
    tab.keyboard.press("Enter")
    expect(notice(tab)).to_contain_text("Sudah masuk keranjang")
    tab_to(tab, "Lihat keranjang")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Keranjang", level=1)).to_be_visible()
