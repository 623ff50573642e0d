"""Saying again why wanted places were not given, after a change by hand."""

from sqlalchemy import or_, select

from pol.kernel.db import db
from pol.partnership.allocation.models import (
    AllocationEdit,
    AllocationRun,
    RunPlacement,
    RunRefusal,
)
from pol.partnership.allocation.queries.input import board_code
from pol.partnership.allocation.rules import instance as instances
from pol.partnership.allocation.rules.instance import Application as Wish
from pol.partnership.allocation.rules.instance import Instance
from pol.partnership.allocation.rules.runs import BY_HAND
from pol.partnership.allocation.rules.sentences import Scene, explain, scene_of
from pol.partnership.applications.models import Application


def explain_again(run: AllocationRun, *, application: str, store_id: int) -> None:
    """Renew every refusal that a change may have made untrue.

    These are all of the store, whose shelves have other room now, and all of the application,
    whose capacity is used elsewhere. What a hand decided keeps the reason that it gave.
    """
    instance = instances.read(run.instance.encode())
    wishes = {one.id: one for one in instance.applications}
    scene = _scene(run, instance, wishes)
    rows = db.session.execute(
        select(RunRefusal, Application.number)
        .join(Application, Application.id == RunRefusal.application_id)
        .where(
            RunRefusal.run_id == run.id,
            RunRefusal.reason != BY_HAND,
            or_(RunRefusal.store_id == store_id, Application.number == application),
        )
    ).all()
    for row, number in rows:
        found = explain(scene, wishes[number], str(row.store_id))
        row.reason, row.message = found.reason.value, found.message
    db.session.flush()


def _scene(run: AllocationRun, instance: Instance, wishes: dict[str, Wish]) -> Scene:
    boards: dict[str, list[tuple[Wish, int]]] = {}
    rows = db.session.execute(
        select(RunPlacement.shelf_id, Application.number, RunPlacement.facings)
        .join(Application, Application.id == RunPlacement.application_id)
        .where(RunPlacement.run_id == run.id)
        .order_by(RunPlacement.shelf_id, RunPlacement.x_mm)
    )
    for shelf_id, number, facings in rows:
        boards.setdefault(board_code(shelf_id), []).append((wishes[number], facings))
    return scene_of(instance, boards, by_hand=_filled_by_hand(run))


def _filled_by_hand(run: AllocationRun) -> frozenset[str]:
    """Return the shelves on which a change put something, or more of it."""
    edits = db.session.execute(
        select(AllocationEdit.before, AllocationEdit.after).where(AllocationEdit.run_id == run.id)
    )
    return frozenset(
        after["shelf"]
        for before, after in edits
        if after and (before.get("shelf") != after["shelf"] or before["facings"] < after["facings"])
    )
