"""What tills do at the same moment; every function begins and ends its own transactions."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from pol.kernel.db import db
from pol.kernel.transaction import transaction
from pol.partnership.consignment.models import StockEvent
from pol.partnership.consignment.queries.till_keys import find_sender
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.consignment.services.pos.direct import take_sales
from tests.races.call_jobs import STOPPED


def send(key: str, sales: list[dict[str, Any]], now: datetime) -> list[str]:
    """Send sales as the door does; return what became of each."""
    sender = find_sender(key=key)
    assert sender
    with transaction():
        answers = take_sales(sender=sender, sales=sales, now=now)
    return [type(answer).__name__ if answer else "recorded" for answer in answers]


def send_naively(batch_id: int, receipts: list[str], now: datetime) -> list[str]:
    """Do the same the way it is often written: look whether a receipt is known, then write it."""
    done = []
    for receipt in receipts:
        key = f"{batch_id}:{receipt}"
        if db.session.scalar(select(StockEvent.id).where(StockEvent.key == key)):
            done.append("known")
            continue
        event = StockEvent(
            key=key, batch_id=batch_id, kind=StockEventKind.SOLD, quantity=1, day=now.date(), at=now
        )  # fmt: skip
        try:
            with transaction():
                db.session.add(event)
        except IntegrityError:
            done.append(STOPPED)
        else:
            done.append("recorded")
    return done
