"""What a producer can still take back: from shelves, and on its way to them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import (
    Batch,
    DeliveryLine,
    DeliveryNote,
    ReturnLine,
    ReturnNote,
)
from pol.partnership.consignment.rules import DeliveryStatus, ReturnReason, ReturnStatus
from pol.partnership.consignment.rules.returning import Recall
from pol.partnership.slots.models import Placement

ON_THE_WAY = (
    DeliveryNote.status == DeliveryStatus.SENT,
    DeliveryLine.accepted.is_(None),
    DeliveryLine.reject_reason.is_(None),
)
"""Goods that have left and were not recalled."""
TAKEN_BACK = (
    ReturnNote.reason == ReturnReason.RECALL,
    ReturnNote.status != ReturnStatus.DROPPED,
    Batch.on_shelf > 0,
)
"""Goods that are still there although they were recalled."""

RECALLED = (*ON_THE_WAY[:2], DeliveryLine.reject_reason.is_not(None))


@dataclass(frozen=True)
class RecallRow:
    """A code of one product, over all stores; `line_id` is one of the lines that brought it."""

    line_id: int
    name: str
    code: str
    expires_on: date | None
    on_shelf: int
    on_the_way: int
    stores: int


@dataclass(frozen=True)
class Code:
    """A code of one product of a stall."""

    stall_id: int
    sheet_id: int
    code: str


def _is_left() -> Sequence[ColumnElement[bool]]:
    """Say that a batch stands on a shelf and no recall of it waits."""
    waiting = (
        exists()
        .where(ReturnLine.batch_id == Batch.id)
        .where(ReturnNote.id == ReturnLine.note_id)
        .where(ReturnNote.reason == ReturnReason.RECALL, ReturnNote.status == ReturnStatus.ASKED)
    )
    return (Batch.on_shelf > 0, ~waiting)


def list_recallable(*, stall_id: int) -> list[RecallRow]:
    """Return every code of a stall's goods, on shelves or on the way, that may be taken back."""
    rows: Any = db.session.execute(
        select(
            func.min(DeliveryLine.id),
            ProductSheet.name,
            DeliveryLine.batch_code,
            func.min(DeliveryLine.expires_on),
            func.sum(func.coalesce(Batch.on_shelf, 0)),
            func.sum(case((Batch.id.is_(None), DeliveryLine.sent), else_=0)),
            func.count(DeliveryNote.store_id.distinct()),
        )
        .join(DeliveryNote, DeliveryNote.id == DeliveryLine.note_id)
        .join(Placement, Placement.id == DeliveryLine.placement_id)
        .join(ProductSheet, ProductSheet.id == Placement.sheet_id)
        .outerjoin(Batch, Batch.line_id == DeliveryLine.id)
        .where(
            DeliveryNote.stall_id == stall_id,
            or_(and_(*_is_left()), and_(*ON_THE_WAY)),
        )
        .group_by(ProductSheet.id, DeliveryLine.batch_code)
        .order_by(ProductSheet.name, ProductSheet.id, func.min(DeliveryLine.id))
    )
    return [RecallRow(*row) for row in rows]


def list_recalls(*, store_id: int) -> list[Recall]:
    """Return the batches in a store that their producer takes back, those with goods left.

    A recall holds until its note is dropped: what turns up after the goods were handed over is
    still not to be sold. A batch that was recalled twice counts by its newest note.
    """
    rows: Any = db.session.execute(
        select(
            Batch.id,
            ReturnNote.id,
            ReturnNote.number,
            Batch.stall_id,
            ProductSheet.name,
            Batch.code,
            Batch.on_shelf,
            ReturnNote.asked_at,
        )
        .join(ReturnLine, ReturnLine.batch_id == Batch.id)
        .join(ReturnNote, ReturnNote.id == ReturnLine.note_id)
        .join(ProductSheet, ProductSheet.id == Batch.sheet_id)
        .where(
            ReturnNote.store_id == store_id,
            *TAKEN_BACK,
        )
        .order_by(ReturnNote.id)
    )
    newest: dict[int, Recall] = {}
    for row in rows:
        values: Any = (*row[:-1], business_day(row.asked_at))
        newest[row.id] = Recall(*values)
    return list(newest.values())


def count_recalled(*, store_ids: Sequence[int]) -> Counter[int]:
    """Return, by store, how many recalled batches stand there or are on their way."""
    standing = (
        select(Batch.store_id, func.count(Batch.id.distinct()))
        .join(ReturnLine, ReturnLine.batch_id == Batch.id)
        .join(ReturnNote, ReturnNote.id == ReturnLine.note_id)
        .where(Batch.store_id.in_(store_ids), *TAKEN_BACK)
        .group_by(Batch.store_id)
    )
    coming = (
        select(DeliveryNote.store_id, func.count())
        .join(DeliveryLine, DeliveryLine.note_id == DeliveryNote.id)
        .where(DeliveryNote.store_id.in_(store_ids), *RECALLED)
        .group_by(DeliveryNote.store_id)
    )
    found: Counter[int] = Counter()
    for query in (standing, coming):
        found.update({row[0]: row[1] for row in db.session.execute(query)})
    return found


