"""A buyer asks for an allocation, looks through it, changes it by hand, and decides."""

from datetime import datetime
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.cli.allocation_work import work
from pol.kernel.db import db
from pol.partnership.allocation.models import AllocationRun, Offer
from pol.partnership.allocation.queries.runs import list_places, list_refusals
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.allocation.services import runs
from pol.partnership.slots.models import CallSpan, Fixture, Shelf
from pol.partnership.slots.rules import CallStatus
from tests.factories.partnership import make_application, make_sheet, make_shelf, make_store
from tests.partnership.allocation.scene import Scene, make_scene
from tests.partnership.allocation.test_runs import Loaded
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.rig.statements import counted


@pytest.fixture
def scene(session: Session, client: Browser, now: datetime) -> Scene:
    made = make_scene()
    client.log_in(made.owner)
    return made


def _page(scene: Scene) -> str:
    return f"/peritel/slot/{scene.call.number}/penetapan"


def _asked(client: Browser, scene: Scene) -> str:
    client.submit(_page(scene), seconds="30")
    run = db.session.scalars(select(AllocationRun)).one()
    run.seconds = 2
    db.session.commit()
    return f"{_page(scene)}/{run.number}"


def _computed(client: Browser, app: Flask, scene: Scene) -> str:
    address = _asked(client, scene)
    number = address.rpartition("/")[2]
    answer = CliRunner().invoke(work, [number], obj=Loaded(app), catch_exceptions=False)
    assert answer.exit_code == 0
    return address


def test_a_call_is_allocated_through_the_pages(client: Browser, app: Flask, scene: Scene) -> None:
    waiting = Page(client.get(_asked(client, scene)))
    assert "menunggu giliran" in waiting.text
    number = waiting.address.rpartition("/")[2]
    CliRunner().invoke(work, [number], obj=Loaded(app), catch_exceptions=False)
    page = Page(client.get(waiting.address))
    assert "Keripik Contoh 1" in page.text
    assert "0,00 %" in page.text
    assert page.tree.css("svg")
    assert client.submit(f"{page.address}/tetapkan").status_code == 200
    assert db.session.scalars(select(Offer)).all() == []
    client.submit(f"{page.address}/periksa")
    done = Page(client.submit(f"{page.address}/tetapkan"))
    assert "Tawarannya sudah dikirim" in done.text
    assert len(db.session.scalars(select(Offer)).all()) == 4
    minutes = Page(client.get(f"{page.address}/berita-acara"))
    assert number in minutes.texts(".doc__number")
    assert minutes.tree.css("a.doc__code svg")
    assert scene.owner.name in minutes.texts(".doc__name")
    assert "ditetapkan 2 Mar 2026" in minutes.text
    run = db.session.scalars(select(AllocationRun)).one()
    assert run.input_sha256 in minutes.text


def test_asking_again_leads_to_the_result_that_is_there(
    client: Browser, app: Flask, scene: Scene
) -> None:
    address = _computed(client, app, scene)
    page = Page(client.submit(_page(scene), seconds="30"))
    assert page.address == address
    assert "masukan yang sama selalu memberi hasil yang sama" in page.text
    assert len(db.session.scalars(select(AllocationRun)).all()) == 1


def test_what_came_meanwhile_asks_for_a_new_run(client: Browser, app: Flask, scene: Scene) -> None:
    address = _computed(client, app, scene)
    client.submit(f"{address}/periksa")
    scene.applications[-1].weekly_demand_milli = 90_000
    db.session.commit()
    assert "Hitung sekali lagi" in Page(client.submit(f"{address}/tetapkan")).text
    assert db.session.scalars(select(Offer)).all() == []


def test_the_page_says_how_a_run_ended_and_what_fairness_costs(
    client: Browser, app: Flask, scene: Scene
) -> None:
    address = _computed(client, app, scene)
    run = db.session.scalars(select(AllocationRun)).one()
    minutes = f"{address}/berita-acara"
    assert "Dihentikan jam" not in Page(client.get(address)).text
    assert "Selesai dengan sendirinya" in Page(client.get(minutes)).text
    run.is_stopped_by_clock, run.fairness_price = True, 7_000
    db.session.commit()
    for page in (address, minutes):
        assert "Dihentikan jam" in Page(client.get(page)).text
        assert "Rp7.000" in Page(client.get(page)).text


def test_a_change_by_hand_shows_its_cost_first(client: Browser, app: Flask, scene: Scene) -> None:
    address = _computed(client, app, scene)
    run = db.session.scalars(select(AllocationRun)).one()
    place = list_places(run_id=run.id)[0]
    link = f"{address}/ubah/{place.application_number}/{place.store_id}"
    form = Page(client.get(link)).form(link)
    seen = Page(client.send(form, shelf="-", lihat="1"))
    assert "mengurangi hasil produsen" in seen.text
    refused = Page(client.send(form, shelf="-"))
    assert "Tulis alasan" in refused.errors["reason"]
    page = Page(client.send(form, shelf="-", reason="Kemasan rusak"))
    assert page.texts("h2")[-1] == "Catatan hitungan" or "Kemasan rusak" in page.text
    assert db.session.scalars(select(AllocationRun.status)).one() is RunStatus.COMPUTED


