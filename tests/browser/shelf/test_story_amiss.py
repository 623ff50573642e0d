"""Goods go back, one is missing on the shelf, and who bears it is settled by the Dinas."""

from datetime import date

import pytest
from playwright.sync_api import expect

from pol.identity.rules import Role
from pol.kernel import clock
from pol.ledger.queries import check_ledger
from pol.partnership.settlement.services import closing
from pol.partnership.slots.rules import RetailSeat
from tests.browser.conftest import Visit
from tests.browser.shelf.conftest import Calendar
from tests.browser.shelf.story import amiss, goods
from tests.browser.shelf.story.cast import press, walk
from tests.browser.stage import hire
from tests.factories.partnership import make_member, make_partnership
from tests.factories.traders import make_keeper
from tests.rig import chromium

pytestmark = pytest.mark.engines("sqlite")
SATURDAY, NEXT_MONDAY = date(2026, 2, 28), date(2026, 3, 9)
LOST = "Rp12.750"
"""One piece at Rp15.000, less 15 %."""


@pytest.mark.parametrize(
    ("screen", "has_scripts"), [(chromium.PHONE, True)], ids=["phone"], indirect=True
)
def test_what_goes_amiss_is_put_right(visit: Visit, calendar: Calendar) -> None:
    p = make_partnership()
    closing.close_period(
        retailer_id=p.retailer.id, last_day=SATURDAY, actor_id=None, now=clock.now()
    )
    keeper = make_keeper(p.stall, name="Bu Sumi Contoh")
    clerk = visit(make_member(p.retailer, seat=RetailSeat.CLERK, store=p.store))
    producer = visit(keeper)
    goods.fill_day_sheet(clerk)
    amiss.send_back(clerk, 4)
    amiss.take_back(producer)
    amiss.count_shelf(clerk, 16)
    amiss.agree_to_count(producer)
    calendar.turn_to(NEXT_MONDAY)
    buyer, officer = visit(p.owner), visit(hire(Role.DINAS_OFFICER))
    buyer.goto("/peritel")
    walk(buyer, "Tagihan produsen", "Tutup periode sampai")
    press(buyer, "Tutup periode dan buat tagihannya")
    amiss.hold_a_line(buyer, LOST, "Menurut kami barangnya memang tidak pernah datang.")
    expect(buyer.get_by_role("main")).to_contain_text(LOST)
    amiss.call_mediator(producer, LOST)
    amiss.rule(officer, "12750")
    amiss.read_ruling(producer, f"Keputusan: {LOST} untuk produsen.")
    assert check_ledger().is_sound
