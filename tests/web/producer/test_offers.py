"""A producer's offers: taken or left in one press, with the queue and the reason in words."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.partnership.allocation.models import AllocationEdit
from pol.partnership.allocation.rules.statuses import OfferStatus as S
from pol.partnership.applications.models import Application
from pol.partnership.applications.rules import ApplicationStatus as A
from pol.partnership.slots.rules import CallStatus
from tests.factories.partnership import make_placement
from tests.partnership.offers.scene import WHY, Scene, make_scene
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/pedagang/rak/tawaran"


@pytest.fixture
def scene(session: Session, now: datetime) -> Scene:
    return make_scene(now)


@pytest.fixture
def offered(scene: Scene, client: Browser, now: datetime) -> Application:
    """Give somebody a place, and let two more wait."""
    one = scene.apply(score=9_000)
    scene.place(one, x_mm=0)
    for score in (8_000, 7_000):
        scene.refuse(scene.apply(score=score))
    scene.open(now)
    client.log_in(_keeper(scene, one))
    return one


def _keeper(scene: Scene, application: Application) -> User:
    return scene.keepers[application.stall_id]


def test_nobody_has_offers_at_first(client: Browser, scene: Scene) -> None:
    client.log_in(_keeper(scene, scene.apply()))
    assert "Belum ada tawaran" in Page(client.get(PAGE)).text


def test_a_place_is_taken_in_one_press(client: Browser, scene: Scene, offered: Application) -> None:
    number = scene.offer_of(offered).number
    index = Page(client.get(PAGE))
    assert "Jawab sebelum akhir Kamis, 5 Maret 2026" in index.text
    (address,) = [link for link in index.links("main a[href]") if number in link]
    page = Page(client.get(address))
    assert "Surat penawaran tempat" in page.text
    assert "2 muka, 280 mm" in page.text
    page = Page(client.send(page.form(f"{address}/terima")))
    assert page.heading == "Perjanjian Keripik Tempe Contoh"
    assert any("milik Anda" in said for said in page.messages)
    assert scene.statuses(offered) == [S.ACCEPTED]
    page = Page(client.get(address))
    assert "Tempat ini milik Anda." in page.text
    assert page.forms() == []


def test_a_place_is_left_to_the_next(client: Browser, scene: Scene, offered: Application) -> None:
    address = f"{PAGE}/{scene.offer_of(offered).number}"
    page = Page(client.send(Page(client.get(address)).form(f"{address}/tolak")))
    assert "Ditolak produsen" in page.text
    page = Page(client.submit(f"{address}/terima"))
    assert any("sudah dijawab" in said for said in page.messages)


def test_what_came_too_late_says_so(
    client: Browser, scene: Scene, offered: Application, now: datetime
) -> None:
    offer = scene.offer_of(offered)
    offer.lapses_at = now - timedelta(minutes=1)
    address = f"{PAGE}/{offer.number}"
    page = Page(client.get(address))
    assert "Waktunya lewat" in page.text
    assert page.forms() == []
    page = Page(client.submit(f"{address}/tolak"))
    assert any("Batas waktu tawaran ini lewat" in said for said in page.messages)


def test_a_place_that_is_gone_is_refused_in_words(
    client: Browser, scene: Scene, offered: Application
) -> None:
    other = make_placement(scene.apply(), scene.shelf)
    page = Page(client.submit(f"{PAGE}/{scene.offer_of(offered).number}/terima"))
    assert any(other.number in said for said in page.messages)
    assert scene.statuses(offered) == [S.OFFERED]


def test_who_waits_reads_their_place_and_why(
    client: Browser, scene: Scene, offered: Application
) -> None:
    last = scene.apply(score=1)
    offer = scene.wait(last)
    client.log_in(_keeper(scene, last))
    assert "Urutan ke-3 di toko ini" in Page(client.get(PAGE)).text
    page = Page(client.get(f"{PAGE}/{offer.number}"))
    assert "Anda di urutan ke-3 daftar tunggu" in page.text
    page = Page(client.submit(f"{PAGE}/{offer.number}/terima"))
    assert any("masih di daftar tunggu" in said for said in page.messages)


def test_why_not_is_said_where_the_queue_is(client: Browser, scene: Scene, now: datetime) -> None:
    one = scene.apply()
    scene.refuse(one)
    scene.open(now)
    client.log_in(_keeper(scene, one))
    assert WHY in Page(client.get(PAGE)).text
    assert WHY in Page(client.get(f"{PAGE}/{scene.offer_of(one).number}")).text


def test_others_do_not_find_an_offer(client: Browser, scene: Scene, offered: Application) -> None:
    address = f"{PAGE}/{scene.offer_of(offered).number}"
    client.log_in(_keeper(scene, scene.apply()))
    assert client.get(address).status_code == 404
    for verb in ("terima", "tolak"):
        assert client.submit(f"{address}/{verb}").status_code == 404


def test_the_result_of_a_run_shows_producers_their_own_and_why_not(
    client: Browser, scene: Scene, offered: Application
) -> None:
    address = f"/pedagang/rak/penetapan/{scene.run.number}"
    page = Page(client.get(address))
    assert "Menunggu jawaban" in page.text
    assert WHY not in page.text  # the others wait, and nobody else reads why
    (link,) = [link for link in page.links("main .row") if "tawaran/" in link]
    assert link == f"{PAGE}/{scene.offer_of(offered).number}"
    waiting = scene.apply()
    client.log_in(_keeper(scene, waiting))
    assert client.get(address).status_code == 404
    scene.refuse(waiting)
    scene.wait(waiting)
    page = Page(client.get(address))
    assert "Urutan ke-" in page.text
    assert WHY in page.text


def test_a_producer_reads_what_the_store_moved_by_hand_and_why(
    client: Browser, session: Session, scene: Scene, offered: Application, now: datetime
) -> None:
    def place(number: str, facings: int) -> dict[str, object]:
        return {"application": number, "shelf": f"R{scene.shelf.id}", "x_mm": 0, "facings": facings}

    waiting = scene.apply()
    number = scene.wait(waiting).number
    for one, after in ((offered, place(offered.number, 2)), (waiting, {})):
        session.add(
            AllocationEdit(
                run_id=scene.run.id,
                at=now,
                actor_id=scene.buyer.id,
                before=place(one.number, 1),
                after=after,
                cost=4_321,
                reason=f"Sebab {one.number}",
            )
        )
    session.flush()
    pages = (
        f"/pedagang/rak/penetapan/{scene.run.number}",
        f"{PAGE}/{scene.offer_of(offered).number}",
    )
    for address in pages:
        page = Page(client.get(address))
        assert "1 muka, ke " in page.text
        assert f"Alasannya: Sebab {offered.number}" in page.text
        assert waiting.number not in page.text
        assert "4.321" not in page.text
    client.log_in(_keeper(scene, waiting))
    for address in (pages[0], f"{PAGE}/{number}"):
        page = Page(client.get(address))
        assert "dikeluarkan dari tempatnya" in page.text
        assert f"Alasannya: Sebab {waiting.number}" in page.text
        assert offered.number not in page.text


APPLICATIONS = "/pedagang/rak/pengajuan"


def _says(client: Browser, scene: Scene, application: Application) -> Page:
    client.log_in(_keeper(scene, application))
    page = Page(client.get(f"{APPLICATIONS}/{application.number}"))
    assert "Tunggu penetapan tempat" not in page.text + Page(client.get(APPLICATIONS)).text
    return page


def test_an_application_says_what_became_of_it_and_leads_there(
    client: Browser, scene: Scene, offered: Application
) -> None:
    page = _says(client, scene, offered)
    address = f"{PAGE}/{scene.offer_of(offered).number}"
    assert "Ditawari tempat" in Page(client.get(APPLICATIONS)).text
    assert "Jawab sebelum akhir Kamis, 5 Maret 2026" in page.text
    assert address in page.links()
    client.submit(f"{address}/terima")
    assert "Produk ini mendapat tempat" in _says(client, scene, offered).text


def test_an_application_that_waits_says_its_place_and_why(
    client: Browser, scene: Scene, offered: Application
) -> None:
    last = scene.apply()
    scene.refuse(last)
    offer = scene.wait(last)
    page = _says(client, scene, last)
    assert f"Urutan ke-3 di toko ini {WHY}" in page.text
    assert f"{PAGE}/{offer.number}" in page.links()


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (S.LAPSED, "Tempat yang ditawarkan tidak diambil"),
        (S.DECLINED, "Tempat yang ditawarkan tidak diambil"),
        (S.CLOSED, "Pembukaan ini sudah habis masanya"),
    ],
)
def test_an_application_says_that_its_time_is_over(
    client: Browser, scene: Scene, offered: Application, status: S, sentence: str
) -> None:
    scene.offer_of(offered).status = status
    assert sentence in _says(client, scene, offered).text


@pytest.mark.parametrize("status", [A.PASSED, A.CURATION, A.SCREENING, A.SUBMITTED, A.REPAIR])
def test_an_application_that_was_left_out_says_so(
    client: Browser, scene: Scene, offered: Application, status: A
) -> None:
    late = scene.apply(status=status)
    page = _says(client, scene, late)
    assert "pengajuan ini tidak ikut dihitung" in page.text
    assert "Paling lambat" not in page.text
    assert not [form for form in page.forms() if form.action.endswith("/perbaiki")]
    scene.call.status = CallStatus.CANCELLED
    assert "Toko membatalkan pembukaan ini" in _says(client, scene, late).text


def test_a_refusal_of_a_call_that_is_over_offers_no_appeal(
    client: Browser, scene: Scene, offered: Application
) -> None:
    refused = scene.apply(status=A.REFUSED, status_reason="Kemasan bocor.")
    page = _says(client, scene, refused)
    assert "banding tidak bisa lagi" in page.text
    assert "Kemasan bocor." in page.text
