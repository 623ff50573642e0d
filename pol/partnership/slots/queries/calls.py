"""Slot calls: lists for each audience, and one call with everything that it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.slots.models import (
    CallCharge,
    CallCriterion,
    CallSpan,
    Fixture,
    Retailer,
    Shelf,
    SlotCall,
    Store,
)
from pol.partnership.slots.rules import CallStatus, CoopForm
from pol.partnership.slots.rules.call import PUBLIC, Criterion
from pol.partnership.slots.rules.terms import Charge

MOST_SHOWN = 200


@dataclass(frozen=True)
class CallRow:
    """A line of a list of calls; `width_mm` is all that it offers."""

    call_id: int
    number: str
    title: str
    retailer_id: int
    retailer_name: str
    form: CoopForm
    status: CallStatus
    from_on: date
    until_on: date
    closes_at: datetime
    margin_bp: int
    stores: int
    width_mm: int


@dataclass(frozen=True)
class SpanRow:
    """A part of a shelf that a call offers, and where that shelf is."""

    shelf_id: int
    store_id: int
    store_name: str
    store_slug: str
    kecamatan_code: str
    fixture_name: str
    fixture_code: str
    shelf_number: int
    shelf_width_mm: int
    height_mm: int
    depth_mm: int
    bottom_mm: int
    level_factor_bp: int
    categories: Sequence[str]
    x_mm: int
    width_mm: int


@dataclass(frozen=True)
class CallView:
    """A call with everything that it says; `call` is the row itself, for reading only."""

    call: SlotCall
    retailer_name: str
    charges: tuple[Charge, ...]
    spans: tuple[SpanRow, ...]
    criteria: tuple[Criterion, ...]

    @property
    def stores(self) -> dict[str, list[SpanRow]]:
        """Return the spans by name of their store."""
        found: dict[str, list[SpanRow]] = {}
        for span in self.spans:
            found.setdefault(span.store_name, []).append(span)
        return found

    @property
    def width_mm(self) -> int:
        """Return all that is offered."""
        return sum(span.width_mm for span in self.spans)


def list_calls_of_retailer(*, retailer_id: int) -> list[CallRow]:
    """Return a retailer's calls, the newest first."""
    return _rows(SlotCall.retailer_id == retailer_id, order=SlotCall.id.desc())


def list_open_calls(*, now: datetime) -> list[CallRow]:
    """Return the calls that one can apply to, the next to close first."""
    return _rows(
        SlotCall.status == CallStatus.OPEN, SlotCall.closes_at > now, order=SlotCall.closes_at
    )


def list_calls(*, statuses: Iterable[CallStatus]) -> list[CallRow]:
    """Return up to 200 calls of the regency in these states, the newest first."""
    return _rows(SlotCall.status.in_(tuple(statuses)), order=SlotCall.id.desc())


