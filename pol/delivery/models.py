"""Rates by kecamatan and date, delivery slots, and trips."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pol.delivery.rules import TripStatus
from pol.kernel.db import Model, enum_column
from pol.kernel.money import Rupiah


class DeliveryRate(Model):
    """The flat fee of one trip into a kecamatan (none = everywhere else), with its source."""

    __tablename__ = "delivery_rate"
    __table_args__ = (
        CheckConstraint("fee >= 0", name="fee_not_negative"),
        Index("ix_delivery_rate_kecamatan_code_valid_from", "kecamatan_code", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kecamatan_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    fee: Mapped[Rupiah]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    source: Mapped[str]


class DeliverySlot(Model):
    """Hours in which a market delivers; orders until `cutoff_minute` of that day go along."""

    __tablename__ = "delivery_slot"

    id: Mapped[int] = mapped_column(primary_key=True)
    market_id: Mapped[int] = mapped_column(ForeignKey("market.id"), index=True)
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]
    cutoff_minute: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)


class Trip(Model):
    """One courier's round from one market in one slot of one day."""

    __tablename__ = "trip"
    __table_args__ = (
        UniqueConstraint("market_id", "on_day", "slot_id"),
        Index("ix_trip_courier_id_on_day", "courier_id", "on_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    market_id: Mapped[int] = mapped_column(ForeignKey("market.id"))
    on_day: Mapped[date]
    slot_id: Mapped[int] = mapped_column(ForeignKey("delivery_slot.id"))
    courier_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    status: Mapped[TripStatus] = mapped_column(enum_column(TripStatus))
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
