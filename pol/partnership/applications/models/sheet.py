"""Product sheets: what a shelf must know of a product, written once by its producer."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.kernel.money import Rupiah
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.slots.rules import GoodsCategory


class ProductSheet(Model):
    """One sales unit: millimetres as it stands with its face to the customer, grams, days.

    `capacity_week` is how many the producer can make a week for all stores together.
    """

    __tablename__ = "product_sheet"
    __table_args__ = (
        CheckConstraint("width_mm > 0 AND height_mm > 0 AND depth_mm > 0", name="size"),
        CheckConstraint("weight_g > 0 AND capacity_week > 0 AND price > 0", name="positive"),
        CheckConstraint("shelf_life_days IS NULL OR shelf_life_days > 0", name="shelf_life"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), index=True)
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    category: Mapped[GoodsCategory] = mapped_column(enum_column(GoodsCategory))
    width_mm: Mapped[int]
    height_mm: Mapped[int]
    depth_mm: Mapped[int]
    weight_g: Mapped[int]
    shelf_life_days: Mapped[int | None]
    capacity_week: Mapped[int]
    price: Mapped[Rupiah]
    gtin: Mapped[str | None] = mapped_column(unique=True)
    picture_key: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class SheetPermit(Model):
    """A permit of a product with the picture of its paper; without `expires_on` it stays valid."""

    __tablename__ = "sheet_permit"
    __table_args__ = (UniqueConstraint("sheet_id", "kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("product_sheet.id"))
    kind: Mapped[SheetPermitKind] = mapped_column(enum_column(SheetPermitKind))
    number: Mapped[str]
    expires_on: Mapped[date | None]
    picture_key: Mapped[str | None]
    created_at: Mapped[datetime]


class StoreCode(Model):
    """A number for a product without GTIN, valid at one retailer only (EAN-13, prefix 2)."""

    __tablename__ = "store_code"

    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailer.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("product_sheet.id"), index=True)
    made_at: Mapped[datetime]
