"""Which days of a retailer are closed, and from when on the next are open."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.settlement.models import Bill, SettlementPeriod
from pol.partnership.settlement.rules.periods import SETTLE_EVERY_DAYS
from pol.partnership.slots.models import Retailer, SlotCall


@dataclass(frozen=True)
class PeriodRow:
    """A closed period; money is what its bills came to."""

    number: str
    from_on: date
    until_on: date
    closed_at: datetime
    bills: int


def find_open_from(*, retailer_id: int) -> date | None:
    """Return the first day that is not closed, or None while no agreement ever came into force."""
    shut = db.session.scalar(
        select(func.max(SettlementPeriod.until_on)).where(
            SettlementPeriod.retailer_id == retailer_id
        )
    )
    return shut or db.session.scalar(
        select(func.min(Agreement.from_on)).where(
            Agreement.retailer_id == retailer_id, Agreement.in_force_at.is_not(None)
        )
    )


def get_every_days(*, retailer_id: int) -> int:
    """Return after how many days a retailer settles: the shortest of its running agreements."""
    found: int | None = db.session.scalar(
        select(func.min(SlotCall.settle_every_days))
        .join(Agreement, Agreement.call_id == SlotCall.id)
        .where(Agreement.retailer_id == retailer_id, Agreement.status == AgreementStatus.IN_FORCE)
    )
    return found or SETTLE_EVERY_DAYS


def find_period(*, retailer_id: int, from_on: date) -> SettlementPeriod | None:
    """Return the closed period that begins on a day."""
    return db.session.scalars(
        select(SettlementPeriod).where(
            SettlementPeriod.retailer_id == retailer_id, SettlementPeriod.from_on == from_on
        )
    ).one_or_none()


def list_periods(*, retailer_id: int, limit: int = 60) -> list[PeriodRow]:
    """Return closed periods, newest first, with how many bills each has."""
    rows = db.session.execute(
        select(
            SettlementPeriod.number,
            SettlementPeriod.from_on,
            SettlementPeriod.until_on,
            SettlementPeriod.closed_at,
            func.count(Bill.id),
        )
        .outerjoin(Bill, Bill.period_id == SettlementPeriod.id)
        .where(SettlementPeriod.retailer_id == retailer_id)
        .group_by(SettlementPeriod.id)
        .order_by(SettlementPeriod.from_on.desc())
        .limit(limit)
    )
    return [PeriodRow(*row) for row in rows]


def lock_retailer(retailer_id: int) -> Retailer:
    """Return a retailer, held until the end of the transaction.

    :raises NotFound: there is none
    """
    found = db.session.scalars(
        select(Retailer).where(Retailer.id == retailer_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_settling_retailers() -> list[int]:
    """Return the retailers that have, or had, agreements in force."""
    return list(
        db.session.scalars(
            select(Agreement.retailer_id).where(Agreement.in_force_at.is_not(None)).distinct()
        )
    )
