"""Changing a result by hand: checked at once by the independent checker, its cost written down."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.allocation.models import (
    AllocationEdit,
    AllocationRun,
    RunPlacement,
    RunRefusal,
)
from pol.partnership.allocation.queries.input import board_code
from pol.partnership.allocation.rules import checker
from pol.partnership.allocation.rules import instance as instances
from pol.partnership.allocation.rules.runs import (
    BY_HAND,
    EditReasonMissing,
    NothingChanged,
    check_edit,
    check_editable,
)
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.allocation.services.explaining import explain_again
from pol.partnership.allocation.services.runs import lefts_of
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import Shelf

Json = dict[str, object]


@dataclass(frozen=True)
class Move:
    """Put an application in a store here; without a shelf it leaves the store.

    `x_mm` counts from the shelf's left end.
    """

    application: str
    store_id: int
    shelf_id: int | None
    x_mm: int = 0
    facings: int = 0


@dataclass(frozen=True)
class Preview:
    """What a move would do: its cost in rupiah a week, below zero when it gains."""

    before: Json
    after: Json
    cost: int
    objective: int


def preview_move(*, run: AllocationRun, move: Move) -> Preview:
    """Return what a move would cost; changes nothing.

    :raises RunNotThere: the run cannot be changed
    :raises NotFound: no such application or shelf in this call
    :raises NothingChanged, EditBreaksRule: the move
    """
    check_editable(run.status)
    instance = json.loads(run.instance)
    stores = {shelf["id"]: shelf["store"] for shelf in instance["shelves"]}
    _check_known(instance, stores, move)
    places = _places(run)
    before = [one for one in places if _is_moved(one, stores, move)]
    after = [_place(run, move)] if move.shelf_id is not None else []
    if before == after:
        raise NothingChanged
    result = [one for one in places if one not in before] + after
    check_edit(checker.check_placements(instance, result))
    objective = checker.objective(instance, result)
    return Preview(
        before=before[0] if before else {},
        after=after[0] if after else {},
        cost=checker.objective(instance, places) - objective,
        objective=objective,
    )


def _check_known(instance: Json, stores: dict[str, str], move: Move) -> None:
    applications = instance["applications"]
    assert isinstance(applications, list)
    if not any(one["id"] == move.application for one in applications):
        raise NotFound
    if move.shelf_id is not None and stores.get(board_code(move.shelf_id)) != str(move.store_id):
        raise NotFound


def _is_moved(place: Json, stores: dict[str, str], move: Move) -> bool:
    here = stores[str(place["shelf"])] == str(move.store_id)
    return here and place["application"] == move.application


def _places(run: AllocationRun) -> list[Json]:
    lefts = _lefts(run)
    rows = db.session.execute(
        select(Application.number, RunPlacement)
        .join(Application, Application.id == RunPlacement.application_id)
        .where(RunPlacement.run_id == run.id)
        .order_by(Application.number, RunPlacement.shelf_id)
    )
    return [
        _as_json(number, place.shelf_id, place.x_mm - lefts[place.shelf_id], place.facings)
        for number, place in rows
    ]


def _lefts(run: AllocationRun) -> dict[int, int]:
    return lefts_of(run, instances.read(run.instance.encode()))


def _place(run: AllocationRun, move: Move) -> Json:
    assert move.shelf_id is not None
    left = _lefts(run)[move.shelf_id]
    return _as_json(move.application, move.shelf_id, move.x_mm - left, move.facings)


def _as_json(application: str, shelf_id: int, x_mm: int, facings: int) -> Json:
    return {
        "application": application,
        "shelf": board_code(shelf_id),
        "facings": facings,
        "x_mm": x_mm,
    }


def apply_move(
    *, run: AllocationRun, move: Move, reason: str, actor_id: int, now: datetime
) -> Preview:
    """Make a move, with its cost and reason on record; the result must be reviewed again.

    :raises EditReasonMissing: there is no reason
    :raises RunNotThere, NotFound, NothingChanged, EditBreaksRule: as in the preview
    """
    if not reason.strip():
        raise EditReasonMissing
    seen = preview_move(run=run, move=move)
    application = db.session.scalars(
        select(Application).where(
            Application.number == move.application, Application.call_id == run.call_id
        )
    ).one()
    here = {"run_id": run.id, "application_id": application.id, "store_id": move.store_id}
    for table in (RunPlacement, RunRefusal):
        db.session.execute(delete(table).filter_by(**here))
    db.session.add(_row(run, move, application, reason))
    db.session.add(
        AllocationEdit(
            run_id=run.id,
            at=now,
            actor_id=actor_id,
            before=seen.before,
            after=seen.after,
            cost=seen.cost,
            reason=reason,
        )
    )
    run.objective, run.status = seen.objective, RunStatus.COMPUTED
    run.reviewed_at = run.reviewed_by_id = None
    audit.record(
        action="allocation.edited",
        subject=f"run:{run.number}",
        actor_id=actor_id,
        now=now,
        before=seen.before,
        after=seen.after,
        cost=seen.cost,
        reason=reason,
    )
    db.session.flush()
    explain_again(run, application=move.application, store_id=move.store_id)
    return seen


def _row(
    run: AllocationRun, move: Move, application: Application, reason: str
) -> RunPlacement | RunRefusal:
    if move.shelf_id is None:
        return RunRefusal(
            run_id=run.id,
            application_id=application.id,
            store_id=move.store_id,
            reason=BY_HAND,
            message=f"Diputuskan oleh toko saat memeriksa hasil: {reason}",
        )
    instance = json.loads(run.instance)
    wish = next(one for one in instance["applications"] if one["id"] == move.application)
    factor = db.session.get_one(Shelf, move.shelf_id).level_factor_bp
    sold = wish["milli_units"][move.facings - 1]
    return RunPlacement(
        run_id=run.id,
        application_id=application.id,
        shelf_id=move.shelf_id,
        store_id=move.store_id,
        facings=move.facings,
        x_mm=move.x_mm,
        value=sold * factor * wish["unit_value"] // 10_000_000,
    )
