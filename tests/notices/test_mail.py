"""Letters leave the house at least once, over a real socket, and a reader keeps one copy."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.cli.jobs import DUTIES, do_duty, send_mail
from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.mail import LetterRefused, MailServer, hand_over, write_letter
from pol.kernel.transaction import transaction
from pol.notices.models import Notice
from pol.notices.services import claim_letters, send
from tests.rig import postbox
from tests.rig.postbox import Postbox

ADDRESS = "siti@contoh.id"


@pytest.fixture
def mail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """Give the mail server that the application uses."""
    with postbox.opened() as opened:
        settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": opened.port, "SMTP_STARTTLS": False}
        for name, value in {**settings, "PUBLIC_URL": "https://pol.contoh"}.items():
            monkeypatch.setitem(app.config, name, value)
        yield opened


@pytest.fixture
def siti(session: Session, now: datetime) -> User:
    person = User(phone="+6281200000001", name="Siti", email=ADDRESS, created_at=now)
    session.add(person)
    session.commit()
    return person


def tell(person: User, now: datetime, key: str = "a", title: str = "Pesanan siap") -> None:
    with transaction():
        send(
            key=key,
            phone=person.phone,
            user_id=person.id,
            title=title,
            body="Ambil di lapak.",
            link="/belanjaan/B-1",
            now=now,
        )


def mail_states() -> list[tuple[datetime | None, datetime | None]]:
    db.session.expire_all()
    rows = db.session.execute(
        select(Notice.mail_due_at, Notice.mail_sent_at).order_by(Notice.id)
    ).all()
    db.session.rollback()
    return [(row.mail_due_at, row.mail_sent_at) for row in rows]


def do_mail(app: Flask) -> bool:
    duty = next(duty for duty in DUTIES if duty.run is send_mail)
    return do_duty(app, duty, holder="uji", early=True)


def test_a_letter_says_what_happened_and_where_to_look(
    app: Flask, mail: Postbox, siti: User, now: datetime
) -> None:
    tell(siti, now, title="Pesanan\r\nBcc: lain@contoh.id")
    assert do_mail(app)
    (letter,) = mail.letters
    assert letter["To"] == ADDRESS
    assert letter["Subject"] == "Pesanan Bcc: lain@contoh.id"
    assert letter["Bcc"] is None
    assert letter["Message-ID"].endswith("@pol.contoh>")
    lines = letter.get_content().splitlines()
    assert lines == ["Ambil di lapak.", "", "https://pol.contoh/belanjaan/B-1"]


def test_a_letter_that_was_taken_does_not_leave_again(
    app: Flask, mail: Postbox, siti: User, now: datetime, set_clock: Callable[[datetime], None]
) -> None:
    tell(siti, now)
    do_mail(app)
    set_clock(now + timedelta(hours=5))
    do_mail(app)
    assert len(mail.letters) == 1
    assert mail_states() == [(None, now)]


def test_a_letter_waits_until_the_mail_server_is_back(
    app: Flask,
    mail: Postbox,
    siti: User,
    now: datetime,
    set_clock: Callable[[datetime], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tell(siti, now)
    with monkeypatch.context() as down:
        down.setitem(app.config, "SMTP_PORT", 1)
        assert not do_mail(app)
    do_mail(app)
    assert mail.letters == []
    set_clock(now + timedelta(minutes=1))
    assert do_mail(app)
    assert mail.subjects() == ["Pesanan siap"]


def test_a_letter_whose_answer_was_lost_comes_again_and_the_reader_keeps_one(
    app: Flask, mail: Postbox, siti: User, now: datetime, set_clock: Callable[[datetime], None]
) -> None:
    tell(siti, now)
    mail.keeps_anyway, mail.answer = True, "451 try again later"
    assert not do_mail(app)
    mail.answer = postbox.TAKEN
    set_clock(now + timedelta(minutes=2))
    assert do_mail(app)
    assert len(mail.letters) == 2
    assert len({letter["Message-ID"] for letter in mail.letters}) == 1


@pytest.mark.parametrize(("answer", "kept"), [("451 later", True), ("550 no such person", False)])
def test_a_refusal_for_good_ends_it_and_a_passing_one_does_not(
    app: Flask, mail: Postbox, siti: User, now: datetime, *, answer: str, kept: bool
) -> None:
    mail.answer = answer
    tell(siti, now)
    do_mail(app)
    ((due_at, sent_at),) = mail_states()
    assert (due_at is not None, sent_at) == (kept, None)


def test_a_letter_that_nobody_could_take_for_two_days_is_dropped(
    app: Flask, mail: Postbox, siti: User, now: datetime, set_clock: Callable[[datetime], None]
) -> None:
    tell(siti, now)
    set_clock(now + timedelta(days=2))
    do_mail(app)
    assert (mail.letters, mail_states()) == ([], [(None, None)])


def test_without_a_mail_server_nothing_is_claimed(app: Flask, siti: User, now: datetime) -> None:
    tell(siti, now)
    assert do_mail(app)
    assert mail_states() == [(now, None)]
    with transaction():
        assert [letter.email for letter in claim_letters(now=now)] == [ADDRESS]


def test_a_refused_recipient_is_refused_for_good() -> None:
    with postbox.opened() as opened:
        opened.answer = "552 too large"
        server = MailServer("127.0.0.1", opened.port, "pol@contoh.id", starttls=False)
        letter = write_letter(
            message_id="<a@contoh>",
            sender="pol@contoh.id",
            to=ADDRESS,
            subject="Uji",
            text="Uji",
            at=datetime.fromisoformat("2026-03-02T05:00+00:00"),
        )
        with server.opened() as connection, pytest.raises(LetterRefused):
            hand_over(connection, letter)
