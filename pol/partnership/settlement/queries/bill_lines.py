"""What stands on a bill, down to the single sale."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah, as_rupiah
from pol.partnership.agreements.models import Agreement
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import SaleLine, StockEvent
from pol.partnership.settlement.models import BillLine, Dispute, SettledEvent
from pol.partnership.settlement.rules import BillLineKind, DisputeStatus
from pol.partnership.slots.models import Retailer, Store
from pol.partnership.slots.rules import CoopForm


@dataclass(frozen=True)
class LineRow:
    """A line of a bill; `form` is that of its agreement, if it has one."""

    id: int
    kind: BillLineKind
    words: str
    sheet_name: str | None
    store_name: str | None
    quantity: int
    price: Rupiah | None
    margin_bp: int | None
    gross: Rupiah
    margin: Rupiah
    amount: Rupiah
    dispute_id: int | None
    dispute_status: DisputeStatus | None
    form: CoopForm | None


@dataclass(frozen=True)
class SaleRow:
    """One sale that a line pays."""

    day: date
    quantity: int
    price: Rupiah
    gross: Rupiah
    margin: Rupiah
    payable: Rupiah
    batch_id: int


def list_lines(*, bill_id: int) -> list[LineRow]:
    """Return the lines of a bill in their order."""
    rows: Iterable[Any] = db.session.execute(
        select(
            BillLine.id,
            BillLine.kind,
            BillLine.words,
            ProductSheet.name,
            Store.name,
            BillLine.quantity,
            BillLine.price,
            BillLine.margin_bp,
            BillLine.gross,
            BillLine.margin,
            BillLine.amount,
            BillLine.dispute_id,
            Dispute.status,
            Agreement.form,
        )
        .outerjoin(Dispute, Dispute.id == BillLine.dispute_id)
        .outerjoin(Agreement, Agreement.id == BillLine.agreement_id)
        .outerjoin(ProductSheet, ProductSheet.id == BillLine.sheet_id)
        .outerjoin(Store, Store.id == BillLine.store_id)
        .where(BillLine.bill_id == bill_id)
        .order_by(BillLine.id)
    )
    return [LineRow(*row) for row in rows]


def get_line(*, bill_id: int, line_id: int) -> LineRow:
    """Return one line of this bill.

    :raises NotFound: the bill has no such line
    """
    found = (row for row in list_lines(bill_id=bill_id) if row.id == line_id)
    line = next(found, None)
    if line is None:
        raise NotFound
    return line


def list_sales_of_line(*, bill_id: int, line_id: int) -> list[SaleRow]:
    """Return the sales that a line of this bill pays, day by day."""
    rows = db.session.execute(
        select(
            SaleLine.day,
            SaleLine.quantity,
            SaleLine.price,
            SaleLine.gross,
            SaleLine.margin,
            SaleLine.payable,
            SaleLine.batch_id,
        )
        .join(SettledEvent, SettledEvent.event_id == SaleLine.event_id)
        .join(BillLine, BillLine.id == SettledEvent.line_id)
        .where(BillLine.bill_id == bill_id, BillLine.id == line_id)
        .order_by(SaleLine.day, SaleLine.id)
    )
    return [SaleRow(*row) for row in rows]


def list_days_sold(*, bill_id: int) -> list[tuple[date, Rupiah]]:
    """Return what each day brought of a bill's sales, for the days from sale to money.

    Goods that a store bought were sold on the day on which they came.
    """
    return map_days_sold(BillLine.bill_id == bill_id).get(bill_id, [])


def map_days_sold(which: ColumnElement[bool]) -> dict[int, list[tuple[date, Rupiah]]]:
    """Return what `list_days_sold` returns, for all bills of which this holds for the lines."""
    rows = db.session.execute(
        select(BillLine.bill_id, SaleLine.day, func.sum(SaleLine.payable))
        .join(SettledEvent, SettledEvent.event_id == SaleLine.event_id)
        .join(BillLine, BillLine.id == SettledEvent.line_id)
        .where(which)
        .group_by(BillLine.bill_id, SaleLine.day)
    )
    bought = db.session.execute(
        select(
            BillLine.bill_id,
            StockEvent.day,
            StockEvent.quantity,
            BillLine.amount,
            BillLine.quantity,
        )
        .join(SettledEvent, SettledEvent.event_id == StockEvent.id)
        .join(BillLine, BillLine.id == SettledEvent.line_id)
        .where(which, BillLine.kind == BillLineKind.PURCHASE, BillLine.quantity > 0)
    )
    found: dict[int, list[tuple[date, Rupiah]]] = defaultdict(list)
    for bill_id, day, amount in rows:
        found[bill_id].append((day, as_rupiah(amount)))
    for bill_id, day, part, amount, whole in bought:
        found[bill_id].append((day, Rupiah(amount.amount * part // whole)))
    return found


def sum_unbilled(*, stall_id: int) -> list[tuple[str, date | None, Rupiah]]:
    """Return, per retailer, the first day and the payable of sales that no bill holds yet."""
    rows = db.session.execute(
        select(Retailer.name, func.min(SaleLine.day), func.sum(SaleLine.payable))
        .join(Retailer, Retailer.id == SaleLine.retailer_id)
        .outerjoin(SettledEvent, SettledEvent.event_id == SaleLine.event_id)
        .where(SaleLine.stall_id == stall_id, SettledEvent.event_id.is_(None))
        .group_by(Retailer.name)
        .order_by(Retailer.name)
    )
    return [(name, day, as_rupiah(payable)) for name, day, payable in rows]
