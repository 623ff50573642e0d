"""Opening a stall and keeping it: place, hours, vacation, helpers, permits, the officer's word."""

from datetime import date, datetime
from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.files.models import Picture
from pol.stalls.models import Permit, Stall, StallMember
from pol.stalls.rules import Seat, StallStatus
from pol.stalls.rules.stall import (
    HelperAlreadyThere,
    HelperUnknown,
    HoursBackwards,
    OwnerOnly,
    PermitExpired,
    StallAlreadySent,
    VacationBackwards,
    VacationTooLong,
)
from tests.factories.catalogue import make_market, make_stall
from tests.factories.traders import keep, make_keeper, make_person
from tests.files.hostile import PAGE, photo
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.trader.conftest import Desk

HERE = "/pedagang/lapak"
PARENGAN = "35.24.10.2009"


def my_stall(session: Session, desk: Desk) -> Stall:
    session.expire_all()
    return session.get_one(Stall, desk.stall.id)


def test_anybody_with_an_account_opens_a_stall(
    client: Browser, session: Session, now: datetime
) -> None:
    market, person = make_market("Pasar Babat Contoh"), make_person()
    client.log_in(person)
    form = Page(client.get(f"{HERE}/baru")).form(f"{HERE}/baru")
    assert form.values["phone"] == f"0{person.phone[3:]}"
    page = Page(
        client.send(form, name="Wingko Contoh", market=str(market.id), block="C", number="7")
    )
    assert (page.address, page.heading) == (HERE, "Wingko Contoh")
    stall = session.scalars(select(Stall)).one()
    assert (stall.slug, stall.status) == ("wingko-contoh", StallStatus.DRAFT)
    assert (stall.block, stall.number) == ("C", "7")
    assert stall.village_code == market.village_code
    seat = session.scalars(select(StallMember)).one()
    assert (seat.user_id, seat.seat) == (person.id, Seat.OWNER)


def test_a_stall_in_a_village_has_its_address(
    client: Browser, session: Session, now: datetime
) -> None:
    market = make_market()
    client.log_in(make_person())
    form = Page(client.get(f"{HERE}/baru")).form(f"{HERE}/baru")
    page = Page(
        client.send(
            form,
            name="Tenun Contoh",
            market=str(market.id),
            place="desa",
            village="Parengan",
            address="RT 3 RW 1, dekat balai desa",
        )
    )
    assert page.heading == "Tenun Contoh"
    stall = session.scalars(select(Stall)).one()
    assert (stall.village_code, stall.kecamatan_code) == (PARENGAN, "35.24.10")
    assert stall.number is None


def test_a_second_stall_of_a_name_gets_its_own_address(
    client: Browser, session: Session, desk: Desk
) -> None:
    form = Page(client.get(f"{HERE}/baru")).form(f"{HERE}/baru")
    for _ in range(2):
        client.send(form, name="Wingko Contoh", market=str(desk.market.id), number="7")
    slugs = sorted(session.scalars(select(Stall.slug).where(Stall.name == "Wingko Contoh")))
    assert slugs[0] == "wingko-contoh"
    assert slugs[1].startswith("wingko-contoh-")


def test_what_is_missing_is_asked_for_and_nothing_is_lost(
    client: Browser, session: Session, now: datetime
) -> None:
    client.log_in(make_person())
    url = f"{HERE}/baru"
    page = Page(client.submit(url, name="", phone="12", market="", place="pasar", block="B"))
    assert page.status == 422
    assert set(page.errors) == {"name", "phone", "market", "number"}
    values = page.form(url).values
    assert (values["phone"], values["block"]) == ("12", "B")
    page = Page(client.submit(url, name="Toko", phone="0812-3456-7890", market="", place="desa"))
    assert {"village", "address"} <= set(page.errors)
    assert session.scalars(select(Stall)).all() == []


def test_whoever_keeps_no_stall_is_shown_the_door(client: Browser, now: datetime) -> None:
    client.log_in(make_person())
    assert client.get(HERE).status_code == 403


