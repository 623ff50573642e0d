"""Looking at applications: each side reaches its own, the Dinas all that were sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.partnership.applications.models import Application, ProductSheet
from pol.partnership.applications.queries.sheets import PermitRow, permits_of
from pol.partnership.applications.rules import LIVE, ApplicationStatus
from pol.partnership.applications.rules.fit import Goods
from pol.partnership.slots.models import Retailer, SlotCall
from pol.partnership.slots.rules import CallStatus, GoodsCategory
from pol.regions.models import Region
from pol.stalls.models import Stall

SIZE = 50
BEST_FIRST = (-func.coalesce(Application.score, 0), Application.id)
LONGEST_FIRST = (Application.submitted_at, Application.id)


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
    """Return all applications of a stall, the newest first: one for each product and call."""
    asked = _columns().where(Application.stall_id == stall_id)
    return _rows(asked.order_by(Application.id.desc()))


def list_of_call(*, call_id: int) -> list[ApplicationRow]:
    """Return all that a retailer sees of a call, the best score first: for its minutes."""
    return _rows(_columns().where(*_screened(call_id)).order_by(*BEST_FIRST))


def page_of_call(*, call_id: int, cursor: str | None = None) -> Page[ApplicationRow]:
    """Return a page of what a retailer sees of a call, the best score first."""
    asked = _columns().where(*_screened(call_id)).order_by(*BEST_FIRST).limit(SIZE + 1)
    after = decode_cursor(cursor, shape=(int, int))
    if after:
        asked = asked.where(tuple_(*BEST_FIRST) > after)
    return cut_page(
        _rows(asked),
        size=SIZE,
        key=lambda row: (-(row.score or 0), row.application_id),
        is_first=after is None,
    )


def page_for_dinas(*, status: ApplicationStatus, cursor: str | None = None) -> Page[ApplicationRow]:
    """Return a page of the applications in this state, those that wait longest first."""
    mine = Application.status == status, Application.submitted_at.is_not(None)
    asked = _columns().where(*mine).order_by(*LONGEST_FIRST).limit(SIZE + 1)
    after = _moment_after(cursor)
    if after:
        asked = asked.where(tuple_(*LONGEST_FIRST) > after)
    return cut_page(
        _rows(asked),
        size=SIZE,
        key=lambda row: ((row.submitted_at or row.created_at).isoformat(), row.application_id),
        is_first=after is None,
    )


def _moment_after(cursor: str | None) -> tuple[datetime, int] | None:
    """Return the moment and the application behind a cursor; nothing if nobody handed it out."""
    key = decode_cursor(cursor, shape=(str, int))
    try:
        moment = datetime.fromisoformat(str(key[0])) if key else None
    except ValueError:
        return None
    return (moment, int(key[1])) if key and moment and moment.tzinfo else None


def _screened(call_id: int) -> tuple[ColumnElement[bool], ...]:
    """Return what makes an application to a call one that its retailer sees."""
    return (
        Application.call_id == call_id,
        Application.screened_at.is_not(None),
        Application.status != ApplicationStatus.WITHDRAWN,
    )


def count_by_status(*conditions: ColumnElement[bool]) -> dict[ApplicationStatus, int]:
    """Return how many applications stand where."""
    rows = db.session.execute(
        select(Application.status, func.count()).where(*conditions).group_by(Application.status)
    )
    return {status: count for status, count in rows}  # noqa: C416 - Rows


def count_of_call(*, call_id: int) -> dict[ApplicationStatus, int]:
    """Return how many applications that a retailer sees of a call stand where."""
    return count_by_status(*_screened(call_id))


def count_for_dinas() -> dict[ApplicationStatus, int]:
    """Return how many applications that were sent stand where."""
    return count_by_status(Application.submitted_at.is_not(None))


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
    found = _rows(_columns().where(*conditions))
    if not found:
        raise NotFound
    return found[0]


def _rows(asked: Select[*tuple[Any, ...]]) -> list[ApplicationRow]:
    rows = db.session.execute(asked).all()
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
