"""A store writes its sales: on a sheet, with a scanner, and takes one back."""

from datetime import date, datetime
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.cli.jobs import alone
from pol.kernel.db import db
from pol.partnership.applications.models import SheetPermit
from pol.partnership.consignment.models import SaleImport, SaleLine
from pol.partnership.consignment.services.pos.taking_in import run_imports
from pol.partnership.consignment.services.recalling import recall
from pol.partnership.slots.rules import RetailSeat
from tests.factories.partnership import Partnership, make_member, make_partnership, make_store
from tests.factories.traders import make_keeper
from tests.partnership.consignment.stage import a_key, left, sell_some
from tests.partnership.consignment.tillside import make_till, send_sales, sold
from tests.rig.client import ORIGIN, Browser
from tests.rig.pages import Page

SALES, FILES = "/peritel/barang/jual", "/peritel/barang/kasir"


@pytest.fixture
def p(session: Session, client: Browser, now: datetime) -> Partnership:
    found = make_partnership()
    client.log_in(make_member(found.retailer, seat=RetailSeat.CLERK, store=found.store))
    return found


def test_a_days_sheet_is_filled_and_what_is_too_much_is_said_beside_it(
    client: Browser, p: Partnership
) -> None:
    form = Page(client.get(f"{SALES}/lembar")).form()
    field = f"laku_{p.sheet.id}"
    page = Page(client.send(form, {field: "25"}))
    assert (page.status, list(page.errors)) == (409, [field])
    assert "tinggal 24" in page.errors[field]
    assert page.form().values[field] == "25"
    page = Page(client.send(form, {field: "-1"}))
    assert page.status == 422
    assert page.texts(".notice[data-focus] a") == [f"{p.sheet.name}, Terjual"]
    page = Page(client.send(form, {field: "4"}))
    assert any("Lembar penjualan tersimpan" in said for said in page.messages)
    assert "Rp60.000" in page.text
    client.send(form, {field: "4"})
    assert left(p.batch) == 20
    form = Page(client.get(f"{SALES}/lembar")).form()
    page = Page(client.send(form, {field: "1"}, day="2026-03-09"))
    assert (page.status, list(page.errors)) == (409, ["day"])
    assert Page(client.send(Page(client.get(f"{SALES}/lembar")).form())).status == 409


def test_a_scanner_types_a_code_and_enter(client: Browser, p: Partnership) -> None:
    form = Page(client.get(f"{SALES}/pindai")).form(f"{SALES}/pindai")
    page = Page(client.send(form, code=p.sheet.number.lower()))
    assert any("1 terjual tercatat" in said for said in page.messages)
    client.send(form, code=p.sheet.number)
    assert left(p.batch) == 23
    page = Page(client.send(form, code="899000"))
    assert (page.status, list(page.errors)) == (409, ["code"])
    assert "bukan produk produsen di toko ini" in page.errors["code"]
    form = Page(client.get(f"{SALES}/pindai")).form(f"{SALES}/pindai")
    page = Page(client.send(form, code=p.sheet.number, quantity="99"))
    assert (page.status, list(page.errors)) == (409, ["quantity"])
    assert Page(client.send(form, code="")).status == 422


def test_a_wrong_sale_is_taken_back_with_a_reason(client: Browser, p: Partnership) -> None:
    (line,) = sell_some(p, 2)
    address = f"{SALES}/{line.id}/batal"
    form = Page(client.get(SALES)).form(address)
    page = Page(client.send(form, reason=""))
    assert any("Tulis sebabnya" in said for said in page.messages)
    page = Page(client.send(form, reason="Salah pindai"))
    assert any("kembali tercatat di rak" in said for said in page.messages)
    assert left(p.batch) == 24
    page = Page(client.submit(address, reason="Lagi"))
    assert any("sudah dibatalkan" in said for said in page.messages)


def test_another_stores_sales_are_not_here(client: Browser, p: Partnership) -> None:
    (line,) = sell_some(p, 2)
    beside = make_store(p.retailer)
    client.log_in(make_member(p.retailer, seat=RetailSeat.CLERK, store=beside))
    assert client.submit(f"{SALES}/{line.id}/batal", reason="Iseng").status_code == 404
    assert client.get(f"{SALES}/rekap/{p.store.slug}/2026-03-02").status_code == 404
    assert client.get(f"{SALES}?toko={p.store.slug}").status_code == 404
    page = Page(client.get(f"{SALES}/lembar"))
    assert "Tidak ada yang bisa dijual" in page.text


def test_a_day_has_its_recap_on_paper(client: Browser, p: Partnership) -> None:
    sell_some(p, 2)
    page = Page(client.get(f"{SALES}/rekap/{p.store.slug}/2026-03-02"))
    assert [text for text in ("Rp30.000", "Rp4.500", "Rp25.500") if text not in page.text] == []
    assert "sementara, hari belum selesai" in page.text
    before = Page(client.get(f"{SALES}/rekap/{p.store.slug}/2026-03-01"))
    assert "Tidak ada penjualan" in before.text
    assert "sementara" not in before.text