@dataclass(frozen=True)
class ComingRow:
    """Recalled goods on their way to a store."""

    number: str
    name: str
    code: str
    why: str
    pieces: int


def list_coming(*, store_id: int) -> list[ComingRow]:
    """Return the recalled goods that are on their way to a store."""
    rows: Any = db.session.execute(
        select(
            DeliveryNote.number,
            ProductSheet.name,
            DeliveryLine.batch_code,
            DeliveryLine.reject_reason,
            DeliveryLine.sent,
        )
        .join(DeliveryLine, DeliveryLine.note_id == DeliveryNote.id)
        .join(Placement, Placement.id == DeliveryLine.placement_id)
        .join(ProductSheet, ProductSheet.id == Placement.sheet_id)
        .where(DeliveryNote.store_id == store_id, *RECALLED)
        .order_by(DeliveryLine.id)
    )
    return [ComingRow(*row) for row in rows]


def get_code_of_stall(*, line_id: int, stall_id: int) -> Code:
    """Return the code that a line of a stall's delivery brings.

    :raises NotFound: the stall has no such line
    """
    row = db.session.execute(
        select(DeliveryNote.stall_id, Placement.sheet_id, DeliveryLine.batch_code)
        .join(DeliveryNote, DeliveryNote.id == DeliveryLine.note_id)
        .join(Placement, Placement.id == DeliveryLine.placement_id)
        .where(DeliveryLine.id == line_id, DeliveryNote.stall_id == stall_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return Code(*row)


def list_stores_with(code: Code) -> list[int]:
    """Return the stores where a code can be taken back, or to which it is on its way."""
    shelves = select(Batch.store_id).where(*_is_of(code), *_is_left())
    ways = (
        select(DeliveryNote.store_id)
        .join(DeliveryLine, DeliveryLine.note_id == DeliveryNote.id)
        .join(Placement, Placement.id == DeliveryLine.placement_id)
        .where(*_brings(code), *ON_THE_WAY)
    )
    return sorted(db.session.scalars(shelves.union(ways)))


def list_left_of(code: Code, *, store_id: int) -> Sequence[Batch]:
    """Return the batches of a code that a store can be asked for."""
    return db.session.scalars(
        select(Batch)
        .where(*_is_of(code), Batch.store_id == store_id, *_is_left())
        .order_by(Batch.id)
        .execution_options(populate_existing=True)
    ).all()


def list_on_the_way(code: Code, *, store_id: int) -> Sequence[tuple[DeliveryNote, DeliveryLine]]:
    """Return the lines that bring a code to a store and were not recalled, with their notes."""
    return _lines(*_brings(code), *ON_THE_WAY, DeliveryNote.store_id == store_id)


def list_recalled_of_note(note_id: int) -> Sequence[tuple[DeliveryNote, DeliveryLine]]:
    """Return the recalled lines of a note that has not arrived."""
    return _lines(*RECALLED, DeliveryNote.id == note_id)


def list_recalled_to_store(
    code: Code, *, store_id: int
) -> Sequence[tuple[DeliveryNote, DeliveryLine]]:
    """Return the recalled lines that bring a code to a store."""
    return _lines(*_brings(code), *RECALLED, DeliveryNote.store_id == store_id)


def list_codes_of(note: ReturnNote) -> list[Code]:
    """Return the codes that a return note is about."""
    rows = db.session.execute(
        select(Batch.stall_id, Batch.sheet_id, Batch.code)
        .join(ReturnLine, ReturnLine.batch_id == Batch.id)
        .where(ReturnLine.note_id == note.id)
        .distinct()
    )
    return [Code(*row) for row in rows]


def _is_of(code: Code) -> tuple[ColumnElement[bool], ...]:
    same = (Batch.stall_id == code.stall_id, Batch.sheet_id == code.sheet_id)
    return (*same, Batch.code == code.code)


def _brings(code: Code) -> tuple[ColumnElement[bool], ...]:
    same = (DeliveryNote.stall_id == code.stall_id, Placement.sheet_id == code.sheet_id)
    return (*same, DeliveryLine.batch_code == code.code)


def _lines(*conditions: ColumnElement[bool]) -> Sequence[tuple[DeliveryNote, DeliveryLine]]:
    rows = db.session.execute(
        select(DeliveryNote, DeliveryLine)
        .join(DeliveryLine, DeliveryLine.note_id == DeliveryNote.id)
        .join(Placement, Placement.id == DeliveryLine.placement_id)
        .where(*conditions)
        .order_by(DeliveryLine.id)
        .execution_options(populate_existing=True)
    )
    return [(note, line) for note, line in rows]
