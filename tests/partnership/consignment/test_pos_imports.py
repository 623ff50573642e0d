"""Till files: good rows once, bad rows with their reason, the same file twice changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.partnership.applications.models import StoreCode
from pol.partnership.consignment.models import PosMapping, SaleImport, SaleLine
from pol.partnership.consignment.queries.imports import list_bad_rows
from pol.partnership.consignment.queries.stores import Reach, get_store
from pol.partnership.consignment.rules import ImportStatus
from pol.partnership.consignment.rules.pos import KnownSale, UnknownCode
from pol.partnership.consignment.services.pos import imports
from pol.partnership.consignment.services.pos.imports import AlreadyRunning
from pol.partnership.consignment.services.pos.taking_in import run_imports
from tests.factories.catalogue import LONG_AGO
from tests.factories.partnership import Partnership, make_batch, make_partnership
from tests.partnership.consignment.stage import NOON, close_until, left

HEADING = "Tanggal;Kode;Jumlah;Harga;Struk"


@contextmanager
def alone() -> Iterator[None]:
    with db.session.begin_nested():
        yield


def send(p: Partnership, *rows: str, start: bool = True) -> SaleImport:
    """Upload a file with these rows for the partnership's store and take it in."""
    store = get_store(Reach(p.retailer.id), slug=p.store.slug)
    content = "\n".join([HEADING, *rows]).encode()
    found, _ = imports.upload(
        store=store, file=imports.open_file("kasir.csv", content), actor_id=p.owner.id, now=NOON
    )
    if start and found.status is not ImportStatus.DONE:
        imports.map_columns(found=found, columns=found.columns, now=NOON)
        imports.start(found=found, actor_id=p.owner.id, now=NOON)
        run_imports(now=NOON, alone=alone)
    return found


def why(found: SaleImport) -> list[tuple[int, str]]:
    return [(row.row, row.message) for row in list_bad_rows(import_id=found.id)]


def test_a_file_becomes_sales(session: Session) -> None:
    p = make_partnership()
    code = p.sheet.number
    found = send(p, f"02/03/2026;{code};2;15.000;A1", f"01/03/2026;{code.lower()};3;;")
    assert (found.status, found.good_rows, found.bad_rows) == (ImportStatus.DONE, 2, 0)
    assert left(p.batch) == 19
    lines = session.scalars(select(SaleLine).order_by(SaleLine.id)).all()
    assert [(line.quantity, line.day, line.import_id) for line in lines] == [
        (2, date(2026, 3, 2), found.id),
        (3, date(2026, 3, 1), found.id),
    ]
    assert found.content is None


def test_the_same_file_twice_changes_nothing(session: Session) -> None:
    p = make_partnership()
    row = f"02/03/2026;{p.sheet.number};2;;"
    first, second = send(p, row), send(p, row)
    assert (second.id, left(p.batch)) == (first.id, 22)
    with pytest.raises(AlreadyRunning):
        imports.start(found=first, actor_id=p.owner.id, now=NOON)
    with pytest.raises(AlreadyRunning):
        imports.map_columns(found=first, columns=first.columns, now=NOON)


def test_each_bad_row_says_why_and_the_good_ones_go_in(session: Session) -> None:
    p = make_partnership(quantity=10)
    close_until(p.retailer, date(2026, 2, 1))
    code = p.sheet.number
    found = send(
        p,
        f"02/03/2026;{code};4;;",
        "02/03/2026;8990000000000;1;;",
        f"02/03/2026;{code};-1;;",
        f"02/03/2026;{code};nol;;",
        f"31/01/2026;{code};1;;",
        f"03/03/2026;{code};1;;",
        f"02/03/2026;{code};7;;",
        f"02/03/2026;{code};1;14.000;",
        f"kapan;{code};1;;",
    )
    assert (found.good_rows, found.bad_rows, left(p.batch)) == (1, 8, 6)
    said = dict(why(found))
    assert sorted(said) == list(range(3, 11))
    for row, words in (
        (3, "bukan produk produsen"),
        (4, "bukan penjualan"),
        (5, "bukan angka bulat"),
        (6, "periode yang ditutup"),
        (7, "belum terjadi"),
        (8, "tinggal 6"),
        (9, "di perjanjian Rp15.000"),
        (10, "tidak terbaca"),
    ):
        assert words in said[row]


