"""An officer pays the stalls of the market, and another one says yes."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah
from pol.payments.models import PayoutBatch
from pol.payments.rules.payout import USUAL
from pol.payments.services.bank_accounts import Wanted, set_account
from pol.stalls.models import Stall
from pol.stalls.queries.own import get_owner
from tests.factories.orders import make_kept_stall, make_open_market
from tests.orders.checks import balance_of
from tests.payments import till
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.officer.conftest import Desk, make_officer

PAGE = "/petugas/pencairan"


@pytest.fixture
def second(desk: Desk) -> User:
    return make_officer(desk.market)


@pytest.fixture
def stall(desk: Desk, now: datetime) -> Stall:
    return till.make_paid_stall(desk.market, now=now, earned=150_000)


def number_of(page: Page) -> str:
    return page.address.rpartition("/")[2]


def make(client: Browser) -> str:
    """Press the button of the preview; return the number of the batch."""
    return number_of(Page(client.send(Page(client.get(f"{PAGE}/baru")).form(f"{PAGE}/baru"))))


def test_without_anything_the_page_shows_the_way(client: Browser, desk: Desk) -> None:
    assert "Belum ada pencairan" in Page(client.get(PAGE)).text
    page = Page(client.get(f"{PAGE}/baru"))
    assert "Belum ada lapak yang bisa dicairkan" in page.text
    assert page.forms() == []


def test_the_preview_says_who_gets_what_and_who_does_not(
    client: Browser, desk: Desk, stall: Stall, now: datetime
) -> None:
    till.take_cash(stall, 20_000, now=now - timedelta(hours=1))
    bare, _ = make_kept_stall(desk.market, "Lapak Tanpa Rekening")
    till.earn(bare, 40_000, now=now - timedelta(hours=1))
    preview = Page(client.get(f"{PAGE}/baru"))
    assert "Siti Contoh" in preview.text
    assert "sudah dipotong tunai Rp20.000" in preview.text
    assert "belum menulis rekening" in preview.text


def test_the_maker_is_not_the_checker(
    client: Browser, desk: Desk, second: User, stall: Stall
) -> None:
    number = make(client)
    mine = Page(client.get(f"{PAGE}/{number}"))
    assert "petugas lain atau administrator" in mine.text
    assert f"{PAGE}/{number}/setujui" not in [form.action for form in mine.forms()]
    refused = Page(client.submit(f"{PAGE}/{number}/setujui"))
    assert any("Anda sendiri yang membuat" in said for said in refused.messages)
    client.log_in(second)
    page = Page(client.send(Page(client.get(f"{PAGE}/{number}")).form(f"{PAGE}/{number}/setujui")))
    assert any("Disetujui" in said for said in page.messages)
    assert balance_of(f"payable:stall:{stall.id}") == ZERO


def test_what_the_bank_refuses_comes_back_once(
    client: Browser, desk: Desk, second: User, stall: Stall
) -> None:
    number = make(client)
    client.log_in(second)
    client.submit(f"{PAGE}/{number}/setujui")
    part = f"{number}-1"
    missing = Page(client.submit(f"{PAGE}/{number}/{part}/gagal", reason=""))
    assert missing.status == 422
    assert "kata bank" in missing.errors["reason"]
    page = Page(client.submit(f"{PAGE}/{number}/{part}/gagal", reason="Nomor tidak ada"))
    assert "Nomor tidak ada" in page.text
    assert balance_of(f"payable:stall:{stall.id}") == Rupiah(-150_000)
    again = Page(client.submit(f"{PAGE}/{number}/{part}/terkirim"))
    assert any("sudah diputuskan" in said for said in again.messages)
    assert number in Page(client.get(PAGE)).text


def test_what_the_bank_has_sent_is_ticked_off(
    client: Browser, desk: Desk, second: User, stall: Stall, now: datetime
) -> None:
    other = till.make_paid_stall(desk.market, now=now, earned=30_000)
    number = make(client)
    client.log_in(second)
    client.submit(f"{PAGE}/{number}/setujui")
    client.submit(f"{PAGE}/{number}/{number}-1/terkirim")
    page = Page(client.get(f"{PAGE}/{number}"))
    assert f"{PAGE}/{number}/{number}-1/terkirim" not in [form.action for form in page.forms()]
    page = Page(client.send(page.form(f"{PAGE}/{number}/terkirim")))
    assert page.texts(".badge").count("sudah dikirim") == 2
    assert balance_of(f"payable:stall:{other.id}") == ZERO


def test_a_dropped_batch_moves_nothing(client: Browser, desk: Desk, stall: Stall) -> None:
    number = make(client)
    assert "Pencairan menunggu persetujuan 1" in Page(client.get("/petugas")).text
    form = Page(client.get(f"{PAGE}/{number}")).form(f"{PAGE}/{number}/batalkan")
    assert "dibatalkan" in Page(client.send(form)).text
    assert balance_of(f"payable:stall:{stall.id}") == Rupiah(-150_000)


def test_the_bank_file_holds_no_formula(
    client: Browser, desk: Desk, second: User, stall: Stall, now: datetime
) -> None:
    stall.name = '=HYPERLINK("http://jahat")'
    wanted = Wanted("BRI", "0099887766", "@Siti, Contoh")
    owner, before = get_owner(stall_id=stall.id).user_id, now - 2 * USUAL.cool_down
    set_account(stall=stall, wanted=wanted, policy=USUAL, actor_id=owner, now=before)
    number = make(client)
    client.log_in(second)
    client.submit(f"{PAGE}/{number}/setujui")
    answer = client.get(f"{PAGE}/{number}/bank")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    header, row = csv.reader(io.StringIO(answer.text))
    assert header == ["number", "bank", "account", "holder", "amount", "note"]
    assert row[1:5] == ["BRI", "0099887766", "'@Siti, Contoh", "150000"]
    assert row[5].startswith("POL =")


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2026-03-01", 200),
        ("2026-03-03", 200),
        ("0001-01-01", 422),
        ("9999-12-31", 422),
        ("x", 422),
    ],
)
def test_any_day_may_be_asked_about(
    client: Browser, desk: Desk, stall: Stall, day: str, status: int
) -> None:
    found = client.get(f"{PAGE}/baru", query_string={"pasar": desk.market.id, "sampai": day})
    assert found.status_code == status


def test_a_batch_reaches_back_to_a_past_day_but_not_ahead(
    client: Browser, desk: Desk, stall: Stall, now: datetime
) -> None:
    tomorrow = business_day(now) + timedelta(days=1)
    page = Page(client.submit(f"{PAGE}/baru", pasar=desk.market.id, sampai=tomorrow.isoformat()))
    assert (page.status, list(page.errors)) == (422, ["sampai"])
    yesterday = business_day(now) - timedelta(days=1)
    page = Page(client.submit(f"{PAGE}/baru", pasar=desk.market.id, sampai=yesterday.isoformat()))
    assert page.status == 422
    assert "Belum ada lapak yang bisa dicairkan" in page.text
    page = Page(client.submit(f"{PAGE}/baru", pasar="", sampai=""))
    assert page.status == 422


def test_another_markets_batch_does_not_exist(
    client: Browser, session: Session, desk: Desk, stall: Stall, now: datetime
) -> None:
    batch: PayoutBatch = till.make(stall, desk.officer, now=now)
    session.commit()
    client.log_in(make_officer(make_open_market("Pasar Babat")))
    for path in (f"{PAGE}/{batch.number}", f"{PAGE}/{batch.number}/bank"):
        assert client.get(path).status_code == 404
    for path in ("setujui", "batalkan", "terkirim", f"{batch.number}-1/terkirim"):
        assert client.submit(f"{PAGE}/{batch.number}/{path}").status_code == 404
    page = Page(client.submit(f"{PAGE}/baru", pasar=desk.market.id, sampai="2026-03-02"))
    assert (page.status, list(page.errors)) == (422, ["pasar"])
