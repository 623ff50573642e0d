"""Sales and losses of consigned goods for tests of settlement, straight into the tables."""

from datetime import date, datetime
from itertools import count

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.localtime import at_local
from pol.partnership.agreements.models import Agreement
from pol.partnership.consignment.models import Batch, CountLine, SaleLine, StockCount, StockEvent
from pol.partnership.consignment.rules import SaleSource, StockEventKind
from pol.partnership.consignment.rules.sale import WHOLE_BP
from pol.partnership.consignment.services import counts
from pol.partnership.slots.models import Store
from pol.partnership.slots.rules import CoopForm
from tests.factories.partnership import Partnership

_numbers = count(1)


def happen(batch: Batch, kind: StockEventKind, quantity: int, day: date,
           of: StockEventKind | None = None) -> StockEvent:  # fmt: skip
    """Let something happen to a batch."""
    event = StockEvent(
        key=f"uji-{next(_numbers)}",
        batch_id=batch.id,
        kind=kind,
        of=of,
        quantity=quantity,
        day=day,
        at=_noon(day),
    )
    db.session.add(event)
    db.session.flush()
    return event


def sell(batch: Batch, quantity: int, day: date, *, corrects: SaleLine | None = None) -> SaleLine:
    """Sell goods of a batch at its agreement's price and margin, or take a sale back."""
    agreement = db.session.get_one(Agreement, batch.agreement_id)
    back = corrects is not None
    event = happen(
        batch,
        StockEventKind.CORRECTED if back else StockEventKind.SOLD,
        quantity,
        day,
        of=StockEventKind.SOLD if back else None,
    )
    signed = -quantity if back else quantity
    gross = agreement.price.times(signed)
    bought = agreement.form is CoopForm.OUTRIGHT
    margin_bp = WHOLE_BP if bought else agreement.margin_bp
    margin = gross.share(margin_bp)
    line = SaleLine(
        key=event.key,
        event_id=event.id,
        batch_id=batch.id,
        placement_id=batch.placement_id,
        agreement_id=batch.agreement_id,
        sheet_id=batch.sheet_id,
        stall_id=batch.stall_id,
        store_id=batch.store_id,
        retailer_id=db.session.get_one(Store, batch.store_id).retailer_id,
        day=day,
        quantity=signed,
        price=agreement.price,
        margin_bp=margin_bp,
        gross=gross,
        margin=margin,
        payable=gross - margin,
        source=SaleSource.SHEET,
        corrects_id=corrects.id if corrects else None,
        at=_noon(day),
    )
    db.session.add(line)
    db.session.flush()
    return line


def _noon(day: date) -> datetime:
    return at_local(day, 12 * 60)


def count_goods(p: Partnership, now: datetime, there: int = 0) -> StockCount:
    """Count a store, and find so many pieces of each batch."""
    made = counts.open_count(store_id=p.store.id, actor_id=p.owner.id, now=now)
    lines = db.session.scalars(select(CountLine.batch_id).where(CountLine.count_id == made.id))
    counted = dict.fromkeys(lines, there)
    counts.enter_count(count=made, counted=counted, actor_id=p.owner.id, now=now)
    return made
