"""Delivery notes, as producers and stores see them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.partnership.agreements.models import Agreement
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import DeliveryLine, DeliveryNote
from pol.partnership.consignment.queries.stores import Reach
from pol.partnership.consignment.rules import DeliveryStatus
from pol.partnership.slots.models import Placement, Retailer, Store
from pol.stalls.models import Stall

SIZE = 20
RECALLED = and_(DeliveryLine.accepted.is_(None), DeliveryLine.reject_reason.is_not(None))


@dataclass(frozen=True)
class NoteRow:
    """A delivery note in a list."""

    id: int
    number: str
    status: DeliveryStatus
    stall_name: str
    store_name: str
    retailer_name: str
    kinds: int
    pieces: int
    prepared_at: datetime
    sent_at: datetime | None
    received_at: datetime | None
    recalled: int
    """How many of its lines their producer took back before they arrived."""


@dataclass(frozen=True)
class LineRow:
    """One batch of a note."""

    id: int
    placement_id: int
    name: str
    sheet_number: str
    batch_code: str
    expires_on: date | None
    sent: int
    accepted: int | None
    rejected: int | None
    reject_reason: str | None
    shelf_life_days: int | None
    min_life_bp: int

    @property
    def recalled(self) -> bool:
        """Whether its producer took it back before it arrived."""
        return self.accepted is None and self.reject_reason is not None


@dataclass(frozen=True)
class NoteView:
    """A note with its lines and both parties."""

    id: int
    number: str
    key: str
    status: DeliveryStatus
    note: str
    prepared_at: datetime
    sent_at: datetime | None
    received_at: datetime | None
    stall_id: int
    stall_name: str
    store_id: int
    store_slug: str
    store_name: str
    store_address: str
    retailer_name: str
    prepared_by: str
    received_by: str | None
    lines: list[LineRow] = field(default_factory=list)

    @property
    def pieces(self) -> int:
        """How many pieces were sent."""
        return sum(line.sent for line in self.lines)

    @property
    def recalled(self) -> bool:
        """Whether some of it is not to be put on a shelf."""
        return any(line.recalled for line in self.lines)


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            DeliveryNote.id,
            DeliveryNote.number,
            DeliveryNote.status,
            Stall.name,
            Store.name,
            Retailer.name,
            func.count(DeliveryLine.id),
            func.sum(DeliveryLine.sent),
            DeliveryNote.prepared_at,
            DeliveryNote.sent_at,
            DeliveryNote.received_at,
            func.sum(case((RECALLED, 1), else_=0)),
        )
        .join(DeliveryLine, DeliveryLine.note_id == DeliveryNote.id)
        .join(Stall, Stall.id == DeliveryNote.stall_id)
        .join(Store, Store.id == DeliveryNote.store_id)
        .join(Retailer, Retailer.id == Store.retailer_id)
        .group_by(DeliveryNote.id, Stall.name, Store.name, Retailer.name)
        .order_by(DeliveryNote.id.desc())
        .limit(SIZE + 1)
    )


def list_notes_of_stall(*, stall_id: int, cursor: str | None = None) -> Page[NoteRow]:
    """Return the notes of a producer, newest first."""
    return _page(_rows().where(DeliveryNote.stall_id == stall_id), cursor)


def list_notes_of_store(
    *, store_id: int, statuses: Sequence[DeliveryStatus], cursor: str | None = None
) -> Page[NoteRow]:
    """Return the notes for a store in these states, newest first."""
    asked = _rows().where(DeliveryNote.store_id == store_id, DeliveryNote.status.in_(statuses))
    return _page(asked, cursor)


def _page(asked: Select[*tuple[Any, ...]], cursor: str | None) -> Page[NoteRow]:
    after = decode_cursor(cursor, shape=(int,))
    if after:
        asked = asked.where(DeliveryNote.id < after[0])
    rows = [NoteRow(*row) for row in db.session.execute(asked)]
    return cut_page(rows, size=SIZE, key=lambda row: (row.id,), is_first=after is None)


def count_on_the_way(*, store_ids: Sequence[int]) -> Counter[int]:
    """Return, by store, how many notes wait to be received."""
    asked = (
        select(DeliveryNote.store_id, func.count())
        .where(DeliveryNote.store_id.in_(store_ids), DeliveryNote.status == DeliveryStatus.SENT)
        .group_by(DeliveryNote.store_id)
    )
    return Counter({row[0]: row[1] for row in db.session.execute(asked)})


def list_batch_codes(*, stall_id: int, day: date) -> list[str]:
    """Return the codes that a producer gave today's goods already."""
    asked = (
        select(DeliveryLine.batch_code)
        .join(DeliveryNote, DeliveryNote.id == DeliveryLine.note_id)
        .where(
            DeliveryNote.stall_id == stall_id, DeliveryLine.batch_code.startswith(f"{day:%y%m%d}")
        )
        .distinct()
    )
    return list(db.session.scalars(asked))


