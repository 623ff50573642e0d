"""What a store's tills have said already, by file or by themselves."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.consignment.models import SaleLine
from pol.partnership.consignment.rules import SaleSource
from pol.partnership.consignment.rules.sent import Known, row_of

FROM_TILLS = (SaleSource.POS, SaleSource.API)


def list_known(
    *, store_id: int, days: Collection[date], sheet_ids: Collection[int] | None = None
) -> dict[str, Known]:
    """Return the rows that are sold on some days, by key; of these products only, if said.

    A row whose goods came from several batches is one. What was taken back since is still known.
    """
    if not days:
        return {}
    asked = select(SaleLine.key, SaleLine.import_id, SaleLine.quantity, SaleLine.price).where(
        SaleLine.store_id == store_id,
        SaleLine.day.in_(days),
        SaleLine.source.in_(FROM_TILLS),
        SaleLine.corrects_id.is_(None),
    )
    if sheet_ids is not None:
        asked = asked.where(SaleLine.sheet_id.in_(sheet_ids))
    found: dict[str, Known] = {}
    for key, import_id, quantity, price in db.session.execute(asked.order_by(SaleLine.id)):
        row = row_of(key)
        before = found[row].quantity if row in found else 0
        found[row] = Known(import_id, before + quantity, price)
    return found
