"""A courier's round, from the first stall to the last door, through the pages."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.delivery.models import Trip
from pol.delivery.rules import TripStatus
from pol.identity.models import User
from pol.identity.rules import Role
from pol.ledger.queries import check_ledger, get_balance
from pol.orders.models import Order, OrderGroup, Shipment
from pol.orders.rules.life import OrderStatus, ReasonMissing
from pol.orders.rules.rounds import NothingChosen, NothingPacked
from pol.orders.services import life
from pol.stalls.models import Market
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    make_kept_stall,
    make_open_market,
    orders_of,
    place,
)
from tests.factories.people import give_role, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page


@dataclass
class Round:
    """A market with two stalls; one customer has ordered from both, in cash."""

    market: Market
    courier: User
    trader: User
    group: OrderGroup
    trip: Trip

    @property
    def url(self) -> str:
        return f"/kurir/jalan/{self.trip.number}"

    @property
    def door(self) -> str:
        return f"{self.url}/{self.group.number}"

    def orders(self) -> list[Order]:
        return orders_of(self.group)

    def pack(self, now: datetime) -> None:
        for order in self.orders():
            life.accept_order(order=order, trader_id=self.trader.id, now=now)
            life.mark_ready(order=order, trader_id=self.trader.id, now=now)

    def statuses(self) -> list[OrderStatus]:
        return [order.status for order in self.orders()]


def make_courier(market: Market) -> User:
    courier = make_person("Kang Kurir (contoh)")
    give_role(courier, Role.COURIER, market_id=market.id)
    return courier


@pytest.fixture
def tour(session: Session, client: Browser, now: datetime) -> Round:
    market = make_open_market()
    far, trader = make_kept_stall(market, "Lapak Jauh")
    near, _ = make_kept_stall(market, "Lapak Dekat")
    far.block, near.block = "C", "B"
    fish = make_product(far, name="Bandeng", price=30_000)
    spice = make_product(near, name="Cabai", price=10_000)
    group = place([(fish, 2_000), (spice, 1_000)], now=now)
    shipment = session.scalars(select(Shipment).where(Shipment.group_id == group.id)).one()
    courier = make_courier(market)
    client.log_in(courier)
    return Round(market, courier, trader, group, session.get_one(Trip, shipment.trip_id))


def test_a_day_without_orders_says_so(session: Session, client: Browser, now: datetime) -> None:
    client.log_in(make_courier(make_open_market()))
    assert "Belum ada jalan hari ini" in Page(client.get("/kurir")).text


def test_the_day_lists_stalls_by_block(client: Browser, tour: Round, now: datetime) -> None:
    tour.pack(now)
    page = Page(client.get("/kurir"))
    assert page.heading == "Jalan hari ini"
    calls = page.texts(".job__lines li")
    assert [call.split(" no.")[0] for call in calls] == ["Blok B", "Blok C"]
    assert all("1 dari 1 siap" in call for call in calls)
    assert tour.url in page.links()


def test_a_round_from_stall_to_door(client: Browser, tour: Round, now: datetime) -> None:
    tour.pack(now)
    client.send(Page(client.get(tour.url)).form(f"{tour.url}/mulai"))
    page = Page(client.send(Page(client.get(tour.url)).form(f"{tour.url}/bawa")))
    assert tour.statuses() == [OrderStatus.ON_THE_WAY] * 2
    assert "Diterima, tunai Rp75.000" in page.texts("button")
    assert "wa.me/6281200001111" in " ".join(page.links())
    assert "Jalan Veteran 5" in page.text
    client.submit(f"{tour.door}/diterima", order=[order.number for order in tour.orders()])
    assert tour.statuses() == [OrderStatus.DELIVERED] * 2
    assert get_balance(f"cash:courier:{tour.courier.id}").amount == 75_000
    assert check_ledger().is_sound
    page = Page(client.send(Page(client.get(tour.url)).form(f"{tour.url}/selesai")))
    assert page.address == "/kurir"
    assert "Jalan selesai" in page.messages[0]
    assert "Selesai" in page.texts(".badge")


def test_what_one_customer_does_not_take_comes_back(
    client: Browser, tour: Round, now: datetime
) -> None:
    tour.pack(now)
    client.submit(f"{tour.url}/mulai")
    client.submit(f"{tour.url}/bawa")
    kept, refused = (order.number for order in tour.orders())
    page = Page(client.submit(f"{tour.door}/diterima", order=kept))
    cash = [text for text in page.texts("button") if text.startswith("Diterima")]
    assert cash == [f"Diterima, tunai {tour.orders()[1].subtotal}"]  # the fee was taken before
    page = Page(client.submit(f"{tour.door}/gagal", order=refused, reason=" "))
    assert page.status == 422
    assert "Tulis alasannya dulu" in page.errors["reason"]
    client.submit(f"{tour.door}/gagal", order=refused, reason="Tidak jadi")
    assert tour.statuses() == [OrderStatus.DELIVERED, OrderStatus.FAILED]
    assert tour.orders()[1].reason == "Tidak jadi"
    assert check_ledger().is_sound


@pytest.mark.parametrize(
    ("path", "refusal"), [("bawa", NothingPacked), ("{door}/diterima", NothingChosen)]
)
def test_what_cannot_be_done_yet_is_said_plainly(
    client: Browser, tour: Round, path: str, refusal: type[NothingPacked]
) -> None:
    path = path.format(door=tour.group.number)
    number = tour.orders()[0].number
    page = Page(client.submit(f"{tour.url}/{path}", order=number))
    assert page.messages[0] == refusal.message
    assert tour.statuses() == [OrderStatus.PLACED] * 2


def test_a_failure_without_a_reason_is_no_failure(
    client: Browser, tour: Round, now: datetime
) -> None:
    tour.pack(now)
    client.submit(f"{tour.url}/bawa")
    with pytest.raises(ReasonMissing):
        life.fail_order(order=tour.orders()[0], courier_id=tour.courier.id, reason=" ", now=now)


def test_a_round_is_not_over_while_goods_wait(
    session: Session, client: Browser, tour: Round, now: datetime
) -> None:
    tour.pack(now)
    client.submit(f"{tour.url}/mulai")
    page = Page(client.submit(f"{tour.url}/selesai"))
    assert "Masih ada pesanan di tangan" in page.text
    session.refresh(tour.trip)
    assert tour.trip.status is TripStatus.STARTED


def test_a_trip_without_orders_teaches_what_will_come(
    session: Session, client: Browser, tour: Round, now: datetime
) -> None:
    for order in tour.orders():
        life.cancel_order(order=order, customer_id=None, now=now)
    assert "Belum ada pesanan" in Page(client.get(tour.url)).text


def test_trips_of_others_are_not_found(
    session: Session, client: Browser, tour: Round, now: datetime
) -> None:
    other = make_open_market("Pasar Babat")
    client.log_in(make_courier(other))
    assert client.get(tour.url).status_code == 404
    for path in ("mulai", "bawa", "selesai", f"{tour.group.number}/diterima"):
        assert client.submit(f"{tour.url}/{path}").status_code == 404
    tour.trip.courier_id = tour.courier.id
    session.flush()
    client.log_in(make_courier(tour.market))
    assert client.get(tour.url).status_code == 404
    client.log_in(make_person())
    assert client.get("/kurir").status_code == 403


def test_a_door_of_another_trip_is_not_found(client: Browser, tour: Round) -> None:
    assert client.submit(f"{tour.url}/B260302-TIDAKADA/diterima").status_code == 404
    answer = client.submit(f"{tour.url}/B260302-TIDAKADA/gagal", reason="Rumah kosong")
    assert answer.status_code == 404
