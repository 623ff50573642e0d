"""Sending word to people, and moving letters out of the house.

Titles and texts are stored as they were sent, in Indonesian: they are read on any device and in
letters, where nobody has chosen a language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, select, update

from pol.identity.models import User
from pol.identity.rules import CodePurpose
from pol.identity.signals import CodeIssued
from pol.kernel.db import db, insert, is_postgresql, run, table
from pol.notices.models import Notice
from pol.notices.rules import KEEP_TRYING, next_try_at

CODE_TITLES = {
    CodePurpose.RESET_PASSWORD: "Kode untuk membuat sandi baru",
    CodePurpose.NEW_DEVICE: "Kode untuk masuk dari perangkat baru",
}


@dataclass(frozen=True)
class Letter:
    """A notice on its way out as e-mail."""

    notice_id: int
    email: str
    title: str
    body: str
    link: str
    created_at: datetime


@dataclass(frozen=True)
class Message:
    """What is to be said to whom; the link is an address inside our site."""

    key: str
    phone: str
    user_id: int | None
    title: str
    body: str
    link: str


def send(
    *,
    key: str,
    phone: str,
    user_id: int | None,
    title: str,
    body: str,
    link: str,
    now: datetime,
) -> None:
    """Put a notice into the inbox and, for people with an e-mail address, into the outbox.

    The same key again changes nothing. The link is an address inside our site.
    """
    send_all([Message(key, phone, user_id, title, body, link)], now=now)


def send_all(messages: Sequence[Message], *, now: datetime) -> None:
    """Send several notices in one statement."""
    more = [{"created_at": now, "reader": message.user_id} for message in messages]
    rows = [vars(message) | facts for message, facts in zip(messages, more, strict=True)]
    if rows:
        run(_send(is_postgresql()), rows)


@cache
def _send(_engine: bool) -> Any:  # noqa: FBT001 - only tells the engines' statements apart
    """Return the INSERT that looks up the reader's e-mail address, built once per engine."""
    notice = table(Notice).c
    email = select(User.email).where(User.id == bindparam("reader")).scalar_subquery()
    due = case((email.is_not(None), bindparam("created_at", type_=notice.created_at.type)))
    names = ("key", "user_id", "phone", "title", "body", "link", "created_at")
    return (
        insert(table(Notice))
        .values(
            **{name: bindparam(name, type_=notice[name].type) for name in names},
            email=email,
            mail_due_at=due,
            mail_tries=0,
        )
        .on_conflict_do_nothing(index_elements=[notice.key])
        .returning(notice.id)  # not read: it makes one statement of many rows
    )


def send_code(issued: CodeIssued) -> None:
    """Send a one-time code to its owner."""
    send(
        key=f"code:{issued.code_id}",
        phone=issued.phone,
        user_id=issued.user_id,
        title=CODE_TITLES[issued.purpose],
        body=f"Kode Anda: {issued.code}. Berlaku 15 menit, sekali pakai. Jangan berikan kepada "
        "siapa pun. Kalau Anda tidak memintanya, abaikan surat ini.",
        link="/lupa/kode" if issued.purpose is CodePurpose.RESET_PASSWORD else "/masuk/kode",
        now=issued.at,
    )


def mark_read(*, user_id: int, notice_id: int | None, now: datetime) -> None:
    """Note that a person has read one notice, or all of them."""
    statement = update(Notice).where(Notice.user_id == user_id, Notice.read_at.is_(None))
    if notice_id is not None:
        statement = statement.where(Notice.id == notice_id)
    db.session.execute(statement.values(read_at=now))


def claim_letters(*, now: datetime, limit: int = 20) -> Sequence[Letter]:
    """Take letters that are due; each comes back by itself unless `note_mailed` is called.

    A worker that dies on the way therefore loses none: at least once.
    """
    due = db.session.scalars(
        select(Notice)
        .where(Notice.mail_due_at <= now)
        .order_by(Notice.mail_due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    letters = []
    for notice in due:
        if notice.email and notice.created_at > now - KEEP_TRYING:
            notice.mail_due_at = next_try_at(tries=notice.mail_tries, now=now)
            notice.mail_tries += 1
            letters.append(_letter(notice, notice.email))
        else:
            notice.mail_due_at = None
    return letters


def _letter(n: Notice, email: str) -> Letter:
    return Letter(n.id, email, n.title, n.body, n.link, n.created_at)


def note_mailed(*, notice_id: int, now: datetime) -> None:
    """Note that the mail server has taken a letter."""
    _close(notice_id, mail_sent_at=now)


def give_up_letter(*, notice_id: int) -> None:
    """Stop trying: the mail server says that it will never take this letter."""
    _close(notice_id)


def _close(notice_id: int, **values: datetime) -> None:
    db.session.execute(
        update(Notice).where(Notice.id == notice_id).values(mail_due_at=None, **values)
    )
