"""The ledger of consigned goods: one store at a time, event by event."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, column, func, select
from sqlalchemy import table as bare_table

from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.consignment.models import Batch, StockEvent
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.consignment.rules.sale import check_day
from pol.partnership.consignment.rules.stock import check_left, effect
from pol.partnership.slots.models import Retailer, Store

# Settlement is above us and owns this table; the trigger that has the last word reads it, too.
_period = bare_table("settlement_period", column("retailer_id"), column("until_on", Date()))


@dataclass(frozen=True)
class Held:
    """A store whose goods nobody else moves, and whose periods nobody closes, until we are done."""

    store_id: int
    retailer_id: int
    closed_until: date | None


def hold_store(store_id: int) -> Held:
    """Hold a store's goods until the transaction ends; its retailer first, as closing does."""
    retailer_id = _retailer_of(store_id)
    for locked in (
        select(Retailer.id)
        .where(Retailer.id == retailer_id)
        .with_for_update(read=True, key_share=True),
        select(Store.id).where(Store.id == store_id).with_for_update(key_share=True),
    ):
        db.session.execute(locked)
    return Held(store_id, retailer_id, find_closed_until(retailer_id=retailer_id))


def look_at_store(store_id: int) -> Held:
    """Return the same of a store that is only looked at; what is rung up there is not written."""
    retailer_id = _retailer_of(store_id)
    return Held(store_id, retailer_id, find_closed_until(retailer_id=retailer_id))


def _retailer_of(store_id: int) -> int:
    return db.session.execute(select(Store.retailer_id).where(Store.id == store_id)).scalar_one()


def find_closed_until(*, retailer_id: int) -> date | None:
    """Return the first day that is still open at a retailer; None before its first closing."""
    asked = select(func.max(_period.c.until_on)).where(_period.c.retailer_id == retailer_id)
    return db.session.execute(asked).scalar()


@dataclass(frozen=True)
class Move:
    """Something that happens to some pieces of one batch."""

    kind: StockEventKind
    quantity: int
    key: str
    reason: str | None = None
    of: StockEventKind | None = None
    day: date | None = None


def move(batch: Batch, by: Move, *, held: Held, actor_id: int | None,
         now: datetime) -> StockEvent:  # fmt: skip
    """Write an event of a batch in a held store; the trigger moves the batch's numbers.

    :raises NotThatMany: it would take more off the shelf than is there
    :raises PeriodClosed: its day has been settled
    """
    today = business_day(now)
    day = by.day or today
    check_day(day, today=today, closed_until=held.closed_until)
    if effect(by.kind, by.of, by.quantity) < 0:
        db.session.refresh(batch)
        check_left(batch.code, there=batch.on_shelf, asked=by.quantity)
    event = StockEvent(
        key=by.key,
        batch_id=batch.id,
        kind=by.kind,
        of=by.of,
        quantity=by.quantity,
        day=day,
        at=now,
        actor_id=actor_id,
        reason=by.reason,
    )
    db.session.add(event)
    db.session.flush()
    db.session.refresh(batch)
    return event
