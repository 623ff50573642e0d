"""The officer's desk, trips and the market post."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.delivery.models import Trip
from pol.delivery.rules import Mode, NotACourier
from pol.identity.models import User
from pol.identity.rules import Role
from pol.ledger.queries import get_balance
from pol.orders.models import OrderGroup
from pol.orders.rules.life import OrderStatus
from pol.orders.services import life
from pol.stalls.rules import StallStatus
from tests.factories.catalogue import make_stall
from tests.factories.orders import orders_of, place
from tests.factories.people import give_role, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.officer.conftest import Desk


@pytest.fixture
def courier(desk: Desk) -> User:
    person = make_person("Kang Kurir (contoh)")
    give_role(person, Role.COURIER, market_id=desk.market.id)
    return person


def order_to(desk: Desk, mode: Mode, now: datetime) -> OrderGroup:
    group = place([(desk.fish, 1_000)], now=now, mode=mode)
    for order in orders_of(group):
        life.accept_order(order=order, trader_id=desk.trader.id, now=now)
        life.mark_ready(order=order, trader_id=desk.trader.id, now=now)
    return group


def test_the_desk_counts_what_waits(client: Browser, desk: Desk, now: datetime) -> None:
    assert "Belum ada jalan hari ini" in Page(client.get("/petugas")).text
    order_to(desk, Mode.DELIVERY, now)
    order_to(desk, Mode.PICKUP_POST, now)
    make_stall(desk.market, status=StallStatus.SUBMITTED, submitted_at=now)
    page = Page(client.get("/petugas"))
    waiting = [text for text in page.texts(".menu-list a") if text[-1].isdigit()]
    assert waiting == ["Lapak menunggu pemeriksaan 1", "Siap diambil di pos pasar 1"]
    assert "Belum ada kurir · 1 dari 1 pesanan siap" in page.texts(".row__text")


def test_a_trip_is_planned_and_given_to_a_courier(
    session: Session, client: Browser, desk: Desk, courier: User
) -> None:
    page = Page(client.get("/petugas/jalan"))
    assert "Belum ada jalan" in page.text
    form = page.form("/petugas/jalan")
    page = Page(client.send(form))
    assert "Jalan dibuat. Pilih kurirnya." in page.messages
    trip = session.scalars(select(Trip)).one()
    url = f"/petugas/jalan/{trip.number}/kurir"
    page = Page(client.send(page.form(url), courier=courier.id))
    assert "Kurir dicatat." in page.messages
    session.refresh(trip)
    assert trip.courier_id == courier.id
    assert "Kang Kurir (contoh)" in page.text


def test_a_market_without_couriers_says_whom_to_ask(client: Browser, desk: Desk) -> None:
    client.send(Page(client.get("/petugas/jalan")).form("/petugas/jalan"))
    assert "belum punya kurir" in Page(client.get("/petugas/jalan")).text


def test_a_slot_that_is_not_offered_is_not_planned(
    session: Session, client: Browser, desk: Desk
) -> None:
    page = Page(client.submit("/petugas/jalan", slot=f"{desk.market.id}.1.2026-03-01"))
    assert page.status == 422
    assert page.errors["slot"]
    assert session.scalars(select(Trip)).all() == []


@pytest.mark.parametrize("chosen", ["", "siapa"])
def test_a_trip_needs_a_courier_of_the_market(
    session: Session, client: Browser, desk: Desk, chosen: str, now: datetime
) -> None:
    order_to(desk, Mode.DELIVERY, now)
    trip = session.scalars(select(Trip)).one()
    url = f"/petugas/jalan/{trip.number}/kurir"
    assert "Pilih kurirnya dulu." in Page(client.submit(url, courier=chosen)).messages
    page = Page(client.submit(url, courier=desk.trader.id))
    assert NotACourier.message in page.messages


def test_goods_at_the_post_are_handed_over_for_cash(
    client: Browser, desk: Desk, now: datetime
) -> None:
    assert "Tidak ada yang menunggu diambil" in Page(client.get("/petugas/pos")).text
    group = order_to(desk, Mode.PICKUP_POST, now)
    page = Page(client.get("/petugas/pos"))
    assert "Tagih Rp30.000" in page.texts(".badge")
    client.send(page.form())
    assert [order.status for order in orders_of(group)] == [OrderStatus.DELIVERED]
    assert get_balance(f"cash:market:{desk.market.id}").amount == 30_000


def test_what_belongs_to_other_markets_is_not_found(
    session: Session, client: Browser, desk: Desk, courier: User, stranger: User, now: datetime
) -> None:
    at_post = order_to(desk, Mode.PICKUP_POST, now)
    order_to(desk, Mode.DELIVERY, now)
    trip = session.scalars(select(Trip)).one()
    assert trip.number not in client.get("/petugas/jalan").text
    url = f"/petugas/jalan/{trip.number}/kurir"
    assert client.submit(url, courier=courier.id).status_code == 404
    assert at_post.number not in client.get("/petugas/pos").text
    url = f"/petugas/pos/{orders_of(at_post)[0].number}/serahkan"
    assert client.submit(url).status_code == 404


@pytest.mark.parametrize("page", ["", "/transfer", "/pengembalian", "/jalan", "/pos"])
def test_the_desk_is_for_officers(client: Browser, desk: Desk, page: str) -> None:
    client.log_in(desk.trader)
    assert client.get(f"/petugas{page}").status_code == 403