def test_the_way_to_the_officer(client: Browser, session: Session, desk: Desk) -> None:
    desk.stall.status = StallStatus.DRAFT
    page = Page(client.submit(f"{HERE}/kirim"))
    assert "Terkirim" in " ".join(page.messages)
    assert page.texts("[aria-current=step]")[0].startswith("Petugas memeriksa")
    assert my_stall(session, desk).status is StallStatus.SUBMITTED
    assert StallAlreadySent.message in Page(client.submit(f"{HERE}/kirim")).messages


def test_a_refused_stall_says_why(client: Browser, desk: Desk) -> None:
    desk.stall.status, desk.stall.status_reason = StallStatus.REFUSED, "Nomor kios tidak ada"
    page = Page(client.get(HERE))
    assert "Kata petugas: Nomor kios tidak ada" in page.text
    assert f"{HERE}/kirim" in [form.action for form in page.forms()]


def test_the_profile_changes_but_not_the_address_of_the_page(
    client: Browser, session: Session, desk: Desk
) -> None:
    slug, url = desk.stall.slug, f"{HERE}/profil"
    form = Page(client.get(url)).form(url)
    assert form.values["name"] == "Lapak Bandeng Contoh"
    client.send(form, name="Lapak Ikan Contoh", about="Segar tiap pagi", phone="0812 3456 7890")
    stall = my_stall(session, desk)
    assert (stall.name, stall.slug, stall.about) == ("Lapak Ikan Contoh", slug, "Segar tiap pagi")
    assert stall.phone == "+6281234567890"
    assert stall.pickup_at_stall
    page = Page(client.send(form, name="x"))
    assert page.status == 422
    assert set(page.errors) == {"name"}


def test_a_stall_moves_home(client: Browser, session: Session, desk: Desk) -> None:
    url = f"{HERE}/profil"
    form = Page(client.get(url)).form(url)
    client.send(form, place="desa", village="Parengan", address="RT 3")
    stall = my_stall(session, desk)
    assert (stall.number, stall.village_code) == (None, PARENGAN)
    assert "RT 3, Parengan" in Page(client.get(HERE)).text


def test_the_stall_has_a_picture(client: Browser, session: Session, desk: Desk) -> None:
    url = f"{HERE}/foto"
    page = Page(client.submit(url, camera=(BytesIO(PAGE), "lapak.jpg")))
    assert page.status == 422
    assert "bukan foto" in page.errors["camera"]
    page = Page(client.submit(url))
    assert page.errors["camera"] == "Potret atau pilih fotonya dulu."
    client.submit(url, camera=(BytesIO(photo()), "lapak.jpg"))
    assert my_stall(session, desk).picture_key == session.scalars(select(Picture.key)).one()


def test_hours_are_the_markets_or_ones_own(client: Browser, session: Session, desk: Desk) -> None:
    url = f"{HERE}/jam"
    assert "04.00 – 20.00 WIB" in Page(client.get(url)).text
    client.submit(url, opens="05:30", closes="11:00")
    stall = my_stall(session, desk)
    assert (stall.opens_minute, stall.closes_minute) == (330, 660)
    page = Page(client.submit(url, opens="11:00", closes="05:30"))
    assert page.errors["closes"] == HoursBackwards.message
    page = Page(client.submit(url, opens="pagi", closes="05:30"))
    assert set(page.errors) == {"opens"}
    client.submit(url, opens="", closes="")
    assert my_stall(session, desk).opens_minute is None


@pytest.mark.parametrize(
    ("first", "back", "sentence"),
    [
        ("2026-03-10", "2026-03-10", VacationBackwards.message),
        ("2026-03-10", "", VacationBackwards.message),
        ("", "2026-03-10", VacationBackwards.message),
        ("2026-03-10", "2026-09-10", VacationTooLong.message),
    ],
)
def test_a_vacation_ends_after_it_begins(
    client: Browser, desk: Desk, first: str, back: str, sentence: str
) -> None:
    page = Page(client.submit(f"{HERE}/libur", vacation_from=first, vacation_until=back))
    assert page.status == 422
    assert page.errors["vacation_until"] == sentence


