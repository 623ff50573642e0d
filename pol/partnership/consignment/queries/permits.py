"""Permits of the goods in a store, as the calls of their agreements ask for them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from pol.kernel.db import db
from pol.partnership.agreements.models import Agreement
from pol.partnership.applications.models import ProductSheet
from pol.partnership.applications.queries.sheets import permits_of
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.rules.permits import last_days
from pol.partnership.consignment.models import Batch
from pol.partnership.consignment.rules.permits import Permits, named
from pol.partnership.slots.models import SlotCall


def list_permits(*, store_id: int, sheet_ids: Collection[int] | None = None) -> dict[int, Permits]:
    """Return what the goods on a store's shelves need, by the agreement that they came under."""
    asked = (
        select(
            Agreement.id,
            ProductSheet.id,
            ProductSheet.number,
            ProductSheet.stall_id,
            ProductSheet.name,
            SlotCall.permits,
        )
        .join(ProductSheet, ProductSheet.id == Agreement.sheet_id)
        .join(SlotCall, SlotCall.id == Agreement.call_id)
        .where(Agreement.id.in_(_on_shelves(store_id)))
    )
    if sheet_ids is not None:
        asked = asked.where(Agreement.sheet_id.in_(sheet_ids))
    rows = db.session.execute(asked).all()
    shown = permits_of({row[1] for row in rows})
    found = {}
    for agreement_id, sheet_id, number, stall_id, name, wanted in rows:
        papers = [permit.paper for permit in shown.get(sheet_id, ())]
        needs = last_days(map(SheetPermitKind, wanted), papers)
        found[agreement_id] = Permits(sheet_id, number, stall_id, name, tuple(needs.items()))
    return found


@dataclass(frozen=True)
class LapsedRow:
    """Goods that nobody may sell until their producer has seen to a permit."""

    sheet_number: str
    name: str
    permits: str
    left: int


def list_lapsed(*, store_id: int, day: date) -> list[LapsedRow]:
    """Return what stands in a store on a day without a permit that its call asks for, by name."""
    counted = _on_shelves(store_id, func.sum(Batch.on_shelf)).group_by(Batch.agreement_id)
    left: Counter[Permits] = Counter()
    permits = list_permits(store_id=store_id)
    for agreement_id, pieces in db.session.execute(counted):
        if permits[agreement_id].lapsed_on(day):
            left[permits[agreement_id]] += pieces
    rows = (
        LapsedRow(one.sheet_number, one.name, named(one.lapsed_on(day)), pieces)
        for one, pieces in left.items()
    )
    return sorted(rows, key=lambda row: (row.name, row.sheet_number))


def _on_shelves(store_id: int, *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    mine = Batch.store_id == store_id, Batch.on_shelf > 0
    return select(Batch.agreement_id, *columns).where(*mine)
