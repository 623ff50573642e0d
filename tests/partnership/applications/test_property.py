"""Random moves by everybody, allowed or not: the table is never left, one application lives."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.partnership.applications.models import Application, ApplicationStep
from pol.partnership.applications.queries import details
from pol.partnership.applications.rules import LIVE
from pol.partnership.applications.rules import ApplicationStatus as S
from pol.partnership.applications.rules.life import MOVES
from pol.partnership.applications.services import applying, curation, screening
from tests.partnership.applications.stage import Stage, make_stage

Act = Callable[[Stage, Application, dict[str, Any], str], object]


def _answer(stage: Stage, application: Application, acting: dict[str, Any], text: str) -> None:
    items = details.list_repairs(application_id=application.id)
    applying.resubmit(answers={item.item_id: text for item in items}, **acting)


ACTS: dict[str, Act] = {
    "draft": lambda stage, _one, _acting, _text: stage.draft(),
    "submit": lambda _stage, _one, acting, _text: applying.submit(**acting),
    "withdraw": lambda _stage, _one, acting, _text: applying.withdraw(**acting),
    "resubmit": _answer,
    "appeal": lambda _stage, _one, acting, text: applying.appeal(text=text, **acting),
    "take": lambda _stage, _one, acting, _text: screening.take(**acting),
    "pass on": lambda _stage, _one, acting, _text: screening.pass_on(**acting),
    "repair": lambda _stage, _one, acting, text: screening.ask_repair(
        reason=text, items=[text], **acting
    ),
    "refuse": lambda _stage, _one, acting, text: screening.refuse(reason=text, **acting),
    "score": lambda stage, one, _acting, _text: stage.score(one),
    "pass": lambda _stage, _one, acting, _text: curation.let_pass(**acting),
    "curator's repair": lambda _stage, _one, acting, text: curation.ask_repair(
        reason=text, items=[text], **acting
    ),
    "curator's no": lambda _stage, _one, acting, text: curation.refuse(reason=text, **acting),
    "reopen": lambda _stage, _one, acting, text: curation.reopen(reason=text, **acting),
}


@pytest.mark.parametrize("seed", range(6))
def test_random_moves_never_leave_the_table(
    session: Session, now: datetime, rounds: Callable[[int, int], int], seed: int
) -> None:
    stage, chance = make_stage(now), Random(seed)  # noqa: S311 - repeatable on purpose
    stage.draft()
    people = (stage.producer, stage.dinas, stage.buyer, stage.owner)
    at, refused = now, 0
    for _ in range(rounds(150, 3_000)):
        at += timedelta(minutes=chance.randrange(20))
        application = chance.choice(session.scalars(select(Application)).all())
        acting = {"application": application, "actor_id": chance.choice(people).id, "now": at}
        act = ACTS[chance.choice(sorted(ACTS))]
        try:
            with session.begin_nested():
                act(stage, application, acting, chance.choice(["Karena begitu.", " "]))
        except Refused:
            refused += 1
        assert _live(stage) <= 1
    assert refused
    assert_steps_follow_the_table()


def _live(stage: Stage) -> int:
    return (
        db.session.scalar(
            select(func.count()).where(
                Application.sheet_id == stage.sheet.id, Application.status.in_(LIVE)
            )
        )
        or 0
    )


def assert_steps_follow_the_table() -> None:
    allowed = {(None, S.DRAFT)} | {
        (status, move.to) for status, moves in MOVES.items() for move in moves
    }
    rows = db.session.scalars(
        select(ApplicationStep).order_by(ApplicationStep.application_id, ApplicationStep.id)
    ).all()
    stands: dict[int, S] = {}
    for step in rows:
        assert (step.came_from, step.went_to) in allowed
        assert stands.get(step.application_id) == step.came_from
        stands[step.application_id] = step.went_to
    for application in db.session.scalars(select(Application)):
        assert stands[application.id] is application.status
        assert (application.appeal is None) is (application.appealed_at is None)
        appeals = [
            step
            for step in rows
            if step.application_id == application.id
            and (step.came_from, step.went_to) == (S.REFUSED, S.CURATION)
        ]
        assert len(appeals) == (application.appealed_at is not None)
