"""The jobs worker never dies of a duty, never does one twice at once, and ends when told."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.cli.jobs import DUTIES, Duty, do_duty
from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.leases import DutyLease
from pol.kernel.transaction import transaction
from tests.rig.databases import Database

ROOT = Path(__file__).parents[2]


def record(now: datetime) -> int:
    audit.record(action="duty.done", subject="uji", actor_id=None, now=now)
    return 1


def fail_after_writing(now: datetime) -> int:
    record(now)
    db.session.flush()
    raise ZeroDivisionError


def test_a_duty_is_done_in_one_transaction(app: Flask, session: Session, now: datetime) -> None:
    assert do_duty(app, Duty("uji", 60, record), holder="a", early=False)
    assert audit.count_entries() == 1


def test_a_duty_that_fails_leaves_nothing_and_comes_again(
    app: Flask, session: Session, now: datetime, set_clock: Callable[[datetime], None]
) -> None:
    assert not do_duty(app, Duty("uji", 60, fail_after_writing), holder="a", early=False)
    assert audit.count_entries() == 0
    session.rollback()
    assert session.scalars(select(DutyLease.until)).all() == [now + timedelta(seconds=60)]
    session.rollback()
    set_clock(now + timedelta(seconds=60))
    assert do_duty(app, Duty("uji", 60, record), holder="b", early=False)
    assert audit.count_entries() == 1


def test_a_duty_is_not_done_before_it_is_due(app: Flask, session: Session, now: datetime) -> None:
    for _ in range(3):
        assert do_duty(app, Duty("uji", 60, record), holder="a", early=False)
    assert audit.count_entries() == 1


def test_two_workers_never_do_a_duty_at_once(app: Flask, session: Session) -> None:
    begun, go_on, done = Event(), Event(), []

    def slowly(now: datetime) -> int:
        done.append(now)
        begun.set()
        go_on.wait(10)
        return 1

    duty = Duty("uji", 0, slowly, keeps_own_transactions=True)
    first = Thread(target=do_duty, args=(app, duty), kwargs={"holder": "a", "early": True})
    first.start()
    begun.wait(10)
    assert do_duty(app, duty, holder="b", early=True)
    assert len(done) == 1
    go_on.set()
    first.join()
    assert do_duty(app, duty, holder="b", early=True)
    assert len(done) == 2


def test_once_does_every_duty_and_ends(app: Flask, session: Session) -> None:
    audit_day = datetime.fromisoformat("2026-01-01T00:00+00:00")
    with transaction():
        record(audit_day)
    db.session.remove()
    result = app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
    assert result.exit_code == 0
    assert session.scalars(select(audit.AuditEntry.seal_number)).all() == [1]
    assert set(session.scalars(select(DutyLease.name))) == {duty.name for duty in DUTIES}


def test_a_worker_ends_cleanly_when_it_is_told_to(database: Database, session: Session) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database.url},
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 20
    while not _has_worked() and time.monotonic() < deadline:
        time.sleep(0.1)
    worker.send_signal(signal.SIGTERM)
    _, log = worker.communicate(timeout=10)
    assert worker.returncode == 0
    assert "jobs worker ended" in log
    assert "failed" not in log


def _has_worked() -> bool:
    with transaction():
        held = db.session.scalars(select(DutyLease).where(DutyLease.holder.is_(None))).all()
        return len(held) == len(DUTIES)
