"""Stock counts: what the records say, what was counted, and who answers for the difference."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.partnership.consignment.rules import CountStatus
from pol.partnership.slots.rules import Bearer


class StockCount(Model):
    """A count of one store, of all its goods or of one placement that is about to end."""

    __tablename__ = "stock_count"
    __table_args__ = (Index("ix_stock_count_store_id_status", "store_id", "status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id"), index=True)
    status: Mapped[CountStatus] = mapped_column(enum_column(CountStatus))
    day: Mapped[date]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    counted_at: Mapped[datetime | None]
    counted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]


class CountLine(Model):
    """One batch: `expected` when it was counted; a difference is the bearer's once agreed."""

    __tablename__ = "count_line"
    __table_args__ = (CheckConstraint("counted IS NULL OR counted >= 0", name="counted"),)

    count_id: Mapped[int] = mapped_column(ForeignKey("stock_count.id"), primary_key=True)
    batch_id: Mapped[int] = mapped_column(
        ForeignKey("consigned_batch.id"), primary_key=True, index=True
    )
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"), index=True)
    expected: Mapped[int]
    counted: Mapped[int | None]
    bearer: Mapped[Bearer] = mapped_column(enum_column(Bearer))
    reason: Mapped[str | None]
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    disputed_reason: Mapped[str | None]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("stock_event.id"), unique=True)
