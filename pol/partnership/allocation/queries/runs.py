"""Runs of the allocation as a retailer and its applicants see them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.allocation.models import (
    AllocationEdit,
    AllocationRun,
    RunPlacement,
    RunRefusal,
)
from pol.partnership.allocation.rules.runs import EDITABLE, GOING
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.applications.models import Application, ProductSheet
from pol.partnership.slots.models import Fixture, Shelf, SlotCall, Store
from pol.partnership.slots.rules import GoodsCategory
from pol.regions.models import Region
from pol.stalls.models import Stall


@dataclass(frozen=True)
class PlaceRow:
    """Where a run puts an application; `value` is rupiah a week for its producer."""

    application_number: str
    sheet_name: str
    stall_name: str
    kecamatan: str
    category: GoodsCategory
    store_id: int
    store_name: str
    fixture_id: int
    fixture_code: str
    shelf_id: int
    shelf_number: int
    facings: int
    x_mm: int
    width_mm: int
    height_mm: int
    value: int


@dataclass(frozen=True)
class RefusalRow:
    """Why an application got no place in a store."""

    application_number: str
    sheet_name: str
    stall_name: str
    store_id: int
    store_name: str
    reason: str
    message: str
    score: int | None


def list_runs(*, call_id: int) -> list[AllocationRun]:
    """Return the runs of a call, newest first."""
    return list(
        db.session.scalars(
            select(AllocationRun)
            .where(AllocationRun.call_id == call_id)
            .order_by(AllocationRun.id.desc())
        )
    )


def get_run(*, call_id: int, number: str) -> AllocationRun:
    """Return a run of this call.

    :raises NotFound: the call has no such run
    """
    return _one(number, AllocationRun.call_id == call_id)


def get_fixed(*, call_id: int, number: str) -> AllocationRun:
    """Return a run of this call by which it was decided.

    :raises NotFound: the call has no such run, or it decided nothing
    """
    return _one(number, AllocationRun.call_id == call_id, AllocationRun.status == RunStatus.FIXED)


def find_fixed(*, call_id: int) -> str | None:
    """Return the number of the run by which a call was decided, if it was."""
    return db.session.scalars(
        select(AllocationRun.number)
        .where(AllocationRun.call_id == call_id, AllocationRun.status == RunStatus.FIXED)
        .order_by(AllocationRun.id.desc())
        .limit(1)
    ).first()


def lock_run(*, call_id: int, number: str) -> AllocationRun:
    """Return a run of this call, held until the end of the transaction.

    :raises NotFound: the call has no such run
    """
    return _one(number, AllocationRun.call_id == call_id, lock=True)


def lock_run_by_number(number: str) -> AllocationRun:
    """Return a run for the worker that computes it, held until the end of the transaction.

    :raises NotFound: there is none
    """
    return _one(number, lock=True)


def _one(number: str, *mine: Any, lock: bool = False) -> AllocationRun:
    query = select(AllocationRun).where(AllocationRun.number == number, *mine)
    if lock:
        query = query.with_for_update()
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def is_going(*, call_id: int) -> bool:
    """Answer whether something is being computed for a call."""
    going = select(AllocationRun.id).where(
        AllocationRun.call_id == call_id, AllocationRun.status.in_(GOING)
    )
    return db.session.scalar(going.limit(1)) is not None


def find_result(
    *, call_id: int, input_sha256: str, but_id: int | None = None
) -> AllocationRun | None:
    """Return the result that stands for this very input, or None."""
    return db.session.scalars(
        select(AllocationRun)
        .where(
            AllocationRun.call_id == call_id,
            AllocationRun.input_sha256 == input_sha256,
            AllocationRun.status.in_(EDITABLE),
            AllocationRun.id != (but_id or 0),
        )
        .order_by(AllocationRun.id.desc())
        .limit(1)
    ).first()


def sum_found(run: AllocationRun) -> int:
    """Return the objective that a run found, before anything was changed by hand."""
    costs = select(func.coalesce(func.sum(AllocationEdit.cost), 0))
    return (run.objective or 0) + int(
        db.session.scalar(costs.where(AllocationEdit.run_id == run.id)) or 0
    )


def find_next_number() -> str | None:
    """Return the number of the run that waits longest, or None."""
    return db.session.scalar(
        select(AllocationRun.number)
        .where(AllocationRun.status == RunStatus.QUEUED)
        .order_by(AllocationRun.asked_at, AllocationRun.id)
        .limit(1)
    )


def list_running() -> list[AllocationRun]:
    """Return the runs that somebody computes, or has left."""
    return list(
        db.session.scalars(select(AllocationRun).where(AllocationRun.status == RunStatus.RUNNING))
    )


def list_places(*, run_id: int) -> list[PlaceRow]:
    """Return every place of a run: store by store, shelf by shelf, from left to right."""
    rows: Any = db.session.execute(
        select(
            Application.number,
            ProductSheet.name,
            Stall.name,
            Region.name,
            Application.category,
            Store.id,
            Store.name,
            Fixture.id,
            Fixture.code,
            Shelf.id,
            Shelf.number,
            RunPlacement.facings,
            RunPlacement.x_mm,
            RunPlacement.facings * Application.width_mm,
            Application.height_mm,
            RunPlacement.value,
        )
        .join(Application, Application.id == RunPlacement.application_id)
        .join(ProductSheet, ProductSheet.id == Application.sheet_id)
        .join(Stall, Stall.id == Application.stall_id)
        .join(Region, Region.code == Application.kecamatan_code)
        .join(Shelf, Shelf.id == RunPlacement.shelf_id)
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .join(Store, Store.id == RunPlacement.store_id)
        .where(RunPlacement.run_id == run_id)
        .order_by(Store.name, Fixture.position, Shelf.number, RunPlacement.x_mm)
    )
    return [PlaceRow(*row) for row in rows]


def list_refusals(*, run_id: int) -> list[RefusalRow]:
    """Return every refusal of a run, best scores first."""
    rows = db.session.execute(
        select(
            Application.number,
            ProductSheet.name,
            Stall.name,
            Store.id,
            Store.name,
            RunRefusal.reason,
            RunRefusal.message,
            Application.score,
        )
        .join(Application, Application.id == RunRefusal.application_id)
        .join(ProductSheet, ProductSheet.id == Application.sheet_id)
        .join(Stall, Stall.id == Application.stall_id)
        .join(Store, Store.id == RunRefusal.store_id)
        .where(RunRefusal.run_id == run_id)
        .order_by(Application.score.desc(), Application.number, Store.name)
    )
    return [RefusalRow(*row) for row in rows]


def find_fixer(run: AllocationRun) -> str | None:
    """Return who made a result the decision, if somebody did."""
    return db.session.scalar(select(User.name).where(User.id == run.fixed_by_id))


def get_call_of_run(run: AllocationRun) -> SlotCall:
    """Return the call that a run is for."""
    return db.session.get_one(SlotCall, run.call_id)