def test_minutes_are_a_draft_until_the_result_is_fixed(
    client: Browser, app: Flask, scene: Scene
) -> None:
    address = _computed(client, app, scene)
    for step in ("", "periksa"):
        if step:
            client.submit(f"{address}/{step}")
        page = Page(client.get(f"{address}/berita-acara"))
        assert page.texts(".doc__number") == ["KONSEP, belum ditetapkan"]
        assert not page.tree.css("a.doc__code")
        assert scene.owner.name not in page.texts(".doc__name")


def test_the_result_and_the_minutes_say_what_hands_moved(
    client: Browser, app: Flask, scene: Scene
) -> None:
    address = _computed(client, app, scene)
    run = db.session.scalars(select(AllocationRun)).one()
    place = next(one for one in list_places(run_id=run.id) if one.shelf_id == scene.shelves[1].id)
    where = f"{place.sheet_name} di {place.store_name}"
    shelf = f"{place.fixture_code} ambalan {place.shelf_number}"
    link = f"{address}/ubah/{place.application_number}/{place.store_id}"
    form = Page(client.get(link)).form(link)
    out = Page(client.send(form, shelf="-", reason="Kemasan rusak"))
    was = f"{shelf}, {place.x_mm} mm dari kiri, {place.facings} muka"
    assert f"{where} dikeluarkan dari tempatnya: {was}." in out.text
    now = f"{shelf}, {place.x_mm} mm dari kiri, 1 muka"
    client.send(form, facings="1", reason="Sudah diganti")
    client.send(form, facings=str(place.facings), reason="Cukup ruang")
    for page in (Page(client.get(address)), Page(client.get(f"{address}/berita-acara"))):
        assert f"{where} dikeluarkan dari tempatnya: {was}." in page.text
        assert f"{where} diberi tempat: {now}." in page.text
        assert f"{where} dipindah: dari {now}, ke {was}." in page.text
        for reason in ("Kemasan rusak", "Sudah diganti", "Cukup ruang"):
            assert f"Alasannya: {reason}" in page.text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [("x", "9000", "tidak cukup panjang"), ("facings", "9", "muka"), ("x", "-1", "")],
)
def test_a_wrong_place_is_said_and_nothing_is_lost(
    client: Browser, app: Flask, scene: Scene, field: str, typed: str, words: str
) -> None:
    address = _computed(client, app, scene)
    run = db.session.scalars(select(AllocationRun)).one()
    place = list_places(run_id=run.id)[0]
    link = f"{address}/ubah/{place.application_number}/{place.store_id}"
    form = Page(client.get(link)).form(link)
    for extra in ({"lihat": "1"}, {}):
        typing: Any = {field: typed, "reason": "Uji"} | extra
        page = Page(client.send(form, **typing))
        assert page.status in {409, 422}
        assert words in " ".join(page.errors.values())
        assert page.form(link).values["reason"] == "Uji"


@pytest.mark.parametrize("typed", ["", "9", "dua"])
def test_wrong_facings_are_said_at_their_field(
    client: Browser, app: Flask, scene: Scene, typed: str
) -> None:
    address = _computed(client, app, scene)
    run = db.session.scalars(select(AllocationRun)).one()
    place = list_places(run_id=run.id)[0]
    link = f"{address}/ubah/{place.application_number}/{place.store_id}"
    form = Page(client.get(link)).form(link)
    for extra in ({"lihat": "1"}, {"reason": "Uji"}):
        page = Page(client.send(form, {"facings": typed} | extra))
        assert list(page.errors) == ["facings"]
    assert Page(client.send(form, facings="", shelf="-", lihat="1")).errors == {}


def _held(page: Page) -> dict[str, str | None]:
    """Return the product that may be dragged, as the picture describes it."""
    (box,) = page.tree.css("svg [data-move]")
    return box.attributes


def test_the_picture_shows_where_the_product_would_stand(
    client: Browser, app: Flask, scene: Scene
) -> None:
    address = _computed(client, app, scene)
    run = db.session.scalars(select(AllocationRun)).one()
    place = list_places(run_id=run.id)[0]
    link = f"{address}/ubah/{place.application_number}/{place.store_id}"
    page = Page(client.get(link))
    assert _held(page)["data-box"] == place.application_number
    assert _held(page)["data-x"] == str(place.x_mm)
    form = page.form(link)
    assert _held(Page(client.send(form, x="7", lihat="1")))["data-x"] == "7"
    assert _held(Page(client.send(form, x="9000", lihat="1")))["data-x"] == "9000"
    assert _held(Page(client.send(form, x="tujuh", lihat="1")))["data-x"] == str(place.x_mm)
    away = Page(client.send(form, shelf="-", lihat="1"))
    assert not away.tree.css("svg.plano")
    db.session.get_one(Shelf, place.shelf_id).is_active = False
    assert not Page(client.get(link)).tree.css("svg.plano")


