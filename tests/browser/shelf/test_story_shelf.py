"""From an empty shelf to money in the producer's hands, and the shelf given back."""

from datetime import date

import pytest
from flask import Flask

from pol.ledger.queries import check_ledger
from tests.browser.conftest import Visit
from tests.browser.shelf.conftest import Calendar
from tests.browser.shelf.story import (
    agreeing,
    allocating,
    amiss,
    applying,
    calling,
    entering,
    goods,
    money,
)
from tests.browser.shelf.story.cast import Desks, sit_down
from tests.rig import chromium

pytestmark = pytest.mark.engines("sqlite")


@pytest.mark.parametrize(
    ("screen", "has_scripts"),
    [(chromium.PHONE, True), (chromium.DESK, True), (chromium.PHONE, False)],
    ids=["phone", "desk", "phone-plain"],
    indirect=True,
)
def test_from_an_empty_shelf_to_money_and_back(
    visit: Visit,
    app: Flask,
    calendar: Calendar,
    has_scripts: bool,  # noqa: FBT001 - a fixture, given by name
) -> None:
    desks = sit_down(visit)
    entering.enter(desks.buyer, desks.people.buyer)
    calling.open_call(desks.buyer)
    calling.read_announcement(visit())
    choose(desks, calendar)
    allocating.allocate(desks.buyer, app)
    move = allocating.move_by_drag_and_keys if has_scripts else allocating.move_by_form
    move(desks.buyer)
    allocating.decide(desks.buyer)
    agree(desks)
    sell(desks, calendar)
    settle(desks, calendar)
    assert check_ledger().is_sound


def choose(desks: Desks, calendar: Calendar) -> None:
    """2 to 5 March: applied, screened, closed by the clock, scored."""
    applying.apply(desks.producer)
    applying.screen(desks.officer)
    calendar.turn_to(date(2026, 3, 5))
    calendar.do("close slot calls")
    applying.curate(desks.buyer)
    applying.read_result(desks.producer)


def agree(desks: Desks) -> None:
    """5 March: offered, accepted, signed by both."""
    agreeing.accept_offer(desks.producer)
    agreeing.sign(desks.producer, desks.people.producer.name)
    agreeing.countersign(desks.buyer, desks.people.buyer.name)


def sell(desks: Desks, calendar: Calendar) -> None:
    """9 to 12 March: brought, taken in, sold through the till and the day's sheet."""
    calendar.turn_to(date(2026, 3, 9))
    calendar.do("begin agreements")
    goods.deliver(desks.producer)
    goods.receive(desks.clerk)
    agreeing.expect_place_later(desks.buyer, "Terpajang")
    calendar.turn_to(date(2026, 3, 12))
    goods.send_till_file(desks.clerk, desks.people.sheet.number, calendar)
    goods.fill_day_sheet(desks.clerk)
    goods.follow_stock(desks.producer)


def settle(desks: Desks, calendar: Calendar) -> None:
    """16 to 20 March: billed, paid and counted; only then the place is free again (I14)."""
    calendar.turn_to(date(2026, 3, 16))
    money.close_period(desks.buyer)
    money.approve(desks.buyer)
    money.ask_to_free(desks.producer)
    money.agree_to_free(desks.buyer, f"Masih ada {money.PAYABLE} yang belum lunas")
    calendar.turn_to(date(2026, 3, 20))
    money.pay(desks.buyer)
    money.confirm(desks.producer)
    money.agree_to_free(desks.buyer, "Belum ada hitung akhir sejak 16-03-2026")
    amiss.count_shelf(desks.clerk, 0)
    money.agree_to_free(desks.buyer, "Jawaban tercatat")
    money.expect_empty_shelf(desks.buyer)
