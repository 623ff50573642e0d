"""Permits that lapse while their product stands on a shelf."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.applications.models import ProductSheet
from pol.partnership.applications.queries.sheets import PermitRow, permits_of
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.rules.permits import FURTHEST, SERVES_AS
from pol.partnership.slots.models import Placement, SlotCall, Store
from pol.partnership.slots.rules import HOLDS_SPACE
from pol.regions.models import Region
from pol.stalls.models import Stall


@dataclass(frozen=True)
class LapsingRow:
    """A permit that lapses before its product leaves the shelves of `stores`.

    One that a call asks for and that is not there any more has no number and no last day.
    """

    permit_id: int | None
    kind: SheetPermitKind
    number: str
    expires_on: date | None
    days_left: int
    sheet_number: str
    name: str
    stall_id: int
    stall_name: str
    phone: str
    kecamatan: str
    until_on: date
    stores: list[str] = field(default_factory=list)


def list_lapsing(*, today: date, within_days: int = FURTHEST) -> list[LapsingRow]:
    """Return permits that a call asks for and that lapse inside a placement, the next first.

    Of several papers for the same thing the one that lasts longest counts. What has lapsed already
    is in the list, too, with negative days, and before it what was struck out.
    """
    rows = db.session.execute(
        select(
            *(Placement.sheet_id, Placement.until_on, SlotCall.permits, Store.name.label("store")),
            *(ProductSheet.number, ProductSheet.name, Placement.stall_id),
            *(Stall.name.label("stall"), Stall.phone, Region.name.label("kecamatan")),
        )
        .join(SlotCall, SlotCall.id == Placement.call_id)
        .join(Store, Store.id == Placement.store_id)
        .join(ProductSheet, ProductSheet.id == Placement.sheet_id)
        .join(Stall, Stall.id == Placement.stall_id)
        .join(Region, Region.code == Stall.kecamatan_code)
        .where(Placement.status.in_(HOLDS_SPACE), Placement.until_on > today)
        .order_by(Store.name)
    ).all()
    permits = permits_of({row.sheet_id for row in rows})
    found: dict[tuple[int, object], LapsingRow] = {}
    for row in rows:
        for kind in map(SheetPermitKind, row.permits):
            paper = _last(kind, permits.get(row.sheet_id, []))
            if paper and not _lapses(paper, row.until_on, today, within_days):
                continue
            key = row.sheet_id, paper.permit_id if paper else kind
            stores = found.setdefault(key, _row(kind, paper, row, today)).stores
            if row.store not in stores:
                stores.append(row.store)
    return sorted(found.values(), key=_order)


def _order(one: LapsingRow) -> tuple[date, str, str, str]:
    return one.expires_on or date.min, one.name, one.kind, one.number


def _lapses(paper: PermitRow, until_on: date, today: date, within_days: int) -> bool:
    return (
        paper.expires_on is not None
        and not paper.paper.is_valid_until(until_on)
        and (paper.expires_on - today).days <= within_days
    )


def _row(kind: SheetPermitKind, paper: PermitRow | None, row: Any, today: date) -> LapsingRow:
    ends = paper.expires_on if paper else None
    return LapsingRow(
        permit_id=paper.permit_id if paper else None,
        kind=paper.kind if paper else kind,
        number=paper.number if paper else "",
        expires_on=ends,
        days_left=((ends or date.min) - today).days,
        sheet_number=row.number,
        name=row.name,
        stall_id=row.stall_id,
        stall_name=row.stall,
        phone=row.phone,
        kecamatan=row.kecamatan,
        until_on=row.until_on,
    )


def _last(kind: SheetPermitKind, permits: Iterable[PermitRow]) -> PermitRow | None:
    fitting = [permit for permit in permits if permit.kind in SERVES_AS[kind]]
    return max(fitting, key=lambda permit: permit.expires_on or date.max, default=None)
