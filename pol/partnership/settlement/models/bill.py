"""Periods that touch, one bill per producer in each, and lines that open down to the sale."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import BigKey, Model, enum_column
from pol.kernel.money import Rupiah
from pol.partnership.settlement.rules import BillLineKind, BillStatus

_ONCE = text("kind IN ('fine', 'carried', 'ruling')")
IS_ONCE = text("bill_line.kind IN ('fine', 'carried', 'ruling')")
"""What a query must say for the engines to see that the unique index answers it."""


class SettlementPeriod(Model):
    """Days of one retailer that are settled together; closed when the row is written.

    A trigger refuses a period that does not begin where the last one ended (I13), and from then
    on any sale dated before `until_on`.
    """

    __tablename__ = "settlement_period"
    __table_args__ = (
        CheckConstraint("from_on < until_on", name="span"),
        UniqueConstraint("retailer_id", "from_on"),
        UniqueConstraint("retailer_id", "until_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailer.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    closed_at: Mapped[datetime]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Bill(Model):
    """What a retailer owes a producer for a period.

    `payable` = `sales` - `margin` - `charges` + `borne` + `carried` (I13). Below zero its producer
    owes the retailer: `paid` is then what came from there, and the rest is carried into the next
    bill. `held` is the part in dispute, not due until it is settled. `paid` + what is open =
    `payable`.
    """

    __tablename__ = "bill"
    __table_args__ = (
        UniqueConstraint("period_id", "stall_id"),
        CheckConstraint(
            "payable = sales - margin - charges + borne + carried", name="payable_is_sum"
        ),
        CheckConstraint("paid >= 0 AND held >= 0", name="not_negative"),
        CheckConstraint("payable < 0 OR paid <= payable", name="not_overpaid"),
        Index("ix_bill_retailer_id_status", "retailer_id", "status"),
        Index("ix_bill_stall_id_status", "stall_id", "status"),
        Index("ix_bill_due_on", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("settlement_period.id"))
    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailer.id"))
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"))
    status: Mapped[BillStatus] = mapped_column(enum_column(BillStatus))
    sales: Mapped[Rupiah]
    margin: Mapped[Rupiah]
    charges: Mapped[Rupiah]
    borne: Mapped[Rupiah]
    carried: Mapped[Rupiah]
    payable: Mapped[Rupiah]
    held: Mapped[Rupiah]
    paid: Mapped[Rupiah]
    due_on: Mapped[date | None]
    nothing_because: Mapped[str | None]
    made_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    paid_at: Mapped[datetime | None]
    sale_to_money_tenths: Mapped[int | None]


class BillLine(Model):
    """One product in one store at one price and margin, or one charge, loss or fine.

    `amount` is what it adds to (or takes from) the payable. `dispute_id` holds it back.
    `reference` names what a line is about that is not goods: "payment:" of a fine, "bill:" of what
    is carried, "dispute:" of a ruling (and of its rest on a later bill), each on one line ever;
    "charge:" of a charge of the agreement, whose `quantity` is how often it falls here (a share of
    sales has none).
    """

    __tablename__ = "bill_line"
    __table_args__ = (
        Index("ix_bill_line_bill_id", "bill_id"),
        Index(
            "uq_bill_line_once",
            "reference",
            unique=True,
            sqlite_where=_ONCE,
            postgresql_where=_ONCE,
        ),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bill.id"))
    kind: Mapped[BillLineKind] = mapped_column(enum_column(BillLineKind))
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("product_sheet.id"))
    store_id: Mapped[int | None] = mapped_column(ForeignKey("store.id"))
    words: Mapped[str]
    reference: Mapped[str | None]
    quantity: Mapped[int]
    price: Mapped[Rupiah | None]
    margin_bp: Mapped[int | None]
    gross: Mapped[Rupiah]
    margin: Mapped[Rupiah]
    amount: Mapped[Rupiah]
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("dispute.id"), index=True)


class SettledEvent(Model):
    """A stock event that a bill has paid for: the key says once and never again (I13)."""

    __tablename__ = "settled_event"

    event_id: Mapped[int] = mapped_column(ForeignKey("stock_event.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("bill_line.id"), index=True)
