"""Disputes about bills, for both sides and for whoever mediates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Case, Select, and_, case, select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.partnership.settlement.models import Bill, BillLine, Dispute, DisputeStep
from pol.partnership.settlement.rules import DisputeStatus
from pol.partnership.slots.models import Retailer, RetailMember
from pol.partnership.slots.rules import Bearer
from pol.stalls.models import Stall, StallMember

SIZE = 20


@dataclass(frozen=True)
class DisputeRow:
    """A dispute with the parties of its bill."""

    id: int
    number: str
    bill_id: int
    bill_number: str
    retailer_name: str
    stall_name: str
    status: DisputeStatus
    opened_by: Bearer
    held: Rupiah
    awarded: Rupiah | None
    opened_at: datetime
    settled_at: datetime | None
    settled_by: str | None


@dataclass(frozen=True)
class StepRow:
    """What somebody said; `side` is producer, retailer or dinas, None of who has left them all."""

    at: datetime
    name: str
    status: DisputeStatus
    words: str
    side: str | None


@dataclass(frozen=True)
class DisputedLine:
    """A line in dispute."""

    words: str
    quantity: int
    amount: Rupiah


def _disputes() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Dispute.id,
            Dispute.number,
            Dispute.bill_id,
            Bill.number,
            Retailer.name,
            Stall.name,
            Dispute.status,
            Dispute.opened_by,
            Dispute.held,
            Dispute.awarded,
            Dispute.opened_at,
            Dispute.settled_at,
            User.name,
        )
        .join(Bill, Bill.id == Dispute.bill_id)
        .join(Retailer, Retailer.id == Bill.retailer_id)
        .join(Stall, Stall.id == Bill.stall_id)
        .outerjoin(User, User.id == Dispute.settled_by_id)
    )


def list_of_bill(*, bill_id: int) -> list[DisputeRow]:
    """Return the disputes about a bill, oldest first."""
    rows = db.session.execute(_disputes().where(Dispute.bill_id == bill_id).order_by(Dispute.id))
    return [DisputeRow(*row) for row in rows]


def list_disputes(
    *, status: DisputeStatus, newest: bool = False, cursor: str | None = None, size: int = SIZE
) -> Page[DisputeRow]:
    """Return disputes of the whole regency in this state, the oldest or the newest first."""
    asked = _disputes().where(Dispute.status == status).limit(size + 1)
    asked = asked.order_by(Dispute.id.desc() if newest else Dispute.id)
    after = decode_cursor(cursor, shape=(int,))
    if after:
        asked = asked.where(Dispute.id < after[0] if newest else Dispute.id > after[0])
    rows = [DisputeRow(*row) for row in db.session.execute(asked)]
    return cut_page(rows, size=size, key=lambda row: (row.id,), is_first=after is None)


def get_dispute(number: str) -> DisputeRow:
    """Return a dispute, for whoever mediates.

    :raises NotFound: there is none with this number
    """
    row = db.session.execute(_disputes().where(Dispute.number == number)).one_or_none()
    if row is None:
        raise NotFound
    return DisputeRow(*row)


def get_dispute_of_bill(*, bill_id: int, number: str) -> DisputeRow:
    """Return a dispute about this bill.

    :raises NotFound: the bill has no such dispute
    """
    found = get_dispute(number)
    if found.bill_id != bill_id:
        raise NotFound
    return found


def list_steps(*, dispute_ids: Sequence[int]) -> dict[int, list[StepRow]]:
    """Return what was said in each dispute, oldest first."""
    found: dict[int, list[StepRow]] = {dispute_id: [] for dispute_id in dispute_ids}
    rows = db.session.execute(
        select(
            DisputeStep.dispute_id,
            DisputeStep.at,
            User.name,
            DisputeStep.status,
            DisputeStep.words,
            _side_of_step(),
        )
        .join(User, User.id == DisputeStep.actor_id)
        .join(Dispute, Dispute.id == DisputeStep.dispute_id)
        .join(Bill, Bill.id == Dispute.bill_id)
        .where(DisputeStep.dispute_id.in_(dispute_ids))
        .order_by(DisputeStep.id)
    )
    for dispute_id, at, name, status, words, side in rows:
        found[dispute_id].append(StepRow(at, name, status, words, side))
    return found


def _side_of_step() -> Case[str | None]:
    """Return for whom a step was said; its opener is known even after leaving that side."""
    opened = DisputeStep.actor_id == Dispute.opened_by_id
    keeps = select(StallMember.user_id).where(
        StallMember.stall_id == Bill.stall_id, StallMember.user_id == DisputeStep.actor_id
    )
    buys = select(RetailMember.user_id).where(
        RetailMember.retailer_id == Bill.retailer_id, RetailMember.user_id == DisputeStep.actor_id
    )
    return case(
        (DisputeStep.status == DisputeStatus.SETTLED, "dinas"),
        (and_(opened, Dispute.opened_by == Bearer.PRODUCER), "producer"),
        (and_(opened, Dispute.opened_by == Bearer.RETAILER), "retailer"),
        (keeps.exists(), "producer"),
        (buys.exists(), "retailer"),
        else_=None,
    )


def list_disputed(*, dispute_id: int) -> list[DisputedLine]:
    """Return the lines that a dispute is about."""
    rows = db.session.execute(
        select(BillLine.words, BillLine.quantity, BillLine.amount)
        .where(BillLine.dispute_id == dispute_id)
        .order_by(BillLine.id)
    )
    return [DisputedLine(*row) for row in rows]


def lock_dispute_of_bill(*, bill_id: int, number: str) -> Dispute:
    """Return a dispute about this bill, held until the end of the transaction.

    :raises NotFound: the bill has no such dispute
    """
    return _lock(select(Dispute).where(Dispute.bill_id == bill_id, Dispute.number == number))


def lock_bill_and_dispute(number: str) -> tuple[Bill, Dispute]:
    """Return a dispute and its bill, both held, the bill first as everywhere.

    :raises NotFound: there is none with this number
    """
    bill = db.session.scalars(
        select(Bill)
        .where(Bill.id == select(Dispute.bill_id).where(Dispute.number == number).scalar_subquery())
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if bill is None:
        raise NotFound
    return bill, _lock(select(Dispute).where(Dispute.number == number))


def _lock(statement: Select[Dispute]) -> Dispute:
    found = db.session.scalars(
        statement.with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found
