"""What was asked of a payment provider, and everything it ever told us."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.kernel.money import Rupiah
from pol.payments.rules import AttemptKind, AttemptStatus, Verdict


class PaymentAttempt(Model):
    """One charge at a provider; its `reference` is our name for it there, never used twice."""

    __tablename__ = "payment_attempt"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("ix_payment_attempt_status_checked_at", "status", "checked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    provider: Mapped[str]
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[AttemptKind] = mapped_column(enum_column(AttemptKind))
    status: Mapped[AttemptStatus] = mapped_column(enum_column(AttemptStatus))
    amount: Mapped[Rupiah]
    code: Mapped[str | None]
    their_id: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class ProviderMessage(Model):
    """A callback or an answer to a question, as it came; the same message is kept once."""

    __tablename__ = "provider_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(index=True)
    received_at: Mapped[datetime]
    body: Mapped[str]
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict))
