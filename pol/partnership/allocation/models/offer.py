"""Offers of a place, and the waiting list behind them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.partnership.allocation.rules.statuses import OfferStatus


class Offer(Model):
    """A place offered to an application, or its rank on the waiting list of a store.

    While it waits it has no shelf. Whoever accepts gets a placement, which the database guards.
    """

    __tablename__ = "offer"
    __table_args__ = (
        UniqueConstraint("run_id", "application_id", "store_id"),
        Index("ix_offer_status_lapses_at", "status", "lapses_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("allocation_run.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"), index=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"), index=True)
    status: Mapped[OfferStatus] = mapped_column(enum_column(OfferStatus))
    rank: Mapped[int | None]
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelf.id"))
    x_mm: Mapped[int | None]
    facings: Mapped[int | None]
    offered_at: Mapped[datetime | None]
    lapses_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id"), unique=True)
