"""Giving money back."""

from datetime import datetime

import pytest

from pol.identity.models import User
from pol.ledger.queries import check_ledger, get_balance
from pol.orders.models import OrderGroup
from pol.orders.services import life
from pol.payments.rules import Method, RefundAlreadyDone
from tests.factories.orders import orders_of, pay, payment_of, place
from tests.rig.client import Browser
from tests.rig.pages import Form, Page
from tests.web.officer.conftest import Desk

URL = "/petugas/pengembalian"


@pytest.fixture
def group(desk: Desk, now: datetime) -> OrderGroup:
    """Give a group that was paid and that its stall then refused."""
    group = place([(desk.fish, 2_000)], now=now, method=Method.TRANSFER)
    pay(group, officer=desk.officer, now=now)
    (order,) = orders_of(group)
    life.refuse_order(order=order, trader_id=desk.trader.id, reason="Ikan habis", now=now)
    return group


def form_of(client: Browser) -> Form:
    return next(form for form in Page(client.get(URL)).forms() if form.action.startswith(URL))


def test_nothing_owed_says_so(client: Browser, desk: Desk) -> None:
    assert "Tidak ada yang harus dikembalikan" in Page(client.get(URL)).text


def test_money_is_given_back_and_noted(client: Browser, desk: Desk, group: OrderGroup) -> None:
    owed = payment_of(group).amount
    page = Page(client.get(URL))
    assert str(owed) in page.texts("h2")
    assert "Ikan habis" in page.text
    form = form_of(client)
    page = Page(client.send(form, note="BCA 123"))
    assert "Pengembalian dicatat selesai." in page.messages
    assert "BCA 123" in page.text
    assert get_balance(f"bank:market:{desk.market.id}").amount == 0
    assert get_balance("refund:due").amount == 0
    assert check_ledger().is_sound
    again = Page(client.send(form, note="BCA 123"))
    assert RefundAlreadyDone.message in again.messages
    assert get_balance(f"bank:market:{desk.market.id}").amount == 0


def test_an_order_that_nobody_answered_is_named_in_words(
    client: Browser, desk: Desk, now: datetime
) -> None:
    group = place([(desk.fish, 2_000)], now=now, method=Method.TRANSFER)
    pay(group, officer=desk.officer, now=now)
    life.cancel_order(order=orders_of(group)[0], customer_id=None, now=now)
    page = Page(client.get(URL))
    assert "Dibatalkan" in page.text
    assert "cancelled" not in page.text


def test_how_it_went_back_must_be_said(client: Browser, desk: Desk, group: OrderGroup) -> None:
    page = Page(client.send(form_of(client), note=" "))
    assert page.status == 422
    assert "Tulis ke rekening mana" in page.errors["note"]


def test_refunds_of_other_markets_are_not_found(
    client: Browser, desk: Desk, group: OrderGroup, stranger: User
) -> None:
    assert group.number not in client.get(URL).text
    client.log_in(desk.officer)
    action = form_of(client).action
    client.log_in(stranger)
    assert client.submit(action, note="BCA 123").status_code == 404
