"""Coming in and leaving, as the person and as somebody who should not get in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask, Response
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from pol.identity.models import LoginAttempt, User, UserSession
from pol.identity.rules.limits import TooManyTries
from pol.identity.rules.secrets import WrongSecret
from pol.kernel.audit import AuditEntry
from tests.factories.people import SECRET, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page


@pytest.fixture
def sri(session: Session) -> User:
    return make_person("Sri Contoh", phone="+6281234567890", secret=SECRET)


def log_in(
    client: Browser, phone: str = "0812 3456 7890", secret: str = SECRET, **more: Any
) -> Page:
    return Page(client.submit("/masuk", phone=phone, secret=secret, **more))


def test_a_person_comes_in_with_the_phone_as_they_write_it(
    client: Browser, sri: User, now: datetime
) -> None:
    page = Page(client.get("/masuk"))
    assert page.heading == "Masuk"
    assert "/lacak" in page.links()  # "Pesanan" in the bar brings guests here
    answer = Page(client.send(page.form(), phone="62812-3456-7890", secret=SECRET))
    assert (answer.address, answer.heading) == ("/akun", "Sri Contoh")
    assert "0812-3456-7890" in answer.text


def test_a_wrong_password_and_an_unknown_phone_get_the_same_answer(
    client: Browser, sri: User, now: datetime
) -> None:
    wrong = log_in(client, secret="bukan ini ya")
    unknown = log_in(client, phone="0812 9999 9999")
    assert wrong.status == unknown.status == 422
    assert wrong.errors == unknown.errors == {"secret": WrongSecret.message}
    assert wrong.form("/masuk").values["phone"] == "0812 3456 7890"


def test_somebody_who_was_let_go_gets_that_answer_too(
    client: Browser, sri: User, now: datetime
) -> None:
    sri.is_active = False
    assert log_in(client).errors == {"secret": WrongSecret.message}


def test_what_is_missing_is_said_beside_the_field(client: Browser) -> None:
    page = log_in(client, phone="12", secret="")
    assert page.status == 422
    assert page.errors["phone"].startswith("Nomor HP ini tidak dikenali")
    assert page.errors["secret"] == "Bagian ini harus diisi."


def test_each_login_gives_a_new_token_and_closes_the_old_one(
    client: Browser, session: Session, sri: User, now: datetime
) -> None:
    tokens = []
    for _ in range(2):
        log_in(client)
        with client.session_transaction() as cookie:
            tokens.append(cookie["sid"])
    assert tokens[0] != tokens[1]
    live = select(func.count()).where(UserSession.revoked_at.is_(None))
    assert session.scalar(live) == 1


def test_a_cookie_that_was_copied_is_worth_nothing_after_leaving(
    app: Flask, client: Browser, session: Session, sri: User, now: datetime
) -> None:
    log_in(client)
    name = app.config["SESSION_COOKIE_NAME"]
    copied = client.get_cookie(name)
    assert copied
    thief = Browser(app, Response)
    thief.set_cookie(name, copied.value)
    assert thief.get("/akun").status_code == 200  # the control: while it lasts, it opens

    answer = client.submit("/keluar", follow=False)
    assert "cookies" in answer.headers["Clear-Site-Data"]
    assert Page(client.get(answer.location)).messages == []
    assert "Anda sudah keluar" in Page(client.get(answer.location)).text
    thief.set_cookie(name, copied.value)
    assert thief.get("/akun").status_code == 302
    # The other control: it is the revoked row that stops it, nothing else.
    session.execute(update(UserSession).values(revoked_at=None))
    thief.set_cookie(name, copied.value)
    assert thief.get("/akun").status_code == 200


def test_leaving_twice_does_no_harm(client: Browser) -> None:
    assert Page(client.submit("/keluar")).heading == "Masuk"


@pytest.mark.parametrize(
    ("days", "status"), [(13, 200), (15, 302)], ids=["used lately", "not used for two weeks"]
)
def test_a_device_that_is_not_used_is_logged_out(
    client: Browser,
    sri: User,
    now: datetime,
    set_clock: Callable[[datetime], None],
    days: int,
    status: int,
) -> None:
    log_in(client)
    set_clock(now + timedelta(days=days))
    assert client.get("/akun").status_code == status


def test_after_sixty_days_everybody_logs_in_again(
    client: Browser, sri: User, now: datetime, set_clock: Callable[[datetime], None]
) -> None:
    log_in(client)
    statuses = []
    for days in (12, 24, 36, 48, 59, 60):
        set_clock(now + timedelta(days=days))
        statuses.append(client.get("/akun").status_code)
    assert statuses == [200, 200, 200, 200, 200, 302]


def test_a_visit_is_noted_at_most_every_ten_minutes(
    client: Browser,
    session: Session,
    sri: User,
    now: datetime,
    set_clock: Callable[[datetime], None],
) -> None:
    log_in(client)
    seen = []
    for minutes in (9, 11, 15):
        set_clock(now + timedelta(minutes=minutes))
        client.get("/akun")
        moment = session.scalar(select(UserSession.last_seen_at))
        assert moment
        seen.append((moment - now) // timedelta(minutes=1))
    assert seen == [0, 11, 11]


def test_five_wrong_tries_are_free_then_the_waits_grow(
    client: Browser, sri: User, now: datetime, set_clock: Callable[[datetime], None]
) -> None:
    moment = now
    for _ in range(5):
        assert log_in(client, secret="salah salah").status == 422
    for wait in (30, 60, 120):
        set_clock(moment + timedelta(seconds=wait - 1))
        refused = log_in(client)  # even the right one must wait
        assert refused.status == 429
        assert "Terlalu banyak percobaan. Coba lagi pukul 12." in refused.text
        moment += timedelta(seconds=wait)
        set_clock(moment)
        assert log_in(client, secret="salah salah").status == 422
    set_clock(moment + timedelta(seconds=240))
    assert log_in(client).address == "/akun"
    assert TooManyTries(now).until == now


def test_who_got_in_starts_from_nothing_again(
    client: Browser, session: Session, sri: User, now: datetime
) -> None:
    for _ in range(4):
        log_in(client, secret="salah salah")
    log_in(client)
    assert session.scalars(select(LoginAttempt.bucket)).all() == ["password@127.0.0.1"] * 4


def test_one_address_cannot_try_many_accounts(client: Browser, sri: User, now: datetime) -> None:
    statuses = [log_in(client, phone=f"0813{n:08}").status for n in range(31)]
    assert statuses == [422] * 30 + [429]


def test_failures_and_logins_are_in_the_trail(
    client: Browser, session: Session, sri: User, now: datetime
) -> None:
    log_in(client, secret="salah salah")
    log_in(client)
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["login.failed", "login.opened"]


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/ok\r\nSet-Cookie: a=b",
        "\t//evil.example",
        "evil",
    ],
)
def test_nobody_is_sent_to_another_site(
    client: Browser, sri: User, now: datetime, target: str
) -> None:
    assert log_in(client, next=target).address == "/akun"


def test_who_was_stopped_at_a_page_gets_there_after_logging_in(
    client: Browser, sri: User, now: datetime
) -> None:
    stopped = Page(client.get("/akun/perangkat", follow_redirects=True))
    assert "Masuk dulu untuk membuka halaman itu." in stopped.text
    form = stopped.form("/masuk")
    assert Page(client.send(form, phone="081234567890", secret=SECRET)).address == "/akun/perangkat"


def test_a_form_from_another_site_is_not_a_login(client: Browser, sri: User) -> None:
    answer = client.post(
        "/masuk",
        data={"phone": "081234567890", "secret": SECRET},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 400
