"""The counter: couriers' bags and stalls' debts, on the officer's pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.payments.models import CashDeposit
from pol.payments.rules import cash as rules
from pol.stalls.models import Stall
from tests.factories.people import give_role, make_person
from tests.orders.checks import balance_of
from tests.payments.counter import counted, fill_bag, give_cash, owe
from tests.rig.client import Browser
from tests.rig.pages import Form, Page
from tests.web.officer.conftest import Desk

URL = "/petugas/setoran"


@dataclass
class Counter:
    """A stall that owes Rp80.000, and a courier with Rp60.000 of two orders in the bag."""

    desk: Desk
    stall: Stall
    courier: User

    @property
    def stall_url(self) -> str:
        return f"{URL}/lapak/{self.stall.slug}"

    @property
    def cash(self) -> tuple[int, int, int]:
        """What the stall, the courier and the till hold."""
        codes = (f"stall:{self.stall.id}", f"courier:{self.courier.id}")
        held = [balance_of(f"cash:{code}").amount for code in codes]
        return held[0], held[1], balance_of(f"cash:market:{self.desk.market.id}").amount


@pytest.fixture
def counter(desk: Desk, now: datetime) -> Counter:
    stall = db.session.get_one(Stall, desk.fish.stall_id)
    courier = make_person("Kurir Joko")
    give_role(courier, Role.COURIER, market_id=desk.market.id)
    owe(stall, 80_000, now=now)
    fill_bag(courier, 25_000, 35_000, now=now)
    return Counter(desk, stall, courier)


def test_a_quiet_counter_says_so(client: Browser, desk: Desk) -> None:
    page = Page(client.get(URL))
    assert page.heading == "Setoran tunai"
    assert "Tidak ada lapak yang menyimpan uang pasar." in page.text
    assert "Tidak ada setoran hari itu" in page.text


def test_the_counter_shows_who_has_cash(client: Browser, counter: Counter) -> None:
    page = Page(client.get(URL))
    rows = page.texts(".row")
    assert any("Kurir Joko" in row and "Rp60.000" in row for row in rows)
    assert any(counter.stall.name in row and "Rp80.000" in row for row in rows)
    assert counter.stall_url in page.links()


def test_a_stall_pays_and_gets_a_paper(client: Browser, counter: Counter) -> None:
    form = Page(client.get(counter.stall_url)).form(counter.stall_url)
    page = Page(client.send(form, amount="50.000"))
    assert page.heading == "Bukti setoran"
    assert "Setoran diterima. Cetak buktinya." in page.messages
    assert "Rp50.000" in page.text
    assert "Rp30.000" in page.text
    drawing = page.tree.css_first(".letterhead__code svg")
    assert drawing is not None
    assert drawing.attributes["viewBox"]  # or paper would cut it off
    assert counter.cash == (30_000, 60_000, 50_000)
    again = Page(client.send(form, amount="50.000"))
    assert (again.heading, again.address) == (page.heading, page.address)
    assert counter.cash == (30_000, 60_000, 50_000)
    listed = Page(client.get(URL))
    assert page.address in listed.links()


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("", "Tulis berapa uangnya."),
        ("0", rules.AmountMissing.message),
        ("-5.000", "angka rupiah"),
        ("lima ribu", "angka rupiah"),
        ("800000000000000", "angka rupiah"),
        ("80.001", "melebihi utang lapak ini, yang sekarang Rp80.000"),
        ("80.000.000.000", "melebihi utang"),
    ],
)
def test_a_wrong_amount_moves_nothing(
    client: Browser, counter: Counter, amount: str, says: str
) -> None:
    form = Page(client.get(counter.stall_url)).form(counter.stall_url)
    page = Page(client.send(form, amount=amount))
    assert page.status in {409, 422}
    assert says in page.errors["amount"]
    shown = page.form(counter.stall_url)
    assert shown.values["amount"] == amount
    assert shown.values["key"] == form.values["key"]
    assert counter.cash == (80_000, 60_000, 0)


def test_two_officers_do_not_book_one_payment_twice(client: Browser, counter: Counter) -> None:
    first = Page(client.get(counter.stall_url)).form(counter.stall_url)
    second = Page(client.get(counter.stall_url)).form(counter.stall_url)
    client.send(first, amount="40.000")
    page = Page(client.send(second, amount="40.000"))
    assert "berubah menjadi Rp40.000" in page.errors["amount"]
    assert counter.cash == (40_000, 60_000, 40_000)
    page = Page(client.send(page.form(counter.stall_url)))
    assert page.heading == "Bukti setoran"
    assert counter.cash == (0, 60_000, 80_000)
    assert "tidak menyimpan uang pasar" in Page(client.get(counter.stall_url)).text


def test_a_form_that_was_used_takes_no_other_amount(client: Browser, counter: Counter) -> None:
    form = Page(client.get(counter.stall_url)).form(counter.stall_url)
    client.send(form, amount="10.000")
    page = Page(client.send(form, amount="20.000"))
    assert "sudah dipakai" in page.errors["amount"]
    assert counter.cash == (70_000, 60_000, 10_000)


def wait_with(counter: Counter, whole: int, now: datetime, note: str = "") -> Form:
    """Let the courier count; return the form that takes the bag over."""
    shift = counted(counter.courier, counter.desk.market, whole, seen=60_000, note=note, now=now)
    return Form(f"{URL}/kurir/{shift.number}/terima", {"counted": str(whole)})


def test_a_bag_is_taken_over(client: Browser, counter: Counter, now: datetime) -> None:
    action = wait_with(counter, 60_000, now).action
    assert "Setoran tunai 1" in Page(client.get("/petugas")).text
    shown = Page(client.get(action.removesuffix("/terima")))
    assert shown.heading == "Setoran Kurir Joko"
    assert len(shown.texts(".row")) == 2
    page = Page(client.send(shown.form(action)))
    assert "Setoran diterima. Uangnya masuk kas pasar." in page.messages
    assert page.heading == "Bukti setoran"
    assert len(page.texts("tbody tr")) == 2
    assert counter.cash == (80_000, 0, 60_000)
    again = Page(client.send(shown.form(action)))
    assert rules.ShiftAlreadyAccepted.message in again.messages
    assert counter.cash == (80_000, 0, 60_000)


def test_what_is_missing_stays_unless_it_is_forgiven(
    client: Browser, counter: Counter, now: datetime
) -> None:
    form = wait_with(counter, 55_000, now, "Jatuh di jalan")
    shown = Page(client.get(form.action.removesuffix("/terima")))
    assert "Catatan kurir: Jatuh di jalan" in shown.text
    page = Page(client.send(shown.form(form.action)))
    assert "Masih harus disetor Rp5.000" in page.text
    assert counter.cash == (80_000, 5_000, 55_000)
    fill_bag(counter.courier, 10_000, now=now)
    shift = counted(counter.courier, counter.desk.market, 0, seen=15_000, note="Dirampas", now=now)
    page = Page(client.submit(f"{URL}/kurir/{shift.number}/terima", counted="0", forgive="y"))
    assert page.heading == "Setoran Kurir Joko"
    assert counter.cash == (80_000, 0, 55_000)
    assert balance_of(f"expense:cash_shortage:{counter.desk.market.id}").amount == 15_000


def test_a_bag_that_changed_is_not_taken_over(
    client: Browser, counter: Counter, now: datetime
) -> None:
    form = wait_with(counter, 60_000, now)
    fill_bag(counter.courier, 5_000, now=now)
    page = Page(client.send(form))
    assert rules.CountOutdated.message in page.messages
    assert counter.cash == (80_000, 65_000, 0)


def test_an_officer_who_delivers_needs_another_officer(
    client: Browser, counter: Counter, now: datetime
) -> None:
    fill_bag(counter.desk.officer, 5_000, now=now)
    shift = counted(counter.desk.officer, counter.desk.market, 5_000, seen=5_000, now=now)
    page = Page(client.submit(f"{URL}/kurir/{shift.number}/terima", counted="5000"))
    assert rules.ReceiverIsGiver.message in page.messages


def test_days_are_leafed_through(
    client: Browser, counter: Counter, session: Session, now: datetime
) -> None:
    form = Page(client.get(counter.stall_url)).form(counter.stall_url)
    client.send(form, amount="50.000")
    assert session.scalar(select(func.count()).select_from(CashDeposit)) == 1
    today, before = business_day(now), business_day(now) - timedelta(days=1)
    yesterday = Page(client.get(URL, query_string={"hari": before.isoformat()}))
    assert "Tidak ada setoran hari itu" in yesterday.text
    assert f"{URL}?hari={today}" in yesterday.links()
    for odd in ("besok", "0001-01-01", "9999-12-31", today.isoformat()):
        assert "1 setoran" in Page(client.get(URL, query_string={"hari": odd})).text


def test_the_counter_of_another_market_is_closed(
    client: Browser, counter: Counter, stranger: User, now: datetime
) -> None:
    form = wait_with(counter, 60_000, now)
    assert counter.stall.name not in client.get(URL).text
    assert client.get(counter.stall_url).status_code == 404
    assert client.get(form.action.removesuffix("/terima")).status_code == 404
    assert client.submit(form.action, counted="60000").status_code == 404
    odd: dict[str, Any] = {"key": "k" * 20, "seen": "80000", "amount": "1"}
    assert client.submit(counter.stall_url, **odd).status_code == 404
    assert counter.cash == (80_000, 60_000, 0)


# --- the till

TILL = "/petugas/kas"


@pytest.fixture
def till(desk: Desk, now: datetime) -> str:
    give_cash(f"cash:market:{desk.market.id}", 200_000, now=now)
    return f"{TILL}/{desk.market.slug}"


def test_cash_goes_to_the_bank(client: Browser, desk: Desk, till: str) -> None:
    assert "Belum ada yang dibawa ke bank" in Page(client.get(TILL)).text
    form = Page(client.get(till)).form(f"{till}/bank")
    page = Page(client.send(form, amount="150.000", reference="BRI 0091"))
    assert page.heading == "Bukti setoran bank"
    assert "BRI 0091" in page.text
    assert "Sisa di kas Rp50.000" in page.text
    assert Page(client.send(form, amount="150.000", reference="BRI 0091")).address == page.address
    assert balance_of(f"bank:market:{desk.market.id}").amount == 150_000
    assert page.address in Page(client.get(TILL)).links()


@pytest.mark.parametrize(
    ("amount", "reference", "field", "says"),
    [
        ("200.001", "BRI", "amount", "melebihi uang di kas pasar, yang sekarang Rp200.000"),
        ("0", "BRI", "amount", rules.AmountMissing.message),
        ("-1", "BRI", "amount", "angka rupiah"),
        ("100.000", " ", "reference", "Tulis nomor bukti dari bank."),
    ],
)
def test_the_bank_gets_no_more_than_there_is(
    client: Browser, desk: Desk, till: str, amount: str, reference: str, field: str, says: str
) -> None:
    form = Page(client.get(till)).form(f"{till}/bank")
    page = Page(client.send(form, amount=amount, reference=reference))
    assert says in page.errors[field]
    assert page.form(f"{till}/bank").values["amount"] == amount
    assert balance_of(f"cash:market:{desk.market.id}").amount == 200_000


def test_the_ceiling_is_set_on_the_page(client: Browser, desk: Desk, till: str) -> None:
    form = Page(client.get(till)).form(f"{till}/batas")
    assert form.values["ceiling"] == "1.000.000"
    page = Page(client.send(form, ceiling="250.000"))
    assert "Batas tersimpan dan berlaku sekarang." in page.messages
    assert page.form(f"{till}/batas").values["ceiling"] == "250.000"
    page = Page(client.send(form, ceiling="banyak"))
    assert "angka rupiah" in page.errors["ceiling"]
    assert Page(client.get(till)).form(f"{till}/batas").values["ceiling"] == "250.000"


def test_the_till_of_another_market_is_closed(
    client: Browser, desk: Desk, till: str, stranger: User
) -> None:
    assert client.get(till).status_code == 404
    odd: dict[str, Any] = {"key": "k" * 20, "amount": "1", "reference": "x"}
    assert client.submit(f"{till}/bank", **odd).status_code == 404
    assert client.submit(f"{till}/batas", ceiling="1").status_code == 404
