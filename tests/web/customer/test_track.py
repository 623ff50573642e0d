"""A guest finds their group again, and nobody else's."""

from datetime import datetime

from sqlalchemy.orm import Session

from pol.orders.rules.checkout import GroupUnknown
from tests.factories.catalogue import make_product
from tests.factories.orders import make_kept_stall, make_open_market, place
from tests.rig.client import Browser
from tests.rig.pages import Page

PHONE = "0812-0000-1111"


def test_number_and_phone_open_the_group(client: Browser, session: Session, now: datetime) -> None:
    group = place([(make_product(make_kept_stall(make_open_market())[0]), 1_000)], now=now)
    assert "Lacak pesanan" in client.get("/lacak").text
    page = client.submit("/lacak", number=f" {group.number.lower()} ", phone=PHONE)
    assert page.status_code == 200
    assert f"Belanjaan {group.number}" in page.text


def test_another_phone_does_not(client: Browser, session: Session, now: datetime) -> None:
    group = place([(make_product(make_kept_stall(make_open_market())[0]), 1_000)], now=now)
    page = client.submit("/lacak", number=group.number, phone="0812-0000-2222")
    assert page.status_code == 422
    assert Page(page).errors["number"] == GroupUnknown.message
    assert group.number in page.text  # what was typed stays


def test_guessing_is_slowed_down(client: Browser, session: Session, now: datetime) -> None:
    answers = [
        client.submit("/lacak", number=f"B260302-{n:06}", phone=PHONE).status_code
        for n in range(12)
    ]
    assert answers[0] == 422
    assert answers[-1] == 429
