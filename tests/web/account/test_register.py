"""Opening an account."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import PhoneTaken
from pol.identity.rules.secrets import SecretTooEasy, SecretTooShort
from tests.factories.people import SECRET, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page


def test_a_newcomer_has_an_account_in_one_page(
    client: Browser, session: Session, now: datetime
) -> None:
    form = Page(client.get("/daftar")).form()
    page = Page(
        client.send(
            form, name="Bu Tini", phone="0857 0000 1111", secret="482913", village="parengan"
        )
    )
    assert (page.address, page.heading) == ("/akun", "Bu Tini")
    user = session.scalars(select(User)).one()
    assert (user.phone, user.village_code) == ("+6285700001111", "35.24.10.2009")
    assert user.password_hash
    assert user.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_one_number_however_written_has_one_account(
    client: Browser, session: Session, now: datetime
) -> None:
    make_person(phone="+6285700001111")
    page = Page(
        client.submit("/daftar", name="Lagi", phone="+62 857-0000-1111", secret=SECRET, village="")
    )
    assert page.status == 422
    assert page.errors == {"phone": _hint_and(PhoneTaken.message)}
    assert session.scalar(select(func.count()).select_from(User)) == 1


def test_nothing_typed_is_lost_but_the_password(client: Browser, now: datetime) -> None:
    page = Page(
        client.submit(
            "/daftar", name="Bu Tini", phone="08x", secret="111111", village="Sumberagung"
        )
    )
    assert set(page.errors) == {"phone", "secret", "village"}
    assert SecretTooEasy.message in page.errors["secret"]
    values = page.form("/daftar").values
    assert (values["name"], values["phone"], values["secret"]) == ("Bu Tini", "08x", "")
    choices = page.texts("select[name=village] option")
    assert choices[0] == "Pilih desanya"
    assert "Sumberagung (Brondong)" in choices


def test_too_short_a_password_is_refused(client: Browser, now: datetime) -> None:
    page = Page(
        client.submit("/daftar", name="A", phone="085700001111", secret="pendek", village="")
    )
    assert SecretTooShort.message in page.errors["secret"]


def _hint_and(sentence: str) -> str:
    return f"Nomor ini menjadi nama akun Anda. {sentence}"
