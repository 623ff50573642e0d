"""Where a stall wants its money, and the batches in which it gets it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.kernel.money import Rupiah
from pol.payments.rules import BatchStatus, PayoutStatus

_CURRENT = text("replaced_at IS NULL")


class BankAccount(Model):
    """A stall's bank account; a new one is used only after a cool-down, so theft has time to show.

    Rows are never changed but for `replaced_at`; a stall has at most one that is not replaced.
    """

    __tablename__ = "bank_account"
    __table_args__ = (
        Index(
            "uq_bank_account_current",
            "stall_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"), index=True)
    bank: Mapped[str]
    number: Mapped[str]
    holder: Mapped[str]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    usable_from: Mapped[datetime]
    replaced_at: Mapped[datetime | None]


class PayoutBatch(Model):
    """What a market pays to its stalls in one go; whoever made it may not approve it."""

    __tablename__ = "payout_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    market_id: Mapped[int] = mapped_column(ForeignKey("market.id"), index=True)
    status: Mapped[BatchStatus] = mapped_column(enum_column(BatchStatus))
    until: Mapped[datetime]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Payout(Model):
    """One stall's part of a batch, with the bank account as it was then."""

    __tablename__ = "payout"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        UniqueConstraint("batch_id", "stall_id"),
        Index("ix_payout_stall_id_status", "stall_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("payout_batch.id"))
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"))
    amount: Mapped[Rupiah]
    bank: Mapped[str]
    account: Mapped[str]
    holder: Mapped[str]
    status: Mapped[PayoutStatus] = mapped_column(enum_column(PayoutStatus))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str | None]
