"""Looking at applications: each side reaches its own, the Dinas all that were sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.partnership.applications.models import Application, ProductSheet
from pol.partnership.applications.queries.sheets import PermitRow, permits_of
from pol.partnership.applications.rules import LIVE, ApplicationStatus
from pol.partnership.applications.rules.fit import Goods
from pol.partnership.slots.models import Retailer, SlotCall
from pol.partnership.slots.rules import CallStatus, GoodsCategory
from pol.regions.models import Region
from pol.stalls.models import Stall

MOST_SHOWN = 200


@dataclass(frozen=True)
class ApplicationRow:
    """An application as it stands, with its measures as they were sent."""

    application_id: int
    number: str
    status: ApplicationStatus
    status_reason: str | None
    call_id: int
    call_number: str
    call_title: str
    call_status: CallStatus
    closes_at: datetime
    retailer_id: int
    retailer_name: str
    sheet_id: int
    sheet_number: str
    name: str
    about: str
    picture_key: str | None
    gtin: str | None
    stall_id: int
    stall_name: str
    kecamatan: str
    category: GoodsCategory
    width_mm: int
    height_mm: int
    depth_mm: int
    weight_g: int
    shelf_life_days: int | None
    min_facings: int
    max_facings: int
    capacity_week: int
    price: Rupiah
    note: str
    weekly_demand_milli: int | None
    score: int | None
    created_at: datetime
    submitted_at: datetime | None
    screened_at: datetime | None
    decided_at: datetime | None
    decided_by_id: int | None
    appeal: str | None
    appealed_at: datetime | None
    permits: Sequence[PermitRow] = field(default=())

    @property
    def goods(self) -> Goods:
        """Return what the rules of fit know of it."""
        return Goods(
            self.category,
            self.width_mm,
            self.height_mm,
            self.depth_mm,
            self.weight_g,
            self.shelf_life_days,
        )


def list_of_stall(*, stall_id: int) -> list[ApplicationRow]:
    """Return the applications of a stall, the newest first."""
    return _rows(Application.stall_id == stall_id)


def list_of_call(*, call_id: int) -> list[ApplicationRow]:
    """Return what a retailer sees of a call: what was screened, the best score first."""
    rows = _rows(Application.call_id == call_id, Application.screened_at.is_not(None))
    kept = [row for row in rows if row.status is not ApplicationStatus.WITHDRAWN]
    return sorted(kept, key=lambda row: (-(row.score or 0), row.name))


def list_for_dinas(*, statuses: Collection[ApplicationStatus]) -> list[ApplicationRow]:
    """Return applications in these states, those that wait longest first."""
    rows = _rows(Application.status.in_(statuses), Application.submitted_at.is_not(None))
    return sorted(rows, key=lambda row: (row.submitted_at or row.created_at, row.number))


def count_by_status(*conditions: ColumnElement[bool]) -> dict[ApplicationStatus, int]:
    """Return how many applications stand where."""
    rows = db.session.execute(
        select(Application.status, func.count()).where(*conditions).group_by(Application.status)
    )
    return {status: count for status, count in rows}  # noqa: C416 - Rows


def count_waiting_for_dinas() -> int:
    """Return how many applications the Dinas has to look at."""
    counts = count_by_status()
    waiting = (ApplicationStatus.SUBMITTED, ApplicationStatus.SCREENING)
    return sum(counts.get(status, 0) for status in waiting)


def count_to_curate(*, retailer_id: int) -> int:
    """Return how many applications a retailer has to score."""
    calls = select(SlotCall.id).where(SlotCall.retailer_id == retailer_id)
    counts = count_by_status(Application.call_id.in_(calls))
    return counts.get(ApplicationStatus.CURATION, 0)


def count_to_repair(*, stall_id: int) -> int:
    """Return how many applications a producer has to put right."""
    counts = count_by_status(Application.stall_id == stall_id)
    return counts.get(ApplicationStatus.REPAIR, 0)


def get_of_stall(*, number: str, stall_id: int) -> ApplicationRow:
    """Return an application of a stall.

    :raises NotFound: not this stall's
    """
    return _one(Application.number == number, Application.stall_id == stall_id)


def get_for_dinas(*, number: str) -> ApplicationRow:
    """Return an application that was sent.

    :raises NotFound: there is none
    """
    return _one(Application.number == number, Application.submitted_at.is_not(None))


def get_of_retailer(*, number: str, call_number: str, retailer_id: int) -> ApplicationRow:
    """Return an application to a retailer's call that passed the screening.

    :raises NotFound: not theirs, or not theirs yet
    """
    return _one(
        Application.number == number,
        Application.screened_at.is_not(None),
        SlotCall.number == call_number,
        SlotCall.retailer_id == retailer_id,
    )


def find_live(*, call_id: int, sheet_id: int) -> str | None:
    """Return the number of a product's live application to a call, or nothing."""
    return db.session.scalar(
        select(Application.number).where(
            Application.call_id == call_id,
            Application.sheet_id == sheet_id,
            Application.status.in_(LIVE),
        )
    )