def test_a_vacation_is_announced(client: Browser, session: Session, desk: Desk) -> None:
    page = Page(
        client.submit(f"{HERE}/libur", vacation_from="2026-03-10", vacation_until="2026-03-14")
    )
    assert "libur 10 Mar 2026, buka lagi 14 Mar 2026" in page.text
    assert my_stall(session, desk).vacation_from == date(2026, 3, 10)
    wrong = Page(client.submit(f"{HERE}/libur", vacation_from="kapan", vacation_until=""))
    assert set(wrong.errors) == {"vacation_from"}


def test_a_helper_comes_by_phone_number_and_goes(
    client: Browser, session: Session, desk: Desk
) -> None:
    url, helper = f"{HERE}/penjaga", make_person("Mbak Contoh")
    spoken = f"0{helper.phone[3:]}"
    page = Page(client.submit(url, phone=spoken))
    assert "Mbak Contoh" in page.text
    page = Page(client.submit(url, phone=spoken))
    assert page.errors["phone"].endswith(HelperAlreadyThere.message)
    page = Page(client.submit(url, phone="0899 9999 9999"))
    assert page.errors["phone"].endswith(HelperUnknown.message)
    assert Page(client.submit(url, phone="abc")).status == 422
    page = Page(client.submit(f"{url}/{helper.id}/keluarkan"))
    assert "Mbak Contoh" not in page.text
    assert client.submit(f"{url}/{helper.id}/keluarkan").status_code == 404


def test_a_helper_does_not_choose_helpers(client: Browser, desk: Desk) -> None:
    client.log_in(make_keeper(desk.stall, seat=Seat.HELPER, name="Mbak Contoh"))
    page = Page(client.get(f"{HERE}/penjaga"))
    assert page.forms() == []
    page = Page(client.submit(f"{HERE}/penjaga", phone="081234567890"))
    assert OwnerOnly.message in page.text
    page = Page(client.submit(f"{HERE}/penjaga/{desk.trader.id}/keluarkan"))
    assert OwnerOnly.message in page.messages


def test_permits_are_noted_seen_by_few_and_struck_out(
    client: Browser, session: Session, desk: Desk
) -> None:
    url = f"{HERE}/izin"
    assert "Belum ada izin" in Page(client.get(url)).text
    page = Page(client.submit(url, kind="nib", number="", expires_on="besok"))
    assert set(page.errors) == {"number", "expires_on"}
    page = Page(client.submit(url, kind="halal", number="ID352", expires_on="2026-03-01"))
    assert page.errors["expires_on"] == PermitExpired.message
    page = Page(client.submit(url, kind="nib", number="912", camera=(BytesIO(photo()), "nib.jpg")))
    assert "NIB 912" in page.text
    permit = session.scalars(select(Permit)).one()
    strike, letter = f"{url}/{permit.id}/hapus", f"/gambar/{permit.picture_key}-800.jpg"
    assert letter in page.links()
    assert client.get(letter).status_code == 200
    assert "Belum ada izin" in Page(client.submit(strike)).text
    assert client.submit(strike).status_code == 404


def test_who_keeps_two_stalls_chooses(client: Browser, desk: Desk) -> None:
    second = make_stall(desk.market, name="Kios Kedua Contoh")
    keep(second, desk.trader)
    page = Page(client.get("/pedagang"))
    assert page.heading == "Hari ini di Lapak Bandeng Contoh"
    page = Page(client.send(page.form(f"/pedagang/lapak-saya/{second.slug}")))
    assert page.heading == "Hari ini di Kios Kedua Contoh"
    assert Page(client.get(HERE)).heading == "Kios Kedua Contoh"
    other = make_stall(desk.market)
    assert client.submit(f"/pedagang/lapak-saya/{other.slug}").status_code == 404