def test_only_what_the_call_offers_is_drawn_as_free(
    client: Browser, app: Flask, scene: Scene
) -> None:
    """Shelves of other calls beside refusals that say "full" contradict them."""
    whole, part = scene.shelves
    fixture = db.session.get_one(Fixture, whole.fixture_id)
    other = make_shelf(scene.store, fixture=fixture, width_mm=1_000)
    span = db.session.scalars(select(CallSpan).filter_by(shelf_id=part.id)).one()
    span.x_mm, span.width_mm = 100, 300
    db.session.commit()
    address = _computed(client, app, scene)
    run = db.session.scalars(select(AllocationRun)).one()
    place = next(one for one in list_places(run_id=run.id) if one.fixture_id == fixture.id)
    edit = f"{address}/ubah/{place.application_number}/{place.store_id}"
    for link in (address, edit):
        page = Page(client.get(link))
        assert page.tree.css(f'[data-shelf="{other.id}"]')
        words = page.texts("svg text")
        assert "tidak dibuka di sini" in words
        assert not any("1000 mm kosong" in word for word in words)


def test_who_was_refused_is_given_a_place_by_hand(
    client: Browser, app: Flask, scene: Scene
) -> None:
    address = _computed(client, app, scene)
    run = db.session.scalars(select(AllocationRun)).one()
    refused, *_ = list_refusals(run_id=run.id)
    for place in list_places(run_id=run.id):
        link = f"{address}/ubah/{place.application_number}/{place.store_id}"
        client.send(Page(client.get(link)).form(link), shelf="-", reason="Ditarik pemohon")
    page = Page(client.get(address))
    link = f"{address}/ubah/{refused.application_number}/{refused.store_id}"
    assert link in page.links()
    page = Page(client.get(link))
    assert refused.sheet_name in page.text
    client.send(page.form(link), x="0", facings="1", reason="Tempatnya kosong")
    assert [row.application_number for row in list_places(run_id=run.id)] == [
        refused.application_number
    ]


def test_a_call_that_is_open_waits(client: Browser, scene: Scene) -> None:
    scene.call.status = CallStatus.OPEN
    db.session.commit()
    assert "sesudah pendaftaran ditutup" in Page(client.get(_page(scene))).text
    answer = client.submit(_page(scene), seconds="30")
    assert "belum ditutup" in Page(answer).text
    assert client.submit(_page(scene), seconds="7").status_code == 422


def test_a_run_that_failed_says_so(client: Browser, scene: Scene, now: datetime) -> None:
    address = _asked(client, scene)
    runs.fail_run(run=db.session.scalars(select(AllocationRun)).one(), why="Berhenti", now=now)
    assert "Berhenti" in Page(client.get(address)).text
    assert "gagal" in Page(client.get(_page(scene))).text


def test_nobody_sees_the_run_of_others(client: Browser, app: Flask, scene: Scene) -> None:
    address = _asked(client, scene)
    client.log_in(make_scene().owner)
    for page in (address, _page(scene), f"{address}/berita-acara", f"{address}/ubah/PJ-1/1"):
        assert client.get(page).status_code == 404
    assert client.submit(f"{address}/periksa").status_code == 404


def test_the_map_shows_one_store_at_a_time_with_few_questions(
    client: Browser, app: Flask, scene: Scene
) -> None:
    """A call of a whole chain has hundreds of fixtures; none costs a statement of its own."""
    other = make_store(scene.retailer, name="Toko Contoh Kedua")
    for _ in range(6):
        shelf = make_shelf(other)
        db.session.add(CallSpan(call_id=scene.call.id, shelf_id=shelf.id, x_mm=0, width_mm=900))
    for _ in range(8):
        make_application(scene.call, make_sheet(), stores=[other], max_facings=1)
    address = _computed(client, app, scene)
    run = db.session.scalars(select(AllocationRun)).one()
    assert len({place.store_id for place in list_places(run_id=run.id)}) == 2
    with counted() as statements:
        page = Page(client.get(f"{address}?toko={other.id}"))
    assert len(statements) <= 16, statements
    assert {"Toko Contoh Babat", "Toko Contoh Kedua"} <= set(page.texts(".tabs a"))
    pictures = len(page.tree.css(".plano-scroll svg"))
    first = Page(client.get(address))
    assert pictures > 0
    assert len(first.tree.css(".plano-scroll svg")) == 2
