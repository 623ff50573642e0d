"""The books on their pages: everything for an administrator."""

import csv
from datetime import datetime, timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.kernel.paging import encode_cursor
from pol.kernel.transaction import transaction
from pol.ledger.rules import KINDS, DayNotOver
from pol.ledger.services import post
from pol.web.status_words import account
from tests.factories.people import give_role, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page

DAY = timedelta(days=1)


@pytest.fixture
def admin(client: Browser, now: datetime) -> User:
    admin = make_person("Admin Contoh")
    give_role(admin, Role.ADMINISTRATOR)
    client.log_in(admin)
    return admin


def write(number: int, at: datetime, amount: int = 1_000, memo: str = "Uji") -> None:
    lines = [("bank:market:1", Rupiah(amount)), ("held:orders", Rupiah(-amount))]
    with transaction():
        post(key=f"n:{number}", at=at, reference=f"B-{number}", memo=memo, lines=lines)


def table(page: Page) -> list[list[str]]:
    rows = page.tree.css("main tbody tr")
    return [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in rows]


def read_csv(client: Browser, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.reader(StringIO(answer.text)))


def read_workbook(client: Browser, address: str) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(BytesIO(client.get(address).data))
    return {page.title: list(page.values) for page in book.worksheets}


def test_every_sort_of_account_has_a_name() -> None:
    nameless = {kind for kind in KINDS if account(f"{kind}:stall:1").startswith(kind)}
    assert nameless == {"income", "expense"}  # there is no such account of a stall


def test_empty_books_say_so_on_every_page(client: Browser, admin: User) -> None:
    for path, said in {
        "": "Belum ada akun yang cocok",
        "/jurnal": "Tidak ada catatan yang cocok",
        "/neraca": "Belum ada uang yang bergerak",
        "/tutup": "Belum ada hari yang ditutup",
    }.items():
        assert said in Page(client.get(f"/admin/buku{path}")).text


def test_accounts_are_found_by_kind_and_code(client: Browser, admin: User, now: datetime) -> None:
    write(1, now)
    page = Page(client.get("/admin/buku"))
    assert table(page) == [
        ["rekening pasar", "bank:market:1", "Harta", "Rp1.000 debit"],
        ["titipan pembeli", "held:orders", "Kewajiban", "Rp1.000 kredit"],
    ]
    assert "2 akun" in page.messages
    one = Page(client.get("/admin/buku?jenis=liability&q=HELD"))
    assert [row[1] for row in table(one)] == ["held:orders"]
    assert table(Page(client.get("/admin/buku?jenis=lain&q=%25"))) == []


def test_a_statement_keeps_its_running_balance_over_pages(
    client: Browser, admin: User, now: datetime
) -> None:
    for number in range(1, 61):
        write(number, now, amount=number)
    first = Page(client.get("/admin/buku/akun/bank:market:1"))
    rows = table(first)
    assert len(rows) == 50
    assert rows[0][2:] == ["Rp60", "–", "Rp1.830 debit"]
    assert rows[1][2:] == ["Rp59", "–", "Rp1.770 debit"]
    (following,) = first.links("a[rel=next]")
    rest = table(Page(client.get(following)))
    assert rest[0][2:] == ["Rp10", "–", "Rp55 debit"]
    assert rest[-1][2:] == ["Rp1", "–", "Rp1 debit"]
    assert client.get("/admin/buku/akun/bank:market:9").status_code == 404


def test_the_journal_is_searched_by_day_and_words(
    client: Browser, admin: User, now: datetime
) -> None:
    write(1, now - 2 * DAY, memo="Transfer diterima: B260228-AAAAAA")
    write(2, now - DAY, memo="100% dari lapak")
    write(3, now, memo="Setoran")
    day = (now - DAY).date().isoformat()
    assert Page(client.get("/admin/buku/jurnal")).texts("h3")[0] == "Setoran"
    for asked, expected in {
        f"dari={day}&sampai={day}": ["100% dari lapak"],
        f"sampai={day}": ["100% dari lapak", "Transfer diterima: B260228-AAAAAA"],
        "q=b260228": ["Transfer diterima: B260228-AAAAAA"],
        "q=B-3": ["Setoran"],
        "q=0%25": ["100% dari lapak"],
        "q=_": [],
    }.items():
        assert Page(client.get(f"/admin/buku/jurnal?{asked}")).texts("h3") == expected, asked
    page = Page(client.get("/admin/buku/jurnal?dari=kemarin&q=setoran"))
    assert "Tanggal itu tidak terbaca" in page.text
    assert page.texts("h3") == ["Setoran"]


def test_the_journal_is_read_page_by_page(client: Browser, admin: User, now: datetime) -> None:
    for number in range(30):
        write(number, now + timedelta(seconds=number), memo=f"Uji {number}")
    page = Page(client.get("/admin/buku/jurnal?q=uji"))
    assert (len(page.texts("h3")), page.texts("h3")[0]) == (25, "Uji 29")
    (following,) = page.links("a[rel=next]")
    assert Page(client.get(following)).texts("h3") == [f"Uji {n}" for n in range(4, -1, -1)]


