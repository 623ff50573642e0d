"""Selling over the counter: one product, a whole day's sheet, and taking a sale back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.partnership.consignment.models import Batch, SaleLine
from pol.partnership.consignment.rules import SaleSource, StockEventKind
from pol.partnership.consignment.rules.sale import NothingSold, TakenBack
from pol.partnership.consignment.services.stock import Move, hold_store, move
from pol.partnership.consignment.services.tills import Ring, Till


class SheetRefused(Refused):
    """Some lines of a day's sheet cannot be, so none was written; `by_sheet` says why each."""

    message = "Belum disimpan: %(count)s baris perlu diperbaiki."

    def __init__(self, by_sheet: Mapping[int, Refused]) -> None:
        super().__init__(count=len(by_sheet))
        self.by_sheet = by_sheet


@dataclass(frozen=True)
class Sale:
    """What was sold over the counter of a store."""

    store_id: int
    sheet_id: int
    quantity: int
    day: date
    key: str
    price: Rupiah | None = None
    source: SaleSource = SaleSource.SCAN


def sell(sale: Sale, *, actor_id: int | None, now: datetime) -> list[SaleLine]:
    """Sell pieces of a product, first expired first, at the terms of its day.

    The same key again gives the same lines.

    :raises Refused: see `Till.ring`
    """
    held = hold_store(sale.store_id)
    if known := _lines_of(sale.key):
        return known
    till = Till(held, now=now, sheet_ids=[sale.sheet_id])
    till.ring(Ring(sale.key, sale.sheet_id, sale.quantity, sale.day, sale.price))
    till.write(source=sale.source, actor_id=actor_id)
    return _lines_of(sale.key)


def sell_sheet(*, store_id: int, pieces: Mapping[int, int], day: date, key: str,
               actor_id: int | None, now: datetime) -> int:  # fmt: skip
    """Write a day's sheet, pieces by product: all of it, or nothing; return how many lines.

    :raises NothingSold: every product has zero
    :raises SheetRefused: some product cannot be sold like that
    """
    held = hold_store(store_id)
    wanted = {sheet_id: quantity for sheet_id, quantity in pieces.items() if quantity}
    if not wanted:
        raise NothingSold
    if _lines_of(f"sheet:{key}:{min(wanted)}"):
        return 0
    till = Till(held, now=now, sheet_ids=wanted)
    refused: dict[int, Refused] = {}
    for sheet_id, quantity in sorted(wanted.items()):
        try:
            till.ring(Ring(f"sheet:{key}:{sheet_id}", sheet_id, quantity, day))
        except Refused as refusal:
            refused[sheet_id] = refusal
    if refused:
        raise SheetRefused(refused)
    return till.write(source=SaleSource.SHEET, actor_id=actor_id)


def take_back(*, line: SaleLine, reason: str, actor_id: int, now: datetime) -> SaleLine:
    """Take a sale back by a line of its own, dated today: a closed day never changes.

    :raises TakenBack: that was done already, or the line takes something back itself
    """
    held = hold_store(line.store_id)
    if line.quantity < 0 or db.session.scalar(
        select(func.count()).where(SaleLine.corrects_id == line.id)
    ):
        raise TakenBack
    event = move(
        db.session.get_one(Batch, line.batch_id),
        Move(
            StockEventKind.CORRECTED,
            line.quantity,
            f"take-back:{line.id}",
            reason,
            of=StockEventKind.SOLD,
        ),
        held=held,
        actor_id=actor_id,
        now=now,
    )
    frozen = ("batch_id", "placement_id", "agreement_id", "sheet_id", "stall_id", "store_id")
    back = SaleLine(
        key=f"take-back:{line.id}",
        event_id=event.id,
        day=business_day(now),
        quantity=-line.quantity,
        price=line.price,
        margin_bp=line.margin_bp,
        gross=-line.gross,
        margin=-line.margin,
        payable=-line.payable,
        source=line.source,
        corrects_id=line.id,
        at=now,
        retailer_id=line.retailer_id,
        **{name: getattr(line, name) for name in frozen},
    )
    db.session.add(back)
    db.session.flush()
    audit.record(
        action="sale.taken_back",
        subject=f"sale:{line.id}",
        actor_id=actor_id,
        now=now,
        reason=reason,
    )
    return back


def _lines_of(key: str) -> list[SaleLine]:
    """Return the lines of a sale; one that took from more batches than one has more."""
    first = db.session.scalars(select(SaleLine).where(SaleLine.key == key)).all()
    if not first:
        return []
    more = select(SaleLine).where(SaleLine.key.startswith(f"{key}:", autoescape=True))
    return [*first, *db.session.scalars(more.order_by(SaleLine.id))]