def count_calls_by_status(*, retailer_id: int | None = None) -> dict[CallStatus, int]:
    """Return how many calls are in each state, of one retailer or of the whole regency."""
    query = select(SlotCall.status, func.count()).group_by(SlotCall.status)
    if retailer_id is not None:
        query = query.where(SlotCall.retailer_id == retailer_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _rows(*where: ColumnElement[bool], order: Any) -> list[CallRow]:
    spans = (
        select(
            CallSpan.call_id,
            func.count(func.distinct(Shelf.store_id)).label("stores"),
            func.sum(CallSpan.width_mm).label("width"),
        )
        .join(Shelf, Shelf.id == CallSpan.shelf_id)
        .group_by(CallSpan.call_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            *(SlotCall.id, SlotCall.number, SlotCall.title, Retailer.id, Retailer.name),
            *(SlotCall.form, SlotCall.status, SlotCall.from_on, SlotCall.until_on),
            *(SlotCall.closes_at, SlotCall.margin_bp),
            *(func.coalesce(spans.c.stores, 0), func.coalesce(spans.c.width, 0)),
        )
        .join(Retailer, Retailer.id == SlotCall.retailer_id)
        .outerjoin(spans, spans.c.call_id == SlotCall.id)
        .where(*where)
        .order_by(order)
        .limit(MOST_SHOWN)
    )
    return [CallRow(*tuple(row)) for row in rows]


def get_call_of_retailer(*, retailer_id: int, number: str) -> CallView:
    """Return a call of a retailer.

    :raises NotFound: none of theirs
    """
    return _view(SlotCall.number == number, SlotCall.retailer_id == retailer_id)


def get_public_call(*, number: str) -> CallView:
    """Return a call that was published, for everybody.

    :raises NotFound: no such call, or nobody outside may know of it
    """
    return _view(
        SlotCall.number == number,
        SlotCall.status.in_(PUBLIC),
        SlotCall.published_at.is_not(None),
    )


def get_call(*, number: str) -> CallView:
    """Return a call for an officer of the Dinas, who sees all.

    :raises NotFound: no such call
    """
    return _view(SlotCall.number == number)


def read_call(call: SlotCall) -> CallView:
    """Return everything that a call says, as the database has it now."""
    retailer = db.session.scalars(
        select(Retailer.name).where(Retailer.id == call.retailer_id)
    ).one()
    charges: Any = db.session.execute(
        select(
            *(CallCharge.kind, CallCharge.basis, CallCharge.name),
            *(CallCharge.amount, CallCharge.share_bp),
        )
        .where(CallCharge.call_id == call.id)
        .order_by(CallCharge.id)
    )
    criteria: Any = db.session.execute(
        select(CallCriterion.name, CallCriterion.weight)
        .where(CallCriterion.call_id == call.id)
        .order_by(CallCriterion.position, CallCriterion.id)
    )
    return CallView(
        call=call,
        retailer_name=retailer,
        charges=tuple(Charge(*row) for row in charges),
        spans=_spans(call.id),
        criteria=tuple(Criterion(*row) for row in criteria),
    )


def _view(*where: ColumnElement[bool]) -> CallView:
    call = db.session.scalar(select(SlotCall).where(*where))
    if call is None:
        raise NotFound
    return read_call(call)


def _spans(call_id: int) -> tuple[SpanRow, ...]:
    rows = db.session.execute(
        select(
            *(Shelf.id, Store.id, Store.name, Store.slug, Store.kecamatan_code),
            *(Fixture.name, Fixture.code, Shelf.number),
            *(Shelf.width_mm, Shelf.height_mm, Shelf.depth_mm, Shelf.bottom_mm),
            *(Shelf.level_factor_bp, Shelf.categories, CallSpan.x_mm, CallSpan.width_mm),
        )
        .join(Shelf, Shelf.id == CallSpan.shelf_id)
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .join(Store, Store.id == Shelf.store_id)
        .where(CallSpan.call_id == call_id)
        .order_by(Store.name, Store.id, Fixture.position, Fixture.id, Shelf.bottom_mm.desc())
    )
    return tuple(SpanRow(*tuple(row)) for row in rows)


def lock_call_of_retailer(*, retailer_id: int, number: str) -> SlotCall:
    """Return a call of a retailer, held still.

    :raises NotFound: none of theirs
    """
    return _locked(SlotCall.number == number, SlotCall.retailer_id == retailer_id)


def lock_call(call_id: int) -> SlotCall:
    """Return a call for the system itself, held still.

    :raises NotFound: no such call
    """
    return _locked(SlotCall.id == call_id)


def list_due_calls(*, now: datetime) -> list[int]:
    """Return the calls whose deadline has come."""
    return list(
        db.session.scalars(
            select(SlotCall.id)
            .where(SlotCall.status == CallStatus.OPEN, SlotCall.closes_at <= now)
            .order_by(SlotCall.id)
        )
    )


def _locked(*where: ColumnElement[bool]) -> SlotCall:
    call: SlotCall | None = db.session.scalar(
        select(SlotCall).where(*where).with_for_update().execution_options(populate_existing=True)
    )
    if call is None:
        raise NotFound
    return call
