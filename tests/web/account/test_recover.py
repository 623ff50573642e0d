"""A forgotten password: by letter, or read aloud at the market."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import LoginCode, User, UserSession
from pol.identity.rules import Role
from pol.identity.rules.secrets import CodeNotForStaff, NoSuchAccount, WrongCode
from pol.identity.services import open_session
from pol.notices.models import Notice
from tests.factories.catalogue import make_market
from tests.factories.people import SECRET, give_role, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page

NEW = "sandi yang baru"


@pytest.fixture
def sri(session: Session) -> User:
    return make_person("Sri Contoh", phone="+6281234567890", secret=SECRET, email="sri@contoh.id")


@pytest.fixture
def officer(session: Session) -> User:
    officer = make_person("Petugas Contoh")
    give_role(officer, Role.MARKET_OFFICER, market_id=make_market().id)
    return officer


@pytest.fixture
def letters(app: Flask) -> Iterator[None]:
    app.config["SMTP_HOST"] = "127.0.0.1"
    yield
    app.config["SMTP_HOST"] = None


def use(client: Browser, code: str, phone: str = "081234567890") -> Page:
    return Page(client.submit("/lupa/kode", phone=phone, code=code, secret=NEW))


def handed_out(client: Browser, officer: User, phone: str = "081234567890") -> str:
    client.log_in(officer)
    page = Page(client.submit("/petugas/kode", phone=phone))
    (code,) = page.texts(".price")
    return code


@pytest.mark.usefixtures("letters")
def test_a_code_comes_by_letter_and_makes_a_new_password(
    client: Browser, session: Session, sri: User, now: datetime
) -> None:
    open_session(user_id=sri.id, now=now, device="HP lama", address="10.0.0.1")
    form = Page(client.get("/lupa")).form("/lupa")
    page = Page(client.send(form, phone="0812 3456 7890"))
    assert "kodenya sedang dikirim" in page.text
    letter = session.scalars(select(Notice)).one()
    (code,) = re.findall(r"\d{6}", letter.body)
    assert letter.email == "sri@contoh.id"

    answer = Page(client.send(page.form("/lupa/kode"), code=f"{code[:3]} {code[3:]}", secret=NEW))
    assert (answer.address, answer.messages) == ("/akun", ["Sandi baru tersimpan."])
    revoked = session.scalars(select(UserSession.revoked_at).order_by(UserSession.id)).all()
    assert revoked == [now, None]
    client.submit("/keluar")
    assert Page(client.submit("/masuk", phone="081234567890", secret=SECRET)).status == 422
    assert Page(client.submit("/masuk", phone="081234567890", secret=NEW)).address == "/akun"


@pytest.mark.usefixtures("letters")
def test_the_answer_does_not_tell_who_has_an_account(
    client: Browser, session: Session, sri: User, now: datetime
) -> None:
    known = Page(client.submit("/lupa", phone="081234567890"))
    unknown = Page(client.submit("/lupa", phone="081299999999"))
    assert (known.status, unknown.status) == (200, 200)
    assert known.text == unknown.text
    assert len(session.scalars(select(Notice)).all()) == 1


def test_without_a_mail_server_the_page_sends_people_to_the_market(client: Browser) -> None:
    page = Page(client.get("/lupa"))
    assert page.forms() == []
    assert "Datang ke pos petugas" in page.text
    assert Page(client.submit("/lupa", phone="12")).status == 422


def test_an_officer_reads_a_code_aloud(
    client: Browser, sri: User, officer: User, now: datetime
) -> None:
    code = handed_out(client, officer)
    assert re.fullmatch(r"\d{3} \d{3}", code)
    client.submit("/keluar")
    assert use(client, code).address == "/akun"
    assert Page(client.submit("/masuk", phone="081234567890", secret=NEW)).address == "/akun"


def test_a_code_does_not_replace_the_second_factor(
    client: Browser, sri: User, officer: User, now: datetime
) -> None:
    sri.totp_secret = "JBSWY3DPEHPK3PXP"
    code = handed_out(client, officer)
    client.submit("/keluar")
    assert use(client, code).address == "/masuk"


def test_a_code_works_once(client: Browser, sri: User, officer: User, now: datetime) -> None:
    code = handed_out(client, officer)
    use(client, code)
    assert use(client, code).errors == {"code": WrongCode.message}


def test_a_new_code_ends_the_one_before(
    client: Browser, sri: User, officer: User, now: datetime
) -> None:
    first, second = handed_out(client, officer), handed_out(client, officer)
    assert use(client, first).errors == {"code": WrongCode.message}
    assert use(client, second).address == "/akun"


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (15, 422)])
def test_a_code_lives_fifteen_minutes(
    client: Browser,
    sri: User,
    officer: User,
    now: datetime,
    set_clock: Callable[[datetime], None],
    minutes: int,
    status: int,
) -> None:
    code = handed_out(client, officer)
    set_clock(now + timedelta(minutes=minutes))
    assert use(client, code).status == status


def test_after_five_wrong_tries_the_right_code_is_dead(
    client: Browser, session: Session, sri: User, officer: User, now: datetime,
    set_clock: Callable[[datetime], None],
) -> None:  # fmt: skip
    code = handed_out(client, officer)
    wrong = "000000" if code != "000 000" else "111111"
    for _ in range(5):
        assert use(client, wrong).status == 422
    assert use(client, code).status == 429
    set_clock(now + timedelta(minutes=1))
    assert use(client, code).errors == {"code": WrongCode.message}
    assert session.scalars(select(LoginCode.tries)).all() == [6]


def test_the_code_of_one_person_does_not_open_another_account(
    client: Browser, sri: User, officer: User, now: datetime
) -> None:
    make_person("Lain", phone="+6281300000000", secret=SECRET)
    code = handed_out(client, officer)
    assert use(client, code, phone="081300000000").errors == {"code": WrongCode.message}


def test_officers_help_customers_not_each_other(
    client: Browser, sri: User, officer: User, now: datetime
) -> None:
    client.log_in(officer)
    page = Page(client.get("/petugas/kode"))
    assert page.heading == "Kode untuk yang lupa sandi"
    own = Page(client.send(page.form(), phone=officer.phone))
    assert CodeNotForStaff.message in own.errors["phone"]
    nobody = Page(client.send(page.form(), phone="081299999999"))
    assert NoSuchAccount.message in nobody.errors["phone"]
    assert Page(client.send(page.form(), phone="x")).status == 422
