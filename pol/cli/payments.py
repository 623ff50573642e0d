"""Asking the payment provider about what is open, and giving money back through it."""

from datetime import datetime, timedelta

import click
import structlog
from flask.cli import AppGroup

from pol.kernel import clock
from pol.kernel.transaction import transaction
from pol.orders.queries.locks import lock_group_by_id
from pol.orders.services import arrivals
from pol.payments.queries import attempts as queries
from pol.payments.queries import payments as payment_queries
from pol.payments.queries.attempts import DueRefund, OpenAttempt
from pol.payments.rules import AttemptKind, AttemptStatus
from pol.payments.rules.provider import ProviderRefused, ProviderSilent, Seen
from pol.payments.services import attempts, payments, providers
from pol.payments.services.providers import Provider

SETTLED_AFTER = timedelta(minutes=1)
AT_ONCE = 25
NEVER_REACHED = "Tidak sampai ke penyedia pembayaran."

log = structlog.get_logger()
cli = AppGroup("payments", help="Look after payments.")


@cli.command("reconcile")
def reconcile_now() -> None:
    """Ask the provider about every open charge, and send what is to be given back."""
    if providers.in_use() is None:
        raise click.ClickException("no payment provider is configured")
    now = clock.now()
    click.echo(f"{reconcile(now)} charges looked at, {send_refunds(now)} refunds sent")


def reconcile(now: datetime) -> int:
    """Ask about charges that nobody heard of for a minute; return how many were asked about."""
    provider, asked = providers.in_use(), 0
    if provider is None:
        return 0
    for attempt in queries.list_open(before=now - SETTLED_AFTER, limit=AT_ONCE):
        try:
            _repair(provider, attempt, now)
        except (ProviderSilent, ProviderRefused) as refusal:
            log.warning("charge left open", reference=attempt.reference, reason=str(refusal))
            _note_looked(attempt, now)
        asked += 1
    return asked


def _repair(provider: Provider, attempt: OpenAttempt, now: datetime) -> None:
    seen = provider.look(attempt.reference)
    if seen is not None and _is_of_no_use(attempt, seen):
        provider.cancel(attempt.reference)
        seen = provider.look(attempt.reference) or seen
    with transaction():
        lock_group_by_id(attempt.group_id)
        if seen is None:
            attempts.note_failed(reference=attempt.reference, reason=NEVER_REACHED, now=now)
        else:
            arrivals.take_answer(seen=seen, provider=provider.name, now=now)


def _is_of_no_use(attempt: OpenAttempt, seen: Seen) -> bool:
    """Answer whether nobody can or may pay this: its code was lost, or its time is over."""
    lost = attempt.kind is AttemptKind.QRIS and not (attempt.code or seen.charged.code)
    return seen.status is AttemptStatus.PENDING and (lost or not attempt.is_wanted)


def _note_looked(attempt: OpenAttempt, now: datetime) -> None:
    with transaction():
        attempts.note_looked(reference=attempt.reference, now=now)


def send_refunds(now: datetime) -> int:
    """Give back through the provider what came through it; return how many went well."""
    provider = providers.in_use()
    if provider is None:
        return 0
    return sum(_send(provider, due, now) for due in queries.list_due_refunds(limit=AT_ONCE))


def _send(provider: Provider, due: DueRefund, now: datetime) -> bool:
    with transaction():
        refund = payment_queries.lock_refund(due.id)
        if not payments.ask_for_refund(refund=refund, now=now):
            return False
    try:
        provider.refund(
            due.reference, key=f"refund-{due.id}", amount=due.amount.amount, reason=due.reason
        )
    except (ProviderSilent, ProviderRefused) as refusal:
        with transaction():
            payments.leave_refund(
                refund=payment_queries.lock_refund(due.id),
                reason=str(refusal),
                is_final=isinstance(refusal, ProviderRefused),
                now=now,
            )
        return False
    with transaction():
        payments.finish_refund(
            refund=payment_queries.lock_refund(due.id),
            officer_id=None,
            note=due.reference,
            now=now,
        )
    return True
