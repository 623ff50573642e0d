"""From an account alone to a call that everybody can read: business, store, rack, Dinas."""

import pytest
from playwright.sync_api import expect

from pol.identity.rules import Role
from tests.browser.conftest import Visit
from tests.browser.shelf.conftest import Calendar
from tests.browser.shelf.story import calling, entering, opening
from tests.browser.shelf.story.cast import make_buyer
from tests.browser.stage import hire
from tests.rig import chromium

pytestmark = pytest.mark.engines("sqlite")


@pytest.mark.parametrize(
    ("screen", "has_scripts"),
    [(chromium.PHONE, True), (chromium.DESK, False)],
    ids=["phone", "desk-plain"],
    indirect=True,
)
def test_a_new_business_opens_a_store_and_offers_its_shelves(
    visit: Visit, calendar: Calendar
) -> None:
    person, officer = make_buyer(), hire(Role.DINAS_OFFICER)
    buyer = visit()
    entering.log_in(buyer, person, "/peritel/daftar")
    opening.register(buyer)
    opening.open_store(buyer)
    opening.measure_rack(buyer)
    buyer.goto("/peritel/toko")
    opening.send_to_dinas(buyer)
    opening.verify(visit(officer))
    buyer.reload()
    expect(buyer.get_by_role("main")).to_contain_text("Terverifikasi")
    calling.open_call(buyer)
    calling.read_announcement(visit())
