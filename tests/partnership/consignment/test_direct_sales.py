"""Sales that a till sends itself: good rows once, the others with their reason, never twice."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.audit import AuditEntry
from pol.kernel.money import Rupiah
from pol.notices.models import Notice
from pol.partnership.applications.models import StoreCode
from pol.partnership.consignment.models import SaleLine, StockEvent
from pol.partnership.consignment.queries.till_keys import Sender
from pol.partnership.consignment.rules import SaleSource
from pol.partnership.consignment.rules.pos import KnownSale
from pol.partnership.consignment.rules.sent import OtherSale, SentByTill
from pol.partnership.consignment.services.pos.direct import take_sales
from pol.partnership.consignment.services.recalling import recall
from pol.partnership.consignment.services.sales import take_back
from tests.factories.catalogue import LONG_AGO
from tests.factories.partnership import Partnership, make_batch, make_partnership
from tests.factories.traders import make_keeper
from tests.partnership.consignment.stage import NOON, TODAY, a_key, close_until, left, sell_some
from tests.partnership.consignment.test_lapsed_permits import lapse
from tests.partnership.consignment.test_pos_imports import send, why
from tests.partnership.consignment.tillside import make_till, send_sales, sold
from tests.properties.identities import find_violations


@pytest.fixture
def p(session: Session) -> Partnership:
    return make_partnership()


@pytest.fixture
def till(p: Partnership) -> Sender:
    return make_till(p)


def test_what_a_till_sends_becomes_sales_at_the_terms_of_the_day(
    session: Session, p: Partnership, till: Sender
) -> None:
    rows = [sold(p, 2, price="15000"), sold(p, 3, "A2", day="2026-03-01", code=p.sheet.number)]
    assert send_sales(till, *rows) == ["recorded", "recorded"]
    lines = session.scalars(select(SaleLine).order_by(SaleLine.id)).all()
    assert [(line.quantity, line.day, line.source, line.import_id) for line in lines] == [
        (2, TODAY, SaleSource.API, None),
        (3, date(2026, 3, 1), SaleSource.API, None),
    ]
    assert [line.payable for line in lines] == [Rupiah(25_500), Rupiah(38_250)]
    actors = select(StockEvent.actor_id).where(StockEvent.kind == "sold")
    assert session.scalars(actors).all() == [None, None]
    assert left(p.batch) == 19
    assert find_violations() == []
    asked = select(AuditEntry).where(AuditEntry.action == "sales.sent")
    (entry,) = session.scalars(asked).all()
    assert (entry.subject, entry.detail) == (f"till_key:{till.key_id}", {"good": 2, "bad": 0})


def test_each_refused_row_says_why_in_words_and_the_good_ones_go_in(
    session: Session, p: Partnership, till: Sender
) -> None:
    close_until(p.retailer, date(2026, 2, 1))
    wrong: dict[str, dict[str, Any]] = {
        "UnreadableDay: tidak terbaca": {"day": "kapan"},
        "SoldTomorrow: belum terjadi": {"day": "2026-03-03"},
        "PeriodClosed: periode yang ditutup": {"day": "2026-01-31"},
        "UnknownCode: bukan produk produsen": {"code": "8990000000000"},
        "UnreadableQuantity: bukan angka bulat": {"quantity": "satu"},
        "UnclearQuantity: satu atau seribu": {"quantity": "1.000"},
        "NegativeQuantity: bukan penjualan": {"quantity": "-1"},
        "TooManySold: terlalu banyak": {"quantity": "100001"},
        "NotEnoughOnShelf: tinggal 22": {"quantity": "23"},
        "UnreadablePrice: tidak terbaca": {"price": "mahal"},
        "OtherPrice: di perjanjian Rp15.000": {"price": "14000"},
        "ReceiptNeeded: Nomor struk harus ada": {"receipt": " "},
        "UnreadableCell: Isi “quantity” harus": {"quantity": ["1"]},
    }
    rows = [sold(p, 1, f"B{at}") | change for at, change in enumerate(wrong.values())]
    answers = take_sales(sender=till, sales=[sold(p), *rows], now=NOON)
    assert answers[0] is None
    for said, answer in zip(wrong, answers[1:], strict=True):
        name, words = said.split(": ")
        assert type(answer).__name__ == name
        assert words in str(answer)
    assert left(p.batch) == 22


def test_goods_that_expired_or_had_no_agreement_are_refused(session: Session) -> None:
    p = make_partnership(quantity=1)
    make_batch(p.placement, quantity=9, expires_on=date(2026, 2, 20))
    rows = [sold(p, 5), sold(p, 1, day="2025-12-31")]
    assert send_sales(make_till(p), *rows) == ["OnlyExpired", "NoAgreementThen"]


def test_the_same_message_twice_changes_nothing_and_says_the_same(
    session: Session, p: Partnership, till: Sender
) -> None:
    rows = [sold(p), sold(p), sold(p, 3, "A2"), sold(p, 99, "A3")]
    first = send_sales(till, *rows)
    assert first == ["recorded", "recorded", "recorded", "NotEnoughOnShelf"]
    assert send_sales(till, *rows) == first
    assert left(p.batch) == 17


def test_a_row_that_took_from_two_batches_is_known_as_one(session: Session) -> None:
    p = make_partnership(quantity=2)
    more, till = make_batch(p.placement, quantity=20), make_till(p)
    assert [send_sales(till, sold(p, 5)) for _ in range(2)] == [["recorded"]] * 2
    assert (left(p.batch), left(more)) == (0, 17)
    assert send_sales(till, sold(p, 2)) == ["OtherSale"]


def test_a_known_receipt_that_says_something_else_is_refused(
    session: Session, p: Partnership, till: Sender
) -> None:
    send_sales(till, sold(p))
    (answer,) = take_sales(sender=till, sales=[sold(p, 3)], now=NOON)
    assert str(answer) == str(OtherSale(receipt="A1", quantity=2, price=Rupiah(15_000)))
    assert send_sales(till, sold(p, price="14000")) == ["OtherSale"]
    assert send_sales(till, sold(p, price="15000")) == ["recorded"]
    assert left(p.batch) == 22


def test_a_receipt_counts_once_when_the_till_says_it_and_then_the_file(
    session: Session, p: Partnership, till: Sender
) -> None:
    send_sales(till, sold(p))
    code = p.sheet.number
    found = send(p, f"02/03/2026;{code};2;;A1", f"02/03/2026;{code};1;;A2")
    assert (found.good_rows, left(p.batch)) == (1, 21)
    assert why(found) == [(2, str(SentByTill(receipt="A1")))]
    other = send(p, f"02/03/2026;{code};4;;A1")
    assert why(other) == [(2, str(OtherSale(receipt="A1", quantity=2, price=Rupiah(15_000))))]


def test_a_receipt_counts_once_when_the_file_says_it_and_then_the_till(
    session: Session, p: Partnership, till: Sender
) -> None:
    send(p, f"02/03/2026;{p.sheet.number};2;;A1")
    assert send_sales(till, sold(p), sold(p, 3), sold(p, 1, "A2")) == ["recorded"] * 3
    assert left(p.batch) == 18
    assert send_sales(till, sold(p, 1)) == ["OtherSale"]
    again = send(p, f"02/03/2026;{p.sheet.number};2;;A1", "02/03/2026;0;1;;")
    assert why(again)[0] == (2, str(KnownSale(receipt="A1")))


def test_a_retry_after_the_day_was_closed_or_taken_back_stays_what_it_was(
    session: Session, p: Partnership, till: Sender
) -> None:
    send_sales(till, sold(p))
    (line,) = session.scalars(select(SaleLine)).all()
    take_back(line=line, reason="Salah pindai", actor_id=p.owner.id, now=NOON)
    close_until(p.retailer, date(2026, 3, 2))
    assert send_sales(till, sold(p)) == ["recorded"]
    assert left(p.batch) == 24


def test_codes_of_this_retailer_are_known_and_a_foreign_stores_are_not(
    session: Session, p: Partnership, till: Sender
) -> None:
    q = make_partnership()
    values = {"sheet_id": p.sheet.id, "made_at": LONG_AGO}
    session.add(StoreCode(retailer_id=p.retailer.id, code="2000000000017", **values))
    session.add(StoreCode(retailer_id=q.retailer.id, code="2000000000024", **values))
    session.flush()
    codes = ("2000000000017", "2000000000024", q.sheet.number)
    rows = [sold(p, 1, code=code) for code in codes]
    assert send_sales(till, *rows) == ["recorded", "UnknownCode", "UnknownCode"]
    assert (left(p.batch), left(q.batch)) == (23, 24)


def test_the_same_receipt_in_another_store_is_another_sale(
    session: Session, p: Partnership, till: Sender
) -> None:
    q = make_partnership(retailer=p.retailer)
    send_sales(till, sold(p))
    assert send_sales(make_till(q), sold(q)) == ["recorded"]
    assert left(q.batch) == 22


def test_recalled_goods_are_taken_as_a_fact_and_both_sides_hear_of_it(
    session: Session, p: Partnership, till: Sender
) -> None:
    keeper = make_keeper(p.stall)
    recall(
        stall_id=p.stall.id,
        line_id=p.batch.line_id,
        why="Bocor",
        key=a_key(),
        actor_id=keeper.id,
        now=NOON,
    )
    assert send_sales(till, sold(p)) == ["recorded"]
    notices = session.scalars(select(Notice).where(Notice.key.startswith("recall-sold:"))).all()
    assert {notice.user_id for notice in notices} == {p.owner.id, keeper.id}
    assert all("2 buah tercatat terjual di kasir" in notice.body for notice in notices)


def test_goods_without_a_permit_are_taken_as_a_fact_and_both_sides_hear_of_it(
    session: Session, p: Partnership, till: Sender
) -> None:
    keeper = make_keeper(p.stall)
    lapse(p, session)
    assert send_sales(till, sold(p)) == ["recorded"]
    notices = session.scalars(select(Notice).where(Notice.key.startswith("permit-sold:"))).all()
    assert {notice.user_id for notice in notices} == {p.owner.id, keeper.id}


def test_a_day_sheet_and_a_till_share_one_shelf(
    session: Session, p: Partnership, till: Sender
) -> None:
    sell_some(p, 20, source=SaleSource.SHEET)
    assert send_sales(till, sold(p, 5), sold(p, 4, "A2")) == ["NotEnoughOnShelf", "recorded"]
    assert left(p.batch) == 0
    assert find_violations() == []
