"""What a retailer does: score every criterion, expect a demand, decide with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from pol.kernel import audit
from pol.kernel.db import db
from pol.partnership.applications.models import Application, ApplicationStep, CurationScore
from pol.partnership.applications.queries import calls
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.applications.rules.life import Side, StepNotOpen, check_judge
from pol.partnership.applications.rules.scores import (
    CriterionUnknown,
    DemandMissing,
    weighted_mean,
)
from pol.partnership.applications.services.screening import write_repairs
from pol.partnership.applications.services.sheets import give_store_code
from pol.partnership.applications.services.steps import check_not_own, move
from pol.partnership.slots.models import RetailMember, SlotCall
from pol.partnership.slots.rules import RetailSeat

S = ApplicationStatus


@dataclass(frozen=True)
class Mark:
    """Points of one criterion (0 to 100), with the reason."""

    points: int
    note: str


def score(
    *,
    application: Application,
    marks: Mapping[int, Mark],
    weekly_demand_milli: int | None,
    actor_id: int,
    now: datetime,
) -> None:
    """Write points by criterion and what one facing should sell a week.

    The weighted mean stands as soon as every criterion has points.

    :raises OwnProduct: the curator keeps the stall
    :raises SameJudge: see `check_judge`
    :raises StepNotOpen: the application is not being curated
    :raises CriterionUnknown: points for something that this call does not ask for
    """
    _check_curator(application, actor_id)
    if application.status is not S.CURATION:
        raise StepNotOpen
    criteria = calls.list_criteria(call_id=application.call_id)
    if not set(marks) <= {criterion.criterion_id for criterion in criteria}:
        raise CriterionUnknown
    for criterion_id, mark in marks.items():
        _write_mark(application, criterion_id, mark, actor_id, now)
    db.session.flush()
    points = _points(application)
    if criteria and set(points) >= {criterion.criterion_id for criterion in criteria}:
        application.score = weighted_mean(criteria, points)
    application.weekly_demand_milli = weekly_demand_milli
    audit.record(
        action="application.scored",
        subject=f"application:{application.number}",
        actor_id=actor_id,
        now=now,
        points={str(key): mark.points for key, mark in marks.items()},
        score=application.score,
        weekly_demand_milli=weekly_demand_milli,
    )


def _write_mark(
    application: Application, criterion_id: int, mark: Mark, actor_id: int, now: datetime
) -> None:
    found = db.session.get(CurationScore, (application.id, criterion_id))
    if found is None:
        found = CurationScore(application_id=application.id, criterion_id=criterion_id)
        db.session.add(found)
    elif (found.points, found.note) == (mark.points, mark.note):
        return
    found.points, found.note = mark.points, mark.note
    found.scored_at, found.scored_by_id = now, actor_id


def _points(application: Application) -> dict[int, int]:
    rows = db.session.execute(
        select(CurationScore.criterion_id, CurationScore.points).where(
            CurationScore.application_id == application.id
        )
    )
    return {criterion_id: points for criterion_id, points in rows}  # noqa: C416 - Rows


def let_pass(*, application: Application, actor_id: int, now: datetime) -> None:
    """Let an application take part in the allocation, and number its product if need be.

    :raises ScoresMissing: a criterion has no points
    :raises DemandMissing: nobody said what one facing should sell
    :raises OwnProduct, SameJudge, StepNotOpen, CallOver: see `score`, `check_move`
    """
    _decide(application, S.PASSED, actor_id, now, None)
    criteria = calls.list_criteria(call_id=application.call_id)
    application.score = weighted_mean(criteria, _points(application))
    if not application.weekly_demand_milli:
        raise DemandMissing
    retailer_id = _retailer_of(application)
    give_store_code(sheet_id=application.sheet_id, retailer_id=retailer_id, now=now)


def ask_repair(
    *, application: Application, reason: str, items: Sequence[str], actor_id: int, now: datetime
) -> None:
    """Give an application back with a list of what to put right.

    :raises RepairListEmpty, ReasonMissing: the producer would not know what to do
    :raises OwnProduct, SameJudge, StepNotOpen, CallOver: see `let_pass`
    """
    _check_curator(application, actor_id)
    move(
        application=application,
        to=S.REPAIR,
        by=Side.RETAILER,
        actor_id=actor_id,
        now=now,
        reason=reason,
    )
    write_repairs(application=application, items=items, actor_id=actor_id, now=now)


def refuse(*, application: Application, reason: str, actor_id: int, now: datetime) -> None:
    """Refuse an application, saying why.

    :raises ReasonMissing, OwnProduct, SameJudge, StepNotOpen, CallOver: see `let_pass`
    """
    _decide(application, S.REFUSED, actor_id, now, reason)


def reopen(*, application: Application, reason: str, actor_id: int, now: datetime) -> None:
    """Take a product that has passed back into curation, before anything was allocated.

    :raises ReasonMissing, OwnProduct, SameJudge, StepNotOpen, CallOver: see `let_pass`
    """
    _decide(application, S.CURATION, actor_id, now, reason)
    application.decided_at = application.decided_by_id = None


def _decide(
    application: Application,
    to: ApplicationStatus,
    actor_id: int,
    now: datetime,
    reason: str | None,
) -> None:
    _check_curator(application, actor_id)
    move(
        application=application, to=to, by=Side.RETAILER, actor_id=actor_id, now=now, reason=reason
    )
    application.decided_at, application.decided_by_id = now, actor_id


def _check_curator(application: Application, actor_id: int) -> None:
    check_not_own(application=application, actor_id=actor_id)
    if application.appealed_at is not None:
        others = db.session.scalar(
            select(func.count())
            .select_from(RetailMember)
            .where(
                RetailMember.retailer_id == _retailer_of(application),
                RetailMember.seat != RetailSeat.CLERK,
                RetailMember.user_id != actor_id,
            )
        )
        check_judge(refused_by_id=_refused_by(application), actor_id=actor_id, others=others or 0)


def _refused_by(application: Application) -> int | None:
    """Return who refused what the appeal is about; later decisions are not theirs to lose."""
    return db.session.scalar(
        select(ApplicationStep.actor_id)
        .where(
            ApplicationStep.application_id == application.id,
            ApplicationStep.went_to == S.REFUSED,
            ApplicationStep.at <= application.appealed_at,
        )
        .order_by(ApplicationStep.id.desc())
        .limit(1)
    )


def _retailer_of(application: Application) -> int:
    return db.session.get_one(SlotCall, application.call_id).retailer_id
