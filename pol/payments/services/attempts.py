"""Charges at a provider, from the row before the call to whatever the provider says later.

Nothing leaves the building inside a transaction: the edge commits `open_attempt`, asks the
provider, and commits `note_charged` or `note_failed`. What is lost in between is found by
reconciliation. Whoever calls holds the order group first, so that nobody waits in a ring.
"""

from datetime import datetime

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db, insert
from pol.kernel.errors import NotFound
from pol.kernel.signals import announce
from pol.kernel.text import readable_code
from pol.ledger import services as ledger
from pol.payments.models import Payment, PaymentAttempt, ProviderMessage
from pol.payments.rules import (
    OPEN,
    AttemptKind,
    AttemptStatus,
    Channel,
    Method,
    PaymentNotOpen,
    PaymentStatus,
    Verdict,
)
from pol.payments.rules.provider import (
    LIVE,
    WITH_MONEY,
    Charge,
    Charged,
    Seen,
    again_key,
    follow,
)
from pol.payments.services import payments
from pol.payments.signals import MoneyArrived

LEAST_MINUTES, MOST_MINUTES = 1, 24 * 60
KEPT = 4_000
"""Characters of a provider's message that are kept."""


def open_attempt(
    *, payment: Payment, provider: str, kind: AttemptKind, now: datetime
) -> PaymentAttempt:
    """Write down a charge before the provider is asked; a second press gives the same one.

    :raises PaymentNotOpen: it is not paid online, or not any more
    """
    if payment.method is not Method.ONLINE or payment.status not in OPEN:
        raise PaymentNotOpen
    live = find_live_attempt(payment=payment, kind=kind)
    if live is not None:
        return live
    attempt = PaymentAttempt(
        payment_id=payment.id,
        provider=provider,
        reference=f"POL-{payment.id}-{readable_code(8)}",
        kind=kind,
        status=AttemptStatus.CREATED,
        amount=payment.amount,
        expires_at=payment.due_at,
        created_at=now,
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt


def find_live_attempt(*, payment: Payment, kind: AttemptKind) -> PaymentAttempt | None:
    """Return the charge of this kind that is under way for a payment held still, or nothing."""
    return db.session.scalar(
        select(PaymentAttempt)
        .where(
            PaymentAttempt.payment_id == payment.id,
            PaymentAttempt.kind == kind,
            PaymentAttempt.status.in_(LIVE),
        )
        .with_for_update()
    )


def charge_of(attempt: PaymentAttempt, *, now: datetime) -> Charge:
    """Return what the provider is asked for; the charge ends when the group's time does."""
    until = attempt.expires_at or now
    minutes = int((until - now).total_seconds()) // 60
    return Charge(
        reference=attempt.reference,
        kind=attempt.kind,
        amount=attempt.amount,
        minutes=min(max(minutes, LEAST_MINUTES), MOST_MINUTES),
    )


def note_charged(*, reference: str, charged: Charged, now: datetime) -> None:
    """Keep what the customer pays to; a callback may have been faster."""
    attempt = lock_attempt(reference)
    _keep(attempt, charged)
    if attempt.status is AttemptStatus.CREATED:
        attempt.status = AttemptStatus.PENDING
    attempt.checked_at = now


def note_failed(*, reference: str, reason: str, now: datetime) -> None:
    """Note that a charge came to nothing, unless it lives after all."""
    attempt = lock_attempt(reference)
    if attempt.status in LIVE:
        attempt.status, attempt.reason, attempt.checked_at = AttemptStatus.FAILED, reason, now


def note_looked(*, reference: str, now: datetime) -> None:
    """Note that the provider was asked and had nothing new."""
    lock_attempt(reference).checked_at = now


def hear(*, seen: Seen, provider: str, body: str, key: str, now: datetime) -> Verdict:
    """Follow what a provider says, once however often and in whatever order it is said."""
    attempt = find_attempt(seen.reference)
    if attempt is None or attempt.provider != provider:
        verdict = Verdict.UNKNOWN
    elif attempt.amount != seen.amount:
        verdict = Verdict.WRONG_AMOUNT
    else:
        verdict = _apply(attempt, seen, now)
    keep_message(
        provider=provider, key=key, reference=seen.reference, body=body, verdict=verdict, now=now
    )
    return verdict


def keep_message(
    *, provider: str, key: str, reference: str, body: str, verdict: Verdict, now: datetime
) -> None:
    """Keep what a provider, or somebody in its name, said; what was refused is audited."""
    row = insert(ProviderMessage).values(
        provider=provider,
        key=key,
        reference=reference[:100],
        received_at=now,
        body=body[:KEPT],
        verdict=verdict,
    )
    is_new = db.session.scalar(row.on_conflict_do_nothing().returning(ProviderMessage.id))
    if is_new is not None and verdict not in {Verdict.APPLIED, Verdict.REPEATED, Verdict.STALE}:
        audit.record(
            action="provider.message_refused",
            subject=f"provider:{provider}",
            actor_id=None,
            now=now,
            verdict=verdict.value,
            reference=reference[:100],
        )


def find_attempt(reference: str) -> PaymentAttempt | None:
    """Return an attempt held still, or nothing."""
    return db.session.scalar(
        select(PaymentAttempt)
        .where(PaymentAttempt.reference == reference)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def lock_attempt(reference: str) -> PaymentAttempt:
    """Return an attempt held still.

    :raises NotFound: there is none of this name
    """
    attempt = find_attempt(reference)
    if attempt is None:
        raise NotFound
    return attempt


def _apply(attempt: PaymentAttempt, seen: Seen, now: datetime) -> Verdict:
    attempt.checked_at = now
    before, after = attempt.status, follow(attempt.status, seen.status)
    if after is None:
        return Verdict.REPEATED if seen.status is before else Verdict.STALE
    _keep(attempt, seen.charged)
    attempt.status = after
    if after in WITH_MONEY and before not in WITH_MONEY:
        attempt.paid_at = now
        _take_in(attempt, now)
    audit.record(
        action=f"attempt.{after}",
        subject=f"payment:{attempt.payment_id}",
        actor_id=None,
        now=now,
        reference=attempt.reference,
        amount=attempt.amount.amount,
    )
    return Verdict.APPLIED


def _keep(attempt: PaymentAttempt, charged: Charged) -> None:
    attempt.their_id = charged.their_id or attempt.their_id
    attempt.code = charged.code or attempt.code
    attempt.expires_at = charged.expires_at or attempt.expires_at


def _take_in(attempt: PaymentAttempt, now: datetime) -> None:
    """Tell that the money is there; what pays a group for the second time goes back."""
    payment = db.session.scalars(
        select(Payment)
        .where(Payment.id == attempt.payment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    account = f"provider:{attempt.provider}"
    if payment.status is not PaymentStatus.CONFIRMED:
        announce(MoneyArrived(payment.group_id, account, None, now))
        return
    key = again_key(attempt.id)
    ledger.post(
        key=key,
        at=now,
        reference=f"group:{payment.group_id}",
        memo="Dibayar dua kali, harus dikembalikan",
        lines=[(account, attempt.amount), ("refund:due", -attempt.amount)],
    )
    payments.owe_refund(
        payment=payment,
        amount=attempt.amount,
        key=key,
        reason="Belanjaan ini dibayar dua kali",
        now=now,
        channel=Channel.PROVIDER,
    )
