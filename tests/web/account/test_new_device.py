"""A trader on a device that we have not seen: the password alone is not enough."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User, UserSession
from pol.identity.rules.secrets import WrongCode
from pol.notices.models import Notice
from pol.stalls.models import StallMember
from pol.stalls.rules import Seat
from tests.factories.catalogue import make_stall
from tests.factories.people import SECRET, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page

LOGIN: dict[str, Any] = {"phone": "081234567890", "secret": SECRET}


@pytest.fixture
def letters(app: Flask) -> Iterator[None]:
    app.config["SMTP_HOST"] = "127.0.0.1"
    yield
    app.config["SMTP_HOST"] = None


@pytest.fixture
def trader(session: Session, now: datetime) -> User:
    person = make_person("Pedagang Contoh", phone="+6281234567890", secret=SECRET, email="p@c.id")
    session.add(
        StallMember(stall_id=make_stall().id, user_id=person.id, seat=Seat.OWNER, since=now)
    )
    return person


def code_in_letter(session: Session) -> str:
    letter = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
    assert letter
    assert letter.title == "Kode untuk masuk dari perangkat baru"
    found = re.search(r"\d{6}", letter.body)
    assert found
    return found[0]


@pytest.mark.usefixtures("letters")
def test_the_code_of_the_letter_lets_in_and_works_once(
    client: Browser, session: Session, trader: User
) -> None:
    page = Page(client.submit("/masuk", **LOGIN))
    assert (page.address, page.heading) == ("/masuk/kode", "Satu langkah lagi")
    assert "Perangkat ini baru bagi kami" in page.text
    assert client.get("/akun").status_code == 302
    code = code_in_letter(session)
    wrong = "000000" if code != "000000" else "111111"
    refused = Page(client.send(page.form(), code=wrong))
    assert refused.errors == {"code": WrongCode.message}
    assert Page(client.send(page.form(), code=code)).address == "/pedagang"

    client.submit("/keluar")
    again = Page(client.submit("/masuk", **LOGIN)).form()
    assert Page(client.send(again, code=code)).errors == {"code": WrongCode.message}


@pytest.mark.usefixtures("letters")
def test_such_a_code_does_not_change_a_password(
    client: Browser, session: Session, trader: User
) -> None:
    client.submit("/masuk", **LOGIN)
    code = code_in_letter(session)
    page = Page(
        client.submit("/lupa/kode", phone=trader.phone, code=code, secret="sandi yang baru")
    )
    assert page.errors == {"code": WrongCode.message}


@pytest.mark.usefixtures("letters")
def test_a_device_whose_login_only_ran_out_is_known(
    client: Browser, session: Session, trader: User, now: datetime,
    set_clock: Callable[[datetime], None],
) -> None:  # fmt: skip
    page = Page(client.submit("/masuk", **LOGIN))
    client.send(page.form(), code=code_in_letter(session))
    set_clock(now + timedelta(days=20))
    assert client.get("/akun").status_code == 302
    assert Page(client.submit("/masuk", **LOGIN)).address == "/pedagang"
    # The control: once its row is revoked, the same browser is a stranger.
    for row in session.scalars(select(UserSession)):
        row.revoked_at = now
    assert Page(client.submit("/masuk", **LOGIN)).address == "/masuk/kode"


def test_without_a_mail_server_nobody_waits_for_a_letter(client: Browser, trader: User) -> None:
    assert Page(client.submit("/masuk", **LOGIN)).address == "/pedagang"


@pytest.mark.usefixtures("letters")
def test_customers_need_no_letter(client: Browser, session: Session, now: datetime) -> None:
    make_person(phone="+6281234567890", secret=SECRET, email="s@c.id")
    assert Page(client.submit("/masuk", **LOGIN)).address == "/akun"
    assert session.scalars(select(Notice)).all() == []