def get_note_of_stall(*, number: str, stall_id: int) -> NoteView:
    """Return a producer's note.

    :raises NotFound: there is none, or it is another's
    """
    return _get(DeliveryNote.number == number, DeliveryNote.stall_id == stall_id)


def get_note_of_store(*, number: str, reach: Reach) -> NoteView:
    """Return a note that has left for a store within reach.

    :raises NotFound: there is none, it is for another store, or it has not left
    """
    return _get(DeliveryNote.number == number, _sent(), *_within(reach))


def lock_note_of_stall(*, number: str, stall_id: int) -> DeliveryNote:
    """Return a producer's note to change it.

    :raises NotFound: there is none, or it is another's
    """
    return _lock(DeliveryNote.number == number, DeliveryNote.stall_id == stall_id)


def lock_note_of_store(*, number: str, reach: Reach) -> DeliveryNote:
    """Return a note that has left for a store within reach, to change it.

    :raises NotFound: there is none, it is for another store, or it has not left
    """
    return _lock(DeliveryNote.number == number, _sent(), *_within(reach))


def _sent() -> ColumnElement[bool]:
    hidden = (DeliveryStatus.PREPARED, DeliveryStatus.DROPPED)
    return DeliveryNote.status.not_in(hidden)


def _within(reach: Reach) -> list[ColumnElement[bool]]:
    stores = select(Store.id).where(Store.retailer_id == reach.retailer_id)
    found: list[ColumnElement[bool]] = [DeliveryNote.store_id.in_(stores)]
    return found if reach.store_id is None else [*found, DeliveryNote.store_id == reach.store_id]


def _lock(*conditions: ColumnElement[bool]) -> DeliveryNote:
    note = db.session.scalar(select(DeliveryNote).where(*conditions).with_for_update())
    if note is None:
        raise NotFound
    return note


def _get(*conditions: ColumnElement[bool]) -> NoteView:
    receiver = aliased(User)
    row: Any = db.session.execute(
        select(
            DeliveryNote.id,
            DeliveryNote.number,
            DeliveryNote.key,
            DeliveryNote.status,
            DeliveryNote.note,
            DeliveryNote.prepared_at,
            DeliveryNote.sent_at,
            DeliveryNote.received_at,
            DeliveryNote.stall_id,
            Stall.name,
            DeliveryNote.store_id,
            Store.slug,
            Store.name,
            Store.address,
            Retailer.name,
            User.name,
            receiver.name,
        )
        .join(Stall, Stall.id == DeliveryNote.stall_id)
        .join(Store, Store.id == DeliveryNote.store_id)
        .join(Retailer, Retailer.id == Store.retailer_id)
        .join(User, User.id == DeliveryNote.prepared_by_id)
        .outerjoin(receiver, receiver.id == DeliveryNote.received_by_id)
        .where(*conditions)
    ).one_or_none()
    if row is None:
        raise NotFound
    values: Any = (*row, _lines(row[0]))
    return NoteView(*values)


def _lines(note_id: int) -> list[LineRow]:
    rows: Any = db.session.execute(
        select(
            DeliveryLine.id,
            DeliveryLine.placement_id,
            ProductSheet.name,
            ProductSheet.number,
            DeliveryLine.batch_code,
            DeliveryLine.expires_on,
            DeliveryLine.sent,
            DeliveryLine.accepted,
            DeliveryLine.rejected,
            DeliveryLine.reject_reason,
            ProductSheet.shelf_life_days,
            Agreement.min_life_bp,
        )
        .join(Placement, Placement.id == DeliveryLine.placement_id)
        .join(Agreement, Agreement.id == Placement.agreement_id)
        .join(ProductSheet, ProductSheet.id == Placement.sheet_id)
        .where(DeliveryLine.note_id == note_id)
        .order_by(DeliveryLine.id)
    )
    return [LineRow(*row) for row in rows]
