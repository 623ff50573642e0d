"""Who may see the paper of a product's permit."""

from dataclasses import dataclass

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.applications.models import Application, ProductSheet, SheetPermit
from pol.partnership.slots.models import SlotCall


@dataclass(frozen=True)
class PermitReaders:
    """The stalls whose permit it is, and the retailers that they applied to with it."""

    stall_ids: frozenset[int]
    retailer_ids: frozenset[int]


def find_permit_readers(key: str) -> PermitReaders | None:
    """Return who a permit's picture is for, besides the Dinas; nothing if it is no permit here.

    A retailer sees it once the Dinas has passed the application on.
    """
    rows = db.session.execute(
        select(ProductSheet.stall_id, SlotCall.retailer_id)
        .join(SheetPermit, SheetPermit.sheet_id == ProductSheet.id)
        .outerjoin(
            Application,
            (Application.sheet_id == ProductSheet.id) & Application.screened_at.is_not(None),
        )
        .outerjoin(SlotCall, SlotCall.id == Application.call_id)
        .where(SheetPermit.picture_key == key)
    ).all()
    if not rows:
        return None
    return PermitReaders(
        stall_ids=frozenset(row.stall_id for row in rows),
        retailer_ids=frozenset(row.retailer_id for row in rows if row.retailer_id is not None),
    )
