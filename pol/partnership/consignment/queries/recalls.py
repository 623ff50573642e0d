"""What a producer can still take back from shelves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import Batch, ReturnLine, ReturnNote
from pol.partnership.consignment.queries.returns import BY_PRODUCER
from pol.partnership.consignment.rules import ReturnReason, ReturnStatus
from pol.partnership.consignment.rules.returning import Recall


@dataclass(frozen=True)
class RecallRow:
    """A code of one product, over all stores; `batch_id` is one of its batches."""

    batch_id: int
    name: str
    code: str
    expires_on: date | None
    pieces: int
    stores: int


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
    """Return every code of a stall's goods on shelves that is not being taken back already."""
    rows: Any = db.session.execute(
        select(
            func.min(Batch.id),
            ProductSheet.name,
            Batch.code,
            func.min(Batch.expires_on),
            func.sum(Batch.on_shelf),
            func.count(Batch.store_id.distinct()),
        )
        .join(ProductSheet, ProductSheet.id == Batch.sheet_id)
        .where(Batch.stall_id == stall_id, *_is_left())
        .group_by(ProductSheet.id, Batch.code)
        .order_by(ProductSheet.name, ProductSheet.id, func.min(Batch.id))
    )
    return [RecallRow(*row) for row in rows]


def get_batch_of_stall(*, batch_id: int, stall_id: int) -> Batch:
    """Return a batch of a stall.

    :raises NotFound: the stall has no such batch
    """
    found = db.session.scalar(select(Batch).where(Batch.id == batch_id, Batch.stall_id == stall_id))
    if found is None:
        raise NotFound
    return found


def list_left_of_batch(batch: Batch) -> Sequence[Batch]:
    """Return the batches of the same product and code that can be taken back, store by store."""
    same = (Batch.stall_id == batch.stall_id, Batch.sheet_id == batch.sheet_id)
    return db.session.scalars(
        select(Batch)
        .where(*same, Batch.code == batch.code, *_is_left())
        .order_by(Batch.store_id, Batch.id)
        .execution_options(populate_existing=True)
    ).all()


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
            ReturnNote.reason == ReturnReason.RECALL,
            ReturnNote.status != ReturnStatus.DROPPED,
            Batch.on_shelf > 0,
        )
        .order_by(ReturnNote.id)
    )
    newest: dict[int, Recall] = {}
    for row in rows:
        values: Any = (*row[:-1], business_day(row.asked_at))
        newest[row.id] = Recall(*values)
    return list(newest.values())


def list_recalled_since(*, stall_id: int, moment: datetime) -> dict[tuple[int, str], date]:
    """Return the codes that a producer took back since a moment, by product, with their day."""
    rows = db.session.execute(
        select(Batch.sheet_id, Batch.code, func.max(ReturnNote.asked_at))
        .join(ReturnLine, ReturnLine.batch_id == Batch.id)
        .join(ReturnNote, ReturnNote.id == ReturnLine.note_id)
        .where(
            ReturnNote.stall_id == stall_id,
            ReturnNote.reason == ReturnReason.RECALL,
            ReturnNote.status != ReturnStatus.DROPPED,
            ReturnNote.asked_at >= moment,
            BY_PRODUCER,
        )
        .group_by(Batch.sheet_id, Batch.code)
    )
    return {(sheet_id, code): business_day(asked_at) for sheet_id, code, asked_at in rows}
