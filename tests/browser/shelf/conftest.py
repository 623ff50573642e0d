"""A server by a clock of its own: stories of shelves last for weeks."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pol.cli.jobs import DUTIES, do_duty
from pol.kernel.localtime import at_local
from tests.rig.databases import Database
from tests.rig.server import Server

MONDAY = date(2026, 3, 2)
NOON = 12 * 60


class Calendar:
    """The day on which everybody lives: this process, the server, and the jobs worker."""

    def __init__(self, app: Flask, file: Path, set_clock: Callable[[datetime], None]) -> None:
        self._app, self.file, self._set_clock = app, file, set_clock
        self.turn_to(MONDAY)

    def turn_to(self, day: date, *, minute: int = NOON) -> None:
        """Let it be this day, at noon unless another minute is wanted."""
        moment = at_local(day, minute)
        self.file.write_text(moment.isoformat())
        self._set_clock(moment)

    def do(self, *names: str) -> None:
        """Do duties as the jobs worker does them."""
        for duty in DUTIES:
            if duty.name in names:
                assert do_duty(self._app, duty, holder="story", early=True), duty.name


@pytest.fixture
def calendar(
    app: Flask, session: Session, set_clock: Callable[[datetime], None], tmp_path: Path
) -> Calendar:
    return Calendar(app, tmp_path / "moment", set_clock)


@pytest.fixture
def server(database: Database, calendar: Calendar) -> Iterator[Server]:
    """Give a server over the same database as `session`, on the calendar's day."""
    server = Server(
        database.url,
        application="tests.rig.clocked:app",
        POL_TEST_MOMENT=str(calendar.file),
    )
    yield server
    server.stop()
