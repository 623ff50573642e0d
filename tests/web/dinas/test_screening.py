"""The Dinas looks at papers: passes on, gives back a list, refuses with a reason."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from pol.kernel.paging import encode_cursor
from pol.partnership.applications.queries import applications, details
from pol.partnership.applications.rules import ApplicationStatus as S
from tests.factories.partnership import make_application, make_sheet
from tests.factories.traders import keep
from tests.partnership.applications.stage import Stage, make_stage
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/dinas/pengajuan"


@pytest.fixture
def stage(client: Browser, session: Session, now: datetime) -> Stage:
    stage = make_stage(now)
    client.log_in(stage.dinas)
    return stage


def status_of(number: str) -> S:
    return applications.get_for_dinas(number=number).status


def test_the_queue_leads_to_a_paper_that_is_passed_on(client: Browser, stage: Stage) -> None:
    assert "Tidak ada pengajuan di sini" in Page(client.get(PAGE)).text
    application = stage.bring_to(S.SUBMITTED)
    queue = Page(client.get(PAGE))
    assert "sampai 5 Mar 2026" in queue.text
    address = f"{PAGE}/{application.number}"
    assert address in queue.links()
    page = Page(client.get(address))
    assert "berlaku sepanjang masa pajang" in page.text
    page = Page(client.send(page.form()))
    assert "Pemeriksaan dimulai." in page.messages
    page = Page(client.send(page.form(f"{address}/lolos")))
    assert any("Diteruskan ke toko" in said for said in page.messages)
    assert status_of(application.number) is S.CURATION
    assert "Tidak ada yang perlu diputuskan" in page.text
    again = Page(client.submit(f"{address}/lolos"))
    assert any("tidak berlaku lagi" in said for said in again.messages)


def test_who_waits_longest_comes_first_and_nobody_drops_out(
    client: Browser, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applications, "SIZE", 2)
    for days in (3, 1, 4, 1, 5):
        make_application(
            *(stage.call, make_sheet(stage.stall, name=f"Hari {days}")),
            stores=[stage.high],
            status=S.SUBMITTED,
            submitted_at=stage.now - timedelta(days=days),
        )
    page, seen = Page(client.get(PAGE)), []
    for _ in range(3):
        assert "5 pengajuan" in page.text
        assert "Menunggu 5" in page.texts(".tabs a")
        seen += page.texts(".row__title")
        links = page.links("a[rel=next]")
        page = Page(client.get(links[0])) if links else page
    assert seen == ["Hari 5", "Hari 4", "Hari 3", "Hari 1", "Hari 1"]
    assert not page.links("a[rel=next]")
    assert page.links("a[rel=first]") == [f"{PAGE}?status=submitted"]


@pytest.mark.parametrize(
    "key", [("kemarin", 1), ("2026-03-02", 1), ("2026-03-02T10:00", 1), (1, 1)]
)
def test_a_cursor_that_nobody_handed_out_starts_at_the_beginning(
    client: Browser, stage: Stage, key: tuple[int | str, ...]
) -> None:
    application = stage.bring_to(S.SUBMITTED)
    page = Page(client.get(f"{PAGE}?sesudah={encode_cursor(key)}"))
    assert f"{PAGE}/{application.number}" in page.links()


def test_what_is_missing_is_named_by_the_calls_own_terms(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.SUBMITTED)
    stage.call.permits = ["halal"]
    page = Page(client.get(f"{PAGE}/{application.number}"))
    assert "Belum ada Halal." in page.text


def test_it_is_given_back_with_a_list(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.SCREENING)
    address = f"{PAGE}/{application.number}"
    form = Page(client.get(address)).form(f"{address}/perbaiki")
    for wrong, field in (({"items": ""}, "items"), ({"reason": " "}, "reason")):
        values = {"reason": "Surat kurang jelas.", "items": "Foto P-IRT", **wrong}
        page = Page(client.send(form, reason=values["reason"], items=values["items"]))
        assert (page.status, list(page.errors)) == (422, [field])
    page = Page(
        client.send(form, reason="Surat kurang jelas.", items="Foto P-IRT\n\nTanggal label\n")
    )
    asked = details.list_repairs(application_id=application.id)
    assert [item.what for item in asked] == ["Foto P-IRT", "Tanggal label"]
    assert "belum dijawab" in page.text
    late = Page(client.send(form, reason="Lagi.", items="Lagi"))
    assert (late.status, status_of(application.number)) == (422, S.REPAIR)
    assert "tidak berlaku lagi" in late.text


def test_a_refusal_needs_its_reason(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.SCREENING)
    address = f"{PAGE}/{application.number}"
    form = Page(client.get(address)).form(f"{address}/tolak")
    page = Page(client.send(form))
    assert (page.status, list(page.errors)) == (422, ["tolak-reason"])
    values = {name: "Nomor izin palsu." for name in form.values if "reason" in name}
    client.submit(form.action, {"tolak-reason": values["tolak-reason"]}, follow=True)
    assert status_of(application.number) is S.REFUSED
    late = Page(client.submit(form.action, {"tolak-reason": "Lagi"}, follow=True))
    assert (late.status, "tidak berlaku lagi" in late.text) == (422, True)


def test_an_officer_does_not_judge_the_own_stall(client: Browser, stage: Stage) -> None:
    keep(stage.stall, stage.dinas)
    application = stage.bring_to(S.SUBMITTED)
    page = Page(client.get(f"{PAGE}/{application.number}"))
    assert page.forms() == []
    assert "produk lapak Anda sendiri" in page.text
    page = Page(client.submit(f"{PAGE}/{application.number}/mulai"))
    assert any("produk lapak Anda sendiri" in said for said in page.messages)


def test_a_draft_is_nobodys_business(client: Browser, stage: Stage) -> None:
    address = f"{PAGE}/{stage.draft().number}"
    assert client.get(address).status_code == 404
    for step in ("mulai", "lolos", "perbaiki", "tolak"):
        assert client.submit(f"{address}/{step}").status_code == 404
