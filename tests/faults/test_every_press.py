"""kill -9 on both sides of every commit of every press that moves money, goods or places."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel import clock
from pol.kernel.db import db
from pol.orders.models import OrderGroup
from tests.conftest import NOON
from tests.faults import reach, state
from tests.faults.presses import ELSEWHERE, TABLE
from tests.faults.presses.stage import Stage
from tests.faults.state import State, changed
from tests.faults.worker import Duty, Plant, Worker
from tests.orders.checks import check_group, check_stock
from tests.properties.identities import find_all_violations
from tests.rig import databases
from tests.rig.databases import Database

PRESSED = NOON + timedelta(seconds=10)
"""When people press: a little after everything was made ready."""
SEEN = "303"
TRACES = {"audit_entry", "login_attempt", "picture"}
"""What a press that comes too late may leave: that it was refused, and the picture it sent."""
COMMIT = ("before COMMIT", "after COMMIT")


@dataclass(frozen=True)
class Scene:
    """A town, and every button in it."""

    presses: dict[str, Duty]
    before: State


@pytest.fixture(scope="module")
def scene(app: Flask, database: Database) -> Iterator[Scene]:
    """Build the town once; whatever a press does to it, it stands again for the next."""
    with pytest.MonkeyPatch.context() as patch, app.app_context():
        patch.setattr(clock, "now", lambda: NOON)
        stage = Stage(app, NOON)
        db.session.commit()
        patch.setattr(clock, "now", lambda: PRESSED)
        presses = {name: stage.press(name, aim(stage)) for name, aim in TABLE.items()}
        found = Scene(presses, state.see())
        check_sums()
        db.session.remove()
    with database.kept():
        yield found


def check_sums() -> None:
    """Assert everything that holds at any moment: I1 to I3, I8, I11 to I15."""
    assert find_all_violations() == []
    check_stock()
    for group in db.session.scalars(select(OrderGroup)):
        check_group(group)


def kill_around_commits(worker: Worker, press: Duty, before: State, database: Database) -> int:
    """Kill a press on both sides of each of its commits; return how often.

    Before the first commit nothing has happened, after the last one everything, and pressing once
    more always ends where an undisturbed press does.
    """
    life = worker.live(press)
    assert life.answer.startswith(SEEN), life.answer
    after = state.see()
    assert changed(before, after)
    check_sums()
    database.reset()
    ends = [at for at, name in enumerate(life.points, 1) if name in COMMIT]
    for at in ends:
        assert worker.dies_at(press, at), life.points
        found = state.see()
        if at == ends[0]:
            assert changed(before, found) == {}
            continue
        if at == ends[-1]:
            assert changed(after, found) == {}
        check_sums()
        again = worker.live(press)
        assert not again.answer.startswith("5"), again.answer
        assert changed(after, state.see()).keys() <= TRACES
        database.reset()
    return len(ends)


@pytest.mark.parametrize("endpoint", TABLE)
def test_a_killed_press_is_done_once_or_not_at_all(
    app: Flask,
    scene: Scene,
    session: Session,
    database: Database,
    set_clock: Callable[..., None],
    endpoint: str,
) -> None:
    set_clock(PRESSED)
    press = scene.presses[endpoint]
    assert kill_around_commits(Worker(app), press, scene.before, database) >= len(COMMIT)
