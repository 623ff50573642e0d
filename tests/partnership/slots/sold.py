"""Sales for tests of shelves, written straight into the tables."""

from datetime import UTC, date, datetime
from itertools import count

from pol.kernel.db import db
from pol.kernel.money import ZERO
from pol.partnership.consignment.models import SaleLine, StockEvent
from pol.partnership.consignment.rules import SaleSource, StockEventKind
from tests.factories.partnership import Partnership

_numbers = count(1)


def sell(p: Partnership, quantity: int, day: date) -> None:
    """Sell so many of a partnership's one batch on a day."""
    at, key = datetime(day.year, day.month, day.day, 5, tzinfo=UTC), f"jual-contoh-{next(_numbers)}"
    event = StockEvent(
        key=key, batch_id=p.batch.id, kind=StockEventKind.SOLD, quantity=quantity, day=day, at=at
    )
    db.session.add(event)
    db.session.flush()
    gross = p.agreement.price.for_quantity(quantity * 1_000)
    db.session.add(
        SaleLine(
            key=key,
            event_id=event.id,
            batch_id=p.batch.id,
            placement_id=p.placement.id,
            agreement_id=p.agreement.id,
            sheet_id=p.sheet.id,
            stall_id=p.stall.id,
            store_id=p.store.id,
            retailer_id=p.retailer.id,
            day=day,
            quantity=quantity,
            price=p.agreement.price,
            margin_bp=0,
            gross=gross,
            margin=ZERO,
            payable=gross,
            source=SaleSource.SHEET,
            at=at,
        )
    )
    db.session.flush()
