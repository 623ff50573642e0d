"""The courier's page: what is in the bag, and counting it."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.money import Rupiah
from pol.payments.models import CourierShift
from pol.payments.services import shifts
from pol.stalls.models import Market
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    place,
)
from tests.factories.people import give_role, make_person
from tests.factories.traders import make_officer
from tests.payments.counter import counted, fill_bag
from tests.rig.client import Browser
from tests.rig.pages import Page

URL = "/kurir/setoran"


@pytest.fixture
def market(session: Session) -> Market:
    return make_open_market()


@pytest.fixture
def courier(client: Browser, market: Market, now: datetime) -> User:
    courier = make_person("Kurir Joko")
    give_role(courier, Role.COURIER, market_id=market.id)
    client.log_in(courier)
    return courier


def test_an_empty_bag_says_so(client: Browser, courier: User) -> None:
    page = Page(client.get(URL))
    assert "Tas Anda kosong" in page.text
    assert page.forms() == []
    assert Page(client.submit(URL, whole="0")).status == 409


def test_the_bag_is_counted_order_by_order(
    client: Browser, courier: User, session: Session, now: datetime
) -> None:
    numbers = fill_bag(courier, 25_000, 35_000, now=now)
    page = Page(client.get(URL))
    assert "Seharusnya di tas Rp60.000" in page.text
    assert page.texts("summary") == [f"{numbers[0]} Rp25.000", f"{numbers[1]} Rp35.000"]
    form = page.form(URL)
    assert form.values[f"uang_{numbers[0]}"] == "25.000"
    page = Page(client.send(form, whole="60.000"))
    assert "Hitungan dicatat. Serahkan uangnya ke petugas pasar." in page.messages
    assert "Rp60.000 sudah dihitung" in page.text
    shift = session.scalars(select(CourierShift)).one()
    assert (shift.expected, shift.counted) == (Rupiah(60_000), Rupiah(60_000))


def test_a_difference_is_explained_where_it_is(
    client: Browser, courier: User, session: Session, now: datetime
) -> None:
    numbers = fill_bag(courier, 25_000, 35_000, now=now)
    form = Page(client.get(URL)).form(URL)
    less: dict[str, Any] = {"whole": "58.000", f"uang_{numbers[1]}": "33.000"}
    page = Page(client.send(form, **less))
    assert page.status == 409
    assert "selisih -Rp2.000" in page.errors["note"]
    again = page.form(URL)
    assert (again.values["whole"], again.values[f"uang_{numbers[1]}"]) == ("58.000", "33.000")
    why: dict[str, Any] = {f"sebab_{numbers[1]}": "Kembalian kurang"}
    page = Page(client.send(again, **why))
    assert "Rp58.000 sudah dihitung" in page.text
    assert session.scalars(select(CourierShift)).one().counted == Rupiah(58_000)


@pytest.mark.parametrize("whole", ["", "-60.000", "enam puluh", "6" * 22])
def test_what_is_no_amount_is_not_counted(
    client: Browser, courier: User, session: Session, now: datetime, whole: str
) -> None:
    fill_bag(courier, 60_000, now=now)
    page = Page(client.send(Page(client.get(URL)).form(URL), whole=whole))
    assert page.status == 422
    assert page.errors["whole"]
    assert page.form(URL).values["whole"] == whole
    assert session.scalars(select(CourierShift)).all() == []


def test_an_order_whose_money_is_no_amount_is_named(
    client: Browser, courier: User, now: datetime
) -> None:
    (number,) = fill_bag(courier, 60_000, now=now)
    page = Page(client.send(Page(client.get(URL)).form(URL), {f"uang_{number}": "kurang"}))
    assert page.status == 422
    assert f"{number}, Uang yang ada" in page.texts(".notice[data-focus] a")


def test_cash_that_came_in_meanwhile_is_said(client: Browser, courier: User, now: datetime) -> None:
    fill_bag(courier, 60_000, now=now)
    form = Page(client.get(URL)).form(URL)
    fill_bag(courier, 5_000, now=now)
    page = Page(client.send(form, whole="60.000"))
    assert "berubah menjadi Rp65.000" in page.errors["whole"]
    page = Page(client.send(page.form(URL), whole="65.000"))
    assert "Rp65.000 sudah dihitung" in page.text


def test_a_count_that_is_out_of_date_asks_for_another(
    client: Browser, courier: User, market: Market, now: datetime
) -> None:
    fill_bag(courier, 60_000, now=now)
    counted(courier, market, 60_000, seen=60_000, now=now)
    fill_bag(courier, 5_000, now=now)
    assert "Hitung sekali lagi sebelum disetor." in Page(client.get(URL)).text


def test_a_shortage_is_expected_again_and_papers_are_listed(
    client: Browser, courier: User, market: Market, now: datetime
) -> None:
    fill_bag(courier, 60_000, now=now)
    shift = counted(courier, market, 50_000, seen=60_000, note="Jatuh", now=now)
    officer = make_officer(market)
    shifts.accept_shift(
        shift=shift, seen=Rupiah(50_000), forgive=False, officer_id=officer.id, now=now
    )
    page = Page(client.get(URL))
    assert "Kurang dari setoran yang lalu Rp10.000" in page.text
    paper = Page(client.get(f"/setoran/{shift.number}"))
    assert paper.heading == "Bukti setoran"
    assert f"/setoran/{shift.number}" in page.links()
    assert "Masih harus disetor Rp10.000" in paper.text


def test_who_drives_for_two_markets_says_where(
    client: Browser, courier: User, session: Session, now: datetime
) -> None:
    other = make_open_market("Pasar Babat")
    give_role(courier, Role.COURIER, market_id=other.id)
    fill_bag(courier, 60_000, now=now)
    form = Page(client.get(URL)).form(URL)
    page = Page(client.send(form, whole="60.000", market="987654"))
    assert page.status == 422
    client.send(form, whole="60.000", market=str(other.id))
    assert session.scalars(select(CourierShift)).one().market_id == other.id
    assert Page(client.get(URL)).form(URL).values["market"] == str(other.id)


def test_a_stranger_finds_no_paper(
    client: Browser, courier: User, market: Market, now: datetime
) -> None:
    fill_bag(courier, 60_000, now=now)
    shift = counted(courier, market, 60_000, seen=60_000, now=now)
    officer = make_officer(market)
    shifts.accept_shift(
        shift=shift, seen=Rupiah(60_000), forgive=False, officer_id=officer.id, now=now
    )
    client.log_in(make_person())
    assert client.get(f"/setoran/{shift.number}").status_code == 404
    assert client.get(URL).status_code == 403


def test_a_bag_names_the_customers(
    client: Browser, courier: User, market: Market, now: datetime
) -> None:
    stall, trader = make_kept_stall(market)
    group = place([(make_product(stall, price=30_000), 1_000)], now=now)
    bring_to_customer(orders_of(group)[0], trader=trader, courier=courier, now=now)
    (order,) = Page(client.get(URL)).texts("summary")
    assert order == f"{group.number}-1, {group.name} {group.charged}"
