"""A trader answers a complaint on the order's page: yes with the money, or why not."""

from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.orders.models import Order, Problem
from pol.orders.rules.life import ProblemStatus
from pol.orders.services import problems
from pol.orders.services.problems import Saying
from pol.payments.services.credit import balance_of as credit_of
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    place,
)
from tests.factories.traders import make_person
from tests.rig.client import Browser
from tests.rig.pages import Page


def photo() -> tuple[BytesIO, str]:
    file = BytesIO()
    Image.new("RGB", (300, 400), "white").save(file, "JPEG")
    file.seek(0)
    return file, "segar.jpg"


class Case:
    """A customer who wants Rp10.000 back of Rp30.000; the trader is logged in."""

    def __init__(self, client: Browser, now: datetime) -> None:
        stall, self.trader = make_kept_stall(make_open_market())
        self.customer: User = make_person()
        product = make_product(stall, price=30_000)
        group = place([(product, 1_000)], now=now, user=self.customer)
        self.order: Order = orders_of(group)[0]
        bring_to_customer(self.order, trader=self.trader, courier=make_person(), now=now)
        self.problem: Problem = problems.report(
            order=self.order,
            saying=Saying("Layu semua"),
            wanted=Rupiah(10_000),
            customer_id=self.customer.id,
            now=now,
        )
        client.log_in(self.trader)
        self.order_url = f"/pedagang/pesanan/{self.order.number}"
        self.url = f"{self.order_url}/masalah/{self.problem.id}"

    @property
    def status(self) -> ProblemStatus:
        db.session.refresh(self.problem)
        return self.problem.status


@pytest.fixture
def case(client: Browser, session: Session, now: datetime) -> Case:
    return Case(client, now)


def test_a_yes_on_the_order_page_moves_the_money(client: Browser, case: Case) -> None:
    page = Page(client.get(case.order_url))
    assert "Layu semua" in page.text
    form = page.form(case.url)
    page = Page(client.send(form, text="Maaf, Bu", agree="ya"))
    assert "Komplain selesai. Pembeli sudah dikabari." in page.messages
    assert page.address == case.order_url
    assert "Selesai: Rp10.000 kembali ke pembeli." in page.text
    assert credit_of(case.customer.id) == Rupiah(10_000)
    again = Page(client.send(form, text="Maaf, Bu", agree="ya"))
    assert again.status == 409
    assert "sudah dijawab" in again.text
    assert credit_of(case.customer.id) == Rupiah(10_000)


def test_a_no_with_a_picture_goes_to_the_officer(client: Browser, case: Case) -> None:
    form = Page(client.get(case.url)).form(case.url)
    page = Page(client.send(form, text="Tadi segar", agree="tidak", camera=[photo()]))
    assert "Jawaban terkirim. Petugas pasar akan memutuskan." in page.messages
    assert "Lapak tidak setuju." in page.text
    assert len(page.tree.css("main .shot img")) == 1
    assert case.status is ProblemStatus.ANSWERED
    assert credit_of(case.customer.id) == Rupiah(0)


def test_an_answer_needs_words_and_keeps_its_pictures(client: Browser, case: Case) -> None:
    form = Page(client.get(case.order_url)).form(case.url)
    page = Page(client.send(form, text=" ", agree="ya", camera=[photo()]))
    assert page.status == 422
    assert "Tulis jawaban dulu." in page.errors["text"]
    assert len(page.tree.css("main form .shot img")) == 1
    assert case.status is ProblemStatus.OPEN


def test_other_stalls_and_other_orders_find_nothing(client: Browser, case: Case) -> None:
    assert client.get(f"/pedagang/pesanan/X/masalah/{case.problem.id}").status_code == 404
    _, stranger = make_kept_stall(make_open_market())
    client.log_in(stranger)
    assert client.get(case.url).status_code == 404
    assert client.submit(case.url, text="Boleh", agree="ya").status_code == 404
    assert case.status is ProblemStatus.OPEN
