"""What whoever mediates has to know of disputed lines: sales, terms, deliveries, counts.

The Dinas oversees every partnership, so the only owner here is the dispute itself: nothing is
found that is not about its lines, or about their product in their store at that time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from pol.kernel.db import db
from pol.kernel.localtime import at_local
from pol.kernel.money import Rupiah
from pol.partnership.agreements.models import Agreement
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import (
    Batch,
    CountLine,
    DeliveryLine,
    DeliveryNote,
    SaleLine,
    StockCount,
    StockEvent,
)
from pol.partnership.consignment.rules import CountStatus, DeliveryStatus, StockEventKind
from pol.partnership.settlement.models import BillLine, SettledEvent
from pol.partnership.settlement.queries.bills import BillRow
from pol.partnership.slots.models import Placement, Store
from pol.partnership.slots.rules import Bearer, CoopForm


@dataclass(frozen=True)
class GoodsRow:
    """Something that a disputed line pays; the money of a sale as it was frozen on it."""

    line_id: int
    day: date
    kind: StockEventKind
    of: StockEventKind | None
    code: str
    quantity: int
    price: Rupiah | None
    margin_bp: int | None
    margin: Rupiah | None
    payable: Rupiah | None
    reason: str | None


@dataclass(frozen=True)
class TermsRow:
    """What the agreement behind a disputed line says about money and risk."""

    number: str
    product: str
    form: CoopForm
    from_on: date
    until_on: date
    price: Rupiah
    margin_bp: int
    payment_days: int
    late_fine_bp: int
    unsold_bearer: Bearer
    damage_bearer: Bearer
    loss_bearer: Bearer


@dataclass(frozen=True)
class DeliveredRow:
    """A line of a delivery note and what became of it; numbers without a batch are None."""

    number: str
    status: DeliveryStatus
    product: str
    store_name: str
    code: str
    expires_on: date | None
    sent_at: datetime | None
    received_at: datetime | None
    sent: int
    accepted: int | None
    rejected: int | None
    reject_reason: str | None
    sold: int | None
    returned: int | None
    lost: int | None
    destroyed: int | None
    on_shelf: int | None


@dataclass(frozen=True)
class CountedRow:
    """A batch in a stock count, and what its producer said to the difference."""

    number: str
    status: CountStatus
    day: date
    product: str
    code: str
    expected: int
    counted: int | None
    bearer: Bearer
    reason: str | None
    agreed_at: datetime | None
    disputed_reason: str | None

    @property
    def difference(self) -> int | None:
        """What was there beyond the records; below zero when something was missing."""
        return None if self.counted is None else self.counted - self.expected


def list_goods(*, dispute_id: int) -> dict[int, list[GoodsRow]]:
    """Return, by disputed line, each sale or loss that it pays, day by day."""
    rows: Iterable[Any] = db.session.execute(
        select(
            SettledEvent.line_id,
            *(StockEvent.day, StockEvent.kind, StockEvent.of, Batch.code),
            func.coalesce(SaleLine.quantity, StockEvent.quantity),
            *(SaleLine.price, SaleLine.margin_bp, SaleLine.margin, SaleLine.payable),
            StockEvent.reason,
        )
        .join(BillLine, BillLine.id == SettledEvent.line_id)
        .join(StockEvent, StockEvent.id == SettledEvent.event_id)
        .join(Batch, Batch.id == StockEvent.batch_id)
        .outerjoin(SaleLine, SaleLine.event_id == StockEvent.id)
        .where(BillLine.dispute_id == dispute_id)
        .order_by(SettledEvent.line_id, StockEvent.day, StockEvent.id)
    )
    found: dict[int, list[GoodsRow]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(GoodsRow(*row))
    return found


def list_terms(*, dispute_id: int) -> list[TermsRow]:
    """Return the agreements behind the disputed lines."""
    behind = select(BillLine.agreement_id).where(BillLine.dispute_id == dispute_id)
    rows: Iterable[Any] = db.session.execute(
        select(
            *(Agreement.number, ProductSheet.name, Agreement.form),
            *(Agreement.from_on, Agreement.until_on, Agreement.price, Agreement.margin_bp),
            *(Agreement.payment_days, Agreement.late_fine_bp),
            *(Agreement.unsold_bearer, Agreement.damage_bearer, Agreement.loss_bearer),
        )
        .join(ProductSheet, ProductSheet.id == Agreement.sheet_id)
        .where(Agreement.id.in_(behind))
        .order_by(Agreement.id)
    )
    return [TermsRow(*row) for row in rows]


def list_delivered(*, dispute_id: int, bill: BillRow) -> list[DeliveredRow]:
    """Return what was brought of the disputed goods to their stores, newest first.

    That is what the lines pay, what was there or moved in the period, and what came in it in vain.
    """
    rows: Iterable[Any] = db.session.execute(
        select(
            *(DeliveryNote.number, DeliveryNote.status, ProductSheet.name, Store.name),
            *(DeliveryLine.batch_code, DeliveryLine.expires_on),
            *(DeliveryNote.sent_at, DeliveryNote.received_at),
            *(DeliveryLine.sent, DeliveryLine.accepted, DeliveryLine.rejected),
            DeliveryLine.reject_reason,
            *(Batch.sold, Batch.returned, Batch.lost, Batch.destroyed, Batch.on_shelf),
        )
        .join(DeliveryLine, DeliveryLine.note_id == DeliveryNote.id)
        .join(Placement, Placement.id == DeliveryLine.placement_id)
        .join(ProductSheet, ProductSheet.id == Placement.sheet_id)
        .join(Store, Store.id == Placement.store_id)
        .outerjoin(Batch, Batch.line_id == DeliveryLine.id)
        .where(_is_about(dispute_id, Placement), _was_there(dispute_id, bill))
        .order_by(DeliveryNote.id.desc(), DeliveryLine.id)
    )
    return [DeliveredRow(*row) for row in rows]


def list_counted(*, dispute_id: int, from_on: date) -> list[CountedRow]:
    """Return each count of the disputed goods in their stores since a day, newest first."""
    rows: Iterable[Any] = db.session.execute(
        select(
            *(StockCount.number, StockCount.status, StockCount.day, ProductSheet.name, Batch.code),
            *(CountLine.expected, CountLine.counted, CountLine.bearer, CountLine.reason),
            *(CountLine.agreed_at, CountLine.disputed_reason),
        )
        .join(CountLine, CountLine.count_id == StockCount.id)
        .join(Batch, Batch.id == CountLine.batch_id)
        .join(ProductSheet, ProductSheet.id == Batch.sheet_id)
        .where(_is_about(dispute_id, Batch), StockCount.day >= from_on)
        .order_by(StockCount.id.desc(), Batch.id)
    )
    return [CountedRow(*row) for row in rows]


def _is_about(dispute_id: int, goods: type[Placement] | type[Batch]) -> ColumnElement[bool]:
    """Return the condition that goods are the product of a disputed line, in its store."""
    return (
        select(BillLine.id)
        .where(
            BillLine.dispute_id == dispute_id,
            BillLine.sheet_id == goods.sheet_id,
            BillLine.store_id == goods.store_id,
        )
        .exists()
    )


def _was_there(dispute_id: int, bill: BillRow) -> ColumnElement[bool]:
    came = func.coalesce(DeliveryNote.received_at, DeliveryNote.sent_at)
    moved = select(StockEvent.id).where(
        StockEvent.batch_id == Batch.id,
        StockEvent.day >= bill.from_on,
        StockEvent.day < bill.until_on,
    )
    paid = (
        select(SettledEvent.event_id)
        .join(StockEvent, StockEvent.id == SettledEvent.event_id)
        .join(BillLine, BillLine.id == SettledEvent.line_id)
        .where(StockEvent.batch_id == Batch.id, BillLine.dispute_id == dispute_id)
    )
    return or_(
        moved.exists(),
        paid.exists(),
        and_(Batch.received_on < bill.until_on, Batch.on_shelf > 0),
        and_(
            Batch.id.is_(None), came >= at_local(bill.from_on, 0), came < at_local(bill.until_on, 0)
        ),
    )
