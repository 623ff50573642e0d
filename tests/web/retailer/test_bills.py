"""A bill's way through the pages: closed and paid by the retailer, answered by the producer."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah
from pol.partnership.settlement.models import Bill, BillPayment, Dispute
from pol.partnership.settlement.rules import BillStatus, DisputeStatus
from pol.partnership.slots.rules import RetailSeat
from tests.factories.partnership import Partnership, make_member, make_partnership
from tests.factories.people import give_role, make_person
from tests.factories.traders import make_keeper
from tests.partnership.settlement.goods import sell
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/peritel/nota"
MONEY = "/pedagang/rak/uang"
TODAY, YESTERDAY = "2026-03-02", "2026-03-01"


@pytest.fixture
def p(session: Session, client: Browser, now: datetime) -> Partnership:
    """Give a partnership in which four were sold, with its buyer at the desk."""
    made = make_partnership()
    sell(made.batch, 4, business_day(now) - timedelta(days=3))
    client.log_in(made.owner)
    return made


@pytest.fixture
def producer(p: Partnership) -> User:
    return make_keeper(p.stall)


@pytest.fixture
def dinas(session: Session) -> User:
    person = make_person("Petugas Dinas Contoh")
    give_role(person, Role.DINAS_OFFICER)
    return person


def _bill() -> Bill:
    return db.session.scalars(select(Bill).execution_options(populate_existing=True)).one()


def _close(client: Browser) -> str:
    """Look at the preview, press its button, return the bill's page."""
    preview = Page(client.get(f"{PAGE}/tutup", query_string={"sampai": YESTERDAY}))
    assert "Rp51.000" in preview.text
    client.send(preview.form(f"{PAGE}/tutup"))
    return f"{PAGE}/{_bill().number}"


def _pay(client: Browser, address: str, amount: str, **other: str) -> Page:
    form = Page(client.get(address)).form(f"{address}/bayar")
    fields: Any = {"amount": amount, "reference": "BRI 12"} | other
    return Page(client.send(form, **fields))


def _approved(client: Browser) -> str:
    address = _close(client)
    client.submit(f"{address}/setuju")
    return address


def test_a_period_is_closed_from_its_preview(client: Browser, p: Partnership) -> None:
    address = _close(client)
    page = Page(client.get(address))
    assert "menunggu persetujuan" in page.text
    assert "Keripik Tempe Contoh" in page.text
    assert p.stall.name in Page(client.get(PAGE)).text


def test_right_after_closing_no_button_leads_into_a_refusal(
    client: Browser, p: Partnership
) -> None:
    assert f"{PAGE}/tutup" in Page(client.get(PAGE)).links()
    _close(client)
    for tab in ("bayar", "lunas"):
        page = Page(client.get(f"{PAGE}?tab={tab}"))
        assert f"{PAGE}/tutup" not in page.links()
        assert "Belum ada hari yang bisa ditutup" in page.text


def test_without_anything_the_page_shows_the_way(
    client: Browser, session: Session, now: datetime
) -> None:
    empty = make_partnership()
    client.log_in(empty.owner)
    assert "Tidak ada tagihan di sini" in Page(client.get(PAGE)).text
    assert "Lunas" in Page(client.get(f"{PAGE}?tab=lunas")).text
    client.log_in(make_keeper(empty.stall))
    assert "Belum ada uang dari rak" in Page(client.get(MONEY)).text


@pytest.mark.parametrize(
    ("day", "words"),
    [(TODAY, "sampai kemarin"), ("", "harus diisi"), ("2025-06-01", "sudah ditutup")],
)
def test_a_wrong_day_is_said_beside_the_field(
    client: Browser, p: Partnership, day: str, words: str
) -> None:
    for answer in (
        client.submit(f"{PAGE}/tutup", sampai=day),
        client.get(f"{PAGE}/tutup", query_string={"sampai": day}),
    ):
        assert words in Page(answer).errors["sampai"]
    assert db.session.scalars(select(Bill)).all() == []


