"""Pages of allocation in the shelf partnership, for the tour."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.allocation.models import AllocationRun, RunPlacement
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import RetailMember, SlotCall

Fillings = list[dict[str, Any]]


def _mine(visitor: Any) -> Any:
    works = select(RetailMember.retailer_id).where(RetailMember.user_id == visitor.user_id)
    return SlotCall.retailer_id.in_(works)


def _calls(visitor: Any) -> Fillings:
    rows = db.session.execute(select(SlotCall.status, SlotCall.number).where(_mine(visitor)))
    found = {status: number for status, number in rows}  # noqa: C416 - rows are no pairs
    return [{"number": number} for number in found.values()]


def _runs(visitor: Any) -> Fillings:
    rows = db.session.execute(
        select(AllocationRun.status, SlotCall.number, AllocationRun.number)
        .join(SlotCall, SlotCall.id == AllocationRun.call_id)
        .where(_mine(visitor))
    )
    found = {status: (call, run) for status, call, run in rows}
    return [{"number": call, "run_number": run} for call, run in found.values()]


def _edits(visitor: Any) -> Fillings:
    rows = db.session.execute(
        select(SlotCall.number, AllocationRun.number, Application.number, RunPlacement.store_id)
        .select_from(RunPlacement)
        .join(AllocationRun, AllocationRun.id == RunPlacement.run_id)
        .join(SlotCall, SlotCall.id == AllocationRun.call_id)
        .join(Application, Application.id == RunPlacement.application_id)
        .where(_mine(visitor), AllocationRun.status == RunStatus.COMPUTED)
        .limit(1)
    )
    return [
        {"number": call, "run_number": run, "application": application, "store_id": store}
        for call, run, application, store in rows
    ]


def _decided(_visitor: Any) -> Fillings:
    """Return a call of the regency that is decided, with the run by which it was."""
    rows = db.session.execute(
        select(SlotCall.number, AllocationRun.number)
        .join(SlotCall, SlotCall.id == AllocationRun.call_id)
        .where(AllocationRun.status == RunStatus.FIXED)
        .limit(1)
    )
    return [{"number": call, "run_number": run} for call, run in rows]


SOURCES: Mapping[str, Callable[[Any], Fillings]] = {
    "retailer_allocation.index": _calls,
    "retailer_allocation.show": _runs,
    "retailer_allocation.minutes": _runs,
    "retailer_allocation.edit": _edits,
    "dinas_minutes.allocation": _decided,
    "dinas_minutes.curation": lambda visitor: [
        {"number": one["number"]} for one in _decided(visitor)
    ],
}
NOT_PAGES: frozenset[str] = frozenset()
