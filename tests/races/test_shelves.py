"""Many who want the same millimetres on the same days: one gets them, whatever the engine (I11)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from pol.kernel.db import db
from pol.partnership.slots.models import Placement
from pol.partnership.slots.rules import HOLDS_SPACE
from pol.partnership.slots.services.placing import Wanted
from tests.factories.partnership import make_partnership
from tests.partnership import guards
from tests.races import shelf_jobs
from tests.races.conftest import SIZE
from tests.races.crew import Crew
from tests.rig import databases

FIRST = date(2030, 1, 1)
WEEK = timedelta(days=7)


def _wishes(spans: int) -> list[list[Wanted]]:
    """Return for each taker the same weeks of one shelf, a little to the right of each other."""
    p = make_partnership()
    return [
        [
            Wanted(
                call_id=p.call.id,
                application_id=p.application.id,
                sheet_id=p.sheet.id,
                stall_id=p.stall.id,
                store_id=p.store.id,
                shelf_id=p.shelf.id,
                x_mm=100 * taker,
                width_mm=420,
                height_mm=220,
                depth_mm=80,
                load_g=1_500,
                facings=3,
                from_on=FIRST + week * WEEK,
                until_on=FIRST + (week + 1) * WEEK,
            )
            for week in range(spans)
        ]
        for taker in range(SIZE)
    ]


def _doubles() -> int:
    """Return how many pairs of places hold the same millimetre on the same day."""
    one, two = aliased(Placement), aliased(Placement)
    pairs = (
        select(func.count())
        .select_from(one)
        .join(two, (one.shelf_id == two.shelf_id) & (one.id < two.id))
        .where(
            one.status.in_(HOLDS_SPACE),
            two.status.in_(HOLDS_SPACE),
            one.from_on < two.until_on,
            two.from_on < one.until_on,
            one.x_mm < two.x_mm + two.width_mm,
            two.x_mm < one.x_mm + one.width_mm,
        )
    )
    return db.session.scalar(pairs) or 0


def test_one_of_many_takers_gets_a_place(
    session: Session,
    crew: Crew,
    now: datetime,
    rounds: Callable[[int, int], int],
    figure: Callable[..., None],
) -> None:
    spans = rounds(170, 3_334)
    wishes = _wishes(spans)
    session.commit()
    outcomes = crew.together([(shelf_jobs.take_places, (mine, now)) for mine in wishes])
    won = sum(outcome.answer for outcome in outcomes)
    assert (won, _doubles()) == (spans, 0)
    figure("takers of a shelf slot", takers=spans * SIZE, places=won, doubles=0)


@pytest.fixture
def unguarded(app: Flask, database: databases.Database) -> Iterator[Flask]:
    """Give an application over a database of its own whose shelves nobody guards."""
    with databases.created(database.kind, "bare_shelves") as bare:
        naked = databases.application(bare.url)
        with naked.app_context():
            guards.take_away(guards.SHELVES)
            db.session.commit()
            yield naked
            db.session.remove()
            db.engine.dispose()


def test_a_look_before_the_insert_is_not_enough(
    unguarded: Flask, now: datetime, figure: Callable[..., None]
) -> None:
    """The control: without the guards the same takers double up, so the race is a real one."""
    doubles = 0
    for _chance in range(5):  # on a busy machine one taker may be done before the next begins
        wishes = _wishes(60)
        db.session.commit()
        with Crew(unguarded.config["SQLALCHEMY_DATABASE_URI"], SIZE) as crew:
            jobs = [(shelf_jobs.take_places_naively, (mine, now)) for mine in wishes]
            outcomes = crew.together(jobs)
        db.session.rollback()
        doubles = _doubles()
        if doubles:
            break
    assert doubles > 0, outcomes
    figure("the same without guards", doubles=doubles)
