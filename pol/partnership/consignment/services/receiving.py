"""Stores take goods in: accepted and rejected per line, batches and their first event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.notices import services as notices
from pol.partnership.agreements.services.ending import open_place
from pol.partnership.consignment.models import Batch, DeliveryLine, DeliveryNote, StockEvent
from pol.partnership.consignment.queries.people import keeps_stall, list_producers
from pol.partnership.consignment.queries.terms import list_goods
from pol.partnership.consignment.rules import DeliveryStatus, ReturnReason, StockEventKind
from pol.partnership.consignment.rules.delivery import (
    STATUS_WORDS,
    Goods,
    NoPlaceHere,
    SenderReceives,
    check_not_shelved,
    check_parts,
    check_sound,
    check_step,
    outcome,
)
from pol.partnership.consignment.rules.returning import Piece
from pol.partnership.consignment.services.returns import ask_return
from pol.partnership.consignment.services.stock import hold_store
from pol.partnership.slots.models import Placement
from pol.partnership.slots.queries.placements import lock_place
from pol.partnership.slots.rules import PlacementStatus


@dataclass(frozen=True)
class Taken:
    """What a store takes of one line, and why not the rest."""

    accepted: int
    reason: str = ""
    to_return: bool = False
    """Taken in only to go back or be destroyed, as recalled goods are."""


def receive_delivery(*, note: DeliveryNote, taken: Mapping[int, Taken], clerk_id: int,
                     now: datetime) -> None:  # fmt: skip
    """Take in what is accepted; `taken` is by line, and a line that it leaves out is rejected.

    A note that was received already stays as it is, so that a second press changes nothing.

    :raises SenderReceives: the receiver prepared or sent it, or keeps the producer's stall
    :raises Refused: what is accepted is not sound
    :raises RecalledOnTheWay: it was recalled, and is not taken in to be returned or destroyed
    """
    if note.received_at is not None and note.received_by_id == clerk_id:
        return
    _check_receiver(note, clerk_id)
    hold_store(note.store_id)
    lines = _lock_lines(note)
    goods = list_goods([line.placement_id for line in lines])
    recalled, day = [line for line in lines if _recall_of(line)], business_day(now)
    for line in lines:
        _take(line, taken.get(line.id, Taken(0)), of=goods[line.placement_id], day=day)
    became = outcome((line.sent, line.accepted or 0) for line in lines)
    check_step(note.status, became)
    note.status, note.received_at, note.received_by_id = became, now, clerk_id
    db.session.flush()
    placed = {
        line.id: _place(note, line, of=goods[line.placement_id].name, clerk_id=clerk_id, now=now)
        for line in lines
        if line.accepted
    }
    _tell(note, clerk_id=clerk_id, now=now)
    back = [placed[line.id] for line in recalled if line.id in placed]
    if back:
        _give_back(note, back, recalled[0].reject_reason or "", clerk_id=clerk_id, now=now)


def _check_receiver(note: DeliveryNote, clerk_id: int) -> None:
    sender = clerk_id in (note.prepared_by_id, note.sent_by_id)
    if sender or keeps_stall(user_id=clerk_id, stall_id=note.stall_id):
        raise SenderReceives


def _lock_lines(note: DeliveryNote) -> list[DeliveryLine]:
    """Return the lines as they are now that the store is held: a recall may have come first."""
    rows = db.session.scalars(
        select(DeliveryLine)
        .where(DeliveryLine.note_id == note.id)
        .order_by(DeliveryLine.id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


def _recall_of(line: DeliveryLine) -> str | None:
    """Return what its producer said of a line that was recalled before it arrived."""
    return line.reject_reason if line.accepted is None else None


def _take(line: DeliveryLine, part: Taken, *, of: Goods, day: date) -> None:
    """Write on a line what is taken in; the producer's word on a recall is reason enough."""
    recalled = _recall_of(line)
    reason = part.reason.strip() or recalled or ""
    check_parts(of.name, sent=line.sent, accepted=part.accepted, reason=reason)
    if part.accepted:
        check_sound(of, expires_on=line.expires_on, day=day)
        if recalled:
            check_not_shelved(of.name, code=line.batch_code, to_return=part.to_return)
    line.accepted, line.rejected = part.accepted, line.sent - part.accepted
    line.reject_reason = recalled or reason or None


def _place(note: DeliveryNote, line: DeliveryLine, *, of: str, clerk_id: int,
           now: datetime) -> Batch:  # fmt: skip
    """Put accepted goods on their shelf; the first of them make a reserved place a live one."""
    day, place = business_day(now), db.session.get_one(Placement, line.placement_id)
    if place.status is PlacementStatus.ENDED or place.agreement_id is None:
        raise NoPlaceHere(name=of)
    if place.status is PlacementStatus.RESERVED:
        open_place(placement=lock_place(place.id), now=now)
    batch = Batch(
        line_id=line.id,
        placement_id=place.id,
        agreement_id=place.agreement_id,
        sheet_id=place.sheet_id,
        stall_id=note.stall_id,
        store_id=note.store_id,
        code=line.batch_code,
        expires_on=line.expires_on,
        received_on=day,
    )
    db.session.add(batch)
    db.session.flush()
    db.session.add(
        StockEvent(
            key=f"receive:{line.id}",
            batch_id=batch.id,
            kind=StockEventKind.RECEIVED,
            quantity=line.accepted,
            day=day,
            at=now,
            actor_id=clerk_id,
        )
    )
    db.session.flush()
    db.session.refresh(batch)
    return batch


def _give_back(note: DeliveryNote, batches: Sequence[Batch], why: str, *, clerk_id: int,
               now: datetime) -> None:  # fmt: skip
    """Write the return note of recalled goods; in their producer's name, who alone calls it off."""
    ask_return(
        store_id=note.store_id,
        pieces=[Piece(batch.id, batch.on_shelf) for batch in batches],
        reason=ReturnReason.RECALL,
        key=f"recalled-on-the-way:{note.id}",
        note=why,
        actor_id=clerk_id,
        asked_by_id=note.sent_by_id or note.prepared_by_id,
        now=now,
    )


def _tell(note: DeliveryNote, *, clerk_id: int, now: datetime) -> None:
    subject = f"delivery:{note.number}"
    audit.record(
        action="delivery.received",
        subject=subject,
        actor_id=clerk_id,
        now=now,
        status=note.status.value,
    )
    words = STATUS_WORDS[DeliveryStatus(note.status)]
    for person in list_producers(stall_id=note.stall_id):
        notices.send(
            key=f"delivery-received:{note.id}:{person.user_id}",
            phone=person.phone,
            user_id=person.user_id,
            title=f"Kiriman {note.number} {words}",
            body=f"Surat jalan {note.number} {words} di toko. Tanda terimanya ada di catatan.",
            link=f"/pedagang/rak/kirim/{note.number}",
            now=now,
        )
