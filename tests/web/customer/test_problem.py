"""A customer complains on the group's page and follows how it ends."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.orders.models import Order, Problem, ProblemPicture
from pol.orders.rules.problems import ANSWER_WITHIN
from pol.web.guest import guest_key
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
    return file, "layu.jpg"


@pytest.fixture
def order(client: Browser, session: Session, now: datetime) -> Order:
    """Give Rp30.000 of fish, just handed over; its customer is logged in."""
    stall, trader = make_kept_stall(make_open_market())
    customer = make_person()
    group = place([(make_product(stall, price=30_000), 1_000)], now=now, user=customer)
    (order,) = orders_of(group)
    bring_to_customer(order, trader=trader, courier=make_person(), now=now)
    client.log_in(customer)
    return order


def url_of(order: Order, rest: str = "/masalah") -> str:
    return f"/belanjaan/{order.group.number}/{order.number}{rest}"


def count(model: type[Problem | ProblemPicture]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_it_is_reported_with_pictures_and_followed_on_the_group_s_page(
    client: Browser, order: Order, now: datetime
) -> None:
    url, group_url = url_of(order), f"/belanjaan/{order.group.number}"
    assert url in Page(client.get(group_url)).links()
    form = Page(client.get(url)).form(url)
    files = [photo(), photo()]
    page = Page(client.send(form, text="Layu semua", wanted="10.000", gallery=files))
    assert page.address == group_url
    assert "Menunggu jawaban lapak." in page.text
    assert "Tanpa jawaban sampai 3 Mar 2026, 12.00 WIB" in page.text
    assert len(page.tree.css("main .shot img")) == 2
    assert url not in page.links()
    assert (count(Problem), count(ProblemPicture)) == (1, 2)
    again = Page(client.send(form, text="Layu semua", wanted="10.000"))
    assert again.status == 409
    assert "masih diproses" in again.errors["text"]


def test_silence_of_the_stall_is_said(
    client: Browser, order: Order, now: datetime, set_clock: Callable[[datetime], None]
) -> None:
    url = url_of(order)
    client.send(Page(client.get(url)).form(url), text="Layu", wanted="0")
    set_clock(now + ANSWER_WITHIN + timedelta(seconds=1))
    page = Page(client.get(f"/belanjaan/{order.group.number}"))
    assert "Komplain ini di urutan teratas petugas pasar" in page.text


@pytest.mark.parametrize(
    ("wanted", "field", "says"),
    [
        ("-1", "wanted", "angka rupiah"),
        ("sepuluh ribu", "wanted", "angka rupiah"),
        ("", "wanted", "0 kalau tidak minta uang"),
        ("30.001", "wanted", "paling banyak Rp30.000"),
        ("9" * 12, "wanted", "paling banyak Rp30.000"),
        ("9" * 22, "wanted", "angka rupiah"),
    ],
)
def test_a_wish_that_cannot_be_is_explained_and_nothing_is_lost(
    client: Browser, order: Order, wanted: str, field: str, says: str
) -> None:
    url = url_of(order)
    form = Page(client.get(url)).form(url)
    page = Page(client.send(form, text="Layu semua", wanted=wanted, gallery=[photo()]))
    assert page.status in {409, 422}
    assert says in page.errors[field]
    kept = page.form(url)
    assert (kept.values["text"], kept.values["wanted"]) == ("Layu semua", wanted)
    assert count(Problem) == 0
    page = Page(client.send(kept, wanted="1.000"))
    assert page.address == f"/belanjaan/{order.group.number}"
    assert count(ProblemPicture) == 1


def test_a_file_that_is_no_picture_keeps_the_words(client: Browser, order: Order) -> None:
    url = url_of(order)
    form = Page(client.get(url)).form(url)
    fake = (BytesIO(b"%PDF-1.4 no picture"), "layu.jpg")
    page = Page(client.send(form, text="Layu semua", wanted="0", gallery=[fake]))
    assert page.status == 422
    assert "bukan foto" in page.errors["camera"]
    assert page.form(url).values["text"] == "Layu semua"
    too_many = [photo() for _ in range(4)]
    page = Page(client.send(form, text="Layu semua", wanted="0", gallery=too_many))
    assert "Paling banyak 3 foto" in page.errors["camera"]
    assert count(Problem) == 0


def test_two_days_later_it_is_too_late(
    client: Browser, order: Order, now: datetime, set_clock: Callable[[datetime], None]
) -> None:
    url = url_of(order)
    form = Page(client.get(url)).form(url)
    set_clock(now + timedelta(hours=48, seconds=1))
    page = Page(client.send(form, text="Layu", wanted="0"))
    assert page.status == 409
    assert "paling lama 48 jam" in page.errors["text"]
    assert url not in Page(client.get(f"/belanjaan/{order.group.number}")).links()


def test_a_guest_reports_with_the_link_and_others_find_nothing(
    client: Browser, order: Order, app: Flask
) -> None:
    url = url_of(order)
    with app.test_request_context():
        key = guest_key(order.group.number)
    client.log_in(make_person("Orang lain"))
    assert client.get(url).status_code == 404
    assert client.submit(url, text="Layu", wanted="0").status_code == 404
    guest = Browser(app, client.response_wrapper)
    form = Page(guest.get(f"{url}?kunci={key}")).form(f"{url}?kunci={key}")
    page = Page(guest.send(form, text="Layu", wanted="0", gallery=[photo()]))
    assert "1 foto, hanya terlihat setelah masuk dengan akun." in page.text
    foreign = url.replace(order.number, "TIDAK-ADA")
    assert guest.get(f"{foreign}?kunci={key}").status_code == 404
