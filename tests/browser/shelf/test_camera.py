"""A clerk's phone reads a code with its camera where the browser can; else nothing changes."""

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from pol.partnership.slots.rules import RetailSeat
from tests.browser.conftest import Visit
from tests.browser.stage import notice
from tests.factories.partnership import Partnership, make_member, make_partnership
from tests.partnership.consignment.stage import left

pytestmark = pytest.mark.engines("sqlite")
SCAN = "/peritel/barang/jual/pindai"
READER = """code => {
  window.BarcodeDetector = class { async detect(video) {
    return video.videoWidth ? [{ rawValue: code }] : [];
  } };
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    canvas.getContext("2d").fillRect(0, 0, 9, 9);
    return window.lens = canvas.captureStream(9);
  };
}"""
"""What a phone has and this browser lacks: a camera, and the eye behind it."""
DENIED = "() => { throw new DOMException('denied', 'NotAllowedError'); }"


@pytest.fixture
def has_scripts() -> bool:
    return True


@pytest.fixture
def p(session: Session) -> Partnership:
    return make_partnership()


@pytest.fixture
def tab(visit: Visit, p: Partnership) -> Tab:
    """Give the clerk's browser."""
    return visit(make_member(p.retailer, seat=RetailSeat.CLERK, store=p.store))


def with_camera(tab: Tab, code: str) -> None:
    tab.add_init_script(f"({READER})({code!r})")


def test_the_camera_reads_and_the_sale_is_written(
    tab: Tab, p: Partnership, session: Session
) -> None:
    before = left(p.batch)
    with_camera(tab, p.sheet.number)
    tab.goto(SCAN)
    tab.get_by_role("button", name="Pindai dengan kamera").click()
    expect(notice(tab)).to_contain_text("1 terjual tercatat")
    session.rollback()
    assert left(p.batch) == before - 1


def test_it_is_closed_again_and_the_lens_with_it(tab: Tab, p: Partnership) -> None:
    with_camera(tab, "")
    tab.add_init_script("BarcodeDetector.prototype.detect = async () => []")
    tab.goto(SCAN)
    tab.get_by_role("button", name="Pindai dengan kamera").click()
    expect(tab.locator("video")).to_be_visible()
    tab.get_by_role("button", name="Tutup kamera").click()
    expect(tab.locator("video")).to_be_hidden()
    assert tab.evaluate("lens.getTracks().map(track => track.readyState)") == ["ended"]


def test_a_camera_that_is_not_allowed_is_said_and_typing_goes_on(tab: Tab) -> None:
    with_camera(tab, "")
    tab.add_init_script(f"navigator.mediaDevices.getUserMedia = async {DENIED}")
    tab.goto(SCAN)
    tab.get_by_role("button", name="Pindai dengan kamera").click()
    expect(tab.get_by_text("Kameranya tidak bisa dibuka")).to_be_visible()
    expect(tab.get_by_label("Kode barang")).to_be_editable()


def test_where_no_browser_reads_codes_no_button_promises_it(tab: Tab) -> None:
    tab.goto(SCAN)
    expect(tab.get_by_label("Kode barang")).to_be_focused()
    expect(tab.get_by_role("button", name="kamera")).to_have_count(0)
