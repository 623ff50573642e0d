"""Consigned stock: an append-only row of events per batch, and what they add up to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import BigKey, Model, enum_column
from pol.partnership.consignment.rules import StockEventKind


class Batch(Model):
    """Goods of one delivery line in one store.

    delivered = sold + returned + lost + destroyed + on shelf (I12). A trigger moves these numbers
    with each event, so they cannot disagree with their sum. `lost` is net of what was found, and
    below zero when more was found than ever missed.
    """

    __tablename__ = "consigned_batch"
    __table_args__ = (
        CheckConstraint("on_shelf >= 0 AND delivered >= 0", name="not_negative"),
        CheckConstraint("sold >= 0 AND returned >= 0 AND destroyed >= 0", name="parts"),
        CheckConstraint("delivered = sold + returned + lost + destroyed + on_shelf", name="sum"),
        Index("ix_consigned_batch_store_id_expires_on", "store_id", "expires_on"),
        Index("ix_consigned_batch_sheet_store", "sheet_id", "store_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("delivery_line.id"), unique=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("product_sheet.id"))
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"), index=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    code: Mapped[str]
    expires_on: Mapped[date | None]
    received_on: Mapped[date]
    delivered: Mapped[int] = mapped_column(default=0)
    sold: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0)
    destroyed: Mapped[int] = mapped_column(default=0)
    on_shelf: Mapped[int] = mapped_column(default=0)


class StockEvent(Model):
    """Something that happened to a batch; never changed or deleted.

    `quantity` is positive. A correction takes `quantity` back from what `of` counts (a sale that
    was not one); corrected goods are on the shelf again, except of `received`, which leave it.
    """

    __tablename__ = "stock_event"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("(kind = 'corrected') = (of IS NOT NULL)", name="of_corrected"),
        Index("ix_stock_event_batch_id_id", "batch_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("consigned_batch.id"))
    kind: Mapped[StockEventKind] = mapped_column(enum_column(StockEventKind, name="event_kind"))
    of: Mapped[StockEventKind | None] = mapped_column(enum_column(StockEventKind, name="event_of"))
    quantity: Mapped[int]
    day: Mapped[date]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str | None]
