"""Goods leave a shelf unsold: asked, picked up, received by their producer, or destroyed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.kernel.text import paper_number
from pol.notices import services as notices
from pol.partnership.agreements.models import Agreement
from pol.partnership.consignment.models import Batch, ReturnLine, ReturnNote
from pol.partnership.consignment.queries.people import keeps_stall, list_producers
from pol.partnership.consignment.rules import ReturnReason, ReturnStatus, StockEventKind
from pol.partnership.consignment.rules.returning import (
    STATUS_WORDS,
    NothingToReturn,
    Piece,
    RecallStays,
    TwoProducers,
    bearer_of,
    check_step,
    check_takes_back,
)
from pol.partnership.consignment.rules.stock import check_left
from pol.partnership.consignment.services.stock import Move, hold_store, move
from pol.partnership.slots.rules import CoopForm

LINK = "/pedagang/rak/retur"


def ask_return(*, store_id: int, pieces: Sequence[Piece], reason: ReturnReason, key: str,
               note: str = "", actor_id: int, now: datetime,
               asked_by_id: int | None = None) -> ReturnNote:  # fmt: skip
    """Write down what is to leave a store's shelf; the same key again gives the same note.

    `asked_by_id` is who wants it when that is not who writes it down.

    Goods stay on the shelf's record until they are picked up or destroyed.

    :raises NothingToReturn: no quantity was given
    :raises TwoProducers: the batches belong to more than one producer
    :raises NotThatMany: fewer are on the shelf
    """
    hold_store(store_id)
    known = db.session.scalar(
        select(ReturnNote).where(ReturnNote.key == key, ReturnNote.store_id == store_id)
    )
    if known:
        return known
    batches = _batches(store_id, pieces)
    if not batches:
        raise NothingToReturn
    if len({batch.stall_id for batch in batches.values()}) > 1:
        raise TwoProducers
    for piece in pieces:
        batch = batches[piece.batch_id]
        check_left(batch.code, there=batch.on_shelf, asked=piece.quantity)
    made = ReturnNote(
        number=paper_number("RT", business_day(now)),
        key=key,
        stall_id=batches[pieces[0].batch_id].stall_id,
        store_id=store_id,
        reason=reason,
        status=ReturnStatus.ASKED,
        note=note,
        asked_at=now,
        asked_by_id=asked_by_id or actor_id,
    )
    db.session.add(made)
    db.session.flush()
    _add_lines(made, pieces, batches)
    _note(made, actor_id=actor_id, now=now)
    return made


def _batches(store_id: int, pieces: Sequence[Piece]) -> dict[int, Batch]:
    ids = [piece.batch_id for piece in pieces]
    rows = db.session.scalars(
        select(Batch)
        .where(Batch.id.in_(ids), Batch.store_id == store_id)
        .execution_options(populate_existing=True)
    )
    found = {batch.id: batch for batch in rows}
    if set(found) != set(ids):
        raise NotFound
    return found


def _add_lines(made: ReturnNote, pieces: Sequence[Piece], batches: dict[int, Batch]) -> None:
    for piece in pieces:
        terms = db.session.get_one(Agreement, batches[piece.batch_id].agreement_id)
        db.session.add(
            ReturnLine(
                note_id=made.id,
                batch_id=piece.batch_id,
                bearer=bearer_of(made.reason, terms),
                quantity=piece.quantity,
            )
        )
    db.session.flush()


def pick_up(*, note: ReturnNote, actor_id: int, now: datetime) -> None:
    """Hand goods over to their producer: they leave the shelf now.

    :raises BoughtStays: the store has bought them
    """
    for form in _forms(note):
        check_takes_back(form, note.reason)
    _leave(note, ReturnStatus.PICKED_UP, StockEventKind.RETURNED, actor_id=actor_id, now=now)
    note.picked_up_at, note.picked_up_by_id = now, actor_id


def _forms(note: ReturnNote) -> Sequence[CoopForm]:
    """Return the forms of the agreements under which the goods of a note came."""
    asked = (
        select(Agreement.form)
        .join(Batch, Batch.agreement_id == Agreement.id)
        .join(ReturnLine, ReturnLine.batch_id == Batch.id)
    )
    return db.session.scalars(asked.where(ReturnLine.note_id == note.id).distinct()).all()


def destroy(*, note: ReturnNote, actor_id: int, now: datetime) -> None:
    """Destroy goods in the store: they leave the shelf now, and the note is done."""
    _leave(note, ReturnStatus.DESTROYED, StockEventKind.DESTROYED, actor_id=actor_id, now=now)
    note.done_at, note.done_by_id = now, actor_id


def receive_return(*, note: ReturnNote, actor_id: int, now: datetime) -> None:
    """The producer has the goods again."""
    check_step(note.status, ReturnStatus.RECEIVED)
    note.status, note.done_at, note.done_by_id = ReturnStatus.RECEIVED, now, actor_id
    audit.record(
        action="return.received", subject=f"return:{note.number}", actor_id=actor_id, now=now
    )


def drop_return(*, note: ReturnNote, actor_id: int, now: datetime) -> None:
    """Leave the goods where they are after all; what their producer recalled, only its producer.

    :raises RecallStays: the producer asked for it, and the store drops it
    """
    check_step(note.status, ReturnStatus.DROPPED)
    by, asked_by = (
        keeps_stall(user_id=user_id, stall_id=note.stall_id)
        for user_id in (actor_id, note.asked_by_id)
    )
    if note.reason is ReturnReason.RECALL and asked_by and not by:
        raise RecallStays
    note.status = ReturnStatus.DROPPED
    audit.record(
        action="return.dropped", subject=f"return:{note.number}", actor_id=actor_id, now=now
    )


def _leave(note: ReturnNote, to: ReturnStatus, kind: StockEventKind, *, actor_id: int,
           now: datetime) -> None:  # fmt: skip
    check_step(note.status, to)
    held = hold_store(note.store_id)
    lines = db.session.scalars(
        select(ReturnLine).where(ReturnLine.note_id == note.id).order_by(ReturnLine.id)
    ).all()
    for line in lines:
        batch = db.session.get_one(Batch, line.batch_id, populate_existing=True)
        if note.reason is ReturnReason.RECALL:  # tills may have sold some of it meanwhile
            if not batch.on_shelf:
                continue
            line.quantity = min(line.quantity, batch.on_shelf)
        by = Move(kind, line.quantity, f"return:{line.id}", note.reason.value)
        line.event_id = move(batch, by, held=held, actor_id=actor_id, now=now).id
    note.status = to
    _note(note, actor_id=actor_id, now=now)


def _note(note: ReturnNote, *, actor_id: int, now: datetime) -> None:
    """Write it down, and tell the producer."""
    audit.record(
        action=f"return.{note.status.value}",
        subject=f"return:{note.number}",
        actor_id=actor_id,
        now=now,
        reason=note.reason.value,
    )
    for person in list_producers(stall_id=note.stall_id):
        notices.send(
            key=f"return:{note.id}:{note.status.value}:{person.user_id}",
            phone=person.phone,
            user_id=person.user_id,
            title=f"Retur {note.number} {STATUS_WORDS[note.status]}",
            body="Buka suratnya untuk melihat barang, sebab, dan siapa yang menanggung.",
            link=f"{LINK}/{note.number}",
            now=now,
        )
