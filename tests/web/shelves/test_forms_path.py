"""The whole path of a place in each form of cooperation, by pages alone."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pol.kernel.money import ZERO
from pol.ledger.queries import check_ledger, get_balance
from pol.partnership.slots.rules import CoopForm
from tests.rig.client import Browser
from tests.web.shelves import ends, steps
from tests.web.shelves.desks import Village

BILLED, PAID, LATER = date(2026, 3, 16), date(2026, 3, 18), date(2026, 3, 20)


@pytest.fixture
def village(
    app: Flask, session: Session, client: Browser, set_clock: Callable[[datetime], None]
) -> Village:
    return Village(app, client, set_clock)


def go(village: Village, form: CoopForm, payable: str, **terms: str) -> str:
    """From the call to the producer's money; return the agreement's number."""
    call = steps.open_call(village, form, **terms)
    steps.apply(village, call)
    steps.choose(village, call)
    number = steps.agree(village)
    steps.bring(village)
    steps.sell(village, date(2026, 3, 12), steps.SOLD)
    bill = steps.bill(village, BILLED, payable)
    steps.pay(village, PAID, bill, payable)
    assert check_ledger().is_sound
    assert get_balance(f"shelf_payable:stall:{village.stall.id}") == ZERO
    return number


def test_bought_goods_are_paid_for_whether_sold_or_not_and_sold_out_they_leave(
    village: Village,
) -> None:
    """Twelve at Rp15.000 less a quarter, ten of them sold; nothing is due for the last two."""
    go(village, CoopForm.OUTRIGHT, "Rp135.000")
    ends.propose(village, "free")
    ends.refuse_yes(village, "2 buah")
    steps.sell(village, LATER, steps.BROUGHT - steps.SOLD)
    ends.refuse_yes(village, "Belum ada hitung akhir")
    ends.count_nothing(village)
    ends.answer_yes(village)
    assert not ends.is_on_shelf(village)


def test_a_rent_comes_off_the_takings_and_the_place_is_renewed(village: Village) -> None:
    """Ten at Rp15.000 less Rp25.000 for the shelf."""
    old = go(
        village,
        CoopForm.RENT,
        "Rp125.000",
        charge0_cost="25.000",
        expected_sales="500.000",
    )
    ends.propose(village, "renew", last_day="2026-06-30")
    ends.answer_yes(village)
    new = ends.find_next_agreement(village, old)
    steps.sign(village, new)
    village.turn_to(date(2026, 5, 1), "end agreements", "begin agreements")
    assert "Berlaku sampai 30 Jun 2026" in village.buyer.read(f"/peritel/perjanjian/{new}").text
    assert ends.is_on_shelf(village)


def test_a_programme_place_is_given_back_once_the_rest_was_returned(village: Village) -> None:
    """Ten at Rp15.000 less a tenth; nobody pays for the place."""
    go(village, CoopForm.PROGRAMME, "Rp135.000")
    village.turn_to(LATER)
    ends.propose(village, "free")
    ends.refuse_yes(village, "2 buah")
    ends.send_back(village, steps.BROUGHT - steps.SOLD)
    ends.count_nothing(village)
    ends.answer_yes(village)
    assert not ends.is_on_shelf(village)
