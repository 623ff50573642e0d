"""Producers bring goods: a delivery note is prepared, sent, or dropped before it leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import paper_number
from pol.notices import services as notices
from pol.partnership.consignment.models import DeliveryLine, DeliveryNote
from pol.partnership.consignment.queries.people import list_store_people
from pol.partnership.consignment.queries.terms import PlaceRow, list_goods, list_places
from pol.partnership.consignment.rules import DeliveryStatus
from pol.partnership.consignment.rules.delivery import (
    MOST_PIECES,
    NoPlaceHere,
    NothingToDeliver,
    PartsDoNotFit,
    check_sound,
    check_step,
)
from pol.stalls.queries.own import lock_stall


@dataclass(frozen=True)
class Load:
    """Some pieces of one batch for one place."""

    placement_id: int
    quantity: int
    batch_code: str
    expires_on: date | None
    made_on: date | None = None


def prepare_delivery(*, stall_id: int, store_slug: str, loads: Sequence[Load], key: str,
                     note: str = "", actor_id: int, now: datetime) -> DeliveryNote:  # fmt: skip
    """Write a delivery note; the same key again gives the same note.

    :raises NothingToDeliver: no line has a quantity
    :raises NoPlaceHere: a product has no place there under an agreement in force
    """
    lock_stall(stall_id=stall_id)
    known = db.session.scalar(
        select(DeliveryNote).where(DeliveryNote.key == key, DeliveryNote.stall_id == stall_id)
    )
    if known:
        return known
    day = business_day(now)
    places = {
        place.placement_id: place
        for place in list_places(stall_id=stall_id, store_slug=store_slug, day=day)
    }
    _check_loads(loads, places, day)
    made = DeliveryNote(
        number=paper_number("SJ", day),
        key=key,
        stall_id=stall_id,
        store_id=places[loads[0].placement_id].store_id,
        status=DeliveryStatus.PREPARED,
        note=note,
        prepared_at=now,
        prepared_by_id=actor_id,
    )
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        DeliveryLine(
            note_id=made.id,
            placement_id=load.placement_id,
            batch_code=load.batch_code,
            made_on=load.made_on,
            expires_on=load.expires_on,
            sent=load.quantity,
        )
        for load in loads
    )
    return made


def _check_loads(loads: Sequence[Load], places: Mapping[int, PlaceRow], day: date) -> None:
    if not loads:
        raise NothingToDeliver
    goods = list_goods(places)
    for load in loads:
        if load.placement_id not in places:
            raise NoPlaceHere(name="Produk itu")
        name = places[load.placement_id].name
        if not 0 < load.quantity <= MOST_PIECES:
            raise PartsDoNotFit(name=name, accepted=load.quantity, sent=MOST_PIECES)
        check_sound(goods[load.placement_id], expires_on=load.expires_on, day=day)


def send_delivery(*, note: DeliveryNote, actor_id: int, now: datetime) -> None:
    """Let a prepared note leave, and tell the store; a note that has left stays as it is.

    The checks of the day on which it was prepared are made again.
    """
    if note.status is DeliveryStatus.SENT:
        return
    check_step(note.status, DeliveryStatus.SENT)
    lines = db.session.scalars(select(DeliveryLine).where(DeliveryLine.note_id == note.id)).all()
    goods = list_goods([line.placement_id for line in lines])
    for line in lines:
        check_sound(goods[line.placement_id], expires_on=line.expires_on, day=business_day(now))
    note.status, note.sent_at, note.sent_by_id = DeliveryStatus.SENT, now, actor_id
    audit.record(
        action="delivery.sent", subject=f"delivery:{note.number}", actor_id=actor_id, now=now
    )
    for person in list_store_people(store_id=note.store_id):
        notices.send(
            key=f"delivery-sent:{note.id}:{person.user_id}",
            phone=person.phone,
            user_id=person.user_id,
            title=f"Barang {note.number} sedang diantar",
            body=f"Surat jalan {note.number} berisi {len(lines)} macam barang. Terima dengan "
            "memindai QR-nya atau dari daftar kiriman.",
            link=f"/peritel/barang/terima/{note.number}",
            now=now,
        )


def drop_delivery(*, note: DeliveryNote, actor_id: int, now: datetime) -> None:
    """Take a note back that has not left."""
    check_step(note.status, DeliveryStatus.DROPPED)
    note.status = DeliveryStatus.DROPPED
    audit.record(
        action="delivery.dropped", subject=f"delivery:{note.number}", actor_id=actor_id, now=now
    )
