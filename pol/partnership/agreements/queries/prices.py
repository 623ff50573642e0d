"""What products cost by their agreement."""

from collections.abc import Collection

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.partnership.agreements.models import Agreement
from pol.partnership.slots.models import Placement


def list_prices(*, placement_ids: Collection[int]) -> dict[int, Rupiah]:
    """Return the agreed price of each of these placements that has an agreement."""
    rows = db.session.execute(
        select(Placement.id, Agreement.price)
        .join(Agreement, Agreement.id == Placement.agreement_id)
        .where(Placement.id.in_(set(placement_ids)))
    )
    return {row[0]: row[1] for row in rows}
