"""What hangs on an application: stores in order of wish, moves, points, repairs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from pol.identity.models import User
from pol.kernel.db import db
from pol.partnership.applications.models import (
    Application,
    ApplicationStep,
    ApplicationStore,
    CurationScore,
    RepairItem,
)
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.slots.models import CallCriterion, Store


@dataclass(frozen=True)
class WishRow:
    """A store that the producer wants; 1 is wanted most."""

    wish: int
    store_id: int
    name: str


@dataclass(frozen=True)
class StepRow:
    """One move of an application."""

    at: datetime
    actor: str | None
    came_from: ApplicationStatus | None
    went_to: ApplicationStatus
    reason: str | None


@dataclass(frozen=True)
class ScoreRow:
    """Points of one criterion, if it has any."""

    criterion_id: int
    name: str
    weight: int
    points: int | None
    note: str | None
    scored_at: datetime | None
    scored_by: str | None


@dataclass(frozen=True)
class RepairRow:
    """Something to be put right."""

    item_id: int
    what: str
    asked_at: datetime
    done_at: datetime | None
    answer: str | None


def list_wishes(*, application_ids: Collection[int]) -> dict[int, list[WishRow]]:
    """Return the stores that producers want, by application, in order of wish."""
    rows = db.session.execute(
        select(
            *(ApplicationStore.application_id, ApplicationStore.wish),
            *(ApplicationStore.store_id, Store.name),
        )
        .join(Store, Store.id == ApplicationStore.store_id)
        .where(ApplicationStore.application_id.in_(application_ids))
        .order_by(ApplicationStore.wish)
    )
    found: dict[int, list[WishRow]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(WishRow(*row[1:]))
    return found


def list_steps(*, application_id: int) -> list[StepRow]:
    """Return what happened to an application, the newest first."""
    s = ApplicationStep
    rows = db.session.execute(
        select(s.at, User.name, s.came_from, s.went_to, s.reason)
        .outerjoin(User, User.id == s.actor_id)
        .where(s.application_id == application_id)
        .order_by(s.id.desc())
    )
    return [StepRow(*row) for row in rows]


def list_scores(*, application_id: int, call_id: int) -> list[ScoreRow]:
    """Return every criterion of the call with the points of this application, if any."""
    rows = db.session.execute(
        select(
            *(CallCriterion.id, CallCriterion.name, CallCriterion.weight),
            *(CurationScore.points, CurationScore.note, CurationScore.scored_at, User.name),
        )
        .outerjoin(
            CurationScore,
            (CurationScore.criterion_id == CallCriterion.id)
            & (CurationScore.application_id == application_id),
        )
        .outerjoin(User, User.id == CurationScore.scored_by_id)
        .where(CallCriterion.call_id == call_id)
        .order_by(CallCriterion.position, CallCriterion.id)
    )
    return [ScoreRow(*tuple[Any, ...](row)) for row in rows]


def list_repairs(*, application_id: int) -> list[RepairRow]:
    """Return what was asked to be put right, in the order of asking."""
    r = RepairItem
    rows = db.session.execute(
        select(r.id, r.what, r.asked_at, r.done_at, r.answer)
        .where(r.application_id == application_id)
        .order_by(r.id)
    )
    return [RepairRow(*row) for row in rows]


def list_marks(*, application_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """Return the points of several applications, by application and criterion."""
    rows = db.session.execute(
        select(
            CurationScore.application_id, CurationScore.criterion_id, CurationScore.points
        ).where(CurationScore.application_id.in_(application_ids))
    )
    found: dict[int, dict[int, int]] = {}
    for application_id, criterion_id, points in rows:
        found.setdefault(application_id, {})[criterion_id] = points
    return found


def list_deciders(*, application_ids: Collection[int]) -> dict[int, str]:
    """Return who decided about several applications."""
    rows = db.session.execute(
        select(Application.id, User.name)
        .join(User, User.id == Application.decided_by_id)
        .where(Application.id.in_(application_ids))
    )
    return {application_id: name for application_id, name in rows}  # noqa: C416 - Rows