def _recall(p: Partnership, now: datetime) -> str:
    keeper = make_keeper(p.stall)
    (note,) = recall(stall_id=p.stall.id, line_id=p.batch.line_id, why="Bocor", key=a_key(),
                     actor_id=keeper.id, now=now)  # fmt: skip
    return f"/peritel/barang/retur/{note.number}"


@pytest.mark.parametrize("page", ["lembar", "pindai"])
def test_recalled_goods_are_not_sold_and_the_page_leads_to_their_note(
    client: Browser, p: Partnership, now: datetime, page: str
) -> None:
    note = _recall(p, now)
    found = Page(client.get(f"{SALES}/{page}"))
    said = f"{p.sheet.name} kode {p.batch.code} sudah ditarik produsen: jangan dijual."
    assert said in found.text
    assert note in found.links()
    typed = {f"laku_{p.sheet.id}": "1"} if page == "lembar" else {"code": p.sheet.number}
    found = Page(client.send(found.form(f"{SALES}/{page}"), typed))
    assert found.status == 409
    ((field, error),) = found.errors.items()
    assert field in {f"laku_{p.sheet.id}", "code"}
    assert f"produsen menarik kode {p.batch.code}" in error
    assert left(p.batch) == 24


def test_a_till_file_that_sold_recalled_goods_says_so_before_it_is_taken_in(
    client: Browser, app: Flask, p: Partnership, now: datetime
) -> None:
    note = _recall(p, now)
    page = _upload(client, f"Tanggal;Kode;Qty\n02/03/2026;{p.sheet.number};3\n".encode())
    page = Page(client.send(page.form()))
    assert "segera turunkan sisanya dari rak" in page.text
    assert note in page.links()
    client.send(next(form for form in page.forms() if form.action.endswith("/jalankan")))
    _run(app, now)
    assert left(p.batch) == 21
    assert note in Page(client.get("/peritel/barang")).links()
    page = Page(client.get(note))
    assert [form for form in page.forms() if form.action.endswith("/batal")] == []
    page = Page(client.submit(f"{note}/batal"))
    assert any("toko tidak bisa membatalkan" in said for said in page.messages)


def _lapse(p: Partnership, last_on: date) -> None:
    permit = db.session.scalars(select(SheetPermit).where(SheetPermit.sheet_id == p.sheet.id)).one()
    permit.expires_on = last_on
    db.session.commit()


@pytest.mark.parametrize("page", ["lembar", "pindai"])
def test_goods_whose_permit_has_lapsed_are_not_sold_and_the_page_says_so(
    client: Browser, p: Partnership, page: str
) -> None:
    _lapse(p, date(2026, 2, 8))
    said = f"{p.sheet.name}: izin P-IRT sudah habis atau tidak ada lagi, jadi jangan dijual."
    assert said in Page(client.get("/peritel/barang")).text
    found = Page(client.get(f"{SALES}/{page}"))
    assert said in found.text
    typed = {f"laku_{p.sheet.id}": "1"} if page == "lembar" else {"code": p.sheet.number}
    found = Page(client.send(found.form(f"{SALES}/{page}"), typed))
    assert found.status == 409
    ((field, error),) = found.errors.items()
    assert field in {f"laku_{p.sheet.id}", "code"}
    assert "izin P-IRT sudah habis" in error
    assert left(p.batch) == 24


def test_a_till_file_that_sold_without_a_permit_says_so_before_it_is_taken_in(
    client: Browser, app: Flask, p: Partnership, now: datetime
) -> None:
    _lapse(p, date(2026, 2, 8))
    page = _upload(client, f"Tanggal;Kode;Qty\n02/03/2026;{p.sheet.number};3\n".encode())
    page = Page(client.send(page.form()))
    assert "Izin P-IRT sudah habis atau tidak ada lagi. Penjualannya tetap masuk" in page.text
    client.send(next(form for form in page.forms() if form.action.endswith("/jalankan")))
    _run(app, now)
    assert left(p.batch) == 21


