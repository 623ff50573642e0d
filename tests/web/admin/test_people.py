"""What an administrator does with people."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import RoleGrant, User, UserSession
from pol.identity.queries.people import list_people
from pol.identity.rules import NotYourself, PlaceMissing, Role, RoleAlreadyHeld
from pol.identity.services import open_session
from pol.kernel.audit import AuditEntry
from pol.kernel.db import db
from tests.factories.catalogue import make_market
from tests.factories.people import SECRET, give_role, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.rig.statements import counted


@pytest.fixture
def admin(client: Browser, now: datetime) -> User:
    admin = make_person("Admin Contoh")
    give_role(admin, Role.ADMINISTRATOR)
    client.log_in(admin)
    return admin


@pytest.fixture
def sri(session: Session) -> User:
    return make_person("Sri Contoh", phone="+6281234567890", secret=SECRET)


ADDRESSES = ["/admin/orang", "/admin/jejak", "/admin/orang/1"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_officers_do_not_see_people(
    client: Browser, session: Session, sri: User, now: datetime, address: str
) -> None:
    give_role(sri, Role.MARKET_OFFICER, market_id=make_market().id)
    client.log_in(sri)
    assert client.get(address).status_code == 403
    denied = session.scalars(select(AuditEntry).where(AuditEntry.action == "access.denied")).one()
    assert (denied.subject, denied.actor_id) == (f"page:GET {address}", sri.id)


def test_an_administrator_without_second_factor_sets_it_up_first(
    client: Browser, session: Session, admin: User
) -> None:
    for device in session.scalars(select(UserSession)):
        device.second_factor_at = None
    answer = client.get("/admin/orang?q=sri")
    assert answer.location == "/akun/dua-langkah?next=/admin/orang?q%3Dsri"


@pytest.mark.parametrize("words", ["sri con", "0812-3456", "+62 812 3456", "7890"])
def test_people_are_found_by_part_of_name_or_number(
    client: Browser, admin: User, sri: User, words: str
) -> None:
    page = Page(client.get("/admin/orang", query_string={"q": words}))
    assert page.texts(".row__title") == ["Sri Contoh"]


def test_people_are_found_by_role(client: Browser, admin: User, sri: User) -> None:
    page = Page(client.get("/admin/orang?peran=administrator"))
    assert page.texts(".row__title") == ["Admin Contoh"]
    nobody = Page(client.get("/admin/orang?q=%25"))
    assert "Tidak ada orang yang cocok" in nobody.text


def test_the_list_goes_on_from_where_it_stopped(client: Browser, admin: User) -> None:
    for number in range(31):
        make_person(f"Orang {number}")
    first = Page(client.get("/admin/orang"))
    assert len(first.texts(".row__title")) == 30
    (following,) = first.links("a[rel=next]")
    assert Page(client.get(following)).texts(".row__title") == ["Orang 0", "Admin Contoh"]


def test_a_list_of_people_takes_two_statements_however_long(
    session: Session, admin: User, sri: User
) -> None:
    session.flush()
    with counted() as statements:
        page = list_people()
    assert len(statements) == 2
    assert [(row.name, row.roles) for row in page.rows] == [
        ("Sri Contoh", ()),
        ("Admin Contoh", (Role.ADMINISTRATOR,)),
    ]


PLACES = [
    ("market_officer", "market", "Pasar Sidoharjo"),
    ("courier", "market", "Pasar Sidoharjo"),
    ("kecamatan_officer", "kecamatan", "Brondong"),
    ("village_officer", "village", "Parengan"),
    ("dinas_officer", None, "seluruh kabupaten"),
]


@pytest.mark.parametrize(("role", "field", "place"), PLACES)
def test_a_role_comes_with_its_place_and_goes_again(
    client: Browser, admin: User, sri: User, role: str, field: str | None, place: str
) -> None:
    values: dict[str, Any] = {
        "market": str(make_market().id),
        "kecamatan": "35.24.01" if field != "kecamatan" else "35.24.07",
        "village": "35.24.10.2009",
    }
    form = Page(client.get(f"/admin/orang/{sri.id}")).form(f"/admin/orang/{sri.id}/peran")
    page = Page(client.send(form, role=role, **values))
    assert page.messages == ["Peran diberikan."]
    assert place in page.text
    (taken,) = [form for form in page.forms() if form.action.endswith("/cabut")]
    assert "Belum ada peran" in Page(client.send(taken)).text
    assert client.submit(taken.action).status_code == 404


@pytest.mark.parametrize("role", ["market_officer", "kecamatan_officer", "village_officer"])
def test_a_role_without_its_place_is_refused(
    client: Browser, admin: User, sri: User, role: str
) -> None:
    page = Page(client.submit(f"/admin/orang/{sri.id}/peran", role=role, market="", kecamatan=""))
    assert page.status == 422
    assert page.errors == {"role": PlaceMissing.message}
    strange = Page(client.submit(f"/admin/orang/{sri.id}/peran", role="king", market="9"))
    assert set(strange.errors) == {"role", "market"}


def test_a_role_is_given_once(client: Browser, admin: User, sri: User) -> None:
    give_role(sri, Role.DINAS_OFFICER)
    page = Page(
        client.submit(f"/admin/orang/{sri.id}/peran", role="dinas_officer", market="", kecamatan="")
    )
    assert page.errors == {"role": RoleAlreadyHeld.message}


def test_who_is_let_go_is_out_at_once(
    client: Browser, session: Session, admin: User, sri: User, now: datetime
) -> None:
    open_session(user_id=sri.id, now=now, device="HP", address="10.0.0.9")
    address = f"/admin/orang/{sri.id}"
    page = Page(client.submit(f"{address}/nonaktifkan"))
    assert "Akun ini nonaktif" in page.text
    assert session.scalars(
        select(UserSession.revoked_at).where(UserSession.user_id == sri.id)
    ).all() == [now]
    assert "nonaktif" in Page(client.get("/admin/orang")).text
    page = Page(client.submit(f"{address}/aktifkan"))
    assert page.messages == ["Akun diaktifkan lagi."]


def test_devices_are_closed_and_the_second_factor_is_taken_off(
    client: Browser, session: Session, admin: User, sri: User, now: datetime
) -> None:
    sri.totp_secret = "JBSWY3DPEHPK3PXP"
    open_session(user_id=sri.id, now=now, device="HP", address="10.0.0.9")
    address = f"/admin/orang/{sri.id}"
    assert "1 sedang masuk" in Page(client.get(address)).text
    assert "0 sedang masuk" in Page(client.submit(f"{address}/keluarkan")).text
    assert "belum dipasang" in Page(client.submit(f"{address}/langkah-kedua")).text


def test_an_administrator_hands_out_a_code_even_to_officers(
    client: Browser, session: Session, admin: User, sri: User
) -> None:
    give_role(sri, Role.MARKET_OFFICER, market_id=make_market().id)
    page = Page(client.submit(f"/admin/orang/{sri.id}/kode"))
    (code,) = page.texts(".price")
    answer = Page(
        client.submit("/lupa/kode", phone="081234567890", code=code, secret="sandi yang baru")
    )
    assert answer.address == "/akun/dua-langkah"  # in, and led on


@pytest.mark.parametrize("what", ["nonaktifkan", "langkah-kedua"])
def test_nobody_locks_themselves_out(client: Browser, admin: User, what: str) -> None:
    page = Page(client.submit(f"/admin/orang/{admin.id}/{what}"))
    assert page.messages == [NotYourself.message]
    session_grant = f"/admin/orang/{admin.id}/peran/{_grant_of(admin)}/cabut"
    assert Page(client.submit(session_grant)).messages == [NotYourself.message]


def _grant_of(user: User) -> int:
    grants = select(RoleGrant.id).where(RoleGrant.user_id == user.id)
    return db.session.scalars(grants).one()


def test_nobody_there_is_not_found(client: Browser, admin: User) -> None:
    assert client.get("/admin/orang/999999").status_code == 404
    assert client.submit("/admin/orang/999999/keluarkan").status_code == 404
