"""Returns: goods that go back to their producer or are destroyed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.partnership.consignment.rules import ReturnReason, ReturnStatus
from pol.partnership.slots.rules import Bearer


class ReturnNote(Model):
    """What is to go back, why, and who bears it by the agreement."""

    __tablename__ = "return_note"
    __table_args__ = (
        Index("ix_return_note_store_id_status", "store_id", "status"),
        Index("ix_return_note_stall_id_status", "stall_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    reason: Mapped[ReturnReason] = mapped_column(enum_column(ReturnReason))
    status: Mapped[ReturnStatus] = mapped_column(enum_column(ReturnStatus))
    note: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    picked_up_at: Mapped[datetime | None]
    picked_up_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class ReturnLine(Model):
    """A quantity of one batch, with who bears it and at what price and margin it counts."""

    __tablename__ = "return_line"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("return_note.id"), index=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("consigned_batch.id"), index=True)
    bearer: Mapped[Bearer] = mapped_column(enum_column(Bearer))
    quantity: Mapped[int]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("stock_event.id"), unique=True)
