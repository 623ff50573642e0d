"""Applications for shelf slots, and what curators wrote on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.kernel.money import Rupiah
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.slots.rules import GoodsCategory

_LIVE = text("status NOT IN ('withdrawn', 'refused')")


class Application(Model):
    """One product's application to one call; measures are copies, frozen when it is submitted.

    `weekly_demand_milli` is what curators expect one facing to sell a week, in thousandths.
    `score` is the weighted mean of all criteria in hundredths of a point.
    """

    __tablename__ = "application"
    __table_args__ = (
        Index(
            "uq_application_live",
            "call_id",
            "sheet_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        CheckConstraint("min_facings > 0 AND max_facings >= min_facings", name="facings"),
        CheckConstraint("capacity_week > 0 AND price > 0", name="positive"),
        Index("ix_application_call_id_status", "call_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("slot_call.id"))
    sheet_id: Mapped[int] = mapped_column(ForeignKey("product_sheet.id"), index=True)
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"), index=True)
    kecamatan_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    status: Mapped[ApplicationStatus] = mapped_column(enum_column(ApplicationStatus))
    status_reason: Mapped[str | None]
    category: Mapped[GoodsCategory] = mapped_column(enum_column(GoodsCategory))
    width_mm: Mapped[int]
    height_mm: Mapped[int]
    depth_mm: Mapped[int]
    weight_g: Mapped[int]
    shelf_life_days: Mapped[int | None]
    min_facings: Mapped[int]
    max_facings: Mapped[int]
    capacity_week: Mapped[int]
    price: Mapped[Rupiah]
    note: Mapped[str] = mapped_column(default="")
    weekly_demand_milli: Mapped[int | None]
    score: Mapped[int | None]
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    screened_at: Mapped[datetime | None]
    screened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    appeal: Mapped[str | None]
    appealed_at: Mapped[datetime | None]


class ApplicationStore(Model):
    """A store that the producer wants; 1 is wanted most."""

    __tablename__ = "application_store"
    __table_args__ = (UniqueConstraint("application_id", "wish"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"), primary_key=True, index=True)
    wish: Mapped[int]


class ApplicationStep(Model):
    """One move of an application: who, when, from where to where, why; never changed."""

    __tablename__ = "application_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    came_from: Mapped[ApplicationStatus | None] = mapped_column(
        enum_column(ApplicationStatus, name="came_from")
    )
    went_to: Mapped[ApplicationStatus] = mapped_column(
        enum_column(ApplicationStatus, name="went_to")
    )
    reason: Mapped[str | None]
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class CurationScore(Model):
    """Points of one criterion, with the reason."""

    __tablename__ = "curation_score"
    __table_args__ = (CheckConstraint("points BETWEEN 0 AND 100", name="points"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("call_criterion.id"), primary_key=True)
    points: Mapped[int]
    note: Mapped[str]
    scored_at: Mapped[datetime]
    scored_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


class RepairItem(Model):
    """Something that the producer must put right before curation goes on."""

    __tablename__ = "repair_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    what: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    done_at: Mapped[datetime | None]
    answer: Mapped[str | None]
