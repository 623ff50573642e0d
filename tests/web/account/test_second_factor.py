"""The second factor: set up once, asked at each login, each code counts once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import Role
from pol.identity.rules.second_factor import WrongTotp
from tests.factories.catalogue import make_market
from tests.factories.people import SECRET, give_role, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN: dict[str, Any] = {"phone": "081234567890", "secret": SECRET}


@pytest.fixture
def officer(session: Session) -> User:
    person = make_person("Petugas Contoh", phone="+6281234567890", secret=SECRET)
    give_role(person, Role.MARKET_OFFICER, market_id=make_market().id)
    return person


def code_at(moment: datetime, key: str = KEY) -> str:
    return pyotp.TOTP(key).at(moment)


def test_an_officer_without_second_factor_is_led_to_set_it_up(
    client: Browser, session: Session, officer: User, now: datetime
) -> None:
    client.submit("/masuk", **LOGIN)
    page = Page(client.get("/petugas/kode", follow_redirects=True))
    assert (page.address, page.heading) == ("/akun/dua-langkah", "Pasang langkah kedua")
    assert len(page.tree.css("figure svg")) == 1
    key = page.texts("#kunci")[0].replace(" ", "")
    wrong = Page(client.send(page.form("/akun/dua-langkah"), code="000000"))
    assert wrong.errors == {"code": WrongTotp.message}
    assert wrong.texts("#kunci")[0].replace(" ", "") == key  # the same picture: nothing is lost
    answer = Page(client.send(wrong.form("/akun/dua-langkah"), code=code_at(now, key)))
    assert (answer.status, answer.address) == (200, "/petugas/kode")
    session.refresh(officer)
    assert officer.totp_secret == key
    assert "terpasang" in Page(client.get("/akun/dua-langkah")).text


def test_the_next_login_asks_for_the_code(client: Browser, officer: User, now: datetime) -> None:
    officer.totp_secret = KEY
    page = Page(client.submit("/masuk", **LOGIN, next="/petugas/kode"))
    assert (page.address, page.heading) == ("/masuk/kode", "Satu langkah lagi")
    assert client.get("/akun").status_code == 302  # the password alone opens nothing
    assert Page(client.send(page.form(), code="")).status == 422
    answer = Page(client.send(page.form(), code=code_at(now)))
    assert (answer.status, answer.address) == (200, "/petugas/kode")


def test_a_code_that_was_seen_is_worth_nothing(
    client: Browser, session: Session, officer: User, now: datetime,
    set_clock: Callable[[datetime], None],
) -> None:  # fmt: skip
    officer.totp_secret = KEY
    code = code_at(now)
    form = Page(client.submit("/masuk", **LOGIN)).form()
    assert Page(client.send(form, code=code)).address == "/petugas"
    again = Page(client.submit("/masuk", **LOGIN)).form()
    assert Page(client.send(again, code=code)).errors == {"code": WrongTotp.message}
    # The control: without the remembered step the same code would open once more.
    officer.totp_last_step = None
    assert Page(client.send(again, code=code)).address == "/petugas"
    # And the next code does.
    set_clock(now + timedelta(seconds=30))
    form = Page(client.submit("/masuk", **LOGIN)).form()
    assert Page(client.send(form, code=code_at(now + timedelta(seconds=30)))).address == "/petugas"


def test_guessing_codes_has_an_end(client: Browser, officer: User, now: datetime) -> None:
    officer.totp_secret = KEY
    form = Page(client.submit("/masuk", **LOGIN)).form()
    right = code_at(now)
    wrong = "000000" if right != "000000" else "111111"
    statuses = [Page(client.send(form, code=wrong)).status for _ in range(5)]
    assert statuses == [422] * 5
    assert Page(client.send(form, code=right)).status == 429


def test_after_ten_minutes_the_password_is_asked_again(
    client: Browser, officer: User, now: datetime, set_clock: Callable[[datetime], None]
) -> None:
    officer.totp_secret = KEY
    form = Page(client.submit("/masuk", **LOGIN)).form()
    later = now + timedelta(minutes=11)
    set_clock(later)
    page = Page(client.send(form, code=code_at(later)))
    assert (page.address, page.heading) == ("/masuk", "Masuk")
    assert Page(client.get("/masuk/kode", follow_redirects=True)).address == "/masuk"


def test_a_device_that_came_in_before_shows_the_code_once(
    client: Browser, officer: User, now: datetime
) -> None:
    client.submit("/masuk", **LOGIN)
    officer.totp_secret = KEY
    page = Page(client.get("/petugas/kode", follow_redirects=True))
    assert page.heading == "Langkah kedua"
    answer = Page(client.send(page.form("/akun/dua-langkah"), code=code_at(now)))
    assert answer.address == "/petugas/kode"


def test_guessing_on_a_device_that_is_in_has_an_end_too(
    client: Browser, officer: User, now: datetime
) -> None:
    officer.totp_secret = KEY
    client.log_in(officer)
    wrong = "000000" if code_at(now) != "000000" else "111111"
    statuses = [Page(client.submit("/akun/dua-langkah", code=wrong)).status for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert Page(client.submit("/akun/dua-langkah", code="")).status == 422
