"""The Dinas sees what each store does: by month, by speed of money, by fairness."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.rules import Role
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.partnership.allocation.models import AllocationRun, RunPlacement
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.settlement.models import Bill
from pol.partnership.settlement.queries import compliance
from pol.partnership.settlement.queries.compliance import Month
from pol.partnership.settlement.services import closing, paying
from pol.partnership.settlement.services.paying import Sending
from tests.factories.partnership import (
    Partnership,
    make_partnership,
    make_retailer,
    make_store,
)
from tests.factories.people import give_role, make_person
from tests.partnership.settlement.goods import sell
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.rig.statements import counted

FEBRUARY = Month(date(2026, 2, 1))
TODAY = date(2026, 3, 2)


@pytest.fixture
def p(session: Session, client: Browser, now: datetime) -> Partnership:
    made = make_partnership()
    sell(made.batch, 4, date(2026, 2, 5))
    officer = make_person("Petugas Dinas Contoh")
    give_role(officer, Role.DINAS_OFFICER)
    client.log_in(officer)
    return made


def _paid(p: Partnership) -> None:
    at = datetime(2026, 2, 10, 3, tzinfo=UTC)
    period = closing.close_period(
        retailer_id=p.retailer.id, last_day=date(2026, 2, 7), actor_id=None, now=at
    )
    bill = db.session.scalars(select(Bill).where(Bill.period_id == period.id)).one()
    paying.approve_bill(bill=bill, actor_id=p.owner.id, now=at)
    sending = Sending("k", bill.payable, business_day(at), "BRI")
    paying.note_payment(bill=bill, sending=sending, actor_id=p.owner.id, now=at)


def test_the_share_is_millimetres_times_days(p: Partnership) -> None:
    """280 mm of 40 m all February: 0.7 %."""
    _paid(p)
    (row,) = compliance.list_stores(FEBRUARY, today=TODAY)
    assert (row.share_ppm, row.producers, row.kecamatan_count) == (7_000, 1, 1)
    assert (row.sales, row.days_to_money_tenths, row.charges_bp) == (Rupiah(60_000), 50, 0)


def test_a_place_counts_only_on_the_days_on_which_it_stood(p: Partnership) -> None:
    p.placement.until_on = date(2026, 2, 15)
    db.session.flush()
    (row,) = compliance.list_stores(FEBRUARY, today=TODAY)
    assert row.share_ppm == 3_500
    (row,) = compliance.list_stores(Month(date(2026, 3, 1)), today=TODAY)
    assert (row.share_ppm, row.products) == (0, 0)


def test_the_pages_show_it(client: Browser, p: Partnership) -> None:
    _paid(p)
    page = Page(client.get("/dinas/kepatuhan?bulan=2026-02"))
    assert "0,70 %" in page.text
    assert "Februari 2026" in page.text
    paper = Page(client.get(f"/dinas/kepatuhan/{p.store.slug}/2026-02"))
    assert "5,0 hari" in paper.text
    assert "Toko Swalayan Contoh" in Page(client.get("/dinas/peringkat")).text
    assert client.get("/dinas/kepatuhan/tidak-ada/2026-02").status_code == 404


def _overdue(p: Partnership, *, due_on: date = date(2026, 2, 20)) -> Bill:
    """Leave Rp51.000 unpaid beyond its day."""
    period = closing.close_period(
        retailer_id=p.retailer.id,
        last_day=date(2026, 2, 7),
        actor_id=None,
        now=datetime(2026, 2, 10, 3, tzinfo=UTC),
    )
    bill = db.session.scalars(select(Bill).where(Bill.period_id == period.id)).one()
    bill.due_on = due_on
    db.session.flush()
    return bill


def test_what_was_never_paid_is_late_in_the_month_and_on_its_paper(
    client: Browser, p: Partnership
) -> None:
    _overdue(p)
    (row,) = compliance.list_stores(FEBRUARY, today=TODAY)
    assert (row.late, row.late_payments, row.days_to_money_tenths) == (1, 0, None)
    assert (row.overdue.bills, row.overdue.money) == (1, Rupiah(51_000))
    page = Page(client.get("/dinas/kepatuhan?bulan=2026-02"))
    assert "Rp51.000 1 tagihan" in page.text
    paper = Page(client.get(f"/dinas/kepatuhan/{p.store.slug}/2026-02"))
    assert "Pembayaran yang telat 1" in paper.text
    assert "Di antaranya belum dibayar pada akhir bulan 1 tagihan, Rp51.000" in paper.text
    running = Page(client.get(f"/dinas/kepatuhan/{p.store.slug}/2026-03"))
    assert "Di antaranya belum dibayar sampai hari ini 1 tagihan, Rp51.000" in running.text
    assert f"untuk seluruh usaha ritel {p.retailer.name}" in paper.text


def test_the_ranking_shows_who_does_not_pay_and_the_desk_leads_to_each_bill(
    client: Browser, p: Partnership, now: datetime
) -> None:
    bill = _overdue(p)
    late = (business_day(now) - date(2026, 2, 20)).days
    (row,) = Page(client.get("/dinas/peringkat")).texts("tbody tr")
    assert row.startswith("1 Toko Swalayan Contoh")
    assert row.endswith(f"Rp51.000 1 tagihan · paling lama {late} hari")
    desk = Page(client.get("/dinas"))
    assert "/dinas/peringkat/telat" in desk.links(".menu-list a")
    (row,) = Page(client.get("/dinas/peringkat/telat")).texts("tbody tr")
    assert row == (
        f"Toko Swalayan Contoh UMKM Contoh {bill.number} 20 Feb 2026 {late} hari Rp51.000"
    )
    assert Page(client.get("/dinas/peringkat/telat?setelah=zzz")).texts("tbody tr") == [row]


def test_the_pages_ask_as_much_for_one_bill_as_for_many(client: Browser, p: Partnership) -> None:
    _overdue(p)
    asked: dict[str, list[int]] = {}
    for _ in range(2):
        for address in ("/dinas", "/dinas/peringkat", "/dinas/peringkat/telat", "/dinas/kepatuhan"):
            with counted() as statements:
                client.get(address)
            asked.setdefault(address, []).append(len(statements))
        for name in ("Kedua", "Ketiga"):
            other = make_partnership(retailer=make_retailer(name))
            sell(other.batch, 4, date(2026, 2, 5))
            _overdue(other)
    assert all(few == many <= 16 for few, many in asked.values()), asked


def test_a_month_that_cannot_be_read_is_this_one(client: Browser, p: Partnership) -> None:
    for text in ("zzz", "2026-13", "1999-01", "2999-01"):
        assert "Maret 2026" in Page(client.get(f"/dinas/kepatuhan?bulan={text}")).text


def test_without_anything_the_pages_show_the_way(
    client: Browser, session: Session, now: datetime
) -> None:
    officer = make_person()
    give_role(officer, Role.DINAS_OFFICER)
    client.log_in(officer)
    assert "Belum ada toko terverifikasi" in Page(client.get("/dinas/kepatuhan")).text
    assert "Belum ada penjualan" in Page(client.get("/dinas/peringkat")).text
    assert "Tidak ada tagihan yang telat" in Page(client.get("/dinas/peringkat/telat")).text
    assert "Belum ada penetapan" in Page(client.get("/dinas/keadilan")).text


def test_fairness_shows_its_price(client: Browser, p: Partnership, now: datetime) -> None:
    run = AllocationRun(
        number="PT-1",
        call_id=p.call.id,
        status=RunStatus.FIXED,
        seconds=2,
        asked_at=now - timedelta(days=1),
        log=[],
        instance="{}",
        input_sha256="0" * 64,
        objective=90_000,
        bound=90_000,
        free_objective=100_000,
        fairness_price=10_000,
        fixed_at=now,
    )
    db.session.add(run)
    db.session.flush()
    db.session.add(
        RunPlacement(
            run_id=run.id,
            application_id=p.application.id,
            shelf_id=p.shelf.id,
            store_id=p.store.id,
            facings=2,
            x_mm=0,
            value=90_000,
        )
    )
    page = Page(client.get("/dinas/keadilan"))
    assert "Rp10.000" in page.text
    assert page.texts("tbody tr")[-1].endswith("1 1")


def test_a_store_without_places_stands_first(p: Partnership) -> None:
    make_store(p.retailer, name="Toko Kosong Contoh")
    rows = compliance.list_stores(FEBRUARY, today=TODAY)
    assert [row.share_ppm for row in rows] == [0, 7_000]
