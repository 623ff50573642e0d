"""My account: profile, password, devices."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User, UserSession
from pol.identity.rules.secrets import WrongOldSecret
from pol.identity.services import open_session
from pol.kernel.audit import AuditEntry
from tests.factories.people import SECRET, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page

NEW = "sandi yang baru"


@pytest.fixture
def sri(client: Browser, now: datetime) -> User:
    person = make_person("Sri Contoh", phone="+6281234567890", secret=SECRET)
    client.log_in(person)
    return person


def other_device(user: User, moment: datetime, device: str = "Chrome di Android") -> None:
    open_session(user_id=user.id, now=moment, device=device, address="10.0.0.9")


@pytest.mark.parametrize(
    "address", ["/akun", "/akun/profil", "/akun/sandi", "/akun/perangkat", "/akun/dua-langkah"]
)
def test_my_pages_are_mine_only(client: Browser, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.location.startswith("/masuk?next=")


def test_a_profile_is_kept(client: Browser, session: Session, sri: User) -> None:
    form = Page(client.get("/akun/profil")).form("/akun/profil")
    assert form.values["name"] == "Sri Contoh"
    page = Page(
        client.send(
            form,
            name="Sri Rahayu Contoh",
            email="sri@contoh.id",
            old=SECRET,
            village="Sumberagung, Brondong",
        )
    )
    assert (page.heading, page.messages) == ("Sri Rahayu Contoh", ["Profil tersimpan."])
    again = Page(client.get("/akun/profil")).form("/akun/profil").values
    assert (again["email"], again["village"]) == ("sri@contoh.id", "Sumberagung (Brondong)")
    assert "account.email_changed" in session.scalars(select(AuditEntry.action)).all()


def test_a_new_address_for_codes_needs_the_password(
    client: Browser, session: Session, sri: User
) -> None:
    fields: dict[str, Any] = {"name": "Sri", "email": "maling@contoh.id", "village": ""}
    pages = [Page(client.submit("/akun/profil", **fields, old=old)) for old in ("", "salah salah")]
    for page in pages:
        assert page.errors["old"].endswith(WrongOldSecret.message)
    for _ in range(4):
        last = Page(client.submit("/akun/profil", **fields, old="salah salah"))
    assert "Terlalu banyak percobaan" in last.text
    session.refresh(sri)
    assert sri.email is None


def test_a_wrong_address_keeps_what_was_typed(client: Browser, sri: User) -> None:
    page = Page(client.submit("/akun/profil", name="Sri", email="sri@", village="Zurich"))
    assert page.status == 422
    assert set(page.errors) == {"email", "village"}
    values = page.form("/akun/profil").values
    assert (values["name"], values["email"], values["village"]) == ("Sri", "sri@", "Zurich")


def test_a_new_password_closes_all_other_devices(
    client: Browser, session: Session, sri: User, now: datetime
) -> None:
    other_device(sri, now)
    form = Page(client.get("/akun/sandi")).form("/akun/sandi")
    page = Page(client.send(form, old=SECRET, secret=NEW))
    assert page.messages == ["Sandi baru tersimpan. Perangkat lain sudah dikeluarkan."]
    revoked = session.execute(select(UserSession.device, UserSession.revoked_at)).all()
    assert sorted(revoked) == [("Chrome di Android", now), ("Peramban uji", None)]


def test_the_old_password_is_needed_and_guessing_it_has_an_end(client: Browser, sri: User) -> None:
    tries = [Page(client.submit("/akun/sandi", old="bukan ini", secret=NEW)) for _ in range(6)]
    assert tries[0].errors == {"old": WrongOldSecret.message}
    assert [page.status for page in tries] == [422] * 5 + [429]
    assert Page(client.submit("/akun/sandi", old=SECRET, secret="81234567890")).status == 422


def test_i_see_my_devices_and_close_one(
    client: Browser, session: Session, sri: User, now: datetime
) -> None:
    other_device(sri, now - timedelta(days=1))
    other_device(sri, now - timedelta(days=20), "Firefox di Windows")  # long unused: gone
    page = Page(client.get("/akun/perangkat"))
    assert page.texts(".results") == ["2 perangkat"]
    assert page.texts(".row__title") == ["Peramban uji perangkat ini", "Chrome di Android"]
    (form,) = [form for form in page.forms() if form.action.endswith("/keluarkan")]
    answer = Page(client.send(form))
    assert answer.texts(".results") == ["1 perangkat"]
    assert client.submit(form.action).status_code == 404  # it is closed already


def test_the_devices_of_others_are_out_of_reach(
    client: Browser, session: Session, sri: User, now: datetime
) -> None:
    other_device(make_person("Lain"), now)
    theirs = session.scalars(select(UserSession.id).order_by(UserSession.id.desc())).first()
    assert client.submit(f"/akun/perangkat/{theirs}/keluarkan").status_code == 404
    assert session.get_one(UserSession, theirs).revoked_at is None


def test_all_other_devices_close_at_once(
    client: Browser, session: Session, sri: User, now: datetime
) -> None:
    other_device(sri, now)
    other_device(sri, now)
    page = Page(client.submit("/akun/perangkat/keluarkan-lainnya"))
    assert page.texts(".row__title") == ["Peramban uji perangkat ini"]
    assert page.messages[0] == "Semua perangkat lain sudah dikeluarkan."
