"""Whether what stood at a place was counted when it was over, and both sides agree on it."""

from datetime import date, timedelta

from sqlalchemy import exists, or_, select

from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.consignment.models import Batch, CountLine, StockCount
from pol.partnership.slots.models import Placement
from pol.partnership.slots.queries.placements import list_chain

OVER = (AgreementStatus.ENDED, AgreementStatus.TERMINATED)


def is_counted(placement: Placement, *, since: date | None = None) -> bool:
    """Answer whether a final count of a place is agreed: of its last day or later.

    Where both sides agree to end earlier, a count since that was proposed is final, too. Where
    nothing was ever opened there is nothing to count.
    """
    if placement.live_at is None:
        return True
    chain = list_chain(placement.id)
    open_lines = (
        select(CountLine.batch_id)
        .join(Batch, Batch.id == CountLine.batch_id)
        .where(
            CountLine.count_id == StockCount.id,
            Batch.placement_id.in_(chain),
            CountLine.agreed_at.is_(None),
        )
    )
    final = select(StockCount.id).where(
        StockCount.store_id == placement.store_id,
        StockCount.counted_at.is_not(None),
        StockCount.day >= first_day(placement, since),
        or_(StockCount.placement_id.is_(None), StockCount.placement_id.in_(chain)),
        ~exists(open_lines),
    )
    return db.session.scalar(final.limit(1)) is not None


def find_uncounted(placement: Placement, *, since: date | None = None) -> date | None:
    """Return the day from which on a final count is missing, or nothing."""
    return None if is_counted(placement, since=since) else first_day(placement, since)


def first_day(placement: Placement, since: date | None) -> date:
    """Return the first day whose count is final: the last of the place, or `since` if sooner."""
    return min(day for day in (last_day(placement), since) if day)


def last_day(placement: Placement) -> date:
    """Return the last day of a place, or of its agreement if that ended before."""
    until_on = placement.until_on
    agreement = db.session.get(Agreement, placement.agreement_id or 0)
    if agreement and agreement.status in OVER and agreement.ended_at:
        until_on = min(until_on, business_day(agreement.ended_at))
    return until_on - timedelta(days=1)
