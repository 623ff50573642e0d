"""Charges at a provider: what a customer sees of them, and which must be asked about."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.payments.models import Payment, PaymentAttempt, RefundDue
from pol.payments.rules import (
    OPEN,
    AttemptKind,
    AttemptStatus,
    Channel,
    PaymentStatus,
    RefundStatus,
)
from pol.payments.rules.provider import LIVE, WITH_MONEY, again_key


@dataclass(frozen=True)
class AttemptRow:
    """A charge as its customer sees it."""

    reference: str
    kind: AttemptKind
    status: AttemptStatus
    amount: Rupiah
    code: str | None
    expires_at: datetime | None
    reason: str | None


@dataclass(frozen=True)
class OpenAttempt:
    """A charge of which nobody knows the end, and whether its payment still waits for it."""

    reference: str
    group_id: int
    kind: AttemptKind
    status: AttemptStatus
    code: str | None
    payment_status: PaymentStatus

    @property
    def is_wanted(self) -> bool:
        """Answer whether the customer may still pay it."""
        return self.payment_status in OPEN


@dataclass(frozen=True)
class DueRefund:
    """Money that goes back through the provider that took it."""

    id: int
    reference: str
    amount: Rupiah
    reason: str


def list_attempts_of_group(group_id: int) -> list[AttemptRow]:
    """Return the charges of a group, newest first."""
    rows = db.session.execute(
        select(
            PaymentAttempt.reference,
            PaymentAttempt.kind,
            PaymentAttempt.status,
            PaymentAttempt.amount,
            PaymentAttempt.code,
            PaymentAttempt.expires_at,
            PaymentAttempt.reason,
        )
        .join(Payment, Payment.id == PaymentAttempt.payment_id)
        .where(Payment.group_id == group_id)
        .order_by(PaymentAttempt.id.desc())
    )
    return [AttemptRow(*row) for row in rows]


def find_group_of(reference: str) -> int | None:
    """Return the id of the group that a charge pays, or nothing."""
    return db.session.scalar(
        select(Payment.group_id)
        .join(PaymentAttempt, PaymentAttempt.payment_id == Payment.id)
        .where(PaymentAttempt.reference == reference)
    )


def list_open(*, before: datetime, limit: int) -> list[OpenAttempt]:
    """Return charges whose end is unknown and that nobody looked at since, oldest look first."""
    looked = func.coalesce(PaymentAttempt.checked_at, PaymentAttempt.created_at)
    rows = db.session.execute(
        select(
            PaymentAttempt.reference,
            Payment.group_id,
            PaymentAttempt.kind,
            PaymentAttempt.status,
            PaymentAttempt.code,
            Payment.status,
        )
        .join(Payment, Payment.id == PaymentAttempt.payment_id)
        .where(PaymentAttempt.status.in_(LIVE), looked <= before)
        .order_by(looked, PaymentAttempt.id)
        .limit(limit)
    )
    return [OpenAttempt(*row) for row in rows]


def list_due_refunds(*, limit: int) -> list[DueRefund]:
    """Return what the provider must give back, oldest first; each with the charge that was paid."""
    rows = db.session.execute(
        select(RefundDue.id, RefundDue.key, RefundDue.group_id, RefundDue.amount, RefundDue.reason)
        .where(RefundDue.status == RefundStatus.DUE, RefundDue.channel == Channel.PROVIDER)
        .order_by(RefundDue.id)
        .limit(limit)
    ).all()
    paid = _paid_charges({row.group_id for row in rows})
    return [
        DueRefund(row.id, _charge_of(row.key, paid[row.group_id]), row.amount, row.reason)
        for row in rows
        if paid[row.group_id]
    ]


def is_paid_online(group_id: int) -> bool:
    """Answer whether a provider holds, or held, money for a group."""
    return bool(_paid_charges({group_id})[group_id])


def _paid_charges(group_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """Return the paid charges of each group by id, oldest first."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = db.session.execute(
        select(Payment.group_id, PaymentAttempt.id, PaymentAttempt.reference)
        .join(Payment, Payment.id == PaymentAttempt.payment_id)
        .where(Payment.group_id.in_(group_ids), PaymentAttempt.status.in_(WITH_MONEY))
        .order_by(PaymentAttempt.paid_at, PaymentAttempt.id)
    )
    for group_id, attempt_id, reference in rows:
        found[group_id][attempt_id] = reference
    return found


def _charge_of(key: str, paid: dict[int, str]) -> str:
    """Return the charge that a refund belongs to: the second one, or else the first."""
    again = (reference for known, reference in paid.items() if again_key(known) == key)
    return next(again, next(iter(paid.values())))