def test_debit_equals_credit_at_the_end_of_each_day(
    client: Browser, admin: User, now: datetime
) -> None:
    write(1, now - DAY, amount=1_000)
    write(2, now, amount=500)
    page = Page(client.get(f"/admin/buku/neraca?hari={(now - DAY).date()}"))
    assert page.texts("tfoot td") == ["Rp1.000", "Rp1.000"]
    assert Page(client.get("/admin/buku/neraca")).texts("tfoot td") == ["Rp1.500", "Rp1.500"]
    assert "Tanggal itu tidak terbaca" in client.get("/admin/buku/neraca?hari=x").text


def test_files_hold_what_the_pages_show(client: Browser, admin: User, now: datetime) -> None:
    write(1, now - 40 * DAY, memo="lama")
    write(2, now - DAY, memo="=1+1")
    write(3, now, amount=500)
    rows = read_csv(client, "/admin/buku/jurnal.csv")
    assert [row[2] for row in rows[1:]] == ["'=1+1", "'=1+1", "Uji", "Uji"]
    assert rows[3] == ["2026-03-02 12:00:00", "B-3", "Uji", "bank:market:1", "rekening pasar", "500", ""]  # fmt: skip  # noqa: E501
    old = read_csv(client, f"/admin/buku/jurnal.csv?sampai={(now - 40 * DAY).date()}")
    assert [row[2] for row in old[1:]] == ["lama", "lama"]
    balance = read_csv(client, "/admin/buku/neraca.csv")
    assert balance[1:] == [
        ["bank:market:1", "rekening pasar", "Harta", "2500", ""],
        ["held:orders", "titipan pembeli", "Kewajiban", "", "2500"],
        ["", "Jumlah", "", "2500", "2500"],
    ]


def test_workbooks_hold_what_the_pages_show(client: Browser, admin: User, now: datetime) -> None:
    write(1, now - DAY, memo="=1+1")
    write(2, now, amount=500)
    (journal,) = read_workbook(client, "/admin/buku/jurnal.xlsx").values()
    assert [row[2] for row in journal[1:]] == ["=1+1", "=1+1", "Uji", "Uji"]
    at, *rest = journal[3]
    assert str(at) == "2026-03-02 12:00:00"
    assert rest == ["B-2", "Uji", "bank:market:1", "rekening pasar", 500, None]
    shown, every = read_workbook(client, "/admin/buku/neraca.xlsx").values()
    page = Page(client.get("/admin/buku/neraca"))
    assert [row[0] for row in shown[1:-1]] == page.texts("tbody th a")
    sums = [str(Rupiah(int(str(sum_)))) for row in shown[1:] for sum_ in row[2:] if sum_]
    assert sums == [text for text in page.texts("td.number") if text != "–"]
    assert every[1:] == [
        ("bank:market:1", "rekening pasar", "Harta", 1_500, None),
        ("held:orders", "titipan pembeli", "Kewajiban", None, 1_500),
        (None, "Jumlah", None, 1_500, 1_500),
    ]


def test_days_are_closed_on_the_page(client: Browser, admin: User, now: datetime) -> None:
    write(1, now - 2 * DAY)
    page = Page(client.get("/admin/buku/tutup"))
    done = Page(client.send(page.form(), day=str((now - DAY).date())))
    assert "2 hari ditutup." in done.messages
    assert [row[1:3] for row in table(done)] == [["0", "Rp0"], ["1", "Rp1.000"]]
    assert "Admin Contoh" in done.text
    trail = Page(client.get("/admin/jejak?kejadian=books.closed"))
    assert trail.texts("tbody td:nth-child(3)") == ["Hari 2026-03-01", "Hari 2026-02-28"]
    again = Page(client.send(page.form(), day=str((now - DAY).date())))
    assert "Semua hari sampai tanggal itu sudah ditutup." in again.messages
    assert len(table(again)) == 2


@pytest.mark.parametrize("ahead", [0, 1])
def test_a_day_that_is_not_over_is_refused_beside_the_field(
    client: Browser, admin: User, now: datetime, ahead: int
) -> None:
    write(1, now - DAY)
    page = Page(client.submit("/admin/buku/tutup", day=str((now + ahead * DAY).date())))
    assert (page.status, page.errors["day"]) == (409, DayNotOver.message)
    assert table(page) == []


@pytest.mark.parametrize("typed", ["", "kemarin", "2026-13-40"])
def test_a_day_that_is_none_is_asked_again(client: Browser, admin: User, typed: str) -> None:
    page = Page(client.submit("/admin/buku/tutup", day=typed))
    assert page.status == 422
    assert "day" in page.errors
    db.session.rollback()


@pytest.mark.parametrize("path", ["", "/jurnal", "/neraca", "/tutup", "/akun/held:orders"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "%00"])
def test_no_address_breaks_a_page(
    client: Browser, admin: User, now: datetime, path: str, day: str
) -> None:
    write(1, now)
    for cursor in (["\x00"], ["\ud800"], [day], [2**70], [1]):
        asked = f"sesudah={encode_cursor(tuple(cursor))}&hari={day}&dari={day}&sampai={day}&q=%25"
        assert client.get(f"/admin/buku{path}?{asked}").status_code in {200, 400}
        assert client.get(f"/admin/buku/jurnal.csv?{asked}").status_code in {200, 400}
        assert client.get(f"/admin/buku/neraca.xlsx?{asked}").status_code in {200, 400}
