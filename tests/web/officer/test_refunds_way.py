"""One refund at the officer's desk: with a courier, or another way back."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.money import ZERO
from pol.orders.models import OrderGroup
from pol.orders.services import life
from pol.payments.models import RefundDue
from pol.payments.rules import Channel, Method, RefundStatus
from pol.payments.rules import refunds as rules
from pol.payments.services import payments
from tests.factories.orders import orders_of, pay, place
from tests.factories.people import give_role, make_person
from tests.orders.checks import balance_of
from tests.payments.counter import give_cash
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.officer.conftest import Desk

LIST = "/petugas/pengembalian"


def owe(desk: Desk, now: datetime, customer: User | None = None) -> OrderGroup:
    """Let a group be paid and then refused by its stall."""
    group = place([(desk.fish, 1_000)], now=now, method=Method.TRANSFER, user=customer)
    pay(group, officer=desk.officer, now=now)
    (order,) = orders_of(group)
    life.refuse_order(order=order, trader_id=desk.trader.id, reason="Ikan habis", now=now)
    give_cash(f"cash:market:{desk.market.id}", 100_000, now=now)
    return group


@pytest.fixture
def refund(session: Session, desk: Desk, now: datetime) -> RefundDue:
    owe(desk, now)
    return session.scalars(select(RefundDue)).one()


@pytest.fixture
def courier(desk: Desk) -> User:
    courier = make_person("Kurir Joko")
    give_role(courier, Role.COURIER, market_id=desk.market.id)
    return courier


def test_it_is_handed_to_a_courier_and_taken_back(
    client: Browser, desk: Desk, refund: RefundDue, courier: User
) -> None:
    url = f"{LIST}/{refund.id}"
    assert url in Page(client.get(LIST)).links()
    page = Page(client.get(url))
    assert "Jalan Veteran 5" in page.text
    hand = page.form(f"{url}/kurir")
    page = Page(client.send(hand, courier=str(courier.id)))
    assert f"{refund.amount} dicatat diserahkan ke kurir." in page.messages
    assert "Kurir Kurir Joko, sejak" in page.text
    assert page.forms() == []
    again = Page(client.send(hand, courier=str(courier.id)))
    assert (again.status, again.errors) == (409, {})
    assert rules.RefundCarried.message in again.text
    assert balance_of(f"cash:courier:{courier.id}") == refund.amount
    back = Page(client.get(url)).form(f"{url}/ambil")
    assert "Uangnya dicatat kembali di kas pasar." in Page(client.send(back)).messages
    assert rules.RefundNotCarried.message in " ".join(Page(client.send(back)).messages)
    assert balance_of(f"cash:courier:{courier.id}") == ZERO
    stale = Page(client.send(hand, courier=str(courier.id)))
    assert stale.errors["courier"].endswith(rules.RefundMoved.message)


def test_who_is_no_courier_here_is_refused_beside_the_field(
    client: Browser, desk: Desk, refund: RefundDue, courier: User
) -> None:
    form = Page(client.get(f"{LIST}/{refund.id}")).form(f"{LIST}/{refund.id}/kurir")
    for typed in (str(desk.trader.id), "", "x"):
        page = Page(client.send(form, courier=typed))
        assert page.status == 422
        assert "courier" in page.errors
    strange = Page(client.send(form, courier=str(courier.id), seen="-1x"))
    assert (strange.status, refund.rounds) == (409, 0)


def test_a_market_without_couriers_says_so(client: Browser, desk: Desk, refund: RefundDue) -> None:
    assert "Pasar ini belum punya kurir." in Page(client.get(f"{LIST}/{refund.id}")).text


def test_another_way_is_written_down(
    client: Browser, desk: Desk, refund: RefundDue, session: Session
) -> None:
    url = f"{LIST}/{refund.id}/cara"
    form = Page(client.get(f"{LIST}/{refund.id}")).form(url)
    page = Page(client.send(form, channel="transfer", payee=" "))
    assert (page.status, page.errors["payee"].endswith(rules.PayeeMissing.message)) == (409, True)
    page = Page(client.send(form, channel="transfer", payee="BRI 77 a.n. Rini"))
    assert "Cara kembalinya dicatat. Pembeli dikabari." in page.messages
    assert "Transfer ke rekening pembeli: BRI 77 a.n. Rini" in page.text
    assert Page(client.send(form, channel="credit")).status == 422
    assert Page(client.send(form, channel="provider")).status == 422
    page = Page(client.send(form, channel="cash", payee=""))
    assert "Tunai di pos pasar" in page.text
    session.refresh(refund)
    assert refund.payee is None


def test_an_account_holder_gets_store_credit_at_once(
    client: Browser, desk: Desk, session: Session, now: datetime
) -> None:
    customer = make_person("Pembeli")
    owe(desk, now, customer)
    refund = session.scalars(select(RefundDue)).one()
    form = Page(client.get(f"{LIST}/{refund.id}")).form(f"{LIST}/{refund.id}/cara")
    client.send(form, channel="credit")
    session.refresh(refund)
    assert refund.status is RefundStatus.DONE
    assert balance_of(f"credit:customer:{customer.id}") == -refund.amount
    assert "Uangnya sudah kembali" in Page(client.get(f"{LIST}/{refund.id}")).text
    again = Page(client.send(form, channel="cash"))
    assert again.status == 409


def test_what_the_provider_works_on_is_left_to_it(
    client: Browser, desk: Desk, refund: RefundDue, now: datetime
) -> None:
    refund.channel = Channel.PROVIDER
    page = Page(client.get(LIST))
    assert [form.action for form in page.forms()] == []
    assert payments.ask_for_refund(refund=refund, now=now)
    assert "Sedang diurus penyedia pembayaran" in Page(client.get(f"{LIST}/{refund.id}")).text
