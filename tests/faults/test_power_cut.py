"""The power fails under SQLite: what was acknowledged is on the disk, whole, and adds up."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pol.kernel import clock
from pol.kernel.db import db
from pol.kernel.transaction import transaction
from pol.payments.rules import Method
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    place,
)
from tests.factories.traders import make_person
from tests.faults import replay
from tests.faults.disk import NAME, Disk, Files, Step
from tests.faults.replay import Change, fingerprint
from tests.faults.town import UNIT, dice
from tests.rig import run
from tests.rig.databases import Database
from tests.rig.figures import Figure

pytestmark = pytest.mark.engines("sqlite")
GROUPS = 30
LEDGER = """
    SELECT (SELECT coalesce(sum(amount), 0) FROM posting),
           (SELECT count(*) FROM account WHERE balance <> (
                SELECT coalesce(sum(amount), 0) FROM posting WHERE account_id = account.id))
"""
_names = count(1)


@dataclass
class Day:
    """A market in the morning, and everything that is committed until the evening."""

    morning: Path
    changes: list[Change]
    evening: str
    pragmas: dict[str, Any]

    def again(self, **other: str) -> tuple[list[Step], list[str]]:
        """Live it once more on a recording disk; `other` are pragmas to plant."""
        name = f"disk-{next(_names)}"
        path = self.morning.parent / name / NAME
        path.parent.mkdir()
        shutil.copyfile(self.morning, path)
        return replay.replay(self.changes, path, self.pragmas | other, name)


@pytest.fixture
def day(app: Flask, session: Session, database: Database) -> Iterator[Day]:
    folder = run.folder() / f"{run.WORKER}-power"
    folder.mkdir()
    with transaction():
        market = make_open_market()
        stall, _ = make_kept_stall(market)
        products = [make_product(stall, price=price) for price in (34_000, 700)]
    morning = replay.copy_database(database.url, folder)
    with replay.recorded() as changes:
        for number in range(GROUPS):
            with transaction():
                wishes = [(product, UNIT) for product in products]
                group = place(wishes, now=clock.now(), method=list(Method)[number % 2])
            with transaction():
                person = make_person()
                if group.method is Method.TRANSFER:
                    pay(group, officer=person, now=clock.now())
            with transaction():
                for order in orders_of(group):
                    bring_to_customer(order, trader=person, courier=person, now=clock.now())
    db.session.commit()
    evening = fingerprint(db.session.connection().connection)
    yield Day(morning, changes, evening, replay.own_pragmas())
    shutil.rmtree(folder)


@dataclass
class Cuts:
    """What was found after each cut."""

    found: Counter[str]
    lost_commits: int = 0

    @property
    def numbers(self) -> dict[str, object]:
        """Return a line for the table."""
        return {
            "cuts": self.found.total(),
            "lost": self.found["lost"],
            "corrupt": self.found.total() - self.found["whole"] - self.found["lost"],
            "commits_lost": self.lost_commits,
        }


def cut(day: Day, cuts: int, seed: int, **other: str) -> Cuts:
    """Let the power fail at so many places of the day, and start again each time."""
    steps, states = day.again(**other)
    assert states[-1] == day.evening, "the day did not go as it went in the application"
    chance, result = dice(seed), Cuts(Counter())
    places = Counter(chance.randrange(len(steps)) for _ in range(cuts))
    disk, acknowledged = Disk({NAME: day.morning.read_bytes()}), 0
    for at, step in enumerate(steps):
        disk.take(step)
        acknowledged += step.kind == "acknowledged"
        for _ in range(places[at]):
            state = replay.reopened(_on_disk(day, disk.cut(chance)), _look)
            reached = states.index(state) if state in states else None
            result.found[_verdict(state, reached, acknowledged)] += 1
            if reached is not None:
                result.lost_commits += max(0, acknowledged - reached)
    return result


def _on_disk(day: Day, files: Files) -> Path:
    folder = day.morning.parent / "after"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder / NAME


def _look(connection: Any) -> str:
    """Return the fingerprint of a sound database, or what is wrong with it."""
    ((verdict,),) = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if verdict != "ok":
        return f"corrupt: {verdict}"
    if orphans := connection.execute("PRAGMA foreign_key_check").fetchall():
        return f"orphans: {orphans}"
    if (gap := connection.execute(LEDGER).fetchone()) != (0, 0):
        return f"ledger: {gap}"
    return fingerprint(connection)


def _verdict(state: str, reached: int | None, acknowledged: int) -> str:
    if reached is None:
        return state if ":" in state else "half a change"
    return "whole" if reached >= acknowledged else "lost"


def test_a_power_cut_loses_nothing_that_was_acknowledged(
    day: Day, rounds: Callable[[int, int], int], figure: Figure
) -> None:
    steps, _ = day.again()
    checkpoints = [s for s in steps if s.kind == "sync" and s.file == NAME]
    assert len(checkpoints) > 2, "the log is never written back, so half of it is not tried"
    cuts = cut(day, rounds(120, 2_000), seed=4)
    figure("power cut, SQLite as we open it", changes=len(day.changes), **cuts.numbers)
    assert set(cuts.found) == {"whole"}, cuts


@pytest.mark.parametrize(("level", "lost"), [("NORMAL", "lost"), ("OFF", "corrupt")])
def test_less_care_for_the_disk_is_caught(
    day: Day, rounds: Callable[[int, int], int], figure: Figure, level: str, lost: str
) -> None:
    wanted = rounds(60, 500)
    cuts = cut(day, wanted, seed=5, synchronous=level)
    figure(f"control: power cut, synchronous={level}", **cuts.numbers)
    bad = sum(number for found, number in cuts.found.items() if found != "whole")
    assert bad > wanted // 3, cuts
    assert any(found.startswith(lost) for found in cuts.found), cuts
