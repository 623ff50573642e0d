"""A trader reads what the stall is owed, what is on the way, and every event in words."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.payments.services import payouts
from pol.payments.services.commission import NewRule, add_rule
from pol.stalls.models import Stall
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    place,
)
from tests.factories.traders import make_person
from tests.payments import till
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/pedagang/saldo"


@pytest.fixture
def kept(session: Session, client: Browser, now: datetime) -> tuple[Stall, User]:
    stall, owner = make_kept_stall(make_open_market())
    client.log_in(owner)
    return stall, owner


def test_a_new_stall_learns_what_to_do(client: Browser, kept: tuple[Stall, User]) -> None:
    page = Page(client.get(PAGE))
    assert "Rekening lapak belum ditulis" in page.text
    assert "Tidak ada kejadian di tanggal ini" in page.text
    assert "/pedagang/saldo" in Page(client.get("/pedagang")).links()


def test_a_sale_shows_the_rule_that_it_was_sold_under(
    client: Browser, kept: tuple[Stall, User], now: datetime
) -> None:
    stall, owner = kept
    rule = NewRule(250, business_day(now), "SK contoh 7/2026", floor=Rupiah(500))
    add_rule(wanted=rule, actor_id=None, now=now)
    (order,) = orders_of(place([(make_product(stall, price=50_000), 2_000)], now=now))
    bring_to_customer(order, trader=owner, courier=make_person(), now=now)
    page = Page(client.get(PAGE))
    assert "+Rp97.500" in page.text
    assert "komisi Rp2.500: 2,5 %, paling sedikit Rp500 (SK contoh 7/2026)" in page.text
    detail = Page(client.get(f"/pedagang/pesanan/{order.number}"))
    assert "2,5 %, paling sedikit Rp500 (SK contoh 7/2026)" in detail.text


def test_cash_kept_and_payouts_are_told_in_words(
    client: Browser, session: Session, kept: tuple[Stall, User], now: datetime
) -> None:
    stall, owner = kept
    earlier = now - timedelta(hours=2)
    till.open_account(stall, owner, now=now)
    till.earn(stall, 100_000, now=earlier)
    till.take_cash(stall, 30_000, now=earlier)
    maker, checker = make_person(), make_person()
    batch = till.make(stall, maker, now=now)
    assert "menunggu persetujuan" in Page(client.get(PAGE)).text
    till.approve(batch, checker, now=now)
    page = Page(client.get(PAGE))
    assert "Rp100.000 ke rekening Anda" in page.text
    assert "hak lapak +Rp30.000, tunai di tangan Anda -Rp30.000" in page.text
    assert "Dipotong tunai yang dipegang lapak" in page.text
    (part,) = till.parts_of(batch)
    record = Page(client.get(f"{PAGE}/pencairan/{part.number}"))
    assert "sedang dikirim" in record.text
    assert record.tree.css(".letterhead svg")
    payouts.mark_failed(
        payout=part, batch=batch, reason="Nomor salah", officer_id=maker.id, now=now
    )
    session.commit()
    assert "Nomor salah" in Page(client.get(f"{PAGE}/pencairan/{part.number}")).text
    assert "kembali ke saldo" in Page(client.get(PAGE)).text


def test_a_stall_that_owes_is_told_how_to_settle(
    client: Browser, kept: tuple[Stall, User], now: datetime
) -> None:
    till.give_back(kept[0], 15_000, now=now)
    page = Page(client.get(PAGE))
    assert "-Rp15.000" in page.text
    assert "dipotong dari penjualan berikutnya" in page.text


def test_a_new_account_waits_in_plain_sight(
    client: Browser, kept: tuple[Stall, User], now: datetime
) -> None:
    stall, owner = kept
    till.open_account(stall, owner, now=now + timedelta(days=2, hours=5))
    assert "pencairan ditahan" in Page(client.get(PAGE)).text


def test_the_statement_adds_up_on_paper_and_in_a_table(
    client: Browser, kept: tuple[Stall, User], now: datetime
) -> None:
    stall, _ = kept
    till.earn(stall, 10_000, now=now - timedelta(days=40))
    till.earn(stall, 20_000, now=now - timedelta(days=1))
    till.post(now, [(f"payable:stall:{stall.id}", 5_000), ("refund:due", -5_000)], "=SUM(A1)")
    days = {"dari": "2026-03-01", "sampai": "2026-03-02"}
    paper = Page(client.get(f"{PAGE}/cetak", query_string=days))
    assert f"S{stall.id}-260301-260302" in paper.text
    assert "Rp10.000" in paper.texts("tbody tr")[0]
    assert "Rp25.000" in paper.texts("tfoot tr")[0]
    assert paper.tree.css(".letterhead svg")
    answer = client.get(f"{PAGE}/unduh", query_string=days)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["perubahan"], row["saldo"]) for row in rows] == [
        ("20000", "30000"),
        ("-5000", "25000"),
    ]
    assert rows[1]["uraian"] == "'=SUM(A1)"


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("kemarin", "2026-03-01", "Tulis kedua tanggal"),
        ("2026-03-02", "2026-03-01", "Tanggal mulai tidak boleh"),
        ("2026-03-01", "9999-12-31", "Tanggal mulai tidak boleh"),
        ("0001-01-01", "2026-03-01", "Tanggal mulai tidak boleh"),
        ("2020-01-01", "2026-03-01", "Paling lama setahun"),
    ],
)
def test_wrong_days_are_said(
    client: Browser, kept: tuple[Stall, User], since: str, until: str, said: str
) -> None:
    page = Page(client.get(PAGE, query_string={"dari": since, "sampai": until}))
    assert page.status == 422
    assert said in page.errors["dari"]


def test_another_stalls_payout_does_not_exist(
    client: Browser, kept: tuple[Stall, User], now: datetime
) -> None:
    other = till.make_paid_stall(now=now, earned=50_000)
    batch = till.make(other, make_person(), now=now)
    assert client.get(f"{PAGE}/pencairan/{batch.number}-1").status_code == 404
