"""Slot calls: which spans of which shelves are offered, for how long and on what terms."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.kernel.money import Rupiah
from pol.partnership.slots.rules import Bearer, CallStatus, ChargeBasis, ChargeKind, CoopForm


class SlotCall(Model):
    """An invitation to apply; its terms are frozen by `terms_sha256` when it is published.

    Goods stand from `from_on` until `until_on` (exclusive). `findings` are what the term checker
    said then, `stated_reason` why it was published in spite of them. `min_life_bp` is the part of
    a product's life that must be left on delivery. `expected_sales` is what one producer is thought
    to sell in one settlement period; charges of a fixed amount are set against it.
    """

    __tablename__ = "slot_call"
    __table_args__ = (
        CheckConstraint("from_on < until_on", name="span"),
        CheckConstraint("margin_bp BETWEEN 0 AND 10000", name="margin"),
        CheckConstraint("min_life_bp BETWEEN 0 AND 10000", name="min_life"),
        CheckConstraint(
            "gap_mm >= 0 AND per_producer_per_store > 0 AND kecamatan_floor >= 0", name="quotas"
        ),
        Index("ix_slot_call_retailer_id_status", "retailer_id", "status"),
        Index("ix_slot_call_status_closes_at", "status", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailer.id"))
    title: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    form: Mapped[CoopForm] = mapped_column(enum_column(CoopForm))
    status: Mapped[CallStatus] = mapped_column(enum_column(CallStatus))
    status_reason: Mapped[str | None]
    from_on: Mapped[date]
    until_on: Mapped[date]
    closes_at: Mapped[datetime]
    margin_bp: Mapped[int]
    payment_days: Mapped[int]
    settle_every_days: Mapped[int]
    notice_days: Mapped[int]
    offer_days: Mapped[int]
    min_life_bp: Mapped[int]
    unsold_bearer: Mapped[Bearer] = mapped_column(enum_column(Bearer, name="unsold_bearer"))
    damage_bearer: Mapped[Bearer] = mapped_column(enum_column(Bearer, name="damage_bearer"))
    loss_bearer: Mapped[Bearer] = mapped_column(enum_column(Bearer, name="loss_bearer"))
    late_fine_bp: Mapped[int] = mapped_column(default=0)
    short_fine_bp: Mapped[int] = mapped_column(default=0)
    expected_sales: Mapped[Rupiah | None]
    new_goods_only: Mapped[bool] = mapped_column(default=False)
    categories: Mapped[list[str]] = mapped_column(JSON)
    permits: Mapped[list[str]] = mapped_column(JSON)
    gap_mm: Mapped[int] = mapped_column(default=5)
    per_producer_per_store: Mapped[int] = mapped_column(default=2)
    kecamatan_floor: Mapped[int] = mapped_column(default=0)
    floor_penalty: Mapped[Rupiah]
    findings: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    stated_reason: Mapped[str | None]
    terms_sha256: Mapped[str | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class CallSpan(Model):
    """A part of a shelf that a call offers, from the shelf's left edge."""

    __tablename__ = "call_span"
    __table_args__ = (CheckConstraint("x_mm >= 0 AND width_mm > 0", name="span"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("slot_call.id"), primary_key=True)
    shelf_id: Mapped[int] = mapped_column(ForeignKey("shelf.id"), primary_key=True, index=True)
    x_mm: Mapped[int]
    width_mm: Mapped[int]


class CallCharge(Model):
    """Something that producers pay besides the margin."""

    __tablename__ = "call_charge"
    __table_args__ = (CheckConstraint("amount >= 0 AND share_bp >= 0", name="not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("slot_call.id"), index=True)
    kind: Mapped[ChargeKind] = mapped_column(enum_column(ChargeKind))
    basis: Mapped[ChargeBasis] = mapped_column(enum_column(ChargeBasis))
    name: Mapped[str]
    amount: Mapped[Rupiah]
    share_bp: Mapped[int]


class CallCriterion(Model):
    """Something that applicants are scored for, 0 to 100 points, by weight."""

    __tablename__ = "call_criterion"
    __table_args__ = (CheckConstraint("weight > 0", name="weight"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("slot_call.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    weight: Mapped[int]
