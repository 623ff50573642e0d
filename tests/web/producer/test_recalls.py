"""A producer takes a code back from every shelf, on a phone."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.partnership.consignment.models import DeliveryLine, ReturnNote
from pol.partnership.consignment.rules.returning import NothingToCallOff, NothingToRecall
from tests.factories.partnership import Partnership, make_partnership
from tests.factories.traders import make_keeper
from tests.partnership.consignment.stage import send_code
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/pedagang/rak/retur/tarik"


@pytest.fixture
def p(session: Session, client: Browser, now: datetime) -> Partnership:
    found = make_partnership()
    client.log_in(make_keeper(found.stall))
    return found


def test_one_press_asks_the_store(client: Browser, p: Partnership) -> None:
    assert PAGE in Page(client.get("/pedagang/rak/stok")).links()
    page = Page(client.get(PAGE))
    assert f"kode {p.batch.code}: 24 buah di rak, 1 toko" in page.text
    form = page.form()
    page = Page(client.send(form, line=str(p.batch.line_id), why="Kemasannya bocor"))
    assert "Semua tokonya sudah diminta menahannya." in page.messages
    (number,) = db.session.scalars(select(ReturnNote.number)).all()
    assert f"/pedagang/rak/retur/{number}" in page.links()
    page = Page(client.send(form, line=str(p.batch.line_id), why="Kemasannya bocor"))
    assert page.status == 409
    assert NothingToRecall.message in page.text
    assert "Tidak ada yang bisa ditarik" in page.text


def test_a_mistaken_recall_is_called_off(client: Browser, p: Partnership) -> None:
    client.send(Page(client.get(PAGE)).form(), line=str(p.batch.line_id), why="Salah kode")
    (number,) = db.session.scalars(select(ReturnNote.number)).all()
    address = f"/pedagang/rak/retur/{number}"
    paper = Page(client.get(address))
    assert "Catatan: Salah kode" in paper.text
    store, producer = paper.texts(".doc__sign")
    assert any(char.isdigit() for char in producer)
    assert not any(char.isdigit() for char in store)
    form = paper.form(f"{address}/batal")
    page = Page(client.send(form))
    assert "Penarikan dibatalkan. Tokonya boleh menjual lagi." in page.messages
    assert [form for form in page.forms() if form.action.endswith("/batal")] == []
    page = Page(client.send(form))
    assert any("dibatalkan" in said for said in page.messages)
    client.log_in(make_keeper(make_partnership().stall))
    assert client.submit(f"{address}/batal").status_code == 404


def test_what_is_on_its_way_is_recalled_and_let_go(
    client: Browser, p: Partnership, now: datetime
) -> None:
    sent = send_code(p, "BARU", now)
    address = f"/pedagang/rak/kirim/{sent.number}"
    page = Page(client.get(PAGE))
    assert "kode BARU: 12 buah di jalan ke 1 toko" in page.text
    line = db.session.scalars(select(DeliveryLine).where(DeliveryLine.note_id == sent.id)).one()
    client.send(page.form(), line=str(line.id), why="Segelnya bocor")
    page = Page(client.get(address))
    assert "Anda menarik barang di surat jalan ini." in page.text
    assert "jangan dipajang" in page.text
    assert "Segelnya bocor" in page.text
    form = page.form(f"{address}/tidak-jadi-ditarik")
    page = Page(client.send(form))
    assert "Penarikan dibatalkan. Toko boleh menerima dan menjualnya." in page.messages
    assert "jangan dipajang" not in page.text
    assert NothingToCallOff.message in Page(client.send(form)).messages
    client.log_in(make_keeper(make_partnership().stall))
    assert client.submit(f"{address}/tidak-jadi-ditarik").status_code == 404


@pytest.mark.parametrize(
    ("chosen", "why", "said"),
    [("", "Bocor", "Pilih barangnya."), ("1", " ", "Tulis sebabnya")],
)
def test_what_is_missing_is_said_beside_it(
    client: Browser, p: Partnership, chosen: str, why: str, said: str
) -> None:
    typed = {"why": why} | ({"line": chosen} if chosen else {})
    page = Page(client.send(Page(client.get(PAGE)).form(), typed))
    assert page.status == 422
    assert [words for words in page.texts(".field__error") if said in words]
    assert str(page.form().values["why"]).strip() == why.strip()
    assert db.session.scalars(select(ReturnNote)).all() == []


@pytest.mark.parametrize("line", ["siapa", "-1", "99999999999", "2"])
def test_goods_of_others_are_not_found(client: Browser, p: Partnership, line: str) -> None:
    other = make_partnership()
    sent = str(other.batch.line_id) if line == "2" else line
    answer = client.send(Page(client.get(PAGE)).form(), line=sent, why="Bocor")
    assert answer.status_code == 404
    assert db.session.scalars(select(ReturnNote)).all() == []
