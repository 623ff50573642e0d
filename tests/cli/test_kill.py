"""A jobs worker that is killed again and again loses no letter; time passes between its lives."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from pol.kernel import clock
from pol.kernel.db import db
from pol.kernel.leases import DutyLease
from pol.kernel.transaction import transaction
from pol.notices.models import Notice
from pol.notices.services import send
from tests.factories.people import make_person
from tests.rig import postbox
from tests.rig.databases import Database
from tests.rig.postbox import Postbox

ROOT = Path(__file__).parents[2]
LETTERS = 24
LIVES = 2
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)


def write_letters(now: datetime) -> None:
    with transaction():
        person = make_person(email="siti@contoh.id")
        for number in range(LETTERS):
            send(
                key=f"uji:{number}",
                phone=person.phone,
                user_id=person.id,
                title=f"Kabar {number}",
                body="Uji.",
                link="/",
                now=now,
            )


def start_worker(database: Database, mail: Postbox) -> subprocess.Popen[bytes]:
    settings = {
        "DATABASE_URL": database.url,
        "POL_SMTP_HOST": "127.0.0.1",
        "POL_SMTP_PORT": str(mail.port),
        "POL_SMTP_PLAIN": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"],
        cwd=ROOT,
        env=os.environ | settings,
        stderr=subprocess.DEVNULL,
    )


def wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def let_time_pass() -> None:
    """Let the dead worker's lease run out, and the letters it had in hand become due again."""
    with transaction():
        db.session.execute(update(DutyLease).values(until=LONG_AGO))
        waiting = update(Notice).where(Notice.mail_due_at.is_not(None))
        db.session.execute(waiting.values(mail_due_at=LONG_AGO))


def count_unsent() -> int:
    with transaction():
        unsent = select(func.count()).select_from(Notice).where(Notice.mail_sent_at.is_(None))
        return db.session.scalar(unsent) or 0


def test_every_letter_arrives_and_a_reader_keeps_one_of_each(
    database: Database, session: Session
) -> None:
    write_letters(clock.now() - timedelta(minutes=1))
    with postbox.opened() as mail:
        mail.seconds_per_letter = 0.02
        for _ in range(LIVES):
            before = len(mail.letters)
            worker = start_worker(database, mail)
            wait_for(lambda: len(mail.letters) >= before + 2)  # noqa: B023 - called at once
            worker.send_signal(signal.SIGKILL)
            worker.wait(10)
            let_time_pass()
        worker = start_worker(database, mail)
        wait_for(lambda: count_unsent() == 0)
        worker.terminate()
        assert worker.wait(10) == 0
        seen = Counter(letter["Message-ID"] for letter in mail.letters)
    assert len(seen) == LETTERS
    assert sum(seen.values()) <= LETTERS + LIVES  # one letter at most is in flight at a death
