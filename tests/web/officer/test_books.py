"""The books as an officer reads them: only accounts of the own markets."""

from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from pol.identity.models import User
from pol.orders.models import OrderGroup
from pol.payments.rules import Method
from tests.factories.orders import bring_to_customer, orders_of, pay, place
from tests.factories.people import make_person
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.officer.conftest import Desk


@pytest.fixture
def group(desk: Desk, now: datetime) -> OrderGroup:
    """Give a group that was paid by transfer and handed over."""
    group = place([(desk.fish, 2_000)], now=now, method=Method.TRANSFER)
    pay(group, officer=desk.officer, now=now)
    (order,) = orders_of(group)
    bring_to_customer(order, trader=desk.trader, courier=make_person("Kurir"), now=now)
    return group


def codes(page: Page) -> set[str]:
    return set(page.texts("td code"))


def test_an_officer_sees_the_accounts_of_the_own_market(
    client: Browser, desk: Desk, group: OrderGroup
) -> None:
    page = Page(client.get("/petugas/buku"))
    stall_id, market_id = desk.fish.stall_id, desk.market.id
    assert codes(page) == {
        f"bank:market:{market_id}",
        f"income:delivery:{market_id}",
        f"payable:stall:{stall_id}",
    }
    assert f"rekening pasar · {desk.market.name}" in page.text
    assert "hak lapak · Lapak Contoh" in page.text
    assert client.get(f"/petugas/buku/akun/payable:stall:{stall_id}").status_code == 200
    assert client.get("/petugas/buku/akun/held:orders").status_code == 404


def test_entries_are_shown_whole_and_only_if_they_touch_the_market(
    client: Browser, desk: Desk, group: OrderGroup
) -> None:
    page = Page(client.get(f"/petugas/buku/jurnal?q={group.number.lower()}"))
    assert "3 catatan" in page.messages
    assert "titipan pembeli" in page.text
    assert page.links('a[href$="/uang"]') == [f"/petugas/belanjaan/{group.number}/uang"] * 3


def test_columns_are_equal_with_what_stands_outside(
    client: Browser, desk: Desk, group: OrderGroup
) -> None:
    page = Page(client.get("/petugas/buku/neraca"))
    assert page.texts("tfoot td") == [str(group.charged), str(group.charged)]
    assert f"Akun di luar pasar ini – {group.unique_code}" in page.text


def test_the_money_of_a_group_is_drawn_and_listed(
    client: Browser, desk: Desk, group: OrderGroup
) -> None:
    page = Page(client.get(f"/petugas/belanjaan/{group.number}/uang"))
    assert page.heading == f"Uang {group.number}"
    assert page.texts(".flow tfoot td") == [str(group.charged), str(group.charged)]
    assert "Barang diserahkan: " in page.text
    assert "/petugas/buku/akun/held:orders" not in page.links()


def test_before_money_moves_the_page_says_so(client: Browser, desk: Desk, now: datetime) -> None:
    group = place([(desk.fish, 1_000)], now=now)
    page = Page(client.get(f"/petugas/belanjaan/{group.number}/uang"))
    assert "Belum ada uang yang bergerak" in page.text


def test_the_workbook_says_what_stands_outside(
    client: Browser, desk: Desk, group: OrderGroup
) -> None:
    book = load_workbook(BytesIO(client.get("/petugas/buku/neraca.xlsx").data))
    *_rows, beyond, last = book.worksheets[0].values
    assert beyond == ("Akun di luar pasar ini", None, None, group.unique_code.amount)
    assert last == ("Jumlah", None, group.charged.amount, group.charged.amount)


def test_another_market_sees_nothing_of_it(
    client: Browser, desk: Desk, group: OrderGroup, stranger: User
) -> None:
    assert codes(Page(client.get("/petugas/buku"))) == set()
    assert Page(client.get("/petugas/buku/jurnal")).texts("h3") == []
    assert "masih kosong" in client.get("/petugas/buku/neraca").text
    assert group.number not in client.get("/petugas/buku/jurnal.csv").text
    journal = load_workbook(BytesIO(client.get("/petugas/buku/jurnal.xlsx").data)).worksheets[0]
    assert len(list(journal.values)) == 1
    assert client.get(f"/petugas/belanjaan/{group.number}/uang").status_code == 404
    bank = f"/petugas/buku/akun/bank:market:{desk.market.id}"
    assert client.get(bank).status_code == 404