def test_a_bill_is_paid_and_the_producer_says_that_it_came(
    client: Browser, p: Partnership, producer: User
) -> None:
    address = _approved(client)
    page = _pay(client, address, "51.000")
    assert "lunas" in page.text
    assert "3,0 hari dari penjualan" in page.text
    client.log_in(producer)
    mine = f"{MONEY}/{_bill().number}"
    payment = db.session.scalars(select(BillPayment)).one()
    client.submit(f"{mine}/bayar/{payment.number}", masuk="ya")
    assert "diterima produsen" in Page(client.get(mine)).text
    assert "3,0 hari" in Page(client.get(MONEY)).text


def test_money_that_never_came_is_due_again(
    client: Browser, p: Partnership, producer: User
) -> None:
    address = _approved(client)
    _pay(client, address, "51.000")
    client.log_in(producer)
    mine = f"{MONEY}/{_bill().number}"
    payment = db.session.scalars(select(BillPayment)).one()
    page = Page(client.submit(f"{mine}/bayar/{payment.number}", masuk="tidak", words="x" * 1_001))
    assert (page.status, page.errors) == (422, {"words": "Paling banyak 1000 huruf."})
    assert page.form(f"{mine}/bayar/{payment.number}").values["words"] == "x" * 1_001
    assert client.submit(f"{mine}/bayar/{payment.number}", masuk="tidak").status_code == 422
    client.submit(f"{mine}/bayar/{payment.number}", masuk="tidak", words="Saldo tetap")
    assert (_bill().status, _bill().paid) == (BillStatus.APPROVED, ZERO)
    client.log_in(p.owner)
    assert "Saldo tetap" in Page(client.get(address)).text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("amount", "0", "lebih dari Rp0"),
        ("amount", "51.001", "melebihi"),
        ("amount", "99999999999999999999", ""),
        ("amount", "seratus", ""),
        ("paid_on", "2026-03-03", "belum terjadi"),
        ("paid_on", "2026-02-28", "sebelum periode"),
        ("reference", "", "harus diisi"),
    ],
)
def test_a_wrong_payment_moves_nothing_and_loses_nothing(
    client: Browser, p: Partnership, field: str, typed: str, words: str
) -> None:
    address = _approved(client)
    other = {"amount": "1.000", "reference": "BRI 77"} | {field: typed}
    page = _pay(client, address, other.pop("amount"), **other)
    assert page.status in {409, 422}
    assert words in page.errors[field]
    assert field == "reference" or "BRI 77" in str(page.form(f"{address}/bayar").values)
    assert _bill().paid == ZERO


def test_a_second_press_pays_once(client: Browser, p: Partnership) -> None:
    address = _approved(client)
    form = Page(client.get(address)).form(f"{address}/bayar")
    for _ in range(2):
        client.send(form, amount="20.000", reference="BRI 1")
    assert _bill().paid == Rupiah(20_000)


def test_a_line_opens_to_its_sales(client: Browser, p: Partnership, producer: User) -> None:
    address = _close(client)
    (line,) = [link for link in Page(client.get(address)).links() if "/baris/" in link]
    assert "Jumat, 27 Februari 2026" in Page(client.get(line)).text
    client.log_in(producer)
    mine = f"{MONEY}/{_bill().number}"
    (line,) = [link for link in Page(client.get(mine)).links() if "/baris/" in link]
    assert "Rp12.750" in Page(client.get(line)).text or "Rp51.000" in Page(client.get(line)).text
    assert client.get(f"{mine}/baris/987654").status_code == 404


