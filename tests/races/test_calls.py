"""Calls and applications in many hands at once: a shelf is offered once, a product applies once."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.kernel.text import readable_code
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import SlotCall
from pol.partnership.slots.rules import CallStatus
from pol.partnership.slots.rules.spans import Span
from tests.partnership.applications.stage import make_stage
from tests.partnership.calls.book import Shop, make_checked, make_shop
from tests.races import call_jobs
from tests.races.crew import Crew
from tests.rig.figures import Figure

SPANS = (Span(0, 600), Span(250, 600), Span(500, 400))
"""Each shares some millimetres with every other."""


def _checked(session: Session, now: datetime) -> tuple[Shop, list[SlotCall]]:
    shop = make_shop()
    calls = [make_checked(shop, now=now, span=span) for span in SPANS]
    session.commit()
    return shop, calls


def _open(session: Session, calls: list[SlotCall]) -> int:
    session.rollback()
    mine = SlotCall.id.in_([call.id for call in calls]), SlotCall.status == CallStatus.OPEN
    return session.scalar(select(func.count()).where(*mine)) or 0


def test_of_calls_for_one_shelf_span_one_is_published(
    session: Session,
    crew: Crew,
    now: datetime,
    rounds: Callable[[int, int], int],
    figure: Figure,
) -> None:
    turns = rounds(12, 400)
    for _ in range(turns):
        shop, calls = _checked(session, now)
        jobs = [(call_jobs.publish, (call.id, shop.owner.id, now)) for call in calls]
        refusals = sorted(outcome.refusal or "" for outcome in crew.together(jobs))
        assert refusals == ["", "SpanOffered", "SpanOffered"]
        assert _open(session, calls) == 1
    figure("three calls for one shelf span", turns=turns, published_twice=0)


def test_looking_first_and_publishing_then_offers_a_span_twice(
    session: Session, crew: Crew, now: datetime
) -> None:
    """The control: the same calls, the same moment, but the look is not part of the change."""
    most = 0
    for _ in range(20):
        _, calls = _checked(session, now)
        crew.together([(call_jobs.publish_naively, (call.id, now)) for call in calls])
        most = max(most, _open(session, calls))
        if most > 1:
            break
    assert most > 1


def test_a_product_applies_once(
    session: Session,
    crew: Crew,
    now: datetime,
    rounds: Callable[[int, int], int],
    figure: Figure,
) -> None:
    turns = rounds(12, 400)
    for _ in range(turns):
        stage = make_stage(now)
        session.commit()
        job = (
            *(stage.sheet.number, stage.stall.id, stage.call.number, stage.wish()),
            (stage.producer.id, now),
        )
        outcomes = crew.together([(call_jobs.apply, job)] * 3)
        refusals = sorted(outcome.refusal or "" for outcome in outcomes)
        assert refusals == ["", "AlreadyApplied", "AlreadyApplied"]
        session.rollback()
        mine = select(func.count()).where(Application.call_id == stage.call.id)
        assert session.scalar(mine) == 1
    figure("one product applies three times", turns=turns, applied_twice=0)


def test_looking_first_and_applying_then_is_stopped_by_the_database(
    session: Session, crew: Crew, now: datetime
) -> None:
    """The control: without the held sheet only the unique index stands between two of them."""
    seen: Counter[str] = Counter()
    for _ in range(20):
        stage = make_stage(now)
        session.commit()
        one = stage.draft()
        known = {
            column.key: getattr(one, column.key)
            for column in Application.__table__.columns
            if column.key not in {"id", "number"}
        }
        session.rollback()
        jobs = [(call_jobs.apply_naively, (known, f"PJ-{readable_code(8)}")) for _ in range(3)]
        outcomes = [outcome.answer for outcome in crew.together(jobs)]
        assert outcomes.count("applied") == 1
        seen.update(outcomes)
        if seen[call_jobs.STOPPED]:
            break
    assert seen[call_jobs.STOPPED]
