"""The same sales in another file: known by what the rows mean, not by the bytes of the file."""

import io
from collections import Counter
from datetime import date, timedelta

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.partnership.consignment.models import SaleImport, SaleLine
from pol.partnership.consignment.queries.stores import Reach, get_store
from pol.partnership.consignment.rules import ImportStatus
from pol.partnership.consignment.rules.pos import PosRow
from pol.partnership.consignment.rules.twins import (
    BY_TILL,
    PartlyKnown,
    PartlySent,
    SameRows,
    Taken,
    Twin,
    find_overlap,
    find_sent,
    fingerprint,
)
from pol.partnership.consignment.services.pos import imports
from pol.partnership.consignment.services.pos.taking_in import run_imports
from pol.partnership.consignment.services.sales import take_back
from tests.factories.partnership import Partnership, make_batch, make_partnership
from tests.partnership.consignment.stage import NOON, TODAY, left
from tests.partnership.consignment.test_pos_imports import alone
from tests.partnership.consignment.tillside import make_till, send_sales, sold

COLUMNS = {"day": 0, "code": 1, "quantity": 2}
LATER = NOON + timedelta(hours=2)


@pytest.fixture
def p(session: Session) -> Partnership:
    return make_partnership()


def rows_of(p: Partnership, *pieces: int, day: str = "02/03/2026") -> list[str]:
    return [f"{day};{p.sheet.number};{quantity}" for quantity in pieces]


def upload(p: Partnership, content: bytes, *, is_known: bool = True) -> tuple[SaleImport, bool]:
    """Send a file as the page does; without `is_known` before anybody named its columns."""
    store = get_store(Reach(p.retailer.id), slug=p.store.slug)
    file = imports.open_file("kasir.csv", content, retailer_id=p.retailer.id if is_known else None)
    return imports.upload(store=store, file=file, actor_id=p.owner.id, now=NOON)


def text(rows: list[str], end: str = "\n") -> bytes:
    return end.join(["Tanggal;Kode;Jumlah", *rows]).encode()


def run(p: Partnership, found: SaleImport, *, apart_from: str = "") -> SaleImport:
    if found.status is ImportStatus.WAITING:
        imports.map_columns(found=found, columns=COLUMNS, now=NOON)
    imports.start(found=found, actor_id=p.owner.id, now=LATER, apart_from=apart_from)
    run_imports(now=LATER, alone=alone)
    return found


def send(p: Partnership, content: bytes) -> SaleImport:
    return run(p, upload(p, content)[0])


def as_xlsx(rows: list[str]) -> bytes:
    book, packed = Workbook(), io.BytesIO()
    page = book.active
    assert page
    for row in ["Tanggal;Kode;Jumlah", *rows]:
        day, code, pieces = row.split(";")
        page.append([day, code, int(pieces) if pieces.isdigit() else pieces])
    book.save(packed)
    return packed.getvalue()


SAVED_AGAIN = {
    "one more line end": lambda rows: text([*rows, ""]),
    "other line ends": lambda rows: text(rows, "\r\n"),
    "another order": lambda rows: text(rows[::-1]),
    "another spelling": lambda rows: text([row.replace("02/03/2026", "2026-03-02").lower()
                                           for row in rows]),
    "a workbook": as_xlsx,
}  # fmt: skip


@pytest.mark.parametrize("how", SAVED_AGAIN)
def test_a_file_that_was_saved_again_is_the_file_it_was(
    session: Session, p: Partnership, how: str
) -> None:
    rows = rows_of(p, 3, 2)
    first = send(p, text(rows))
    again, is_new = upload(p, SAVED_AGAIN[how](rows))
    assert (again.id, is_new, left(p.batch)) == (first.id, False, 19)


@pytest.mark.parametrize("how", SAVED_AGAIN)
def test_two_such_files_before_anybody_named_the_columns_count_once(
    session: Session, p: Partnership, how: str
) -> None:
    rows = rows_of(p, 3, 2)
    first, _ = upload(p, text(rows), is_known=False)
    again, is_new = upload(p, SAVED_AGAIN[how](rows), is_known=False)
    assert is_new
    run(p, first)
    run(p, again)
    assert (again.status, left(p.batch)) == (ImportStatus.REFUSED, 19)
    assert again.failure == str(SameRows(number=first.number, day="02-03-2026 pukul 12.00 WIB"))
    look = imports.look_over(again, now=LATER)
    assert look.twin == Twin(first.number, NOON)
    imports.map_columns(found=again, columns=again.columns, now=LATER)
    with pytest.raises(SameRows, match=first.number):
        imports.start(found=again, actor_id=p.owner.id, now=LATER)


def test_a_corrected_row_makes_another_file(session: Session, p: Partnership) -> None:
    send(p, text(["kapan;X;1"]))
    (again, is_new) = upload(p, text(rows_of(p, 1)))
    assert is_new
    assert run(p, again).good_rows == 1


def test_the_same_rows_in_another_store_are_other_sales(session: Session, p: Partnership) -> None:
    q = make_partnership()
    first = send(p, text(["02/03/2026;899;1"]))
    assert send(q, text(["02/03/2026;899;1"])).id != first.id


def test_half_of_a_day_again_waits_for_a_word(session: Session, p: Partnership) -> None:
    first = send(p, text(rows_of(p, 3, 2)))
    second = send(p, text(rows_of(p, 3, 4)))
    assert (second.status, second.good_rows, left(p.batch)) == (ImportStatus.PREVIEWED, 0, 19)
    said = PartlyKnown(
        same=1, of=2, day="02-03-2026", number=first.number, sent="02-03-2026 pukul 12.00 WIB"
    )
    assert second.failure == str(said)
    assert imports.look_over(second, now=LATER).twin == Twin(first.number, NOON, TODAY, 1, 2)
    run(p, second, apart_from="IM-LAIN")
    assert second.status is ImportStatus.PREVIEWED
    run(p, second, apart_from=first.number)
    assert (second.status, second.good_rows, left(p.batch)) == (ImportStatus.DONE, 2, 12)


