"""Papers of a group on their pages: receipt, invoice, and the picture of its money."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.money import Rupiah
from pol.orders.models import Invoice, Order, OrderGroup, OrderLine
from pol.orders.rules.invoice import InvoiceNotReady, in_words
from pol.orders.services import life, refunds
from pol.payments.rules import Channel, Method
from pol.web.guest import guest_key
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    place,
)
from tests.factories.people import make_person
from tests.factories.traders import make_officer
from tests.rig.client import Browser
from tests.rig.pages import Page

NUMBER = re.compile(r"[\d.]+")
BUYER: dict[str, Any] = {"buyer": "SDN Contoh 1", "address": "Jalan Contoh 1", "tax_number": ""}


@dataclass
class Bought:
    """A paid group of two stalls, its people, and the guest's way in."""

    group: OrderGroup
    orders: list[Order]
    traders: list[User]
    courier: User
    key: str

    def address(self, page: str) -> str:
        return f"/belanjaan/{self.group.number}{page}?kunci={self.key}"


@pytest.fixture
def bought(client: Browser, session: Session, now: datetime) -> Bought:
    market = make_open_market()
    stalls = [make_kept_stall(market, name) for name in ("Lapak Ikan", "Lapak Bumbu")]
    wishes = [
        (make_product(stalls[0][0], name="Bandeng", price=34_000), 2_000),
        (make_product(stalls[1][0], name="Terasi", price=12_000), 1_000),
    ]
    group = place(wishes, now=now, method=Method.TRANSFER)
    pay(group, officer=make_officer(market), now=now)
    with client.application.test_request_context():
        key = guest_key(group.number)
    people = [trader for _stall, trader in stalls]
    return Bought(group, orders_of(group), people, make_person("Kurir"), key)


def deliver(bought: Bought, which: int, now: datetime) -> None:
    (order,) = [o for o in orders_of(bought.group) if o.id == bought.orders[which].id]
    bring_to_customer(order, trader=bought.traders[which], courier=bought.courier, now=now)


def refuse(bought: Bought, which: int, now: datetime) -> None:
    (order,) = [o for o in orders_of(bought.group) if o.id == bought.orders[which].id]
    life.refuse_order(order=order, trader_id=bought.traders[which].id, reason="Habis", now=now)


def test_a_receipt_says_what_was_bought_paid_and_given_back(
    client: Browser, bought: Bought, now: datetime
) -> None:
    deliver(bought, 0, now)
    refuse(bought, 1, now)
    group = bought.group
    kept = group.charged - group.refunded
    page = Page(client.get(bought.address("/kuitansi")))
    assert page.heading == "Kuitansi"
    assert page.texts(".letterhead strong") == [group.number]
    assert len(page.tree.css(".letterhead__code svg")) == 1
    assert "Bandeng Rp34.000 / ikat 2 ikat Rp68.000" in page.text
    assert page.texts(".sums__total dd") == [str(kept)]
    assert f"Ditagih {group.charged} Dikembalikan -{group.refunded}" in page.text
    assert "Rp12.000 lewat transfer, menunggu petugas" in page.text
    assert "Lapak Bumbu" in page.text
    assert in_words(kept) in page.text
    assert "lunas" in page.text


def test_weights_and_refunds_stand_beside_their_line(
    client: Browser, session: Session, bought: Bought, now: datetime
) -> None:
    deliver(bought, 0, now)
    group, order = bought.group, orders_of(bought.group)[0]
    line = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()
    line.weighed_at, line.ordered_milli = now, 2_500
    refunds.refund_line(
        order=order,
        line_id=line.id,
        amount=Rupiah(8_000),
        channel=Channel.CASH,
        reason="Kurang segar",
        officer_id=bought.traders[0].id,
        now=now,
    )
    page = Page(client.get(bought.address("/kuitansi")))
    assert "ditimbang, dipesan 2,5 ikat · dikembalikan Rp8.000 2 ikat Rp60.000" in page.text
    assert "Jumlah lapak ini Rp60.000" in page.text
    assert "Rp8.000 tunai, menunggu petugas" in page.text
    assert "menjadi saldo belanja" not in page.text
    group.refunded += Rupiah(5)  # as if it had gone to store credit at once
    group.charged += Rupiah(5)
    assert "Rp5 menjadi saldo belanja" in Page(client.get(bought.address("/kuitansi"))).text
    client.log_in(bought.traders[0])
    slip = client.get(f"/pedagang/pesanan/{order.number}/struk.bin")
    assert slip.data.count(b"Rp60.000\n") == 2
    assert b"dikembalikan" in slip.data
    assert b"Rp8.000" in slip.data


def test_an_invoice_names_what_went_back_before_it_was_written(
    client: Browser, session: Session, bought: Bought, now: datetime
) -> None:
    deliver(bought, 0, now)
    deliver(bought, 1, now)
    order = orders_of(bought.group)[0]
    refunds.refund_line(
        order=order,
        line_id=session.scalars(select(OrderLine.id).where(OrderLine.order_id == order.id)).one(),
        amount=Rupiah(8_000),
        channel=Channel.CASH,
        reason="Kurang segar",
        officer_id=bought.traders[0].id,
        now=now,
    )
    address = bought.address("/faktur")
    page = Page(client.send(Page(client.get(address)).form(), **BUYER))
    assert "dikembalikan Rp8.000 2 ikat Rp60.000" in page.text


