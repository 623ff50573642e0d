"""The trader's day and the sales of many days."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.money import ZERO, Rupiah
from pol.orders.models import Order, OrderLine
from pol.stalls.models import Market, Stall
from pol.stalls.rules import StallStatus
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    place,
)
from tests.factories.people import give_role, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page


class Day:
    """A stall of which somebody orders."""

    def __init__(self, client: Browser, now: datetime) -> None:
        self.market: Market = make_open_market()
        self.stall: Stall
        self.trader: User
        self.stall, self.trader = make_kept_stall(self.market)
        self.courier = make_person("Mas Kurir Contoh")
        give_role(self.courier, Role.COURIER, market_id=self.market.id)
        self.product = make_product(self.stall, name="Bandeng", price=30_000)
        self.now = now
        client.log_in(self.trader)

    def order(self) -> Order:
        (order,) = orders_of(place([(self.product, 2_000)], now=self.now))
        return order

    def sell(self) -> Rupiah:
        order = self.order()
        bring_to_customer(order, trader=self.trader, courier=self.courier, now=self.now)
        return order.subtotal - order.commission


@pytest.fixture
def day(client: Browser, session: Session, now: datetime) -> Day:
    return Day(client, now)


def stats(page: Page) -> dict[str, str]:
    return dict(zip(page.texts(".stat dt"), page.texts(".stat__value"), strict=True))


def test_a_quiet_day_still_says_what_to_do(client: Browser, day: Day) -> None:
    page = Page(client.get("/pedagang"))
    assert page.heading == "Hari ini di Lapak Contoh"
    assert "Senin, 2 Maret 2026" in page.text
    assert stats(page)["Hasil hari ini"] == "Rp0"
    assert "/pedagang/produk/papan-harga" in page.links()


def test_the_day_in_numbers(client: Browser, day: Day) -> None:
    day.order()
    day.order()
    earned = day.sell()
    page = Page(client.get("/pedagang"))
    assert stats(page)["Pesanan baru"] == "2"
    assert stats(page)["Hasil hari ini"] == str(earned)
    assert page.texts(".panel .amount") == ["2 baru"]


def test_the_board_says_what_is_wanted_before_it_is_accepted(client: Browser, day: Day) -> None:
    day.order()
    page = Page(client.get("/pedagang/pesanan"))
    assert page.texts(".job .job__body") == ["Bandeng 2 ikat"]


@pytest.mark.parametrize(("typed", "status"), [("banyak", 422), ("5", 409)])
def test_an_amount_that_cannot_be_is_said_where_it_was_typed(
    client: Browser, day: Day, session: Session, typed: str, status: int
) -> None:
    order = day.order()
    line_id = session.scalars(select(OrderLine.id)).one()
    desk = f"/pedagang/pesanan/{order.number}"
    page = Page(client.submit(f"{desk}/baris/{line_id}", quantity=typed))
    assert (page.status, list(page.errors)) == (status, ["quantity"])
    assert [box.attributes["value"] for box in page.tree.css("[name=quantity]")] == [typed]


def test_what_is_sold_out_is_named(client: Browser, day: Day) -> None:
    make_product(day.stall, name="Udang", stock_milli=0)
    assert "Udang habis" in Page(client.get("/pedagang")).texts(".row")


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (StallStatus.DRAFT, "Lapak Anda belum dikirim ke petugas pasar."),
        (StallStatus.SUBMITTED, "sedang memeriksa lapak Anda"),
        (StallStatus.REFUSED, "Kata petugas: Nomor salah"),
        (StallStatus.SUSPENDED, "Kata petugas: Nomor salah"),
    ],
)
def test_a_stall_that_may_not_sell_is_told_why(
    client: Browser, day: Day, status: StallStatus, sentence: str
) -> None:
    day.stall.status, day.stall.status_reason = status, "Nomor salah"
    assert sentence in Page(client.get("/pedagang")).text


def test_sales_before_the_first_one(client: Browser, day: Day) -> None:
    assert "Belum ada penjualan" in Page(client.get("/pedagang/penjualan")).text


def test_sales_day_by_day_as_a_picture_and_a_table(client: Browser, day: Day) -> None:
    before = day.sell()
    day.now -= timedelta(days=3)
    earned = [before, day.sell(), day.sell()]
    page = Page(client.get("/pedagang/penjualan"))
    assert stats(page)["Hasil"] == str(sum(earned, start=ZERO))
    assert stats(page)["Pesanan"] == "3"
    assert len(page.tree.css(".chart rect")) == 7
    rows = page.texts("main > table tbody th")
    assert rows == ["2 Mar 2026", "27 Feb 2026"]
    assert len(page.tree.css(".chart")) == 1


@pytest.mark.parametrize(("asked", "shown"), [("30", 30), ("90", 90), ("7", 7), ("x", 7)])
def test_the_span_is_chosen(client: Browser, day: Day, asked: str, shown: int) -> None:
    day.sell()
    page = Page(client.get(f"/pedagang/penjualan?hari={asked}"))
    assert len(page.tree.css(".chart rect")) == shown
    assert page.texts(".tabs [aria-current]") == [f"{shown} hari"]
