"""Bills as their retailer and their producer see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import ZERO, Rupiah
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import SaleLine
from pol.partnership.settlement.models import (
    Bill,
    BillLine,
    BillPayment,
    SettledEvent,
    SettlementPeriod,
)
from pol.partnership.settlement.rules import BillLineKind, BillStatus
from pol.partnership.settlement.rules.bills import Standing
from pol.partnership.slots.models import Retailer, Store
from pol.stalls.models import Stall


@dataclass(frozen=True)
class BillRow:
    """A bill with its parties; `days_late` counts from the day after it was due."""

    id: int
    number: str
    retailer_name: str
    stall_name: str
    from_on: date
    until_on: date
    status: BillStatus
    sales: Rupiah
    margin: Rupiah
    charges: Rupiah
    borne: Rupiah
    carried: Rupiah
    payable: Rupiah
    held: Rupiah
    paid: Rupiah
    due_on: date | None
    nothing_because: str | None
    made_at: datetime
    approved_at: datetime | None
    paid_at: datetime | None
    sale_to_money_tenths: int | None

    @property
    def open(self) -> Rupiah:
        """What is to be paid now, without what is in dispute."""
        return Standing(self.payable, self.held, self.paid).open

    def days_late(self, today: date) -> int:
        """Return by how many days the money is late; 0 while it is not."""
        late = self.due_on is not None and bool(self.open) and today > self.due_on
        return (today - self.due_on).days if late and self.due_on else 0


@dataclass(frozen=True)
class LineRow:
    """A line of a bill."""

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


@dataclass(frozen=True)
class PaymentRow:
    """A payment of a bill."""

    id: int
    number: str
    amount: Rupiah
    paid_on: date
    reference: str
    proof_key: str | None
    sale_to_money_tenths: int | None
    noted_at: datetime
    confirmed_at: datetime | None
    voided_at: datetime | None
    voided_reason: str | None


def _bills() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Bill.id,
            Bill.number,
            Retailer.name,
            Stall.name,
            SettlementPeriod.from_on,
            SettlementPeriod.until_on,
            Bill.status,
            Bill.sales,
            Bill.margin,
            Bill.charges,
            Bill.borne,
            Bill.carried,
            Bill.payable,
            Bill.held,
            Bill.paid,
            Bill.due_on,
            Bill.nothing_because,
            Bill.made_at,
            Bill.approved_at,
            Bill.paid_at,
            Bill.sale_to_money_tenths,
        )
        .join(SettlementPeriod, SettlementPeriod.id == Bill.period_id)
        .join(Retailer, Retailer.id == Bill.retailer_id)
        .join(Stall, Stall.id == Bill.stall_id)
    )


def _one(number: str, mine: ColumnElement[bool]) -> BillRow:
    row = db.session.execute(_bills().where(Bill.number == number, mine)).one_or_none()
    if row is None:
        raise NotFound
    return BillRow(*row)


def get_bill_of_retailer(*, retailer_id: int, number: str) -> BillRow:
    """Return a bill that this retailer pays.

    :raises NotFound: it has no such bill
    """
    return _one(number, Bill.retailer_id == retailer_id)


def get_bill_of_stall(*, stall_id: int, number: str) -> BillRow:
    """Return a bill that pays this producer.

    :raises NotFound: it has no such bill
    """
    return _one(number, Bill.stall_id == stall_id)


def list_bills_of_retailer(
    *, retailer_id: int, statuses: Sequence[BillStatus], limit: int = 200
) -> list[BillRow]:
    """Return bills of a retailer in these states: those due first come first."""
    rows = db.session.execute(
        _bills()
        .where(Bill.retailer_id == retailer_id, Bill.status.in_(statuses))
        .order_by(Bill.due_on.is_(None), Bill.due_on, Bill.id.desc())
        .limit(limit)
    )
    return [BillRow(*row) for row in rows]


def list_bills_of_stall(*, stall_id: int, limit: int = 100) -> list[BillRow]:
    """Return the bills of a producer, newest first."""
    rows = db.session.execute(
        _bills().where(Bill.stall_id == stall_id).order_by(Bill.id.desc()).limit(limit)
    )
    return [BillRow(*row) for row in rows]


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
        )
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


def name_stalls(stall_ids: Sequence[int]) -> dict[int, str]:
    """Return the names of these producers."""
    rows = db.session.execute(select(Stall.id, Stall.name).where(Stall.id.in_(stall_ids)))
    return {stall_id: name for stall_id, name in rows}  # noqa: C416 - rows are no pairs


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


def list_payments(*, bill_id: int) -> list[PaymentRow]:
    """Return what was paid of a bill, oldest first."""
    rows = db.session.execute(
        select(
            BillPayment.id,
            BillPayment.number,
            BillPayment.amount,
            BillPayment.paid_on,
            BillPayment.reference,
            BillPayment.proof_key,
            BillPayment.sale_to_money_tenths,
            BillPayment.noted_at,
            BillPayment.confirmed_at,
            BillPayment.voided_at,
            BillPayment.voided_reason,
        )
        .where(BillPayment.bill_id == bill_id)
        .order_by(BillPayment.id)
    )
    return [PaymentRow(*row) for row in rows]


def find_sides_of_proof(key: str) -> tuple[int, int] | None:
    """Return the producer and the retailer of the bill that a picture proves a payment of."""
    row = db.session.execute(
        select(Bill.stall_id, Bill.retailer_id)
        .join(BillPayment, BillPayment.bill_id == Bill.id)
        .where(BillPayment.proof_key == key)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def list_days_sold(*, bill_id: int) -> list[tuple[date, Rupiah]]:
    """Return what each day brought of a bill's sales, for the days from sale to money."""
    rows = db.session.execute(
        select(SaleLine.day, func.sum(SaleLine.payable))
        .join(SettledEvent, SettledEvent.event_id == SaleLine.event_id)
        .join(BillLine, BillLine.id == SettledEvent.line_id)
        .where(BillLine.bill_id == bill_id)
        .group_by(SaleLine.day)
    )
    return [(day, _rupiah(amount)) for day, amount in rows]


def _rupiah(value: Any) -> Rupiah:
    return value if isinstance(value, Rupiah) else Rupiah(int(value or 0))


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
    return [(name, day, _rupiah(payable)) for name, day, payable in rows]


def sum_open(*, stall_id: int, retailer_id: int) -> Rupiah:
    """Return what a retailer still owes a producer on bills, disputed or not."""
    rows = db.session.execute(
        select(Bill.payable, Bill.paid).where(
            Bill.stall_id == stall_id, Bill.retailer_id == retailer_id, Bill.payable > ZERO
        )
    )
    return Rupiah(sum((payable - paid).amount for payable, paid in rows))


def lock_bill_of_retailer(*, retailer_id: int, number: str) -> Bill:
    """Return a bill that this retailer pays, held until the end of the transaction.

    :raises NotFound: it has no such bill
    """
    return _lock(number, Bill.retailer_id == retailer_id)


def lock_bill_of_stall(*, stall_id: int, number: str) -> Bill:
    """Return a bill that pays this producer, held until the end of the transaction.

    :raises NotFound: it has no such bill
    """
    return _lock(number, Bill.stall_id == stall_id)


def _lock(number: str, mine: ColumnElement[bool]) -> Bill:
    found = db.session.scalars(
        select(Bill)
        .where(Bill.number == number, mine)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found
