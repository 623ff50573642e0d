"""A day that is closed stays as it was, on both engines; `flask ledger check` says when not."""

from datetime import UTC, date, datetime, timedelta
from threading import Event, Thread

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.cli.jobs import DUTIES
from pol.cli.ledger import close_books
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.kernel.transaction import transaction
from pol.ledger.models import DayClose
from pol.ledger.queries.closing import list_broken_days, list_closes
from pol.ledger.rules import DayClosed, DayNotOver
from pol.ledger.services import post
from pol.ledger.services.closing import close_next_day
from tests.conftest import NOON
from tests.ledger.test_append_only import cli, forge, forge_entry, unguarded
from tests.rig.databases import Database

__all__ = ["unguarded"]
DAY = timedelta(days=1)
TODAY = date(2026, 3, 2)
PAID = [("bank:market:1", Rupiah(25_000)), ("held:orders", Rupiah(-25_000))]
OPEN_AGAIN = {
    "sqlite": ["DROP TRIGGER day_close_no_update", "DROP TRIGGER day_close_no_delete"],
    "postgresql": ["ALTER TABLE day_close DISABLE TRIGGER USER"],
}


def write(key: str, at: datetime) -> bool:
    with transaction():
        return post(key=key, at=at, reference="B-1", memo="Uji", lines=PAID)


def close(until: date, now: datetime = NOON) -> list[date]:
    closed: list[date] = []
    while True:
        with transaction():
            day = close_next_day(until=until, actor_id=None, now=now)
        if day is None:
            return closed
        closed.append(day)


def test_every_past_day_is_closed_once_also_an_idle_one(session: Session) -> None:
    write("a", NOON - 3 * DAY)
    write("b", NOON - DAY)
    assert close(TODAY - DAY) == [TODAY - 3 * DAY, TODAY - 2 * DAY, TODAY - DAY]
    assert close(TODAY - DAY) == []
    rows = list_closes(cursor=None).rows
    assert [(row.entries, row.moved) for row in rows] == [
        (1, Rupiah(25_000)),
        (0, Rupiah(0)),
        (1, Rupiah(25_000)),
    ]
    assert len({row.seal for row in rows}) == 3
    assert list_broken_days() == []


@pytest.mark.parametrize("until", [TODAY, TODAY + 5 * DAY])
def test_a_day_that_is_not_over_stays_open(session: Session, until: date) -> None:
    write("a", NOON - DAY)
    with pytest.raises(DayNotOver):
        close(until)
    assert list_closes(cursor=None).rows == []


def test_nothing_is_closed_before_anything_was_posted(session: Session) -> None:
    assert close(TODAY - DAY) == []


def test_nothing_is_posted_into_a_closed_day(session: Session) -> None:
    write("a", NOON - DAY)
    close(TODAY - DAY)
    with pytest.raises(DayClosed):
        write("late", datetime(2026, 3, 1, 16, 59, 59, tzinfo=UTC))  # a second to midnight there
    assert write("a", NOON - DAY) is False  # the same event again is no news
    assert write("next", datetime(2026, 3, 1, 17, 0, tzinfo=UTC)) is True
    assert list_broken_days() == []


def test_the_database_itself_keeps_a_closed_day_shut(session: Session) -> None:
    write("a", NOON)
    close(TODAY, now=NOON + DAY)
    with pytest.raises(DBAPIError, match="day is closed"):
        forge_entry(5, -5)
    for statement in ("UPDATE day_close SET entries = 9", "DELETE FROM day_close"):
        with pytest.raises(DBAPIError, match="append-only"):
            forge(statement)


@pytest.mark.parametrize(
    ("what", "broken"),
    [
        ("UPDATE posting SET amount = amount * 2 WHERE entry_id = (SELECT min(id) FROM entry)", 0),
        ("UPDATE entry SET memo = 'lain' WHERE id = (SELECT min(id) FROM entry)", 0),
        ("UPDATE day_close SET moved = moved + 1 WHERE day = (SELECT min(day) FROM day_close)", 0),
        ("DELETE FROM day_close WHERE day = '2026-02-28'", 2),
    ],
)
def test_without_triggers_the_check_names_the_day(
    unguarded: Flask, database: Database, what: str, broken: int
) -> None:
    """The control: triggers are gone, so that somebody can falsify what was closed."""
    for statement in OPEN_AGAIN[database.kind]:
        forge(statement)
    tomorrow = NOON + 3 * DAY
    write("b", NOON + DAY)
    close(TODAY + 2 * DAY, now=tomorrow)
    assert list_broken_days() == []
    forge(what.replace("2026-02-28", "2026-03-03"))
    assert list_broken_days() == [TODAY + broken * DAY]
    result = cli(unguarded).invoke(args=["ledger", "check"])
    assert result.exit_code == 1
    assert f"day {TODAY + broken * DAY} is not what was closed" in result.output


def test_the_command_closes_and_says_what(app: Flask, session: Session, now: datetime) -> None:
    write("a", NOON - 2 * DAY)
    runner: FlaskCliRunner = cli(app)
    result = runner.invoke(args=["ledger", "close", "--day", "2026-02-28"])
    assert (result.exit_code, result.output) == (0, "closed 2026-02-28\n")
    assert runner.invoke(args=["ledger", "close"]).output == "closed 2026-03-01\n"
    assert runner.invoke(args=["ledger", "close"]).output == "nothing to close\n"
    refused = runner.invoke(args=["ledger", "close", "--day", "2026-03-02"])
    assert refused.exit_code == 1
    assert DayNotOver.message in refused.output


def test_the_duty_waits_until_the_last_changes_of_a_day_are_down(session: Session) -> None:
    write("a", NOON)
    midnight = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
    assert close_books(midnight + timedelta(minutes=14)) == 0
    assert close_books(midnight + timedelta(minutes=15)) == 1
    assert close_books(midnight + timedelta(minutes=16)) == 0
    assert [duty.run for duty in DUTIES if duty.name == "close the books"] == [close_books]


def test_whoever_is_still_posting_is_waited_for(app: Flask, session: Session) -> None:
    """What began before the closing is in the seal, and nothing slips in behind it."""
    write("first", NOON - DAY)
    db.session.remove()
    posted, closing = Event(), Event()

    def slow_hand() -> None:
        with app.app_context(), transaction():
            post(key="slow", at=NOON - DAY, reference="B-2", memo="Uji", lines=PAID)
            posted.set()
            closing.wait(5)
            Event().wait(0.5)  # long enough for a closing that does not wait to be wrong

    hand = Thread(target=slow_hand)
    hand.start()
    assert posted.wait(10)
    closing.set()
    assert close(TODAY - DAY) == [TODAY - DAY]
    hand.join()
    assert db.session.scalars(select(DayClose.entries)).all() == [2]
    assert list_broken_days() == []
