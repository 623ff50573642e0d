"""Bills as their retailer and their producer see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import ZERO, Rupiah
from pol.partnership.settlement.models import IS_ONCE, Bill, BillLine, Dispute, SettlementPeriod
from pol.partnership.settlement.rules import BillLineKind, BillStatus
from pol.partnership.settlement.rules.bills import Standing
from pol.partnership.slots.models import Retailer
from pol.stalls.models import Stall

Mine = ColumnElement[bool]
"""Whose bills: what `of_stall`, `of_retailer` or `of_dispute` returns."""


def of_stall(stall_id: int) -> Mine:
    """Return the condition that a bill pays this producer."""
    return Bill.stall_id == stall_id


def of_retailer(retailer_id: int) -> Mine:
    """Return the condition that this retailer pays a bill."""
    return Bill.retailer_id == retailer_id


def of_dispute(number: str) -> Mine:
    """Return the condition that this dispute is about a bill, for whoever mediates."""
    return Bill.id == select(Dispute.bill_id).where(Dispute.number == number).scalar_subquery()


@dataclass(frozen=True)
class BillRow:
    """A bill with its parties; `days_late` counts from the day after it was due."""

    id: int
    number: str
    retailer_name: str
    stall_name: str
    from_on: date
    until_on: date
    status: BillStatus
    sales: Rupiah
    margin: Rupiah
    charges: Rupiah
    borne: Rupiah
    carried: Rupiah
    payable: Rupiah
    held: Rupiah
    paid: Rupiah
    due_on: date | None
    nothing_because: str | None
    made_at: datetime
    approved_at: datetime | None
    paid_at: datetime | None
    sale_to_money_tenths: int | None
    is_carried: bool

    @property
    def open(self) -> Rupiah:
        """What is to be paid now, without what is in dispute."""
        return Standing(self.payable, self.held, self.paid).open

    @property
    def is_over(self) -> bool:
        """Answer whether nobody has anything to pay or to settle any more."""
        return not (self.open or self.held or self.owed_back)

    @property
    def owed_back(self) -> Rupiah:
        """What its producer has to pay, if it is below zero and no later bill has taken it over."""
        return ZERO if self.is_carried else Standing(self.payable, self.held, self.paid).owed_back

    def days_late(self, today: date) -> int:
        """Return by how many days the money is late; 0 while it is not."""
        late = self.due_on is not None and bool(self.open) and today > self.due_on
        return (today - self.due_on).days if late and self.due_on else 0


def carried_on() -> ColumnElement[bool]:
    """Return the condition that the next bill has taken over what this one left below zero."""
    return (
        select(BillLine.id)
        .where(
            IS_ONCE,
            BillLine.kind == BillLineKind.CARRIED,
            BillLine.reference == "bill:" + Bill.number,
        )
        .correlate(Bill)
        .exists()
    )


def select_bills() -> Select[*tuple[Any, ...]]:
    """Return the question for bills, with the columns of `BillRow`."""
    return (
        select(
            Bill.id,
            Bill.number,
            Retailer.name,
            Stall.name,
            SettlementPeriod.from_on,
            SettlementPeriod.until_on,
            Bill.status,
            Bill.sales,
            Bill.margin,
            Bill.charges,
            Bill.borne,
            Bill.carried,
            Bill.payable,
            Bill.held,
            Bill.paid,
            Bill.due_on,
            Bill.nothing_because,
            Bill.made_at,
            Bill.approved_at,
            Bill.paid_at,
            Bill.sale_to_money_tenths,
            case((Bill.payable < ZERO, carried_on()), else_=False),
        )
        .join(SettlementPeriod, SettlementPeriod.id == Bill.period_id)
        .join(Retailer, Retailer.id == Bill.retailer_id)
        .join(Stall, Stall.id == Bill.stall_id)
    )


def get_bill(mine: Mine, number: str) -> BillRow:
    """Return one of these bills.

    :raises NotFound: none of these
    """
    row = db.session.execute(select_bills().where(Bill.number == number, mine)).one_or_none()
    if row is None:
        raise NotFound
    return BillRow(*row)


def is_carried(*, bill_id: int) -> bool:
    """Answer whether the next bill has taken over what this one left below zero."""
    found = select(Bill.id).where(Bill.id == bill_id, carried_on())
    return db.session.scalar(found) is not None


def name_stalls(stall_ids: Sequence[int]) -> dict[int, str]:
    """Return the names of these producers."""
    rows = db.session.execute(select(Stall.id, Stall.name).where(Stall.id.in_(stall_ids)))
    return {stall_id: name for stall_id, name in rows}  # noqa: C416 - rows are no pairs


def lock_bill(mine: Mine, number: str) -> Bill:
    """Return one of these bills, held until the end of the transaction.

    :raises NotFound: none of these
    """
    found = db.session.scalars(
        select(Bill)
        .where(Bill.number == number, mine)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found
