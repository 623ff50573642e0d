"""kill -9 around every commit of every press and duty that moves money, goods or places."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pol.cli import jobs
from pol.kernel import clock
from pol.kernel.db import db
from tests.conftest import NOON
from tests.faults import planted, reach, state
from tests.faults.around import COMMIT, HalfDoneError, Killer, check_sums
from tests.faults.presses import ELSEWHERE, SAID_AGAIN, TABLE, duties
from tests.faults.presses.stage import Stage
from tests.faults.state import State
from tests.faults.worker import Duty, Plant, Worker
from tests.partnership.consignment.tillside import sold
from tests.rig import databases
from tests.rig.databases import Database
from tests.rig.figures import Figure

PRESSED = NOON + timedelta(seconds=10)
"""When people press: a little after everything was made ready."""
SAMPLE = 12
"""Every so many-th press is also made with a planted bug."""


@dataclass(frozen=True)
class Scene:
    """A town, and what is in its tables."""

    stage: Stage
    before: State

    def press(self, endpoint: str) -> Duty:
        """Return what happens when somebody presses there."""
        return self.stage.press(endpoint, TABLE[endpoint](self.stage))


@pytest.fixture(scope="module")
def scene(app: Flask, database: Database) -> Iterator[Scene]:
    """Build the town once; whatever is done to it, it stands again for the next."""
    with pytest.MonkeyPatch.context() as patch, app.app_context():
        patch.setattr(clock, "now", lambda: NOON)
        stage = Stage(app, NOON)
        db.session.commit()
        for known in db.session:
            db.session.refresh(known)
        db.session.expunge_all()  # it stays as it is known now
        check_sums()
        found = Scene(stage, state.see())
        db.session.remove()
    with database.kept():
        yield found


KillerOf = Callable[..., Killer]


@pytest.fixture
def killer(
    app: Flask,
    scene: Scene,
    session: Session,
    database: Database,
    rounds: Callable[[int, int], int],
) -> KillerOf:
    """Give a function that makes a killer of processes, with a planted bug or without."""
    return lambda plant=None: Killer(
        Worker(app, plant), database, scene.before, everywhere=rounds(0, 1) == 1
    )


@pytest.mark.parametrize("endpoint", TABLE)
def test_a_killed_press_is_done_once_or_not_at_all(
    killer: KillerOf, scene: Scene, set_clock: Callable[..., None], endpoint: str
) -> None:
    set_clock(PRESSED)
    kills = killer().kill(scene.press(endpoint), SAID_AGAIN.get(endpoint, set()))
    assert kills >= len(COMMIT)


def test_a_killed_message_of_a_till_counts_once_or_not_at_all(
    killer: KillerOf, scene: Scene, set_clock: Callable[..., None]
) -> None:
    set_clock(PRESSED)
    wall = scene.stage.wall
    said = {"sales": [sold(wall.plain)]}
    message = scene.stage.message("/api/v1/sales", wall.till_key, said)
    assert killer().kill(message, {"till_key"}) >= len(COMMIT)


@pytest.mark.parametrize("duty", duties.LATER)
def test_a_killed_duty_is_done_once_or_not_at_all(
    killer: KillerOf, set_clock: Callable[..., None], duty: str
) -> None:
    set_clock(NOON + duties.LATER[duty])
    assert killer().kill(duties.doing(duty)) >= len(COMMIT)


@pytest.mark.parametrize(
    ("plant", "endpoint"),
    [
        *((planted.commit_each_statement, endpoint) for endpoint in list(TABLE)[5::SAMPLE]),
        (planted.commit_the_yes_alone, "officer_payouts.approve"),
        (planted.commit_the_payment_alone, "retailer_bills.pay"),
        (planted.commit_the_period_alone, "retailer_bills.close"),
        (planted.commit_the_no_alone, "trader_orders.shrink"),
    ],
)
def test_a_planted_early_commit_is_seen(
    killer: KillerOf, scene: Scene, set_clock: Callable[..., None], plant: Plant, endpoint: str
) -> None:
    set_clock(PRESSED)
    with pytest.raises(HalfDoneError):
        killer(plant).kill(scene.press(endpoint))


def test_every_press_that_may_move_something_is_killed(figure: Figure) -> None:
    """A new page that moves money, goods or places must come into the table."""
    app = databases.application("sqlite://")
    buttons = {
        rule.endpoint: reach.name_of(app.view_functions[rule.endpoint])
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or set())
    }
    moving = {endpoint for endpoint, view in buttons.items() if reach.may_move(view)}
    assert moving == TABLE.keys() | ELSEWHERE.keys()
    assert TABLE.keys().isdisjoint(ELSEWHERE)
    figure("kill -9 around every commit", presses=len(TABLE), duties=len(duties.LATER),
           elsewhere=len(ELSEWHERE) + len(duties.ELSEWHERE), of_presses=len(buttons))  # fmt: skip


def test_every_duty_that_may_move_something_is_killed() -> None:
    named = reach.parts_of("pol.cli.jobs", "DUTIES")
    assert named.keys() == {duty.name for duty in jobs.DUTIES}
    moving = {name for name, parts in named.items() if any(map(reach.may_move, parts))}
    assert moving == duties.LATER.keys() | duties.ELSEWHERE.keys()


def test_what_a_press_comes_to_is_found_through_steps_and_signals() -> None:
    """The control: money that is moved far away, and a page that moves none."""
    post = ("pol.ledger.services", "post")
    heard = ("pol.orders.services.paying", "note_arrival")
    far = reach.reached_from(("pol.web.public.callback", "midtrans"))
    assert {post, heard} <= far
    assert not reach.may_move(("pol.web.account.home", "save"))
    assert not reach.may_move(("pol.web.public.language", "choose"))
