"""Places that end soon, and what both sides propose for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import ZERO, Rupiah, total
from pol.kernel.paging import Page, cut_page, decode_cursor, decode_day_cursor
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import Batch
from pol.partnership.settlement.models import Bill, Renewal
from pol.partnership.settlement.queries.bills import is_carried
from pol.partnership.settlement.queries.unbilled import sum_unbilled_extras, sum_unbilled_of_place
from pol.partnership.settlement.rules import RenewalKind, RenewalStatus
from pol.partnership.settlement.rules.bills import Standing
from pol.partnership.settlement.rules.renewing import SOON_DAYS
from pol.partnership.slots.models import Fixture, Placement, Shelf, Store
from pol.partnership.slots.queries.placements import list_chain
from pol.partnership.slots.rules import HOLDS_SPACE, Bearer
from pol.stalls.models import Stall

SIZE = 20
MOVES = 100
"""Most moves that one wall shows; a wall has fewer places."""
IS_ASKED = Renewal.status == RenewalStatus.ASKED


@dataclass(frozen=True)
class EndingRow:
    """A place that ends soon."""

    id: int
    number: str
    sheet_name: str
    stall_name: str
    store_name: str
    facings: int
    until_on: date


@dataclass(frozen=True)
class RenewalRow:
    """A proposal for a place."""

    id: int
    number: str
    placement_number: str
    sheet_name: str
    stall_name: str
    store_name: str
    kind: RenewalKind
    status: RenewalStatus
    asked_by: Bearer
    until_on: date | None
    facings: int | None
    reason: str
    asked_at: datetime
    answer_by: date
    answer: str | None
    fixture_name: str | None
    shelf_number: int | None
    """Where to, if it is about moving."""


def of_stall(stall_id: int) -> ColumnElement[bool]:
    """Return the condition that a place is this producer's."""
    return Placement.stall_id == stall_id


def of_retailer(retailer_id: int) -> ColumnElement[bool]:
    """Return the condition that a place is in a store of this retailer."""
    stores = select(Store.id).where(Store.retailer_id == retailer_id)
    return Placement.store_id.in_(stores)


def list_ending(
    mine: ColumnElement[bool], *, today: date, cursor: str | None = None, size: int = SIZE
) -> Page[EndingRow]:
    """Return places that end soon or whose agreement is over, the next end first.

    Not those for which a proposal waits, nor those that go on as another place.
    """
    query, after = _ending(mine, today=today), decode_day_cursor(cursor)
    if after:
        day, place_id = after
        query = query.where(
            or_(
                Placement.until_on > day,
                and_(Placement.until_on == day, Placement.id > place_id),
            )
        )
    rows = db.session.execute(query.order_by(Placement.until_on, Placement.id).limit(size + 1))
    return cut_page(
        [EndingRow(*row) for row in rows],
        size=size,
        key=lambda row: (row.until_on.isoformat(), row.id),
        is_first=after is None,
    )


def get_ending(mine: ColumnElement[bool], number: str, *, today: date) -> EndingRow:
    """Return one of the places that `list_ending` lists.

    :raises NotFound: none of these
    """
    query = _ending(mine, today=today).where(Placement.number == number)
    row: Any = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return EndingRow(*row)


def _ending(mine: ColumnElement[bool], *, today: date) -> Select[*tuple[Any, ...]]:
    over = select(Agreement.id).where(
        Agreement.status.in_((AgreementStatus.ENDED, AgreementStatus.TERMINATED))
    )
    after = aliased(Placement)
    goes_on = select(after.id).where(
        after.follows_id == Placement.id, after.status.in_(HOLDS_SPACE)
    )
    asked = select(Renewal.id).where(
        Renewal.placement_id == Placement.id, Renewal.status == RenewalStatus.ASKED
    )
    return (
        select(
            Placement.id,
            Placement.number,
            ProductSheet.name,
            Stall.name,
            Store.name,
            Placement.facings,
            Placement.until_on,
        )
        .join(ProductSheet, ProductSheet.id == Placement.sheet_id)
        .join(Stall, Stall.id == Placement.stall_id)
        .join(Store, Store.id == Placement.store_id)
        .where(
            mine,
            Placement.status.in_(HOLDS_SPACE),
            or_(
                Placement.until_on <= today + timedelta(days=SOON_DAYS),
                Placement.agreement_id.in_(over),
            ),
            ~asked.exists(),
            ~goes_on.exists(),
        )
    )


def list_waiting_moves(*, store_id: int) -> Sequence[RenewalRow]:
    """Return proposals to move places of a store that wait for their answer."""
    moves = (Placement.store_id == store_id, Renewal.kind == RenewalKind.MOVE)
    return _list(*moves, IS_ASKED, cursor=None, size=MOVES).rows


