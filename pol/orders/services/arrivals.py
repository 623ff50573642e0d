"""What a payment provider says of an order group's money, by itself or when asked."""

import hashlib
from datetime import datetime

from pol.orders.queries.locks import lock_group_by_id
from pol.payments.queries.attempts import find_group_of
from pol.payments.rules import Verdict, midtrans
from pol.payments.rules.provider import MessageUnreadable, Seen
from pol.payments.services import attempts


def take_notification(*, body: bytes, server_key: str, now: datetime) -> Verdict:
    """Follow a notification of Midtrans if it is genuine; keep and audit it if it is not.

    :raises MessageUnreadable: it is no notification at all
    """
    message = midtrans.read_message(body)
    text = body.decode(errors="replace")
    key = f"callback:{hashlib.sha256(body).hexdigest()}"
    verdict = Verdict.FORGED
    if midtrans.is_genuine(message, server_key):
        try:
            seen = midtrans.read_seen(message)
        except MessageUnreadable:
            verdict = Verdict.WRONG_AMOUNT  # signed, but no amount that could be ours
        else:
            return hear(seen=seen, provider=midtrans.NAME, body=text, key=key, now=now)
    attempts.keep_message(
        provider=midtrans.NAME,
        key=key,
        reference=message.order_id,
        body=text,
        verdict=verdict,
        now=now,
    )
    return verdict


def take_answer(*, seen: Seen, provider: str, now: datetime) -> Verdict:
    """Follow what a provider answered when it was asked about a charge."""
    text = f"{seen.status} {seen.amount.amount} {seen.charged.their_id}"
    key = f"answer:{seen.reference}:{text}"
    return hear(seen=seen, provider=provider, body=text, key=key, now=now)


def hear(*, seen: Seen, provider: str, body: str, key: str, now: datetime) -> Verdict:
    """Hold the group first, as everybody does, then let payments follow."""
    group_id = find_group_of(seen.reference)
    if group_id is not None:
        lock_group_by_id(group_id)
    return attempts.hear(seen=seen, provider=provider, body=body, key=key, now=now)
