"""Cash in people's hands: courier shifts, deposits at the counter, and from there to the bank."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model
from pol.kernel.money import Rupiah

_WAITING = text("accepted_at IS NULL")


class CourierShift(Model):
    """A bag of cash: from the first money in it until the market officer has taken it over.

    The ledger knows what should be in the bag, so a shift needs no row before the courier counts.
    A courier has at most one that waits at the counter.
    """

    __tablename__ = "courier_shift"
    __table_args__ = (
        CheckConstraint("counted >= 0", name="counted_not_negative"),
        Index(
            "uq_courier_shift_waiting",
            "courier_id",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index("ix_courier_shift_market_id_counted_at", "market_id", "counted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    courier_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    market_id: Mapped[int] = mapped_column(ForeignKey("market.id"))
    opened_at: Mapped[datetime]
    counted_at: Mapped[datetime]
    expected: Mapped[Rupiah]
    counted: Mapped[Rupiah]
    note: Mapped[str]
    shortage: Mapped[Rupiah] = mapped_column(server_default="0")
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class ShiftLine(Model):
    """What one order should have brought into the bag, and what the courier says it did."""

    __tablename__ = "shift_line"

    shift_id: Mapped[int] = mapped_column(ForeignKey("courier_shift.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    expected: Mapped[Rupiah]
    counted: Mapped[Rupiah]
    note: Mapped[str]


class CashDeposit(Model):
    """Cash that a courier or a stall handed in at the market's counter, once per key.

    `remaining` is what the giver still owed right afterwards.
    """

    __tablename__ = "cash_deposit"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(stall_id IS NULL) <> (courier_id IS NULL)", name="one_giver"),
        Index("ix_cash_deposit_market_id_at", "market_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    market_id: Mapped[int] = mapped_column(ForeignKey("market.id"))
    stall_id: Mapped[int | None] = mapped_column(ForeignKey("stall.id"), index=True)
    courier_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("courier_shift.id"), index=True)
    amount: Mapped[Rupiah]
    remaining: Mapped[Rupiah]
    at: Mapped[datetime]
    received_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


class BankDeposit(Model):
    """Cash that left the market's till for its bank account, once per key."""

    __tablename__ = "bank_deposit"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("ix_bank_deposit_market_id_at", "market_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    market_id: Mapped[int] = mapped_column(ForeignKey("market.id"))
    amount: Mapped[Rupiah]
    remaining: Mapped[Rupiah]
    reference: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
