"""Retailers, who works for them, and their stores."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.partnership.slots.rules import RetailSeat, StoreStatus


class Retailer(Model):
    """A business with one or more stores."""

    __tablename__ = "retailer"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    nib: Mapped[str] = mapped_column(unique=True)
    phone: Mapped[str]
    created_at: Mapped[datetime]


class RetailMember(Model):
    """Who works for a retailer; a clerk works in one store, others in all."""

    __tablename__ = "retail_member"
    __table_args__ = (
        CheckConstraint("(seat = 'clerk') = (store_id IS NOT NULL)", name="clerk_in_a_store"),
    )

    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailer.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    seat: Mapped[RetailSeat] = mapped_column(enum_column(RetailSeat))
    store_id: Mapped[int | None] = mapped_column(ForeignKey("store.id"))
    since: Mapped[datetime]


class Store(Model):
    """A place of a retailer: one permit, one village.

    `all_shelves_mm` is the length of every shelf of the store, ours or not, as its retailer says;
    the share of local goods is reckoned on it.
    """

    __tablename__ = "store"
    __table_args__ = (
        CheckConstraint("all_shelves_mm >= 0", name="length_not_negative"),
        Index("ix_store_status_submitted_at", "status", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailer.id"), index=True)
    name: Mapped[str]
    permit_number: Mapped[str] = mapped_column(unique=True)
    permit_expires_on: Mapped[date | None]
    permit_picture_key: Mapped[str | None]
    village_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    kecamatan_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    address: Mapped[str]
    phone: Mapped[str]
    all_shelves_mm: Mapped[int] = mapped_column(default=0)
    status: Mapped[StoreStatus] = mapped_column(enum_column(StoreStatus))
    status_reason: Mapped[str | None]
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class FollowUp(Model):
    """An officer's reminder to a store that gives no place to local goods, until it is closed."""

    __tablename__ = "store_follow_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"), index=True)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    due_on: Mapped[date]
    text: Mapped[str]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
