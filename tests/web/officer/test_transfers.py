"""Comparing transfers with the bank account."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from pol.files.rules import PictureUse
from pol.files.services import store_picture
from pol.identity.models import User
from pol.ledger.queries import get_balance
from pol.orders.models import OrderGroup
from pol.orders.queries.locks import lock_group
from pol.orders.rules.life import OrderStatus
from pol.orders.services import paying
from pol.payments.rules import Method, PaymentStatus, ReasonNeeded
from pol.payments.services.payments import refuse_proof, send_proof
from tests.factories.orders import orders_of, payment_of, place
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.officer.conftest import Desk


def order_by_transfer(desk: Desk, now: datetime) -> OrderGroup:
    return place([(desk.fish, 2_000)], now=now, method=Method.TRANSFER)


def prove(group: OrderGroup, now: datetime) -> str:
    """Send a picture of the transfer; return its key."""
    file = BytesIO()
    Image.new("RGB", (400, 300), "teal").save(file, "PNG")
    key = store_picture(file.getvalue(), use=PictureUse.PROOF, owner_id=None, now=now)
    send_proof(payment=payment_of(group), picture_key=key, now=now)
    return key


def expire(group: OrderGroup, now: datetime) -> None:
    paying.expire_group(group=lock_group(group.number), now=now)


def test_nothing_to_compare_says_so(client: Browser, desk: Desk) -> None:
    page = Page(client.get("/petugas/transfer"))
    assert page.heading == "Transfer"
    assert "Tidak ada bukti yang menunggu" in page.text


def test_a_proof_is_looked_at_and_the_money_confirmed(
    client: Browser, desk: Desk, now: datetime
) -> None:
    group = order_by_transfer(desk, now)
    key = prove(group, now)
    page = Page(client.get("/petugas/transfer"))
    amount = payment_of(group).amount
    assert str(amount) in page.texts("h3")
    (picture,) = page.links("a[href^='/gambar/']")
    answer = client.get(picture, buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert key in picture
    client.send(page.form(f"/petugas/transfer/{group.number}/masuk"))
    assert [order.status for order in orders_of(group)] == [OrderStatus.PLACED]
    assert get_balance(f"bank:market:{desk.market.id}") == amount
    assert "Tidak ada bukti yang menunggu" in Page(client.get("/petugas/transfer")).text


def test_a_second_press_changes_nothing(client: Browser, desk: Desk, now: datetime) -> None:
    group = order_by_transfer(desk, now)
    url = f"/petugas/transfer/{group.number}/masuk"
    client.submit(url)
    assert "sudah diputuskan" in Page(client.submit(url)).text
    assert get_balance(f"bank:market:{desk.market.id}") == payment_of(group).amount


def test_a_wrong_proof_goes_back_with_a_reason(client: Browser, desk: Desk, now: datetime) -> None:
    group = order_by_transfer(desk, now)
    prove(group, now)
    url = f"/petugas/transfer/{group.number}/tolak"
    page = Page(client.submit(url, reason=" "))
    assert page.status == 422
    assert "Tulis alasannya dulu" in page.errors["reason"]
    page = Page(client.submit(url, reason="Jumlahnya beda"))
    assert "Belum ada bukti (1)" in page.texts("h2")
    payment = payment_of(group)
    assert (payment.status, payment.reason) == (PaymentStatus.WAITING, "Jumlahnya beda")
    assert "sudah diputuskan" in Page(client.submit(url, reason="Lagi")).text
    prove(group, now)
    with pytest.raises(ReasonNeeded):
        refuse_proof(payment=payment_of(group), officer_id=desk.officer.id, reason=" ", now=now)


def test_money_that_came_late_is_found_by_its_amount(
    client: Browser, desk: Desk, now: datetime, set_clock: Callable[[datetime], None]
) -> None:
    """I6, as the officer meets it."""
    group = order_by_transfer(desk, now)
    late = now + timedelta(hours=3)
    expire(group, late)
    set_clock(late)
    amount = payment_of(group).amount
    assert group.number not in Page(client.get("/petugas/transfer")).text
    page = Page(client.get("/petugas/transfer", query_string={"jumlah": amount.amount}))
    assert "1 transfer dengan jumlah itu" in page.messages
    assert "Lewat batas waktu" in page.texts(".badge")
    client.send(page.form(f"/petugas/transfer/{group.number}/masuk"))
    assert [order.status for order in orders_of(group)] == [OrderStatus.PLACED]


def test_a_proof_that_came_late_is_still_on_the_list(
    client: Browser, desk: Desk, now: datetime, set_clock: Callable[[datetime], None]
) -> None:
    group = order_by_transfer(desk, now)
    late = now + timedelta(hours=3)
    expire(group, late)
    prove(group, late)
    set_clock(late)
    assert group.number in Page(client.get("/petugas/transfer")).text
    set_clock(late + timedelta(days=14))
    assert group.number not in Page(client.get("/petugas/transfer")).text


def test_an_amount_that_is_none_is_said_beside_the_field(client: Browser, desk: Desk) -> None:
    page = Page(client.get("/petugas/transfer?jumlah=seratus"))
    assert "angka rupiah" in page.errors["jumlah"]
    page = Page(client.get("/petugas/transfer?jumlah=12.345"))
    assert "0 transfer dengan jumlah itu" in page.messages


def test_transfers_of_other_markets_are_not_found(
    app: Flask, session: Session, client: Browser, desk: Desk, stranger: User, now: datetime
) -> None:
    group = order_by_transfer(desk, now)
    key = prove(group, now)
    amount = payment_of(group).amount.amount
    for url in ("/petugas/transfer", f"/petugas/transfer?jumlah={amount}"):
        assert group.number not in client.get(url).text
    for verb in ("masuk", "tolak"):
        answer = client.submit(f"/petugas/transfer/{group.number}/{verb}", reason="x")
        assert answer.status_code == 404
    assert client.get(f"/gambar/{key}-320.jpg").status_code == 404
    assert payment_of(group).status is PaymentStatus.PROOF_SENT
