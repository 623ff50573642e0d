"""Disputes about single lines of a bill; what they hold is not due until they are settled."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.kernel.money import Rupiah
from pol.partnership.settlement.rules import DisputeStatus
from pol.partnership.slots.rules import Bearer


class Dispute(Model):
    """`held` is what its lines hold back; `awarded` what the producer gets of them in the end.

    `due_before` is the day on which the bill was due, if the ruling gave it another.
    """

    __tablename__ = "dispute"
    __table_args__ = (Index("ix_dispute_status", "status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bill.id"), index=True)
    status: Mapped[DisputeStatus] = mapped_column(enum_column(DisputeStatus))
    opened_by: Mapped[Bearer] = mapped_column(enum_column(Bearer, name="opened_by"))
    held: Mapped[Rupiah]
    awarded: Mapped[Rupiah | None]
    due_before: Mapped[date | None]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class DisputeStep(Model):
    """What somebody said in a dispute; never changed."""

    __tablename__ = "dispute_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    status: Mapped[DisputeStatus] = mapped_column(enum_column(DisputeStatus))
    words: Mapped[str]
