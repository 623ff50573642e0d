"""Agreements (PKS): the call's terms, signed by both sides, with the hash of what was signed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.kernel.money import Rupiah
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.slots.rules import Bearer, ChargeBasis, ChargeKind, CoopForm


class Agreement(Model):
    """One product in one or more stores of one retailer; terms are copies of the call's.

    `text` is what both sides read, `text_sha256` its hash, `rules` the term rules (code, number,
    days of validity) that were checked, `rules_sha256` their hash. `price` is to the customer.
    While it is in force, `ended_at` is the moment that a notice of either side named.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("from_on < until_on", name="dates"),
        CheckConstraint("margin_bp BETWEEN 0 AND 10000", name="margin"),
        CheckConstraint("price > 0", name="price"),
        Index("ix_agreement_retailer_id_status", "retailer_id", "status"),
        Index("ix_agreement_stall_id_status", "stall_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("slot_call.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailer.id"))
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"))
    sheet_id: Mapped[int] = mapped_column(ForeignKey("product_sheet.id"))
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
    status: Mapped[AgreementStatus] = mapped_column(enum_column(AgreementStatus))
    form: Mapped[CoopForm] = mapped_column(enum_column(CoopForm))
    from_on: Mapped[date]
    until_on: Mapped[date]
    price: Mapped[Rupiah]
    margin_bp: Mapped[int]
    payment_days: Mapped[int]
    notice_days: Mapped[int]
    min_life_bp: Mapped[int]
    unsold_bearer: Mapped[Bearer] = mapped_column(enum_column(Bearer, name="unsold_bearer"))
    damage_bearer: Mapped[Bearer] = mapped_column(enum_column(Bearer, name="damage_bearer"))
    loss_bearer: Mapped[Bearer] = mapped_column(enum_column(Bearer, name="loss_bearer"))
    late_fine_bp: Mapped[int]
    short_fine_bp: Mapped[int]
    change_reason: Mapped[str | None]
    text: Mapped[str]
    text_sha256: Mapped[str]
    rules: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    rules_sha256: Mapped[str]
    made_at: Mapped[datetime]
    in_force_at: Mapped[datetime | None]
    notice_told_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_reason: Mapped[str | None]


class AgreementCharge(Model):
    """A charge of the agreement; the list is closed."""

    __tablename__ = "agreement_charge"
    __table_args__ = (CheckConstraint("amount >= 0 AND share_bp >= 0", name="not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    kind: Mapped[ChargeKind] = mapped_column(enum_column(ChargeKind))
    basis: Mapped[ChargeBasis] = mapped_column(enum_column(ChargeBasis))
    name: Mapped[str]
    amount: Mapped[Rupiah]
    share_bp: Mapped[int]


class Signature(Model):
    """One side's signature: the typed name, the moment and the hash of what was read."""

    __tablename__ = "agreement_signature"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    side: Mapped[Bearer] = mapped_column(enum_column(Bearer, name="side"), primary_key=True)
    typed_name: Mapped[str]
    signed_at: Mapped[datetime]
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    text_sha256: Mapped[str]
