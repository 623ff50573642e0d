"""Applying on a phone: chosen, sent, followed, put right, appealed."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.partnership.applications.queries import applications, details
from pol.partnership.applications.rules import ApplicationStatus as S
from tests.factories.partnership import make_application, make_sheet
from tests.partnership.applications.stage import Stage, make_stage
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/pedagang/rak/pengajuan"


@pytest.fixture
def stage(client: Browser, session: Session, now: datetime) -> Stage:
    stage = make_stage(now)
    client.log_in(stage.producer)
    return stage


def new(stage: Stage) -> str:
    return f"{PAGE}/baru?slot={stage.call.number}&produk={stage.sheet.number}"


def good(stage: Stage, **other: Any) -> dict[str, Any]:
    return {
        f"store_{stage.high.id}": "1",
        "min_facings": "1",
        "max_facings": "4",
        "capacity_week": "120",
        "note": "Kirim tiap Senin",
        **other,
    }


def said(name: str, words: str) -> dict[str, Any]:
    return {name: words}


def test_from_the_call_to_sent_in_two_pages(client: Browser, stage: Stage) -> None:
    assert "Belum ada pengajuan" in Page(client.get(PAGE)).text
    call = Page(client.get(f"/pedagang/rak/slot/{stage.call.number}"))
    (address,) = [link for link in call.links() if "pengajuan/baru" in link]
    form = Page(client.get(address)).form()
    assert form.values["capacity_week"] == "200"
    page = Page(client.send(form, **good(stage)))
    assert "Pengajuan terkirim." in page.messages
    assert "Dinas Koperasi dan Usaha Mikro memeriksa" in page.text
    assert "Paling lambat 5 Mar 2026, 12.00 WIB" in page.text
    (row,) = applications.list_of_stall(stall_id=stage.stall.id)
    assert (row.status, row.max_facings, row.note) == (S.SUBMITTED, 4, "Kirim tiap Senin")
    again = client.get(new(stage))
    assert (again.status_code, again.location) == (302, f"{PAGE}/{row.number}")
    call = Page(client.get(f"/pedagang/rak/slot/{stage.call.number}"))
    assert "Lihat pengajuan Anda" in call.text
    assert "Terkirim" in Page(client.get(PAGE)).text


def test_the_stores_are_ranked_beforehand_the_own_kecamatan_first(
    client: Browser, stage: Stage
) -> None:
    high, low = (f"store_{store.id}" for store in (stage.high, stage.low))
    form = Page(client.get(new(stage))).form()
    assert (form.values[high], form.values[low]) == ("1", "")  # too low for the product
    stage.sheet.height_mm, stage.high.kecamatan_code = 180, "35.24.01"
    page = Page(client.get(new(stage)))
    assert page.texts(".wish .row__title") == ["Toko Brondong", "Toko Babat"]
    assert (page.form().values[low], page.form().values[high]) == ("1", "2")
    client.send(page.form())
    (row,) = applications.list_of_stall(stall_id=stage.stall.id)
    wishes = details.list_wishes(application_ids=[row.application_id])[row.application_id]
    assert [one.store_id for one in wishes] == [stage.low.id, stage.high.id]


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"min_facings": "0"}, "min_facings", "angka bulat dari 1"),
        ({"min_facings": "5"}, "max_facings", "tidak boleh kurang"),
        ({"capacity_week": ""}, "capacity_week", "seminggu"),
        ({"max_facings": "banyak"}, "max_facings", "angka bulat"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    client: Browser, stage: Stage, wrong: dict[str, str], field: str, sentence: str
) -> None:
    form = Page(client.get(new(stage))).form()
    page = Page(client.send(form, **good(stage, **wrong)))
    assert (page.status, list(page.errors)) == (422, [field])
    assert sentence in page.errors[field]
    assert page.form().values["note"] == "Kirim tiap Senin"
    assert applications.list_of_stall(stall_id=stage.stall.id) == []


def test_a_rank_that_is_no_number_is_said_beside_its_store(client: Browser, stage: Stage) -> None:
    form = Page(client.get(new(stage))).form()
    page = Page(client.send(form, **good(stage, **{f"store_{stage.low.id}": "dua"})))
    assert "angka bulat" in page.errors[f"store_{stage.low.id}"]


def test_a_store_where_it_does_not_fit_is_refused_in_words(client: Browser, stage: Stage) -> None:
    form = Page(client.get(new(stage))).form()
    page = Page(client.send(form, **good(stage, **{f"store_{stage.low.id}": "2"})))
    assert page.status == 422
    assert "Terlalu tinggi 20 mm: ambalannya 200 mm." in page.text
    assert applications.list_of_stall(stall_id=stage.stall.id) == []


def test_no_store_at_all_is_refused(client: Browser, stage: Stage) -> None:
    form = Page(client.get(new(stage))).form()
    page = Page(client.send(form, **good(stage, **{f"store_{stage.high.id}": ""})))
    assert "Pilih paling sedikit satu toko." in page.text


def test_a_draft_waits_and_is_sent_later(client: Browser, stage: Stage) -> None:
    form = Page(client.get(new(stage))).form()
    page = Page(client.send(form, **good(stage), draft="1"))
    assert "Konsep tersimpan." in page.messages
    (row,) = applications.list_of_stall(stall_id=stage.stall.id)
    edit = Page(client.get(f"{PAGE}/{row.number}/ubah")).form()
    assert (edit.values[f"store_{stage.high.id}"], edit.values["max_facings"]) == ("1", "4")
    wrong = Page(client.send(edit, min_facings="9"))
    assert (wrong.status, list(wrong.errors)) == (422, ["max_facings"])
    assert Page(client.send(edit, min_facings="x")).status == 422
    client.send(edit, max_facings="6")
    row = applications.get_of_stall(number=row.number, stall_id=stage.stall.id)
    assert (row.status, row.max_facings) == (S.SUBMITTED, 6)


def test_it_can_be_taken_back(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.SUBMITTED)
    page = Page(client.submit(f"{PAGE}/{application.number}/tarik"))
    assert "Pengajuan ditarik." in page.messages
    assert not [form for form in page.forms() if form.action.endswith("/tarik")]


def test_a_repair_list_is_answered_point_by_point(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.REPAIR)
    address = f"{PAGE}/{application.number}"
    page = Page(client.get(address))
    assert "Surat kurang." in page.text
    form = page.form(f"{address}/perbaiki")
    (name,) = [name for name in form.values if name.startswith("answer_")]
    wrong = Page(client.send(form, **said(name, " ")))
    assert (wrong.status, list(wrong.errors)) == (422, [name])
    page = Page(client.send(form, **said(name, "Sudah difoto ulang")))
    assert "Terkirim lagi." in page.messages
    assert "Sudah difoto ulang" in page.text


def test_a_repair_that_no_longer_fits_is_refused(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.REPAIR)
    stage.sheet.height_mm = 301
    address = f"{PAGE}/{application.number}"
    form = Page(client.get(address)).form(f"{address}/perbaiki")
    (name,) = [name for name in form.values if name.startswith("answer_")]
    page = Page(client.send(form, **said(name, "Sudah")))
    assert page.status == 422
    assert "belum memenuhi syarat" in page.text
    assert page.form(f"{address}/perbaiki").values[name] == "Sudah"


def test_a_refusal_says_why_and_is_appealed_once(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.REFUSED)
    address = f"{PAGE}/{application.number}"
    page = Page(client.get(address))
    assert "Alasannya: Kemasan bocor." in page.text
    form = page.form(f"{address}/banding")
    wrong = Page(client.send(form, text=""))
    assert (wrong.status, list(wrong.errors)) == (422, ["text"])
    page = Page(client.send(form, text="Sudah diganti"))
    assert "Banding terkirim ke toko." in page.messages
    assert "Sudah diganti" in page.text
    late = Page(client.send(form, text="Lagi"))
    assert late.status == 422
    assert "langkah itu tidak berlaku lagi" in late.text


def test_points_are_shown_with_their_reasons(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.PASSED)
    page = Page(client.get(f"{PAGE}/{application.number}"))
    assert "Mutu dan rasa 50 80 Baik" in page.text
    assert "Nilai akhir 74" in page.text


def test_the_form_is_a_paper(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.SUBMITTED)
    page = Page(client.get(f"{PAGE}/{application.number}/formulir"))
    assert application.number in page.text
    assert "Toko Babat" in page.text
    assert page.texts("article.paper svg")


def test_somebody_elses_application_is_not_there(client: Browser, stage: Stage) -> None:
    other = make_application(stage.call, make_sheet(), stores=[stage.high])
    address = f"{PAGE}/{other.number}"
    for rest in ("", "/formulir", "/ubah"):
        assert client.get(address + rest).status_code == 404
    for rest in ("/tarik", "/perbaiki", "/banding", "/ubah"):
        assert client.submit(address + rest, text="x").status_code == 404
    theirs: dict[str, Any] = {"call": stage.call.number, "sheet": "x"}
    led = client.submit(f"{PAGE}/baru", follow=False, **theirs)
    assert (led.status_code, led.location) == (303, "/pedagang/rak/slot")
    assert client.get(f"{PAGE}/baru").location == "/pedagang/rak/slot"
    assert details.list_steps(application_id=other.id) == []
