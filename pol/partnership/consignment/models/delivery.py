"""Delivery notes: what a producer brings to a store, and what the store took in."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.partnership.consignment.rules import DeliveryStatus


class DeliveryNote(Model):
    """One trip of a producer to one store; `token` is in its QR, for the clerk's phone."""

    __tablename__ = "delivery_note"
    __table_args__ = (
        Index("ix_delivery_note_store_id_status", "store_id", "status"),
        Index("ix_delivery_note_stall_id_status", "stall_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    status: Mapped[DeliveryStatus] = mapped_column(enum_column(DeliveryStatus))
    note: Mapped[str] = mapped_column(default="")
    prepared_at: Mapped[datetime]
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    received_at: Mapped[datetime | None]
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class DeliveryLine(Model):
    """One batch of one product; once received, accepted + rejected = sent.

    A `reject_reason` before that says that its producer recalled it on the way.
    """

    __tablename__ = "delivery_line"
    __table_args__ = (
        CheckConstraint("sent > 0", name="sent"),
        CheckConstraint(
            "(accepted IS NULL AND rejected IS NULL)"
            " OR (accepted >= 0 AND rejected >= 0 AND accepted + rejected = sent)",
            name="parts",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("delivery_note.id"), index=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    batch_code: Mapped[str]
    made_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    sent: Mapped[int]
    accepted: Mapped[int | None]
    rejected: Mapped[int | None]
    reject_reason: Mapped[str | None]
