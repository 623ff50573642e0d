"""A place's report card and a store's monthly report, on the pages of both sides."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.slots.rules import RetailSeat, StoreStatus
from tests.factories.partnership import (
    Partnership,
    make_member,
    make_partnership,
    make_placement,
    make_shelf,
    make_store,
)
from tests.factories.traders import make_keeper
from tests.partnership.settlement.goods import sell
from tests.rig.client import Browser
from tests.rig.pages import Page


@pytest.fixture
def p(session: Session, client: Browser, now: datetime) -> Partnership:
    made = make_partnership(quantity=10)
    sell(made.batch, 4, business_day(now) - timedelta(days=3))
    client.log_in(made.owner)
    return made


@pytest.fixture
def producer(p: Partnership) -> User:
    return make_keeper(p.stall)


def test_both_sides_and_the_clerk_read_the_same_figures(
    client: Browser, p: Partnership, producer: User
) -> None:
    clerk = make_member(p.retailer, seat=RetailSeat.CLERK, store=p.store)
    for person, base, agreements in (
        (p.owner, "/peritel/rapor", "/peritel/perjanjian"),
        (clerk, "/peritel/rapor", None),
        (producer, "/pedagang/rak/rapor", "/pedagang/rak/perjanjian"),
    ):
        client.log_in(person)
        page = Page(client.get(f"{base}/{p.placement.number}"))
        assert "40,00 %" in page.text
        assert "4 dari 10 buah" in page.text
        assert "Terjual per minggu" in page.text
        assert page.texts(".doc__number") == [f"RP{p.placement.number[2:]}"]
        assert page.links(".doc__code")[0].endswith(f"/catatan/RP{p.placement.number[2:]}")
        led = [link for link in page.links() if link.endswith(p.agreement.number)]
        assert led == ([f"{agreements}/{p.agreement.number}"] if agreements else [])


def test_the_card_is_reached_from_stock_agreement_and_planogram(
    client: Browser, p: Partnership, producer: User
) -> None:
    card, number = f"/peritel/rapor/{p.placement.number}", p.agreement.number
    for page in (
        f"/peritel/barang?toko={p.store.slug}",
        f"/peritel/perjanjian/{number}",
        f"/peritel/toko/{p.store.slug}/planogram?lihat=penjualan",
    ):
        assert card in Page(client.get(page)).links()
    client.log_in(producer)
    for page in ("/pedagang/rak/stok", f"/pedagang/rak/perjanjian/{number}"):
        own = f"/pedagang/rak/rapor/{p.placement.number}"
        assert own in Page(client.get(page)).links()


def test_where_nothing_came_yet_the_page_shows_the_way(
    client: Browser, p: Partnership, producer: User
) -> None:
    empty = make_placement(p.application, make_shelf(p.store), agreement=p.agreement)
    db.session.commit()
    for person, base in ((p.owner, "/peritel"), (producer, "/pedagang/rak")):
        client.log_in(person)
        page = Page(client.get(f"{base}/rapor/{empty.number}"))
        assert "Belum ada barang di tempat ini" in page.text


def test_others_see_no_card_and_no_report(client: Browser, p: Partnership) -> None:
    other = make_partnership()
    clerk = make_member(p.retailer, seat=RetailSeat.CLERK, store=make_store(p.retailer))
    for person, base in (
        (other.owner, "/peritel"),
        (clerk, "/peritel"),
        (make_keeper(other.stall), "/pedagang/rak"),
    ):
        client.log_in(person)
        assert client.get(f"{base}/rapor/{p.placement.number}").status_code == 404
    client.log_in(other.owner)
    assert client.get(f"/peritel/laporan/{p.store.slug}/2026-02").status_code == 404


def test_a_retailer_reads_and_prints_its_monthly_reports(client: Browser, p: Partnership) -> None:
    listed = Page(client.get("/peritel/laporan?bulan=2026-02"))
    address = f"/peritel/laporan/{p.store.slug}/2026-02"
    assert address in listed.links()
    page = Page(client.get(address))
    assert f"LK-2026-02-{p.store.slug}" in page.text
    assert "Rp60.000" in page.text
    assert "sementara" not in page.text
    running = Page(client.get(f"/peritel/laporan/{p.store.slug}/2026-03"))
    assert "sementara, bulan belum selesai" in running.text


def test_without_a_verified_store_there_is_no_report(client: Browser, p: Partnership) -> None:
    p.store.status = StoreStatus.DRAFT
    db.session.commit()
    assert "Belum ada toko yang diperiksa" in Page(client.get("/peritel/laporan")).text
