"""Goods on shelves for tests, and a whole small partnership around them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

from pol.identity.models import User
from pol.kernel.db import db
from pol.partnership.agreements.models import Agreement
from pol.partnership.applications.models import Application, ProductSheet
from pol.partnership.consignment.models import Batch, DeliveryLine, DeliveryNote, StockEvent
from pol.partnership.consignment.rules import DeliveryStatus, StockEventKind
from pol.partnership.slots.models import Placement, Retailer, Shelf, SlotCall, Store
from pol.partnership.slots.rules import CallStatus
from pol.stalls.models import Stall
from tests.factories.catalogue import make_stall
from tests.factories.people import make_person
from tests.factories.shelves import (
    add,
    make_agreement,
    make_application,
    make_call,
    make_member,
    make_placement,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)

_numbers = count(1)


def make_batch(
    placement: Placement,
    *,
    quantity: int = 24,
    expires_on: date | None = date(2026, 12, 31),
    received_on: date = date(2026, 1, 10),
) -> Batch:
    """Add goods that a store has received at a placement."""
    number, clerk = next(_numbers), make_person("Pramuniaga Contoh")
    at = datetime(received_on.year, received_on.month, received_on.day, 3, tzinfo=UTC)
    note = add(
        DeliveryNote(
            number=f"SJ-{number:05}",
            key=f"surat-jalan-{number}",
            stall_id=placement.stall_id,
            store_id=placement.store_id,
            status=DeliveryStatus.RECEIVED,
            prepared_at=at,
            prepared_by_id=make_person("Produsen Contoh").id,
            sent_at=at,
            received_at=at,
            received_by_id=clerk.id,
        )
    )
    line = add(
        DeliveryLine(
            note_id=note.id,
            placement_id=placement.id,
            batch_code=f"B{number}",
            expires_on=expires_on,
            sent=quantity,
            accepted=quantity,
            rejected=0,
        )
    )
    batch = add(
        Batch(
            line_id=line.id,
            placement_id=placement.id,
            agreement_id=placement.agreement_id,
            sheet_id=placement.sheet_id,
            stall_id=placement.stall_id,
            store_id=placement.store_id,
            code=line.batch_code,
            expires_on=expires_on,
            received_on=received_on,
        )
    )
    add(
        StockEvent(
            key=f"terima:{line.id}",
            batch_id=batch.id,
            kind=StockEventKind.RECEIVED,
            quantity=quantity,
            day=received_on,
            at=at,
            actor_id=clerk.id,
        )
    )
    db.session.refresh(batch)
    return batch


@dataclass(frozen=True)
class Partnership:
    """A whole small partnership: one product of one producer on one shelf of one store."""

    retailer: Retailer
    owner: User
    store: Store
    shelf: Shelf
    call: SlotCall
    stall: Stall
    sheet: ProductSheet
    application: Application
    agreement: Agreement
    placement: Placement
    batch: Batch


def make_partnership(*, stall: Stall | None = None, retailer: Retailer | None = None,
                     quantity: int = 24) -> Partnership:  # fmt: skip
    """Add everything from a retailer to goods on its shelf."""
    retailer = retailer or make_retailer()
    owner, store = make_member(retailer), make_store(retailer)
    shelf = make_shelf(store)
    call = make_call(retailer, shelves=[shelf], by=owner, status=CallStatus.DONE)
    stall = stall or make_stall(name="UMKM Contoh")
    sheet = make_sheet(stall)
    application = make_application(call, sheet, stores=[store])
    agreement = make_agreement(application, call)
    placement = make_placement(application, shelf, agreement=agreement)
    batch = make_batch(placement, quantity=quantity)
    return Partnership(
        retailer, owner, store, shelf, call, stall, sheet, application, agreement, placement, batch
    )