def test_a_file_saved_again_and_half_a_day_again_are_met_before_they_count(
    client: Browser, app: Flask, p: Partnership, now: datetime
) -> None:
    rows = [f"02/03/2026;{p.sheet.number};{pieces}" for pieces in (3, 2)]
    page = _upload(client, "\n".join(["Tanggal;Kode;Qty", *rows]).encode())
    page = Page(client.send(page.form()))
    client.send(next(form for form in page.forms() if form.action.endswith("/jalankan")))
    _run(app, now)
    first = db.session.scalars(select(SaleImport.number)).one()
    page = _upload(client, "\r\n".join(["Tanggal;Kode;Qty", *rows, ""]).encode())
    assert any(f"sama dengan berkas {first}" in said for said in page.messages)
    page = _upload(client, f"Tanggal;Kode;Qty\n{rows[0]}\n".encode(), "lagi.csv")
    assert f"1 dari 1 baris tanggal 02-03-2026 sama dengan berkas {first}" in page.text
    assert f"{FILES}/{first}" in page.links()
    form = next(form for form in page.forms() if form.action.endswith("/jalankan"))
    client.send(form, lain="")
    _run(app, now)
    assert left(p.batch) == 19
    client.send(form, lain=first)
    _run(app, now)
    assert left(p.batch) == 16


def test_a_file_of_a_day_that_the_till_sent_itself_asks_first(
    client: Browser, app: Flask, p: Partnership, now: datetime
) -> None:
    send_sales(make_till(p), sold(p, 2))
    page = _upload(client, f"Tanggal;Kode;Qty\n02/03/2026;{p.sheet.number};2\n".encode())
    page = Page(client.send(page.form()))
    assert "1 dari 1 baris tanggal 02-03-2026 tentang produk" in page.text
    assert f"{SALES}?toko={p.store.slug}" in page.links()
    assert "bukan yang sudah dikirim kasir" in page.text
    form = next(form for form in page.forms() if form.action.endswith("/jalankan"))
    for word, there in (("", 22), ("kasir", 20)):
        client.send(form, lain=word)
        _run(app, now)
        assert left(p.batch) == there


def _upload(client: Browser, content: bytes, name: str = "kasir.csv") -> Page:
    fields = {"csrf_token": client.csrf_token(), "file": (BytesIO(content), name)}
    headers = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
    return Page(client.post(FILES, data=fields, headers=headers, follow_redirects=True))


def _run(app: Flask, now: datetime) -> None:
    db.session.commit()
    run_imports(now=now, alone=alone)


def test_a_till_file_goes_through_mapping_preview_progress_and_result(
    client: Browser, app: Flask, p: Partnership, now: datetime
) -> None:
    content = f"Tgl;Barcode;Laku\n02/03/2026;{p.sheet.number};3\n02/03/2026;=1+1;1\n".encode()
    page = _upload(client, content)
    assert page.heading == "Kolom mana yang mana?"
    form = page.form()
    assert (form.values["day"], form.values["code"], form.values["quantity"]) == ("0", "1", "")
    assert Page(client.send(form)).status == 422
    assert Page(client.send(form, quantity="1")).status == 409
    page = Page(client.send(form, quantity="2"))
    assert "bukan produk produsen di toko ini" in page.text
    start = next(form for form in page.forms() if form.action.endswith("/jalankan"))
    answer = client.send(start)
    assert answer.headers["Refresh"] == "2"
    page = Page(answer)
    assert page.heading == "Sedang diproses"
    _run(app, now)
    page = Page(client.get(page.address))
    assert page.texts(".stat__value") == ["1", "1", "2"]
    answer = client.get(f"{page.address}/galat.csv")
    assert answer.text.splitlines()[1] == (
        "3,Kode “=1+1” bukan produk produsen di toko ini.,02/03/2026,'=1+1,1"
    )
    again = _upload(client, content)
    assert again.address == page.address
    assert any("tak ada yang berubah" in said for said in again.messages)
    assert left(p.batch) == 21


def test_a_file_that_is_none_is_refused_with_the_reason(client: Browser, p: Partnership) -> None:
    page = _upload(client, b"%PDF-1.7", "laporan.pdf")
    assert page.status == 409
    assert "bukan CSV atau XLSX" in page.text
    page = _upload(client, b"")
    assert page.status in (409, 422)
    assert db.session.scalars(select(SaleImport)).all() == []
    assert "Belum ada berkas" in Page(client.get(FILES)).text


def test_two_gigabytes_are_refused_before_they_are_read(client: Browser, p: Partnership) -> None:
    answer = client.post(
        FILES,
        headers={"Origin": ORIGIN},
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(2 * 1024**3)},
    )
    assert answer.status_code == 413


def test_a_file_of_another_store_does_not_exist(client: Browser, p: Partnership) -> None:
    content = f"Tgl;Barcode;Qty\n02/03/2026;{p.sheet.number};3\n".encode()
    address = _upload(client, content).address.removesuffix("/kolom")
    client.log_in(make_member(p.retailer, seat=RetailSeat.CLERK, store=make_store(p.retailer)))
    for page in (address, f"{address}/kolom", f"{address}/galat.csv"):
        assert client.get(page).status_code == 404
    fields = {"day": "0", "code": "1", "quantity": "2"}
    assert client.submit(f"{address}/kolom", fields).status_code == 404
    assert client.submit(f"{address}/jalankan").status_code == 404
    assert db.session.scalars(select(SaleLine)).all() == []