def test_a_dispute_goes_to_the_dinas_and_is_ruled(
    client: Browser, p: Partnership, producer: User, dinas: User
) -> None:
    address = _approved(client)
    number = _bill().number
    refused = Page(client.submit(f"{address}/sengketa", words="Hanya tiga"))
    assert "paling sedikit satu baris" in refused.text
    box = Page(client.get(address)).tree.css_first("input[name=lines]")
    assert box is not None
    client.submit(f"{address}/sengketa", lines=box.attributes["value"] or "", words="Hanya tiga")
    dispute = db.session.scalars(select(Dispute)).one()
    client.log_in(producer)
    answer = f"{MONEY}/{number}/sengketa/{dispute.number}"
    assert "Hanya tiga" in Page(client.get(f"{MONEY}/{number}")).text
    page = Page(client.submit(answer, words=""))
    assert page.status == 422
    assert "harus diisi" in page.errors["words"]
    client.submit(answer, words="Tolong ditengahi", ke="dinas")
    client.log_in(dinas)
    assert dispute.number in Page(client.get("/dinas/sengketa")).text
    page = Page(client.submit(f"/dinas/sengketa/{dispute.number}", awarded="60.000", words="Ya"))
    assert "antara Rp0 dan Rp51.000" in page.errors["awarded"]
    client.submit(f"/dinas/sengketa/{dispute.number}", awarded="38.250", words="Tiga terjual")
    dispute = db.session.get_one(Dispute, dispute.id, populate_existing=True)
    assert (dispute.status, _bill().payable) == (DisputeStatus.SETTLED, Rupiah(38_250))
    assert "Tiga terjual" in Page(client.get("/dinas/sengketa/" + dispute.number)).text


def test_a_producer_disputes_too_and_the_retailer_answers(
    client: Browser, p: Partnership, producer: User
) -> None:
    address = _approved(client)
    client.log_in(producer)
    mine = f"{MONEY}/{_bill().number}"
    box = Page(client.get(mine)).tree.css_first("input[name=lines]")
    assert box is not None
    assert client.submit(f"{mine}/sengketa", words="?").status_code == 409
    client.submit(f"{mine}/sengketa", lines=box.attributes["value"] or "", words="Kurang dua")
    dispute = db.session.scalars(select(Dispute)).one()
    client.log_in(p.owner)
    page = Page(client.submit(f"{address}/sengketa/{dispute.number}"))
    assert (page.status, list(page.errors)) == (422, ["words"])
    client.submit(f"{address}/sengketa/{dispute.number}", words="Kami periksa")
    assert "Kami periksa" in Page(client.get(address)).text
    assert client.submit(f"{address}/sengketa/SK-lain", words="?").status_code == 404


def test_nobody_opens_a_bill_of_others(
    client: Browser, p: Partnership, producer: User, dinas: User
) -> None:
    address = _close(client)
    number = _bill().number
    other = make_partnership()
    client.log_in(other.owner)
    assert client.get(address).status_code == 404
    assert client.submit(f"{address}/setuju").status_code == 404
    client.log_in(make_keeper(other.stall))
    assert client.get(f"{MONEY}/{number}").status_code == 404
    client.log_in(dinas)
    assert client.get("/dinas/sengketa/SK-lain").status_code == 404
    assert "Tidak ada sengketa" in Page(client.get("/dinas/sengketa")).text


def test_both_sides_see_the_proof_and_nobody_else(
    client: Browser, p: Partnership, producer: User
) -> None:
    address = _approved(client)
    form = Page(client.get(address)).form(f"{address}/bayar")
    picture = BytesIO()
    Image.new("RGB", (300, 300), "white").save(picture, "PNG")
    picture.seek(0)
    client.send(form, {"camera": (picture, "bukti.png")}, amount="1.000", reference="BRI 1")
    key = db.session.scalars(select(BillPayment.proof_key)).one()
    colleague = make_member(p.retailer, seat=RetailSeat.BUYER)
    other = make_partnership()
    seen = {}
    for name, person in (
        ("producer", producer),
        ("buyer", colleague),
        ("other buyer", other.owner),
        ("other producer", make_keeper(other.stall)),
    ):
        client.log_in(person)
        seen[name] = client.get(f"/gambar/{key}-320.jpg").status_code
    assert seen == {"producer": 200, "buyer": 200, "other buyer": 404, "other producer": 404}
