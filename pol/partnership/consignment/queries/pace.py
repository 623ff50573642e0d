"""How fast places sell."""

from datetime import date, timedelta

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.partnership.consignment.models import SaleLine
from pol.partnership.consignment.rules.pace import WINDOW, pace_milli, window
from pol.partnership.slots.models import Placement


def list_paces(*, store_id: int, day: date) -> dict[int, int]:
    """Return thousandths of a unit a week and facing by placement, over the four weeks to a day.

    A place that sold nothing is not in it.
    """
    rows = db.session.execute(
        select(
            *(Placement.id, Placement.facings, Placement.from_on),
            func.sum(SaleLine.quantity),
        )
        .join(Placement, Placement.id == SaleLine.placement_id)
        .where(
            SaleLine.store_id == store_id,
            SaleLine.day > day - WINDOW,
            SaleLine.day < day + timedelta(days=1),
        )
        .group_by(Placement.id, Placement.facings, Placement.from_on)
    )
    paces = {}
    for placement_id, facings, from_on, sold in rows:
        start, until = window(day, from_on)
        paces[placement_id] = pace_milli(int(sold), days=(until - start).days, facings=facings)
    return paces