def test_before_it_is_paid_it_is_no_receipt(
    client: Browser, session: Session, now: datetime
) -> None:
    stall, _trader = make_kept_stall(make_open_market())
    group = place([(make_product(stall), 1_000)], now=now)
    with client.application.test_request_context():
        address = f"/belanjaan/{group.number}/kuitansi?kunci={guest_key(group.number)}"
    page = Page(client.get(address))
    assert page.heading == "Nota pesanan"
    assert "belum dibayar" in page.text


def test_nobody_else_reads_papers(client: Browser, bought: Bought) -> None:
    client.log_in(make_person("Orang lain"))
    for page in ("/kuitansi", "/faktur"):
        assert client.get(f"/belanjaan/{bought.group.number}{page}").status_code == 404
        assert client.get(f"/belanjaan/{bought.group.number}{page}?kunci=salah").status_code == 404
    answer = client.submit(f"/belanjaan/{bought.group.number}/faktur", **BUYER)
    assert answer.status_code == 404


def test_an_office_gets_its_invoice_once(
    client: Browser, session: Session, bought: Bought, now: datetime
) -> None:
    deliver(bought, 0, now)
    deliver(bought, 1, now)
    address = bought.address("/faktur")
    form = Page(client.get(address)).form()
    page = Page(client.send(form, buyer="SDN Contoh 1", address="Jalan 1", tax_number="01.234.567.8-901.000"))  # fmt: skip  # noqa: E501
    number = session.scalars(select(Invoice.number)).one()
    assert number.endswith("/2026/0001")
    assert "Faktur dibuat. Isinya tidak berubah lagi." in page.messages
    assert page.texts(".letterhead strong") == [number]
    assert "NPWP 012345678901000" in page.text
    assert page.texts(".sums__total dd") == [str(bought.group.charged)]
    again = Page(client.send(form, **{**BUYER, "buyer": "Kantor lain"}))
    assert "SDN Contoh 1" in again.text
    assert session.scalars(select(Invoice.number)).all() == [number]
    bought.orders[0].subtotal = Rupiah(1)
    assert "Rp68.000" in client.get(address).text


def test_an_invoice_that_comes_too_early_is_refused(client: Browser, bought: Bought) -> None:
    assert "Faktur belum bisa dibuat" in client.get(bought.address("/faktur")).text
    page = Page(client.submit(bought.address("/faktur"), **BUYER))
    assert page.status == 409
    assert InvoiceNotReady.message in page.text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("buyer", " "),
        ("address", ""),
        ("buyer", "x" * 121),
        ("tax_number", "12345"),
        ("tax_number", "0" * 17),
        ("tax_number", "abcdefghijklmno"),
    ],
)
def test_a_buyer_that_cannot_be_is_asked_again(
    client: Browser, bought: Bought, now: datetime, field: str, typed: str
) -> None:
    deliver(bought, 0, now)
    deliver(bought, 1, now)
    page = Page(client.submit(bought.address("/faktur"), **{**BUYER, field: typed}))
    assert page.status == 422
    assert field in page.errors
    kept = page.form().values
    assert kept["address"] == ("" if field == "address" else "Jalan Contoh 1")


def test_the_customer_sees_where_the_money_went(
    client: Browser, bought: Bought, now: datetime
) -> None:
    deliver(bought, 0, now)
    refuse(bought, 1, now)
    page = Page(client.get(bought.address("")))
    rows = [" ".join(row.text().split()) for row in page.tree.css(".flow tbody tr")]
    group = bought.group
    assert rows == [
        f"rekening pasar {group.charged}",
        f"kode unik {group.unique_code}",
        "Lapak Ikan Rp68.000",
        f"ongkos antar {group.delivery}",
        "harus dikembalikan Rp12.000",
    ]
    assert page.texts(".flow tfoot td") == [str(group.charged), str(group.charged)]
    lines = page.texts(".flow text tspan")
    assert lines[-3:] == ["harus", "dikembalikan", "Rp12.000"], "a long name goes on below"
    paths = [node.attributes["d"] or "" for node in page.tree.css(".flow svg path")]
    assert len(paths) == 5
    ends = [[float(number) for number in NUMBER.findall(path)] for path in paths[1:]]
    beside = [(first[7] + first[8], second[7]) for first, second in pairwise(ends)]
    assert all(above < below for above, below in beside), "streams lie on each other"


def test_the_slip_is_as_wide_as_its_paper_on_page_and_printer(
    client: Browser, bought: Bought
) -> None:
    client.log_in(bought.traders[0])
    order = bought.orders[0]
    page = Page(client.get(f"/pedagang/pesanan/{order.number}/struk"))
    assert page.texts(".slip h2") == ["Lapak Ikan"]
    assert "2 ikat x Rp34.000" in page.text
    answer = client.get(f"/pedagang/pesanan/{order.number}/struk.bin")
    assert answer.headers["Content-Disposition"].endswith(f'filename="{order.number}.bin"')
    assert b"Jumlah                  Rp68.000\n" in answer.data
    with client.application.test_request_context():
        record = url_for("trader_orders.show", number=order.number, _external=True)
    assert record.encode() in answer.data
    client.log_in(bought.traders[1])
    assert client.get(f"/pedagang/pesanan/{order.number}/struk").status_code == 404