def test_less_than_half_of_a_day_or_another_day_is_no_doubt(
    session: Session, p: Partnership
) -> None:
    send(p, text(rows_of(p, 3, 2)))
    assert send(p, text(rows_of(p, 3, 4, 5))).good_rows == 3
    assert send(p, text(rows_of(p, 3, 2, day="01/03/2026"))).good_rows == 2
    assert left(p.batch) == 2


def test_a_row_that_took_from_two_batches_is_one_and_what_was_taken_back_is_none(
    session: Session,
) -> None:
    p = make_partnership(quantity=2)
    more = make_batch(p.placement, quantity=20)
    first = send(p, text(rows_of(p, 3, 1)))
    again = send(p, text(rows_of(p, 3)))
    assert (again.status, left(more)) == (ImportStatus.PREVIEWED, 18)
    for line in session.scalars(select(SaleLine).where(SaleLine.import_id == first.id)):
        take_back(line=line, reason="Salah berkas", actor_id=p.owner.id, now=LATER)
    assert run(p, again).good_rows == 1


def test_rows_with_receipts_are_known_by_them_alone(session: Session, p: Partnership) -> None:
    columns = COLUMNS | {"receipt": 3}
    for receipt in ("A", "B"):
        row = f"02/03/2026;{p.sheet.number};3;{receipt}"
        found, _ = upload(p, f"Tanggal;Kode;Jumlah;Struk\n{row}\n".encode(), is_known=False)
        imports.map_columns(found=found, columns=columns, now=NOON)
        assert run(p, found).good_rows == 1


def test_a_file_of_a_day_that_the_till_sent_itself_waits_for_a_word(
    session: Session, p: Partnership
) -> None:
    send_sales(make_till(p), sold(p, 2), sold(p, 3, "A2"))
    found = send(p, text(rows_of(p, 5)))
    assert (found.status, found.good_rows, left(p.batch)) == (ImportStatus.PREVIEWED, 0, 19)
    assert found.failure == str(PartlySent(same=1, of=1, day="02-03-2026"))
    assert imports.look_over(found, now=LATER).twin == Twin(BY_TILL, None, TODAY, 1, 1)
    assert send(p, text(rows_of(p, 5, day="01/03/2026"))).good_rows == 1
    run(p, found, apart_from=BY_TILL)
    assert (found.status, found.good_rows, left(p.batch)) == (ImportStatus.DONE, 1, 9)


def test_what_the_till_sent_and_took_back_is_nobodys(session: Session, p: Partnership) -> None:
    send_sales(make_till(p), sold(p))
    for line in session.scalars(select(SaleLine)).all():
        take_back(line=line, reason="Salah pindai", actor_id=p.owner.id, now=NOON)
    assert send(p, text(rows_of(p, 2))).good_rows == 1


def test_trying_the_rest_of_a_file_again_asks_about_nothing(session: Session) -> None:
    p = make_partnership(quantity=3)
    found = send(p, text(rows_of(p, 3, 2)))
    assert (found.good_rows, found.bad_rows) == (1, 1)
    make_batch(p.placement, quantity=5)
    run(p, found)
    assert (found.status, found.good_rows) == (ImportStatus.DONE, 2)


def test_meaning_keeps_what_differs_apart() -> None:
    row = PosRow(TODAY, "A", 1, None, "")
    others = [
        PosRow(TODAY, "A", 2, None, ""),
        PosRow(TODAY, "B", 1, None, ""),
        PosRow(TODAY, "A", 1, None, "S1"),
        PosRow(TODAY - timedelta(days=1), "A", 1, None, ""),
    ]
    seen = {fingerprint([(one, ["x"])]) for one in [row, *others]}
    seen |= {fingerprint([(row, []), (row, [])]), fingerprint([(None, ["kapan"])])}
    assert len(seen) == len(others) + 3
    assert fingerprint([(row, ["a"])]) == fingerprint([(row, ["b "])])


def test_the_closest_of_several_files_is_named() -> None:
    def taken(number: str, *rows: tuple[int, int], day: date = TODAY) -> Taken:
        return Taken(number, NOON, day, Counter(rows))

    rows = {TODAY: Counter([(1, 3), (1, 3), (2, 1)])}
    far, near = taken("IM-1", (1, 3), (1, 4)), taken("IM-2", (1, 3), (1, 3))
    found = find_overlap(rows, [near, far])
    assert found == Twin("IM-2", NOON, TODAY, 2, 3)
    assert find_overlap(rows, [far]) is None
    assert find_overlap(rows, [taken("IM-3", (1, 3), (1, 3), day=date(2026, 3, 1))]) is None


def test_the_till_is_named_when_half_of_a_days_rows_are_of_what_it_sent() -> None:
    before = date(2026, 3, 1)
    rows = {TODAY: Counter([(1, 3), (1, 3), (2, 1), (3, 1)]), before: Counter([(1, 3)])}
    assert find_sent(rows, {TODAY: {1}}) == Twin(BY_TILL, None, TODAY, 2, 4)
    assert find_sent(rows, {TODAY: {2}}) is None
    assert find_sent(rows, {TODAY: {1}, before: {1}}) == Twin(BY_TILL, None, before, 1, 1)
    assert find_sent({TODAY: Counter()}, {TODAY: {1}}) is None
    assert find_sent(rows, {}) is None
