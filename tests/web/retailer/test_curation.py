"""Applicants side by side: scored, expected to sell, decided with a reason, on paper."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.partnership.applications.queries import applications, calls
from pol.partnership.applications.rules import ApplicationStatus as S
from pol.partnership.applications.services import applying
from pol.partnership.slots.rules import CallStatus
from tests.factories.partnership import (
    make_application,
    make_member,
    make_retailer,
    make_sheet,
)
from tests.factories.traders import keep
from tests.partnership.applications.stage import Stage, make_stage
from tests.rig.client import Browser
from tests.rig.pages import Page


@pytest.fixture
def stage(client: Browser, session: Session, now: datetime) -> Stage:
    stage = make_stage(now)
    client.log_in(stage.buyer)
    return stage


def page_of(stage: Stage, number: str = "") -> str:
    return f"/peritel/slot/{stage.call.number}/pengajuan{number and '/'}{number}"


def points(stage: Stage, **other: Any) -> dict[str, Any]:
    criteria = calls.list_criteria(call_id=stage.call.id)
    values: dict[str, Any] = {f"points_{one.criterion_id}": "80" for one in criteria}
    return values | {"demand": "20"} | other


def status_of(number: str) -> S:
    return applications.get_for_dinas(number=number).status


def test_applicants_appear_once_the_dinas_has_seen_them(client: Browser, stage: Stage) -> None:
    assert "Belum ada pengajuan" in Page(client.get(page_of(stage))).text
    application = stage.bring_to(S.CURATION)
    page = Page(client.get(page_of(stage)))
    assert "1 pengajuan, 1 menunggu nilai" in page.text
    assert page_of(stage, application.number) in page.links()
    assert page.texts("td svg text") == ["900 mm"]


def test_points_demand_and_the_decision(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.CURATION)
    address = page_of(stage, application.number)
    page = Page(client.get(address))
    early = Page(client.send(page.form(f"{address}/lulus")))
    assert any("masih ada 3 yang kosong" in said for said in early.messages)
    page = Page(client.send(page.form(f"{address}/nilai"), **points(stage)))
    assert "Nilai tersimpan." in page.messages
    assert "Nilai akhir 80." in page.text
    assert "2 muka 28 3 muka 35" in page.text
    page = Page(client.send(page.form(f"{address}/lulus")))
    assert any("Lolos kurasi" in said for said in page.messages)
    row = applications.get_for_dinas(number=application.number)
    assert (row.status, row.score, row.weekly_demand_milli) == (S.PASSED, 8_000, 20_000)
    listed = Page(client.get(page_of(stage)))
    assert "lengkap" in listed.text


def test_points_beyond_a_hundred_are_refused_beside_their_field(
    client: Browser, stage: Stage
) -> None:
    application = stage.bring_to(S.CURATION)
    address = page_of(stage, application.number)
    name = next(iter(points(stage)))
    for typed in ("101", "-1"):
        page = Page(client.submit(f"{address}/nilai", **points(stage, **{name: typed})))
        assert (page.status, list(page.errors)) == (422, [name])
        assert "angka bulat dari 0 sampai 100." in page.errors[name]
        assert page.form(f"{address}/nilai").values["demand"] == "20"
    assert applications.get_for_dinas(number=application.number).score is None


def test_it_is_given_back_with_a_list(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.CURATION)
    address = f"{page_of(stage, application.number)}/perbaiki"
    wrong = Page(client.submit(address, reason="", items="Label"))
    assert (wrong.status, list(wrong.errors)) == (422, ["reason"])
    client.submit(address, reason="Label kurang.", items="Tanggal")
    assert status_of(application.number) is S.REPAIR
    late = Page(client.submit(address, reason="Label kurang.", items="Tanggal"))
    assert (late.status, "tidak berlaku lagi" in late.text) == (422, True)


def test_a_no_needs_its_reason_and_can_be_taken_back_before_allocation(
    client: Browser, stage: Stage
) -> None:
    application = stage.bring_to(S.PASSED)
    address = page_of(stage, application.number)
    reason: dict[str, Any] = {"tolak-reason": "Salah tekan."}
    assert Page(client.submit(f"{address}/buka-lagi")).status == 422
    client.submit(f"{address}/buka-lagi", **reason)
    assert status_of(application.number) is S.CURATION
    assert Page(client.submit(f"{address}/buka-lagi", **reason)).status == 422
    assert Page(client.submit(f"{address}/tolak")).status == 422
    client.submit(f"{address}/tolak", **reason)
    assert status_of(application.number) is S.REFUSED
    assert Page(client.submit(f"{address}/tolak", **reason)).status == 422
    assert Page(client.submit(f"{address}/nilai", **points(stage))).status == 422
    assert "Tidak ada yang perlu diputuskan" in Page(client.get(address)).text


def test_an_appeal_is_shown_and_left_to_somebody_else(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.REFUSED)
    applying.appeal(
        application=application,
        text="Kemasan baru.",
        actor_id=stage.producer.id,
        now=stage.now,
    )
    address = page_of(stage, application.number)
    assert "Banding: Kemasan baru." in Page(client.get(address)).text
    mine = Page(client.submit(f"{address}/nilai", **points(stage)))
    assert "Banding diputus rekan Anda" in mine.text
    client.log_in(stage.owner)
    page = Page(client.submit(f"{address}/nilai", **points(stage)))
    assert "Nilai tersimpan." in page.messages


def test_a_buyer_who_keeps_the_stall_only_watches(client: Browser, stage: Stage) -> None:
    keep(stage.stall, stage.buyer)
    application = stage.bring_to(S.CURATION)
    page = Page(client.get(page_of(stage, application.number)))
    assert page.forms() == []
    assert "produk lapak Anda sendiri" in page.text


def test_scores_and_decisions_stand_on_paper(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.PASSED)
    sheet = Page(client.get(f"{page_of(stage, application.number)}/lembar-nilai"))
    assert "Nilai akhir 74" in sheet.text
    assert stage.buyer.name in sheet.text
    minutes = Page(client.get(f"{page_of(stage)}/berita-acara"))
    assert "Mutu dan rasa 50, Kemasan 30, Harga 20." in minutes.text
    assert "80 70 65 74" in minutes.text


def _many(stage: Stage, scores: list[int | None]) -> list[str]:
    """Add screened applications with these scores; returns the names, the best first."""
    for at, score in enumerate(scores):
        sheet = make_sheet(stage.stall, name=f"Keripik {at}")
        status = S.CURATION if score is None else S.PASSED
        make_application(
            *(stage.call, sheet),
            stores=[stage.high],
            status=status,
            score=score,
            screened_at=stage.now,
            decided_at=None if score is None else stage.now,
            decided_by_id=None if score is None else stage.buyer.id,
        )
    order = sorted(range(len(scores)), key=lambda at: (-(scores[at] or 0), at))
    return [f"Keripik {at}" for at in order]


def test_every_applicant_is_reached_and_stands_in_the_minutes(
    client: Browser, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applications, "SIZE", 2)
    names = _many(stage, [None, 7_000, 9_000, 7_000, None])
    page, seen = Page(client.get(page_of(stage))), []
    for _ in range(3):
        assert "5 pengajuan, 2 menunggu nilai" in page.text
        seen += page.texts("tbody .applicant a")
        links = page.links("a[rel=next]")
        page = Page(client.get(links[0])) if links else page
    assert seen == names
    assert not page.links("a[rel=next]")
    assert page.links("a[rel=first]") == [page_of(stage)]
    minutes = Page(client.get(page_of(stage, "berita-acara")))
    assert "5 pengajuan" in minutes.text
    assert len(minutes.tree.css("tbody tr")) == 5


def test_minutes_are_a_draft_while_decisions_can_change(client: Browser, stage: Stage) -> None:
    _many(stage, [9_000])
    number = f"BK{stage.call.number[2:]}"
    for status in (CallStatus.OPEN, CallStatus.CLOSED, CallStatus.CANCELLED):
        stage.call.status = status
        page = Page(client.get(page_of(stage, "berita-acara")))
        assert "KONSEP, belum ditetapkan" in page.text
        assert number not in page.text
        assert not page.tree.css("a.doc__code")
        assert stage.buyer.name not in page.texts(".doc__name")
    for status in (CallStatus.ALLOCATED, CallStatus.DONE):
        stage.call.status = status
        page = Page(client.get(page_of(stage, "berita-acara")))
        assert "KONSEP" not in page.text
        assert page.texts(".doc__number") == [number]
        assert page.tree.css("a.doc__code svg")
        assert stage.buyer.name in page.texts(".doc__name")
        assert "keputusan terakhir 2 Mar 2026" in page.text


def test_another_retailers_call_is_not_there(client: Browser, stage: Stage) -> None:
    application = stage.bring_to(S.CURATION)
    client.log_in(make_member(make_retailer()))
    for address in (
        page_of(stage),
        page_of(stage, "berita-acara"),
        page_of(stage, application.number),
        page_of(stage, f"{application.number}/lembar-nilai"),
    ):
        assert client.get(address).status_code == 404
    for step in ("nilai", "lulus", "perbaiki", "tolak", "buka-lagi"):
        assert client.submit(page_of(stage, f"{application.number}/{step}")).status_code == 404
