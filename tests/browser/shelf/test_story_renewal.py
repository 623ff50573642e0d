"""A place that ends soon goes on: one side asks, the other says yes, and both sign anew."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.shelf.conftest import Calendar
from tests.browser.shelf.story import agreeing, renewing
from tests.browser.shelf.story.cast import press
from tests.factories.partnership import make_partnership
from tests.factories.traders import make_keeper
from tests.rig import chromium

pytestmark = pytest.mark.engines("sqlite")
NOVEMBER, NEW_YEAR = date(2026, 11, 2), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("screen", "has_scripts"),
    [(chromium.PHONE, True), (chromium.DESK, False)],
    ids=["phone", "desk-plain"],
    indirect=True,
)
def test_a_place_is_renewed_and_signed_anew(visit: Visit, calendar: Calendar) -> None:
    calendar.turn_to(NOVEMBER)
    p = make_partnership()
    keeper = make_keeper(p.stall, name="Bu Sumi Contoh")
    producer, buyer = visit(keeper), visit(p.owner)
    renewing.ask(producer, "2027-06-30")
    renewing.agree(buyer)
    renewing.open_new_agreement(producer, "30 Juni 2027")
    agreeing.sign(producer, keeper.name)
    agreeing.countersign(buyer, p.owner.name)
    calendar.turn_to(NEW_YEAR)
    calendar.do("end agreements", "begin agreements")
    later = visit(p.owner)  # who was not here for two months logs in again
    later.goto(buyer.url)
    expect(later.get_by_role("main")).to_contain_text("Berlaku sampai 30 Jun 2027")
    press(later, "Sudah terpajang")
    agreeing.expect_place(later, "Terpajang")
