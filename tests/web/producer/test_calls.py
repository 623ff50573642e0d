"""Open calls: a plain yes, or exactly what is missing, store by store."""

from datetime import UTC, date, datetime

from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.partnership.applications.models import SheetPermit
from pol.partnership.slots.models import CallCharge, SlotCall
from pol.partnership.slots.rules import CallStatus, ChargeBasis, ChargeKind
from tests.factories.partnership import (
    make_call,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.producer.conftest import Workshop

PAGE = "/pedagang/rak/slot"
SOON = datetime(2026, 3, 20, 10, 0, tzinfo=UTC)


def open_call(**other: object) -> SlotCall:
    """Open a call over a shelf of 300 mm in Babat and one of 210 mm in Brondong."""
    retailer = make_retailer()
    high = make_shelf(make_store(retailer, name="Toko Babat"))
    low = make_shelf(make_store(retailer, name="Toko Brondong"), height_mm=205)
    values = {"closes_at": SOON, "until_on": date(2026, 12, 1)} | other
    return make_call(retailer, shelves=[high, low], **values)


def test_without_a_product_the_page_teaches_to_write_one(
    client: Browser, workshop: Workshop
) -> None:
    assert "Belum ada pembukaan" in Page(client.get(PAGE)).text
    call = open_call()
    page = Page(client.get(PAGE))
    assert "Tulis dulu satu produk" in page.text
    assert "Tulis dulu satu produk" in Page(client.get(f"{PAGE}/{call.number}")).text


def test_each_call_says_in_how_many_stores_it_fits(client: Browser, workshop: Workshop) -> None:
    make_sheet(workshop.stall, name="Keripik A")
    other = make_sheet(workshop.stall, name="Sambal B", height_mm=350)
    open_call()
    assert "Muat di 1 dari 2 toko" in Page(client.get(PAGE)).text
    page = Page(client.get(f"{PAGE}?produk={other.number}"))
    assert "Belum muat Terlalu tinggi 50 mm" in page.text


def test_a_store_says_yes_or_by_how_much_not(client: Browser, workshop: Workshop) -> None:
    make_sheet(workshop.stall)
    call = open_call()
    db.session.add(
        CallCharge(
            call_id=call.id,
            kind=ChargeKind.PROMOTION,
            basis=ChargeBasis.SHARE_OF_SALES,
            name="Promosi bersama",
            amount=Rupiah(0),
            share_bp=150,
        )
    )
    page = Page(client.get(f"{PAGE}/{call.number}"))
    assert "Toko Babat" in page.text
    assert "Ya, paling banyak 6 muka" in page.text
    assert "Terlalu tinggi 15 mm: ambalannya 205 mm." in page.text
    assert "Bagian toko 15 %" in page.text
    assert "Anda terima Rp12.750 per buah, sebelum biaya lain" in page.text
    assert "Promosi bersama 1,5 % dari penjualan" in page.text
    assert "Mutu dan rasa: bobot 50" in page.text


def test_a_permit_that_lapses_within_the_period_is_named(
    client: Browser, workshop: Workshop
) -> None:
    sheet = make_sheet(workshop.stall)
    permit = db.session.query(SheetPermit).filter_by(sheet_id=sheet.id).one()
    permit.expires_on = date(2026, 11, 27)
    call = open_call()
    page = Page(client.get(f"{PAGE}/{call.number}"))
    assert "P-IRT habis 27 Nov 2026, 3 hari sebelum masa pajang selesai (30 Nov 2026)." in page.text


def test_a_closed_call_says_so_and_a_draft_is_not_there(
    client: Browser, workshop: Workshop
) -> None:
    closed = open_call(status=CallStatus.CLOSED)
    late = open_call(closes_at=datetime(2026, 3, 1, tzinfo=UTC))
    for call in (closed, late):
        assert "tidak menerima pengajuan" in Page(client.get(f"{PAGE}/{call.number}")).text
    assert "Belum ada pembukaan" in Page(client.get(PAGE)).text
    draft = open_call(status=CallStatus.DRAFT)
    assert client.get(f"{PAGE}/{draft.number}").status_code == 404
