"""Return notes, as stores and producers see them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.partnership.agreements.models import Agreement
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import Batch, ReturnLine, ReturnNote
from pol.partnership.consignment.queries.stores import Reach
from pol.partnership.consignment.rules import ReturnReason, ReturnStatus
from pol.partnership.slots.models import Retailer, Store
from pol.partnership.slots.rules import Bearer
from pol.stalls.models import Stall, StallMember

SIZE = 20
LEFT_EMPTY = and_(
    ReturnNote.status.not_in((ReturnStatus.ASKED, ReturnStatus.DROPPED)),
    ReturnLine.event_id.is_(None),
)
"""Recalled goods that were sold by the time the note was carried out."""

PIECES = case((LEFT_EMPTY, 0), else_=ReturnLine.quantity)
BY_PRODUCER = (
    exists()
    .where(StallMember.user_id == ReturnNote.asked_by_id)
    .where(StallMember.stall_id == ReturnNote.stall_id)
)


@dataclass(frozen=True)
class ReturnRow:
    """A return note in a list."""

    id: int
    number: str
    status: ReturnStatus
    reason: ReturnReason
    stall_name: str
    store_name: str
    pieces: int
    asked_at: datetime


@dataclass(frozen=True)
class ReturnPiece:
    """Some of one batch, at what it would have been sold for."""

    name: str
    code: str
    expires_on: date | None
    quantity: int
    price: Rupiah
    bearer: Bearer


@dataclass(frozen=True)
class ReturnView:
    """A return note with its lines and both parties."""

    id: int
    number: str
    status: ReturnStatus
    reason: ReturnReason
    note: str
    asked_at: datetime
    picked_up_at: datetime | None
    done_at: datetime | None
    stall_name: str
    store_slug: str
    store_name: str
    store_address: str
    retailer_name: str
    asked_by: str
    by_producer: bool
    lines: list[ReturnPiece] = field(default_factory=list)

    @property
    def moment(self) -> datetime:
        """When it last moved."""
        return self.done_at or self.picked_up_at or self.asked_at


def _page(condition: ColumnElement[bool], cursor: str | None) -> Page[ReturnRow]:
    after = decode_cursor(cursor, shape=(int,))
    asked = (
        select(
            ReturnNote.id,
            ReturnNote.number,
            ReturnNote.status,
            ReturnNote.reason,
            Stall.name,
            Store.name,
            func.sum(PIECES),
            ReturnNote.asked_at,
        )
        .join(ReturnLine, ReturnLine.note_id == ReturnNote.id)
        .join(Stall, Stall.id == ReturnNote.stall_id)
        .join(Store, Store.id == ReturnNote.store_id)
        .where(condition)
        .group_by(ReturnNote.id, Stall.name, Store.name)
        .order_by(ReturnNote.id.desc())
        .limit(SIZE + 1)
    )
    if after:
        asked = asked.where(ReturnNote.id < after[0])
    rows: Any = db.session.execute(asked)
    found = [ReturnRow(*row) for row in rows]
    return cut_page(found, size=SIZE, key=lambda row: (row.id,), is_first=after is None)


def list_returns_of_store(*, store_id: int, cursor: str | None = None) -> Page[ReturnRow]:
    """Return the return notes of a store, newest first."""
    return _page(ReturnNote.store_id == store_id, cursor)


def list_returns_of_stall(*, stall_id: int, cursor: str | None = None) -> Page[ReturnRow]:
    """Return the return notes of a producer, newest first."""
    return _page(ReturnNote.stall_id == stall_id, cursor)


def get_return_of_stall(*, number: str, stall_id: int) -> ReturnView:
    """Return a producer's return note.

    :raises NotFound: there is none, or it is another's
    """
    return _get(ReturnNote.number == number, ReturnNote.stall_id == stall_id)


def get_return_of_store(*, number: str, reach: Reach) -> ReturnView:
    """Return a note of a store within reach.

    :raises NotFound: there is none, or it is of another store
    """
    return _get(*_mine(number, reach))


def lock_return_of_stall(*, number: str, stall_id: int) -> ReturnNote:
    """Return a producer's return note, to change it.

    :raises NotFound: there is none, or it is another's
    """
    return _lock(ReturnNote.number == number, ReturnNote.stall_id == stall_id)


def lock_return_of_store(*, number: str, reach: Reach) -> ReturnNote:
    """Return a note of a store within reach, to change it.

    :raises NotFound: there is none, or it is of another store
    """
    return _lock(*_mine(number, reach))


def lock_recall_of_stall(*, number: str, stall_id: int) -> ReturnNote:
    """Return a note by which a producer takes goods back, to call it off.

    :raises NotFound: there is none, it is another's, or the store asked for it
    """
    return _lock(
        ReturnNote.number == number,
        ReturnNote.stall_id == stall_id,
        ReturnNote.reason == ReturnReason.RECALL,
        BY_PRODUCER,
    )


def _mine(number: str, reach: Reach) -> list[ColumnElement[bool]]:
    stores = select(Store.id).where(Store.retailer_id == reach.retailer_id)
    mine: list[ColumnElement[bool]] = [
        ReturnNote.number == number,
        ReturnNote.store_id.in_(stores),
    ]
    return mine if reach.store_id is None else [*mine, ReturnNote.store_id == reach.store_id]


def _lock(*conditions: ColumnElement[bool]) -> ReturnNote:
    note = db.session.scalar(select(ReturnNote).where(*conditions).with_for_update())
    if note is None:
        raise NotFound
    return note


def _get(*conditions: ColumnElement[bool]) -> ReturnView:
    row: Any = db.session.execute(
        select(
            ReturnNote.id,
            ReturnNote.number,
            ReturnNote.status,
            ReturnNote.reason,
            ReturnNote.note,
            ReturnNote.asked_at,
            ReturnNote.picked_up_at,
            ReturnNote.done_at,
            Stall.name,
            Store.slug,
            Store.name,
            Store.address,
            Retailer.name,
            User.name,
            BY_PRODUCER,
        )
        .join(Stall, Stall.id == ReturnNote.stall_id)
        .join(Store, Store.id == ReturnNote.store_id)
        .join(Retailer, Retailer.id == Store.retailer_id)
        .join(User, User.id == ReturnNote.asked_by_id)
        .where(*conditions)
    ).one_or_none()
    if row is None:
        raise NotFound
    lines: Any = db.session.execute(
        select(
            ProductSheet.name,
            Batch.code,
            Batch.expires_on,
            PIECES,
            Agreement.price,
            ReturnLine.bearer,
        )
        .join(Batch, Batch.id == ReturnLine.batch_id)
        .join(Agreement, Agreement.id == Batch.agreement_id)
        .join(ProductSheet, ProductSheet.id == Batch.sheet_id)
        .join(ReturnNote, ReturnNote.id == ReturnLine.note_id)
        .where(ReturnLine.note_id == row.id)
        .order_by(ReturnLine.id)
    )
    values: Any = (*row, [ReturnPiece(*line) for line in lines])
    return ReturnView(*values)
