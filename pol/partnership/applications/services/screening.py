"""What the Dinas does: look at the papers before a retailer spends time on them."""

from collections.abc import Sequence
from datetime import datetime

from pol.kernel.db import db
from pol.partnership.applications.models import Application, RepairItem
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.applications.rules.life import RepairListEmpty, Side
from pol.partnership.applications.services.steps import check_not_own, move

S = ApplicationStatus


def take(*, application: Application, actor_id: int, now: datetime) -> None:
    """Begin to look at an application.

    :raises OwnProduct: the officer keeps the stall
    :raises StepNotOpen, CallOver: see `check_move`
    """
    _move(application, S.SCREENING, actor_id, now)


def pass_on(*, application: Application, actor_id: int, now: datetime) -> None:
    """Hand an application on to the retailer.

    :raises OwnProduct, StepNotOpen, CallOver: see `take`
    """
    _move(application, S.CURATION, actor_id, now)
    application.screened_at, application.screened_by_id = now, actor_id


def ask_repair(
    *, application: Application, reason: str, items: Sequence[str], actor_id: int, now: datetime
) -> None:
    """Give an application back with a list of what to put right.

    :raises RepairListEmpty: the list says nothing
    :raises ReasonMissing, OwnProduct, StepNotOpen, CallOver: see `take`
    """
    _move(application, S.REPAIR, actor_id, now, reason)
    write_repairs(application=application, items=items, actor_id=actor_id, now=now)


def refuse(*, application: Application, reason: str, actor_id: int, now: datetime) -> None:
    """Refuse an application before a retailer sees it.

    :raises ReasonMissing, OwnProduct, StepNotOpen, CallOver: see `take`
    """
    _move(application, S.REFUSED, actor_id, now, reason)
    application.decided_at, application.decided_by_id = now, actor_id


def write_repairs(
    *, application: Application, items: Sequence[str], actor_id: int, now: datetime
) -> None:
    """Write what is to be put right, one row for each line that says something.

    :raises RepairListEmpty: none does
    """
    wanted = [item.strip() for item in items if item.strip()]
    if not wanted:
        raise RepairListEmpty
    for what in wanted:
        db.session.add(
            RepairItem(application_id=application.id, what=what, asked_at=now, asked_by_id=actor_id)
        )
    db.session.flush()


def _move(
    application: Application,
    to: ApplicationStatus,
    actor_id: int,
    now: datetime,
    reason: str | None = None,
) -> None:
    check_not_own(application=application, actor_id=actor_id)
    move(application=application, to=to, by=Side.DINAS, actor_id=actor_id, now=now, reason=reason)
