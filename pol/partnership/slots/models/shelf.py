"""Fixtures and shelves, in whole millimetres and grams, with every version that ever held."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.partnership.slots.rules import FixtureStatus

MEASURES = "width_mm > 0 AND height_mm > 0 AND depth_mm > 0"


class Fixture(Model):
    """A gondola or rack; `position` orders them along the wall."""

    __tablename__ = "fixture"
    __table_args__ = (UniqueConstraint("store_id", "code"), CheckConstraint(MEASURES, name="size"))

    id: Mapped[int] = mapped_column(primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    code: Mapped[str]
    name: Mapped[str]
    width_mm: Mapped[int]
    height_mm: Mapped[int]
    depth_mm: Mapped[int]
    position: Mapped[int]
    status: Mapped[FixtureStatus] = mapped_column(enum_column(FixtureStatus))
    status_from: Mapped[date]
    status_until: Mapped[date | None]
    status_reason: Mapped[str | None]


class Shelf(Model):
    """One board of a fixture as it is now; `bottom_mm` is how high its board hangs.

    `level_factor_bp` tells how well the height sells, 10,000 being average; `categories` which
    kinds of goods may stand here (none means all).
    """

    __tablename__ = "shelf"
    __table_args__ = (
        UniqueConstraint("fixture_id", "number"),
        CheckConstraint(f"{MEASURES} AND bottom_mm >= 0", name="size"),
        CheckConstraint("load_g > 0 AND level_factor_bp > 0", name="strength"),
        Index("ix_shelf_store_id", "store_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fixture_id: Mapped[int] = mapped_column(ForeignKey("fixture.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    number: Mapped[int]
    bottom_mm: Mapped[int]
    width_mm: Mapped[int]
    height_mm: Mapped[int]
    depth_mm: Mapped[int]
    load_g: Mapped[int]
    level_factor_bp: Mapped[int]
    categories: Mapped[list[str]] = mapped_column(JSON)
    version: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)


class ShelfVersion(Model):
    """How a shelf was from a moment on; never changed."""

    __tablename__ = "shelf_version"

    shelf_id: Mapped[int] = mapped_column(ForeignKey("shelf.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    bottom_mm: Mapped[int]
    width_mm: Mapped[int]
    height_mm: Mapped[int]
    depth_mm: Mapped[int]
    load_g: Mapped[int]
    level_factor_bp: Mapped[int]
    categories: Mapped[list[str]] = mapped_column(JSON)
    is_active: Mapped[bool]
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
