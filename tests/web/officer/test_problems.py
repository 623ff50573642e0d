"""The officer's queue of complaints, and the decision that moves the money."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from pol.identity.models import User
from pol.kernel.audit import AuditEntry
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.orders.models import Order, Problem
from pol.orders.services import problems
from pol.orders.services.problems import Saying
from pol.payments.models import RefundDue
from pol.payments.rules import Channel
from pol.payments.services.credit import balance_of as credit_of
from tests.factories.orders import bring_to_customer, orders_of, place
from tests.factories.people import make_person
from tests.orders.checks import balance_of
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.officer.conftest import Desk

URL = "/petugas/masalah"


class Case:
    """Rp30.000 of fish at 5 % commission, of which the customer wants Rp10.000 back."""

    def __init__(self, desk: Desk, now: datetime) -> None:
        self.customer = make_person("Bu Rini (contoh)")
        group = place([(desk.fish, 1_000)], now=now, user=self.customer)
        self.order: Order = orders_of(group)[0]
        self.order.commission_bp, self.order.commission = 500, Rupiah(1_500)
        bring_to_customer(self.order, trader=desk.trader, courier=make_person(), now=now)
        self.problem: Problem = problems.report(
            order=self.order,
            saying=Saying("Layu semua"),
            wanted=Rupiah(10_000),
            customer_id=self.customer.id,
            now=now,
        )
        self.url = f"{URL}/{self.problem.id}"


@pytest.fixture
def case(desk: Desk, now: datetime) -> Case:
    return Case(desk, now)


def test_an_empty_queue_says_so(client: Browser, desk: Desk) -> None:
    assert "Tidak ada komplain" in Page(client.get(URL)).text


def test_the_queue_says_who_waits_and_who_is_silent(
    client: Browser, case: Case, now: datetime, set_clock: Callable[[datetime], None]
) -> None:
    page = Page(client.get(URL))
    assert "1 komplain belum diputuskan" in page.messages
    assert "menunggu lapak" in page.text
    set_clock(now + timedelta(hours=24, seconds=1))
    page = Page(client.get(URL))
    assert "lapak diam" in page.text
    assert "Lapak tidak menjawab dalam 24 jam." in page.text
    assert "Komplain pembeli 1" in Page(client.get("/petugas")).text


def test_a_decision_shows_what_it_costs_and_costs_that(client: Browser, case: Case) -> None:
    page = Page(client.get(case.url))
    sums = page.texts("main .sums div")
    assert sums == [
        "Pembeli mendapat Rp10.000",
        "Dari hak lapak Rp9.500",
        "Komisi pasar yang dikembalikan Rp500",
        "Sisa harga barang sesudahnya Rp20.000",
    ]
    before = balance_of(f"payable:stall:{case.order.stall_id}")
    page = Page(client.send(page.form(case.url), reason="Foto jelas", channel="credit"))
    assert "Komplain diputuskan. Kedua pihak sudah dikabari." in page.messages
    assert balance_of(f"payable:stall:{case.order.stall_id}") - before == Rupiah(9_500)
    assert credit_of(case.customer.id) == Rupiah(10_000)


def test_another_amount_is_shown_before_it_is_done(client: Browser, case: Case) -> None:
    form = Page(client.get(case.url)).form(case.url)
    page = Page(client.send(form, amount="4.000", reason="Sebagian", channel="cash"))
    assert page.status == 422
    assert "Pembeli mendapat Rp4.000" in page.texts("main .sums div")
    assert "tekan sekali lagi" in page.text
    assert db.session.scalar(select(func.count()).select_from(RefundDue)) == 0
    client.send(page.form(case.url))
    due = db.session.scalars(select(RefundDue)).one()
    assert (due.amount, due.channel) == (Rupiah(4_000), Channel.CASH)


def test_nothing_may_go_back_with_a_reason(client: Browser, case: Case) -> None:
    form = Page(client.get(case.url)).form(case.url)
    page = Page(client.send(form, amount="0", reason=" "))
    assert "Tulis alasannya dulu." in page.errors["reason"]
    page = Page(client.send(page.form(case.url), reason="Tidak terbukti"))
    assert page.address == URL
    assert "Tidak terbukti" in page.text
    assert credit_of(case.customer.id) == Rupiah(0)


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("30.001", "paling banyak harga barangnya"),
        ("9" * 12, "paling banyak harga barangnya"),
        ("-1", "angka rupiah"),
        ("sepuluh", "angka rupiah"),
        ("9" * 22, "angka rupiah"),
    ],
)
def test_what_cannot_go_back_is_refused_and_remembered(
    client: Browser, case: Case, amount: str, says: str
) -> None:
    form = Page(client.get(case.url)).form(case.url)
    page = Page(client.send(form, amount=amount, reason="Foto jelas"))
    assert says in page.errors["amount"]
    assert page.form(case.url).values["reason"] == "Foto jelas"
    assert page.form(case.url).values["amount"] == amount
    assert credit_of(case.customer.id) == Rupiah(0)
    traces = select(func.count()).where(AuditEntry.action == "money.refused")
    assert db.session.scalar(traces) == 1


def test_a_second_press_changes_nothing(client: Browser, case: Case) -> None:
    form = Page(client.get(case.url)).form(case.url)
    client.send(form, reason="Foto jelas")
    page = Page(client.send(form, reason="Foto jelas"))
    assert page.status == 409
    assert "sudah dijawab atau diputuskan" in page.text
    assert credit_of(case.customer.id) == Rupiah(10_000)


def test_another_market_finds_nothing(client: Browser, case: Case, stranger: User) -> None:
    assert case.order.number not in client.get(URL).text
    assert client.get(case.url).status_code == 404
    assert client.submit(case.url, amount="1", reason="x").status_code == 404