def test_only_expired_goods_and_days_before_the_place_are_refused(session: Session) -> None:
    p = make_partnership(quantity=1)
    make_batch(p.placement, quantity=9, expires_on=date(2026, 2, 20))
    code = p.sheet.number
    found = send(p, f"02/03/2026;{code};5;;", f"31/12/2025;{code};1;;")
    said = dict(why(found))
    assert "lewat kedaluwarsa" in said[2]
    assert "belum punya perjanjian" in said[3]


def test_the_same_receipt_in_another_file_is_not_sold_twice(session: Session) -> None:
    p = make_partnership()
    code = p.sheet.number
    send(p, f"02/03/2026;{code};2;;A1", f"02/03/2026;{code};2;;A1")
    second = send(p, f"02/03/2026;{code};2;;A1", f"02/03/2026;{code};1;;A2")
    assert (second.good_rows, second.bad_rows, left(p.batch)) == (1, 1, 19)
    assert why(second) == [(2, str(KnownSale(receipt="A1")))]


def test_rows_that_were_refused_may_be_tried_again_and_good_ones_stay_once(
    session: Session,
) -> None:
    p = make_partnership(quantity=3)
    code = p.sheet.number
    found = send(p, f"02/03/2026;{code};2;;", f"02/03/2026;{code};5;;", f"02/03/2026;{code};1;;R")
    assert (found.good_rows, left(p.batch)) == (2, 0)
    more = make_batch(p.placement, quantity=5)
    imports.start(found=found, actor_id=p.owner.id, now=NOON)
    run_imports(now=NOON, alone=alone)
    assert (found.good_rows, found.bad_rows, left(more)) == (3, 0, 0)


def test_numbers_of_this_retailer_are_known_and_those_of_another_are_not(session: Session) -> None:
    p, q = make_partnership(), make_partnership()
    p.sheet.gtin = "8991234567890"
    values = {"sheet_id": p.sheet.id, "made_at": LONG_AGO}
    session.add(StoreCode(retailer_id=p.retailer.id, code="2000000000017", **values))
    session.add(StoreCode(retailer_id=q.retailer.id, code="2000000000024", **values))
    session.flush()
    codes = ("8991234567890", "2000000000017", "2000000000024", q.sheet.number)
    found = send(p, *(f"02/03/2026;{code};1;;" for code in codes))
    assert found.good_rows == 2
    assert [message for _, message in why(found)] == [
        str(UnknownCode(code="2000000000024")),
        str(UnknownCode(code=q.sheet.number)),
    ]


def test_a_shape_is_remembered_for_all_stores_of_a_retailer(session: Session) -> None:
    p = make_partnership()
    first = send(p, f"02/03/2026;{p.sheet.number};1;;", start=False)
    assert first.status is ImportStatus.WAITING
    imports.map_columns(found=first, columns={"day": 0, "code": 1, "quantity": 2}, now=NOON)
    second = send(p, f"02/03/2026;{p.sheet.number};2;;", start=False)
    assert (second.status, second.columns) == (
        ImportStatus.PREVIEWED,
        {"day": 0, "code": 1, "quantity": 2},
    )
    assert len(session.scalars(select(PosMapping)).all()) == 1


def test_looking_over_a_file_writes_nothing(session: Session) -> None:
    p = make_partnership(quantity=3)
    code = p.sheet.number
    found = send(p, f"02/03/2026;{code};2;;", f"02/03/2026;{code};2;;", start=False)
    looked = imports.look_over(found, now=NOON).rows
    assert [row.message is None for row in looked] == [True, False]
    assert left(p.batch) == 3


def test_a_file_that_cannot_be_read_any_more_is_refused_whole(session: Session) -> None:
    p = make_partnership()
    found = send(p, f"02/03/2026;{p.sheet.number};1;;", start=False)
    imports.map_columns(found=found, columns=found.columns, now=NOON)
    imports.start(found=found, actor_id=p.owner.id, now=NOON)
    found.content = b"rusak"
    run_imports(now=NOON, alone=alone)
    assert (found.status, left(p.batch)) == (ImportStatus.REFUSED, 24)
    assert found.failure