def lock_of_stall(*, number: str, stall_id: int) -> Application:
    """Return an application of a stall for changing.

    :raises NotFound: not this stall's
    """
    return _locked(Application.number == number, Application.stall_id == stall_id)


def lock_for_dinas(*, number: str) -> Application:
    """Return an application that was sent, for changing.

    :raises NotFound: there is none
    """
    return _locked(Application.number == number, Application.submitted_at.is_not(None))


def lock_of_retailer(*, number: str, call_number: str, retailer_id: int) -> Application:
    """Return a screened application to a retailer's call, for changing.

    :raises NotFound: not theirs, or not theirs yet
    """
    call = select(SlotCall.id).where(
        SlotCall.number == call_number, SlotCall.retailer_id == retailer_id
    )
    return _locked(
        Application.number == number,
        Application.screened_at.is_not(None),
        Application.call_id.in_(call),
    )


def _locked(*conditions: ColumnElement[bool]) -> Application:
    found = db.session.scalar(select(Application).where(*conditions).with_for_update())
    if found is None:
        raise NotFound
    return found


def _one(*conditions: ColumnElement[bool]) -> ApplicationRow:
    found = _rows(*conditions)
    if not found:
        raise NotFound
    return found[0]


def _rows(*conditions: ColumnElement[bool]) -> list[ApplicationRow]:
    rows = db.session.execute(
        _columns().where(*conditions).order_by(Application.id.desc()).limit(MOST_SHOWN)
    ).all()
    permits = permits_of({row.sheet_id for row in rows})
    whole: list[tuple[Any, ...]] = [(*row, permits.get(row.sheet_id, ())) for row in rows]
    return [ApplicationRow(*columns) for columns in whole]


def _columns() -> Select[*tuple[Any, ...]]:
    a, p, c = Application, ProductSheet, SlotCall
    return (
        select(
            *(a.id, a.number, a.status, a.status_reason),
            *(a.call_id, c.number, c.title, c.status, c.closes_at, c.retailer_id, Retailer.name),
            *(a.sheet_id, p.number, p.name, p.about, p.picture_key, p.gtin),
            *(a.stall_id, Stall.name, Region.name, a.category),
            *(a.width_mm, a.height_mm, a.depth_mm, a.weight_g, a.shelf_life_days),
            *(a.min_facings, a.max_facings, a.capacity_week, a.price, a.note),
            *(a.weekly_demand_milli, a.score, a.created_at, a.submitted_at, a.screened_at),
            *(a.decided_at, a.decided_by_id, a.appeal, a.appealed_at),
        )
        .join(ProductSheet, ProductSheet.id == a.sheet_id)
        .join(SlotCall, SlotCall.id == a.call_id)
        .join(Retailer, Retailer.id == SlotCall.retailer_id)
        .join(Stall, Stall.id == a.stall_id)
        .join(Region, Region.code == a.kecamatan_code)
    )
