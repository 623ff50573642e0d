"""The numbers that a till scans: on every page of the retailer, and as a list to load."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.partnership.applications.queries.codes import list_scan_codes
from pol.partnership.applications.services.sheets import give_store_code
from pol.partnership.consignment.queries.till_list import list_for_till
from pol.partnership.slots.rules import PlacementStatus, RetailSeat
from tests.factories.partnership import (
    Partnership,
    make_agreement,
    make_member,
    make_partnership,
    make_placement,
    make_retailer,
    make_store,
)
from tests.rig.client import Browser
from tests.rig.pages import Page

GTIN = "8991234567897"
HEADER = ["Kode", "Produk", "Produsen", "Harga", "Toko"]


@pytest.fixture
def p(session: Session, client: Browser, now: datetime) -> Partnership:
    found = make_partnership()
    found.application.screened_at = now
    client.log_in(found.owner)
    return found


@pytest.fixture
def own(p: Partnership, now: datetime) -> str:
    """The number of this retailer; another retailer has one for the same product, too."""
    code = give_store_code(sheet_id=p.sheet.id, retailer_id=p.retailer.id, now=now)
    db.session.commit()
    return code


def pages(p: Partnership) -> list[str]:
    return [
        "/peritel/barang",
        "/peritel/barang/jual/pindai",
        f"/peritel/toko/{p.store.slug}/planogram",
        f"/peritel/toko/{p.store.slug}/planogram/kartu",
        f"/peritel/slot/{p.call.number}/pengajuan/{p.application.number}",
    ]


def test_the_own_number_is_on_every_page_and_says_where_it_is_valid(
    client: Browser, p: Partnership, own: str
) -> None:
    for address in pages(p):
        text = Page(client.get(address)).text
        assert own in text, address
        assert f"hanya berlaku di {p.retailer.name}" in text, address


def test_a_gtin_is_valid_everywhere_and_comes_first(
    client: Browser, p: Partnership, own: str
) -> None:
    p.sheet.gtin = GTIN
    db.session.commit()
    for address in pages(p):
        text = Page(client.get(address)).text
        assert GTIN in text, address
        assert own not in text, address
        assert "hanya berlaku" not in text, address


def test_without_a_code_the_scan_page_shows_what_works_there(
    client: Browser, p: Partnership
) -> None:
    assert p.sheet.number in Page(client.get("/peritel/barang/jual/pindai")).text
    assert "Barcode" not in Page(client.get("/peritel/barang")).text


def test_nobody_is_shown_the_number_of_another_retailer(p: Partnership, now: datetime) -> None:
    other = make_retailer("Peritel lain")
    give_store_code(sheet_id=p.sheet.id, retailer_id=other.id, now=now)
    db.session.commit()
    sheets = [p.sheet.id]
    assert list_scan_codes(retailer_id=p.retailer.id, sheet_ids=sheets) == {}
    assert list_scan_codes(retailer_id=other.id, sheet_ids=sheets)[p.sheet.id].only_at == other.name
    (row,) = list_for_till(store_id=p.store.id, day=business_day(now))
    assert row.code == p.sheet.number


def test_the_till_takes_the_list_home(client: Browser, p: Partnership, own: str) -> None:
    line = [own, p.sheet.name, p.stall.name, "15000", p.store.name]
    here = f"/peritel/toko/{p.store.slug}/daftar-kasir"
    for address in (f"/peritel/toko/{p.store.slug}/kasir", "/peritel/barang/kasir"):
        assert {f"{here}.csv", f"{here}.xlsx"} <= set(Page(client.get(address)).links()), address
    for person in (p.owner, make_member(p.retailer, seat=RetailSeat.CLERK, store=p.store)):
        client.log_in(person)
        answer = client.get(f"{here}.csv")
        assert list(csv.reader(io.StringIO(answer.text))) == [HEADER, line]
        sheet = load_workbook(io.BytesIO(client.get(f"{here}.xlsx").data)).active
        assert sheet is not None
        rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        assert rows == [HEADER, line]


def test_others_get_no_list(client: Browser, p: Partnership) -> None:
    other = make_store(p.retailer)
    clerk = make_member(p.retailer, seat=RetailSeat.CLERK, store=other)
    for person in (make_partnership().owner, clerk):
        client.log_in(person)
        for kind in ("csv", "xlsx"):
            address = f"/peritel/toko/{p.store.slug}/daftar-kasir.{kind}"
            assert client.get(address).status_code == 404


def test_the_list_has_the_price_of_the_day_and_only_what_may_come(
    p: Partnership, now: datetime
) -> None:
    day = business_day(now)
    change = day + timedelta(days=10)
    span = {"from_on": change, "until_on": date(2027, 1, 1)}
    later = make_agreement(p.application, p.call, price=Rupiah(17_000), **span)
    make_placement(p.application, p.shelf, x_mm=400, agreement=later)
    for on, price in ((day, 15_000), (change, 17_000)):
        (row,) = list_for_till(store_id=p.store.id, day=on)
        assert row.price == Rupiah(price), on


def test_goods_that_are_left_stay_in_the_list(p: Partnership, now: datetime) -> None:
    p.placement.status = PlacementStatus.ENDED
    db.session.flush()
    assert len(list_for_till(store_id=p.store.id, day=business_day(now))) == 1
    p.batch.on_shelf, p.batch.sold = 0, 24
    db.session.flush()
    assert list_for_till(store_id=p.store.id, day=business_day(now)) == []
