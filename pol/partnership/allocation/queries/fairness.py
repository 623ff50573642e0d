"""Who got places: each decision with the price of its fairness, and every kecamatan's part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.partnership.allocation.models import AllocationRun, RunPlacement
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.applications.models import Application
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.slots.models import Retailer, SlotCall
from pol.regions.models import Region


@dataclass(frozen=True)
class Decision:
    """A fixed run; `price` is what the kecamatan floor cost, in rupiah a week, if it is known."""

    number: str
    call_number: str
    title: str
    retailer_name: str
    fixed_at: datetime
    objective: int
    bound: int
    price: int | None
    kecamatan_floor: int
    places: int
    producers: int


@dataclass(frozen=True)
class KecamatanRow:
    """How many products of a kecamatan passed curation, and how many got a place."""

    name: str
    passed: int
    placed: int


def list_decisions() -> list[Decision]:
    """Return every allocation that was fixed, newest first."""
    counts = (
        select(
            RunPlacement.run_id,
            func.count().label("places"),
            func.count(func.distinct(Application.stall_id)).label("producers"),
        )
        .join(Application, Application.id == RunPlacement.application_id)
        .group_by(RunPlacement.run_id)
        .subquery()
    )
    rows: Iterable[Any] = db.session.execute(
        select(AllocationRun, SlotCall, Retailer.name, counts.c.places, counts.c.producers)
        .join(SlotCall, SlotCall.id == AllocationRun.call_id)
        .join(Retailer, Retailer.id == SlotCall.retailer_id)
        .outerjoin(counts, counts.c.run_id == AllocationRun.id)
        .where(AllocationRun.status == RunStatus.FIXED)
        .order_by(AllocationRun.fixed_at.desc())
    )
    return [_decision(*row) for row in rows]


def _decision(
    run: AllocationRun, call: SlotCall, retailer: str, places: int | None, producers: int | None
) -> Decision:
    return Decision(
        number=run.number,
        call_number=call.number,
        title=call.title,
        retailer_name=retailer,
        fixed_at=run.fixed_at or run.asked_at,
        objective=run.objective or 0,
        bound=run.bound or 0,
        price=run.fairness_price,
        kecamatan_floor=call.kecamatan_floor,
        places=places or 0,
        producers=producers or 0,
    )


def list_kecamatan() -> list[KecamatanRow]:
    """Return every kecamatan with a product that passed in a decided call."""
    decided = select(AllocationRun.call_id).where(AllocationRun.status == RunStatus.FIXED)
    runs = select(AllocationRun.id).where(AllocationRun.status == RunStatus.FIXED)
    placed = (
        select(RunPlacement.application_id).where(RunPlacement.run_id.in_(runs)).distinct()
    ).subquery()
    rows: Iterable[Any] = db.session.execute(
        select(Region.name, func.count(Application.id), func.count(placed.c.application_id))
        .select_from(Application)
        .join(Region, Region.code == Application.kecamatan_code)
        .outerjoin(placed, placed.c.application_id == Application.id)
        .where(Application.call_id.in_(decided), Application.status == ApplicationStatus.PASSED)
        .group_by(Region.code, Region.name)
        .order_by(Region.name)
    )
    return [KecamatanRow(*row) for row in rows]
