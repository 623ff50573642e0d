"""Small steps that the tests of consigned goods share."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from pol.identity.models import User
from pol.kernel.db import db
from pol.partnership.consignment.models import Batch, DeliveryLine, DeliveryNote, SaleLine
from pol.partnership.consignment.queries.deliveries import get_note_of_stall, lock_note_of_stall
from pol.partnership.consignment.rules import SaleSource
from pol.partnership.consignment.services.deliveries import Load, prepare_delivery, send_delivery
from pol.partnership.consignment.services.receiving import Taken, receive_delivery
from pol.partnership.consignment.services.sales import Sale, sell
from pol.partnership.settlement.models import SettlementPeriod
from pol.partnership.slots.models import Retailer
from tests.factories.partnership import Partnership, make_member
from tests.factories.traders import make_keeper

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
FRESH = date(2026, 10, 1)
_keys = count(1)


def a_key() -> str:
    return f"kunci-uji-{next(_keys):010}"


def prepare(p: Partnership, *, by: User, quantity: int = 12, expires_on: date | None = FRESH,
            **other: Any) -> DeliveryNote:  # fmt: skip
    """Prepare a note with one line for the partnership's place."""
    load = Load(p.placement.id, quantity, "260302", expires_on)
    values: dict[str, Any] = {"key": a_key(), "now": NOON, "store_slug": p.store.slug} | other
    return prepare_delivery(stall_id=p.stall.id, loads=[load], actor_id=by.id, **values)


def send_code(p: Partnership, code: str, at: datetime = NOON, *, quantity: int = 12,
              by: User | None = None) -> DeliveryNote:  # fmt: skip
    """Send pieces of a code to the store."""
    note = prepare(p, by=by or make_keeper(p.stall), quantity=quantity, now=at)
    lines = select(DeliveryLine).where(DeliveryLine.note_id == note.id)
    db.session.scalars(lines).one().batch_code = code
    send_delivery(note=note, actor_id=note.prepared_by_id, now=at)
    return note


def deliver(p: Partnership, *, quantity: int = 12, accepted: int | None = None,
            expires_on: date | None = FRESH, now: datetime = NOON) -> DeliveryNote:  # fmt: skip
    """Bring goods and let the store take them in."""
    producer, clerk = make_keeper(p.stall), make_member(p.retailer)
    note = prepare(p, by=producer, quantity=quantity, expires_on=expires_on, now=now)
    send_delivery(note=note, actor_id=producer.id, now=now)
    taken = quantity if accepted is None else accepted
    receive(note, clerk=clerk, accepted=taken, now=now)
    return note


def receive(note: DeliveryNote, *, clerk: User, accepted: int, reason: str = "Kemasan penyok",
            to_return: bool = False, now: datetime = NOON) -> None:  # fmt: skip
    """Take in some pieces of the one line of a note."""
    view = get_note_of_stall(number=note.number, stall_id=note.stall_id)
    taken = {line.id: Taken(accepted, reason, to_return) for line in view.lines}
    found = lock_note_of_stall(number=note.number, stall_id=note.stall_id)
    receive_delivery(note=found, taken=taken, clerk_id=clerk.id, now=now)


def sell_some(p: Partnership, quantity: int, *, day: date = TODAY, now: datetime = NOON,
              **other: Any) -> list[SaleLine]:  # fmt: skip
    """Sell pieces of the partnership's product in its store."""
    values: dict[str, Any] = {"key": a_key(), "source": SaleSource.SCAN} | other
    sale = Sale(p.store.id, p.sheet.id, quantity, day, **values)
    return sell(sale, actor_id=p.owner.id, now=now)


def close_until(retailer: Retailer, day: date) -> None:
    """Close the retailer's first period, up to a day."""
    period = SettlementPeriod(
        number=a_key(),
        retailer_id=retailer.id,
        from_on=date(2026, 1, 1),
        until_on=day,
        closed_at=NOON,
    )
    db.session.add(period)
    db.session.flush()


def left(batch: Batch) -> int:
    """Return how many pieces of a batch are on the shelf now."""
    db.session.refresh(batch)
    return batch.on_shelf
