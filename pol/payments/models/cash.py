"""Cash in people's hands: courier shifts, and money handed in at the market."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model
from pol.kernel.money import Rupiah

_OPEN = text("closed_at IS NULL")


class CourierShift(Model):
    """From taking over the bag until the cash is counted; a courier has at most one open."""

    __tablename__ = "courier_shift"
    __table_args__ = (
        Index(
            "uq_courier_shift_open",
            "courier_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_courier_shift_market_id_opened_at", "market_id", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    courier_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    market_id: Mapped[int] = mapped_column(ForeignKey("market.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    expected: Mapped[Rupiah | None]
    counted: Mapped[Rupiah | None]
    note: Mapped[str | None]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class CashDeposit(Model):
    """Cash that a courier or a stall handed in at the market's counter, once per key."""

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
    at: Mapped[datetime]
    received_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
