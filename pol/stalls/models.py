"""Markets, stalls, who keeps them, and their permits."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pol.kernel.db import Model, enum_column
from pol.kernel.money import Rupiah
from pol.stalls.rules import PermitKind, Seat, StallStatus


class Market(Model):
    """A traditional market; open on the days of `weekday_mask` or of `pasaran_mask`.

    Bit 0 of `weekday_mask` is Monday; bits of `pasaran_mask` follow `rules.PASARAN`. A mask of 0
    does not restrict. Hours are minutes since local midnight.
    """

    __tablename__ = "market"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    village_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    kecamatan_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    address: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    phone: Mapped[str | None]
    picture_key: Mapped[str | None]
    weekday_mask: Mapped[int] = mapped_column(default=127)
    pasaran_mask: Mapped[int] = mapped_column(default=0)
    opens_minute: Mapped[int]
    closes_minute: Mapped[int]
    bank_name: Mapped[str | None]
    bank_account: Mapped[str | None]
    bank_holder: Mapped[str | None]
    qris: Mapped[str | None]
    stall_cash_ceiling: Mapped[Rupiah] = mapped_column(server_default="1000000")
    is_active: Mapped[bool] = mapped_column(default=True)


class Stall(Model):
    """A seller: a place in a market, or a village address that a market serves."""

    __tablename__ = "stall"
    __table_args__ = (
        Index("ix_stall_market_id_status", "market_id", "status"),
        Index("ix_stall_status_submitted_at", "status", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    phone: Mapped[str]
    picture_key: Mapped[str | None]
    market_id: Mapped[int] = mapped_column(ForeignKey("market.id"))
    block: Mapped[str | None]
    number: Mapped[str | None]
    village_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    kecamatan_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    address: Mapped[str] = mapped_column(default="")
    opens_minute: Mapped[int | None]
    closes_minute: Mapped[int | None]
    pickup_at_stall: Mapped[bool] = mapped_column(default=True)
    qris: Mapped[str | None]
    vacation_from: Mapped[date | None]
    vacation_until: Mapped[date | None]
    status: Mapped[StallStatus] = mapped_column(enum_column(StallStatus))
    status_reason: Mapped[str | None]
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    market: Mapped[Market] = relationship(lazy="raise_on_sql")


class StallMember(Model):
    """Who keeps a stall: its owner and helpers."""

    __tablename__ = "stall_member"

    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    seat: Mapped[Seat] = mapped_column(enum_column(Seat))
    since: Mapped[datetime]


class Permit(Model):
    """A permit of the business (no product) or of one product."""

    __tablename__ = "permit"

    id: Mapped[int] = mapped_column(primary_key=True)
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), index=True)
    kind: Mapped[PermitKind] = mapped_column(enum_column(PermitKind))
    number: Mapped[str]
    expires_on: Mapped[date | None]
    picture_key: Mapped[str | None]
    created_at: Mapped[datetime]
