"""Payments that customers promise or make, and refunds that we owe."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.kernel.money import Rupiah
from pol.payments.rules import Channel, Method, PaymentStatus, RefundStatus

_OPEN_TRANSFER = text("method = 'transfer' AND status IN ('waiting', 'proof_sent')")


class Payment(Model):
    """How one order group is paid. Open transfers never share an amount.

    With `stall_id` the money goes to that stall's own QRIS, and its keeper says whether it came.
    """

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        Index(
            "uq_payment_open_amount",
            "amount",
            unique=True,
            sqlite_where=_OPEN_TRANSFER,
            postgresql_where=_OPEN_TRANSFER,
        ),
        Index("ix_payment_market_id_status", "market_id", "status"),
        Index("ix_payment_status_due_at", "status", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"), unique=True)
    market_id: Mapped[int] = mapped_column(ForeignKey("market.id"))
    method: Mapped[Method] = mapped_column(enum_column(Method))
    status: Mapped[PaymentStatus] = mapped_column(enum_column(PaymentStatus))
    amount: Mapped[Rupiah]
    unique_code: Mapped[Rupiah]
    due_at: Mapped[datetime | None]
    stall_id: Mapped[int | None] = mapped_column(ForeignKey("stall.id"), index=True)
    qris: Mapped[str | None]
    proof_key: Mapped[str | None]
    proof_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str | None]


class RefundDue(Model):
    """Money that belongs to a customer again, on the officer's list until it is handed back.

    With `handed_at` a courier carries it; `rounds` counts how often one did. `courier_id` stays
    when the courier comes back with it. `asked_at` is when the provider was asked for it.
    """

    __tablename__ = "refund_due"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("handed_at IS NULL OR courier_id IS NOT NULL", name="carried_by_somebody"),
        Index("ix_refund_due_market_id_status", "market_id", "status"),
        Index(
            "ix_refund_due_courier_id",
            "courier_id",
            sqlite_where=text("handed_at IS NOT NULL"),
            postgresql_where=text("handed_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"), index=True)
    market_id: Mapped[int] = mapped_column(ForeignKey("market.id"))
    amount: Mapped[Rupiah]
    reason: Mapped[str]
    status: Mapped[RefundStatus] = mapped_column(enum_column(RefundStatus))
    channel: Mapped[Channel] = mapped_column(enum_column(Channel), server_default="transfer")
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str | None]
    courier_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    handed_at: Mapped[datetime | None]
    rounds: Mapped[int] = mapped_column(server_default="0")
    receiver: Mapped[str | None]
    payee: Mapped[str | None]
    asked_at: Mapped[datetime | None]

    @property
    def is_carried(self) -> bool:
        """Answer whether a courier has the money in the bag."""
        return self.handed_at is not None
