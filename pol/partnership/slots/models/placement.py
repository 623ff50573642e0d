"""Placements: millimetres of a shelf that are promised for a span of dates."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.partnership.slots.rules import PlacementStatus


class Placement(Model):
    """A product's place; no two that hold space overlap, and each stands inside its shelf (I11).

    The database refuses anything else: an exclusion constraint on PostgreSQL, triggers on SQLite,
    a trigger for the shelf's measures on both. `until_on` is exclusive; who has not given it back
    by then still holds it. `follows_id` is the place that it renews and whose goods it takes over.
    """

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("x_mm >= 0 AND width_mm > 0 AND facings > 0", name="span"),
        CheckConstraint("from_on < until_on", name="dates"),
        Index("ix_placement_shelf_id_from_on", "shelf_id", "from_on"),
        Index("ix_placement_store_id_status", "store_id", "status"),
        Index("ix_placement_stall_id_status", "stall_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("slot_call.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("product_sheet.id"), index=True)
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    shelf_id: Mapped[int] = mapped_column(ForeignKey("shelf.id"))
    x_mm: Mapped[int]
    width_mm: Mapped[int]
    height_mm: Mapped[int]
    depth_mm: Mapped[int]
    load_g: Mapped[int]
    facings: Mapped[int]
    from_on: Mapped[date]
    until_on: Mapped[date]
    status: Mapped[PlacementStatus] = mapped_column(enum_column(PlacementStatus))
    reserved_at: Mapped[datetime]
    live_at: Mapped[datetime | None]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id"), index=True)
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str | None]
