"""Store credit: a refund becomes it with one tap, and the page says where it came from."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.ledger import services as ledger
from pol.orders.models import OrderGroup
from pol.orders.services import life
from pol.payments.models import RefundDue
from pol.payments.rules import Channel, Method, RefundAlreadyDone, RefundStatus
from pol.payments.services.credit import account, balance_of
from tests.factories.catalogue import make_product
from tests.factories.orders import make_kept_stall, make_open_market, orders_of, pay, place
from tests.factories.people import make_person
from tests.rig.client import Browser
from tests.rig.pages import Page

URL = "/akun/saldo"


@pytest.fixture
def customer(client: Browser, session: Session) -> User:
    customer = make_person("Bu Rini (contoh)")
    client.log_in(customer)
    return customer


@pytest.fixture
def group(customer: User, now: datetime) -> OrderGroup:
    """Give a paid group that its stall refused; the money waits for the officer."""
    stall, trader = make_kept_stall(make_open_market())
    wishes = [(make_product(stall, price=30_000), 1_000)]
    group = place(wishes, now=now, method=Method.TRANSFER, user=customer)
    pay(group, officer=make_person(), now=now)
    life.refuse_order(order=orders_of(group)[0], trader_id=trader.id, reason="Habis", now=now)
    return group


def test_nothing_yet_says_where_it_would_come_from(client: Browser, customer: User) -> None:
    assert URL in Page(client.get("/akun")).links()
    page = Page(client.get(URL))
    assert "Belum ada saldo" in page.text


def test_a_refund_becomes_store_credit_once(
    client: Browser, customer: User, group: OrderGroup
) -> None:
    url = f"/belanjaan/{group.number}"
    owed = group.refunded
    form = Page(client.get(url)).form(f"{url}/saldo")
    page = Page(client.send(form))
    assert "Uangnya sudah menjadi saldo belanja." in page.messages
    assert f"{url}/saldo" not in [form.action for form in page.forms()]
    assert balance_of(customer.id) == owed
    again = Page(client.send(form))
    assert RefundAlreadyDone.message in again.messages
    assert balance_of(customer.id) == owed
    page = Page(client.get(URL))
    assert str(owed) in page.text
    assert "Pengembalian menjadi saldo belanja" in page.text
    assert url in page.links()


def test_what_a_provider_gives_back_stays_on_its_way(
    client: Browser, customer: User, group: OrderGroup
) -> None:
    due = db.session.scalars(select(RefundDue)).one()
    due.channel = Channel.PROVIDER
    page = Page(client.submit(f"/belanjaan/{group.number}/saldo"))
    assert RefundAlreadyDone.message in page.messages
    db.session.refresh(due)
    assert due.status is RefundStatus.DUE


def test_nobody_else_turns_it(client: Browser, group: OrderGroup) -> None:
    client.log_in(make_person("Orang lain"))
    assert client.submit(f"/belanjaan/{group.number}/saldo").status_code == 404
    due = db.session.scalars(select(RefundDue)).one()
    assert due.status is RefundStatus.DUE


def test_a_long_statement_has_pages(client: Browser, customer: User, now: datetime) -> None:
    own = account(customer.id)
    for number in range(23):
        lines = [("refund:due", Rupiah(100)), (own, Rupiah(-100))]
        ledger.post(key=f"uji:{number}", at=now, reference="uji", memo=f"K{number}", lines=lines)
    page = Page(client.get(URL))
    assert "Rp2.300" in page.text
    assert len(page.tree.css("main li.row")) == 20
    (older,) = page.links("a[rel=next]")
    page = Page(client.get(older))
    assert [text.split()[0] for text in page.texts("main li.row")] == ["K2", "K1", "K0"]
    assert client.get(f"{URL}?sesudah=omong").status_code == 200
