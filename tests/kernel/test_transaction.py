"""Everything or nothing; and when the database is crowded, a plain sentence instead of a bug."""

from collections.abc import Callable
from datetime import datetime
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.errors import Busy
from pol.kernel.transaction import transaction
from pol.notices.models import Notice
from tests.factories.people import make_person
from tests.rig.databases import Database


def test_what_fails_half_way_leaves_nothing(session: Session, now: datetime) -> None:
    def write_and_fail() -> None:
        with transaction():
            audit.record(action="uji", subject="uji", actor_id=None, now=now)
            db.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert audit.count_entries() == 0


def test_a_broken_promise_to_the_database_stays_a_bug(session: Session) -> None:
    def register() -> None:
        with transaction():
            make_person(phone="+6281200000001")

    register()
    with pytest.raises(IntegrityError):
        register()


def test_when_others_stand_in_the_way_somebody_gets_a_plain_sentence(
    app: Flask, database: Database, session: Session, now: datetime
) -> None:
    """A ring of locks on PostgreSQL, a writer who does not end on SQLite."""
    ids = [_notice(session, number, now) for number in range(2)]
    session.commit()
    outcomes: list[str] = []
    fights: dict[str, Callable[[], None]] = {
        "postgresql": lambda: _ring(app, ids, outcomes),
        "sqlite": lambda: _slow_writer(app, outcomes),
    }
    fights[database.kind]()
    assert sorted(outcomes) == [Busy.message, "done"]


def _notice(session: Session, number: int, now: datetime) -> int:
    words = {"phone": "", "title": "", "body": "", "link": ""}
    notice = Notice(key=f"uji:{number}", created_at=now, **words)
    session.add(notice)
    session.flush()
    return notice.id


def _ring(app: Flask, ids: list[int], outcomes: list[str]) -> None:
    both_hold_one = Barrier(2)

    def walk(first: int, second: int) -> None:
        with app.app_context():
            try:
                with transaction():
                    _touch(first)
                    both_hold_one.wait(10)
                    _touch(second)
                outcomes.append("done")
            except Busy as busy:
                outcomes.append(str(busy))

    walkers = [Thread(target=walk, args=order) for order in (ids, ids[::-1])]
    for walker in walkers:
        walker.start()
    for walker in walkers:
        walker.join()


def _touch(notice_id: int) -> None:
    db.session.execute(update(Notice).where(Notice.id == notice_id).values(title="Uji"))


def _slow_writer(app: Flask, outcomes: list[str]) -> None:
    def impatient() -> None:
        with app.app_context():
            db.engine.dispose()  # so that the pool holds one connection: the one without patience
            db.session.execute(text("PRAGMA busy_timeout = 50"))
            try:
                with transaction():
                    _touch(1)
            except Busy as busy:
                outcomes.append(str(busy))
            db.session.remove()
            db.engine.dispose()  # nobody after this shall meet it

    with transaction():
        _touch(1)
        other = Thread(target=impatient)
        other.start()
        other.join()
    outcomes.append("done")