def list_to_answer(
    mine: ColumnElement[bool], side: Bearer, *, cursor: str | None = None, size: int = SIZE
) -> Page[RenewalRow]:
    """Return proposals of the other side that wait for this side's answer, newest first."""
    return _list(mine, IS_ASKED, Renewal.asked_by != side, cursor=cursor, size=size)


def list_renewals(
    mine: ColumnElement[bool], *, cursor: str | None = None, size: int = SIZE
) -> Page[RenewalRow]:
    """Return proposals of both sides, newest first."""
    return _list(mine, cursor=cursor, size=size)


def _list(*conditions: ColumnElement[bool], cursor: str | None, size: int) -> Page[RenewalRow]:
    after = decode_cursor(cursor, shape=(int,))
    mine = [*conditions, Renewal.id < after[0]] if after else list(conditions)
    rows: Iterable[Any] = db.session.execute(
        select(
            Renewal.id,
            Renewal.number,
            Placement.number,
            ProductSheet.name,
            Stall.name,
            Store.name,
            Renewal.kind,
            Renewal.status,
            Renewal.asked_by,
            Renewal.until_on,
            Renewal.facings,
            Renewal.reason,
            Renewal.asked_at,
            Renewal.answer_by,
            Renewal.answer,
            Fixture.name,
            Shelf.number,
        )
        .join(Placement, Placement.id == Renewal.placement_id)
        .join(ProductSheet, ProductSheet.id == Placement.sheet_id)
        .join(Stall, Stall.id == Placement.stall_id)
        .join(Store, Store.id == Placement.store_id)
        .outerjoin(Shelf, Shelf.id == Renewal.shelf_id)
        .outerjoin(Fixture, Fixture.id == Shelf.fixture_id)
        .where(*mine)
        .order_by(Renewal.id.desc())
        .limit(size + 1)
    )
    return cut_page(
        [RenewalRow(*row) for row in rows],
        size=size,
        key=lambda row: (row.id,),
        is_first=after is None,
    )


def lock_place(mine: ColumnElement[bool], number: str) -> Placement:
    """Return a place that holds space, held until the end of the transaction.

    :raises NotFound: none of these
    """
    found = db.session.scalars(
        select(Placement)
        .where(mine, Placement.number == number, Placement.status.in_(HOLDS_SPACE))
        .with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def lock_renewal(mine: ColumnElement[bool], number: str) -> tuple[Renewal, Placement]:
    """Return a proposal and its place, both held until the end of the transaction.

    :raises NotFound: none of these
    """
    found = db.session.execute(
        select(Renewal, Placement)
        .join(Placement, Placement.id == Renewal.placement_id)
        .where(mine, Renewal.number == number)
        .with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def is_asked(placement_id: int) -> bool:
    """Answer whether a proposal for a place waits for its answer."""
    asked = select(Renewal.id).where(
        Renewal.placement_id == placement_id, Renewal.status == RenewalStatus.ASKED
    )
    return db.session.scalar(asked.limit(1)) is not None


def list_overdue(*, today: date) -> list[Renewal]:
    """Return proposals that nobody answered in time."""
    return list(
        db.session.scalars(
            select(Renewal).where(Renewal.status == RenewalStatus.ASKED, Renewal.answer_by < today)
        )
    )


def sum_stock(placement_id: int) -> int:
    """Return how many pieces stand at a place, those that came before it was renewed included."""
    query = select(func.sum(Batch.on_shelf)).where(Batch.placement_id.in_(list_chain(placement_id)))
    return int(db.session.scalar(query) or 0)


def sum_balance(placement: Placement, *, today: date) -> Rupiah:
    """Return what is open between the sides of a place, whoever owes it: on bills, and unbilled."""
    retailer_id = db.session.scalars(
        select(Store.retailer_id).where(Store.id == placement.store_id)
    ).one()
    bills = db.session.execute(
        select(Bill.id, Bill.payable, Bill.paid).where(
            Bill.stall_id == placement.stall_id, Bill.retailer_id == retailer_id
        )
    )
    owed = [
        Standing(payable, ZERO, paid).open or Standing(payable, ZERO, paid).owed_back
        for bill_id, payable, paid in bills
        if payable > ZERO or not is_carried(bill_id=bill_id)
    ]
    chain = list_chain(placement.id)
    unbilled = [sum_unbilled_of_place(place_id) for place_id in chain]
    extras = sum_unbilled_extras(
        stall_id=placement.stall_id, retailer_id=retailer_id, place_ids=chain, today=today
    )
    return total([*owed, *unbilled, extras])
