"""How stores and places were before they changed; never changed itself."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.partnership.slots.rules import StoreStatus


class StoreBefore(Model):
    """A store's shelves and state until a moment: months that are over are reckoned on them."""

    __tablename__ = "store_before"

    id: Mapped[int] = mapped_column(primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"), index=True)
    until_at: Mapped[datetime]
    all_shelves_mm: Mapped[int]
    status: Mapped[StoreStatus] = mapped_column(enum_column(StoreStatus))


class PlacementBefore(Model):
    """How wide a place was until a moment, when it grew or shrank."""

    __tablename__ = "placement_before"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    until_at: Mapped[datetime]
    width_mm: Mapped[int]
