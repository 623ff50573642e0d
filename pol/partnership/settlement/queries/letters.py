"""Letters as both sides read them, and what the clock has to write one about."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, or_, select
from sqlalchemy.orm import aliased

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.applications.models import ProductSheet
from pol.partnership.settlement.models import Bill, BillLine, Renewal, ShelfLetter
from pol.partnership.settlement.queries.bill_lists import UNPAID
from pol.partnership.settlement.rules import LetterKind
from pol.partnership.settlement.rules.letters import REMIND_AFTER, Place
from pol.partnership.slots.models import Fixture, Placement, Shelf, Store
from pol.partnership.slots.rules import HOLDS_SPACE, Bearer, PlacementStatus

SIZE = 20
Mine = ColumnElement[bool]
"""Whose letters: what `of_stall` or `of_retailer` returns."""


@dataclass(frozen=True)
class LetterRow:
    """A letter in a list."""

    id: int
    number: str
    kind: LetterKind
    title: str
    subject: str
    written_at: datetime


@dataclass(frozen=True)
class LetterPage:
    """A letter as it was sent, and the number of the bill or place that it is about."""

    number: str
    kind: LetterKind
    title: str
    subject: str
    written_at: datetime
    from_side: Bearer
    retailer_name: str
    stall_name: str
    facts: list[list[str]]
    words: str
    signed_by: str | None
    bill_number: str | None
    placement_number: str | None


LISTED = (
    *(ShelfLetter.number, ShelfLetter.kind, ShelfLetter.title, ShelfLetter.subject),
    ShelfLetter.written_at,
)


def of_stall(stall_id: int) -> Mine:
    """Return the condition that a letter is to or from this producer."""
    return ShelfLetter.stall_id == stall_id


def of_retailer(retailer_id: int) -> Mine:
    """Return the condition that a letter is to or from this retailer."""
    return ShelfLetter.retailer_id == retailer_id


def get_letter(mine: Mine, number: str) -> LetterPage:
    """Return one of these letters.

    :raises NotFound: none of these
    """
    row: Any = db.session.execute(
        select(
            *LISTED,
            ShelfLetter.from_side,
            ShelfLetter.retailer_name,
            ShelfLetter.stall_name,
            ShelfLetter.facts,
            ShelfLetter.words,
            ShelfLetter.signed_by,
            Bill.number,
            Placement.number,
        )
        .outerjoin(Bill, Bill.id == ShelfLetter.bill_id)
        .outerjoin(Placement, Placement.id == ShelfLetter.placement_id)
        .where(mine, ShelfLetter.number == number)
    ).one_or_none()
    if row is None:
        raise NotFound
    return LetterPage(*row)


def list_of_bill(*, bill_id: int) -> list[LetterRow]:
    """Return the letters about a bill, oldest first."""
    query = _letters().where(ShelfLetter.bill_id == bill_id).order_by(ShelfLetter.id)
    return [LetterRow(*row) for row in db.session.execute(query)]


def list_of_places(mine: Mine, *, cursor: str | None = None, size: int = SIZE) -> Page[LetterRow]:
    """Return these letters about places, newest first."""
    after = decode_cursor(cursor, shape=(int,))
    query = _letters().where(mine, ShelfLetter.placement_id.is_not(None))
    if after:
        query = query.where(ShelfLetter.id < after[0])
    rows = db.session.execute(query.order_by(ShelfLetter.id.desc()).limit(size + 1))
    return cut_page(
        [LetterRow(*row) for row in rows],
        size=size,
        key=lambda row: (row.id,),
        is_first=after is None,
    )


def _letters() -> Select[*tuple[Any, ...]]:
    return select(ShelfLetter.id, *LISTED)


@dataclass(frozen=True)
class LateBill:
    """A bill whose day has passed, with the reminders it got."""

    id: int
    due_on: date
    reminders: int
    last_at: datetime | None


def list_late_bills(*, today: date) -> list[LateBill]:
    """Return overdue bills with something open that may get another reminder, the oldest first."""
    same = and_(ShelfLetter.bill_id == Bill.id, ShelfLetter.kind == LetterKind.REMINDER)
    rows: Any = db.session.execute(
        select(Bill.id, Bill.due_on, func.count(ShelfLetter.id), func.max(ShelfLetter.written_at))
        .outerjoin(ShelfLetter, same)
        .where(
            Bill.status.in_(UNPAID),
            Bill.due_on < today,
            Bill.payable > Bill.held + Bill.paid,
        )
        .group_by(Bill.id)
        .having(func.count(ShelfLetter.id) < len(REMIND_AFTER))
        .order_by(Bill.due_on, Bill.id)
    )
    return [LateBill(*row) for row in rows]


def find_late_fine_bp(*, bill_id: int) -> int:
    """Return the highest fine for late money of the agreements behind a bill."""
    query = (
        select(func.max(Agreement.late_fine_bp))
        .join(BillLine, BillLine.agreement_id == Agreement.id)
        .where(BillLine.bill_id == bill_id)
    )
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class OverPlace:
    """A place that is still held although its agreement is over."""

    placement_id: int
    agreement: str
    why: str | None
    unsigned: str | None
    """The number of the agreement that was to follow, if it still waits for a signature."""


def list_places_to_vacate() -> list[OverPlace]:
    """Return places whose agreement is over, that do not go on and no letter has named yet.

    A renewal that was agreed goes on once what follows is signed, as long as it is not called off.
    """
    after, follows = aliased(Placement), aliased(Agreement)
    waits = and_(
        after.follows_id == Placement.id,
        after.status.in_(HOLDS_SPACE),
    )
    key = literal("place:") + cast(Placement.id, String) + literal(":vacate")
    rows: Any = db.session.execute(
        select(Placement.id, Agreement.number, Agreement.ended_reason, follows.number)
        .join(Agreement, Agreement.id == Placement.agreement_id)
        .outerjoin(after, waits)
        .outerjoin(follows, follows.id == after.agreement_id)
        .where(
            Placement.status.in_(HOLDS_SPACE),
            Agreement.status.in_((AgreementStatus.ENDED, AgreementStatus.TERMINATED)),
            or_(follows.id.is_(None), follows.status == AgreementStatus.DRAFT),
            ~select(ShelfLetter.id).where(ShelfLetter.key == key).exists(),
        )
        .order_by(Placement.id)
    )
    return [OverPlace(*row) for row in rows]


@dataclass(frozen=True)
class CalledOff:
    """A renewal that both had agreed on, and that one of them let go before it began."""

    renewal_id: int
    number: str
    placement_id: int
    agreement: str
    why: str | None


def list_called_off() -> list[CalledOff]:
    """Return called-off renewals of places that still stand, that no letter has named yet."""
    after, follows = aliased(Placement), aliased(Agreement)
    key = literal("renewal:") + cast(Renewal.id, String) + literal(":off")
    rows: Any = db.session.execute(
        select(Renewal.id, Renewal.number, Placement.id, follows.number, follows.ended_reason)
        .join(Placement, Placement.id == Renewal.placement_id)
        .join(Agreement, Agreement.id == Placement.agreement_id)
        .join(after, after.id == Renewal.next_placement_id)
        .join(follows, follows.id == after.agreement_id)
        .where(
            Placement.status.in_(HOLDS_SPACE),
            Agreement.status.in_((AgreementStatus.SIGNED, AgreementStatus.IN_FORCE)),
            after.status == PlacementStatus.ENDED,
            after.live_at.is_(None),
            ~select(ShelfLetter.id).where(ShelfLetter.key == key).exists(),
        )
        .order_by(Renewal.id)
    )
    return [CalledOff(*row) for row in rows]


def get_place(placement_id: int) -> Place:
    """Return a place as letters name it."""
    number, product, store, fixture, shelf, facings, until_on = db.session.execute(
        select(
            Placement.number,
            ProductSheet.name,
            Store.name,
            Fixture.name,
            Shelf.number,
            Placement.facings,
            Placement.until_on,
        )
        .join(ProductSheet, ProductSheet.id == Placement.sheet_id)
        .join(Store, Store.id == Placement.store_id)
        .join(Shelf, Shelf.id == Placement.shelf_id)
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .where(Placement.id == placement_id)
    ).one()
    return Place(number, product, store, f"{fixture} ambalan {shelf}", facings, until_on)
