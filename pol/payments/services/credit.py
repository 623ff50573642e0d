"""Store credit (saldo belanja): it comes only from refunds and differences, and pays for goods.

There is no table: it is what stands on the customer's account in the ledger.
"""

from datetime import datetime

from pol.kernel.money import ZERO, Rupiah
from pol.ledger import services as ledger
from pol.ledger.queries import get_balance
from pol.payments import rules
from pol.payments.models import RefundDue
from pol.payments.rules import Channel, RefundStatus


def account(user_id: int | None) -> str:
    """Return the ledger account of a customer's store credit."""
    if user_id is None:
        raise ValueError("a guest has no store credit")
    return f"credit:customer:{user_id}"


def balance_of(user_id: int | None) -> Rupiah:
    """Return what a customer may still spend; a guest has nothing."""
    return ZERO if user_id is None else -get_balance(account(user_id))


def spend(*, user_id: int, amount: Rupiah, group_id: int, group_number: str, now: datetime) -> None:
    """Hold store credit for a new group.

    :raises CreditTooLow: less than that is left, perhaps because another order took it meanwhile
    """
    own = account(user_id)
    ledger.hold({own, "held:orders"})
    if balance_of(user_id) < amount:
        raise rules.CreditTooLow
    ledger.post(
        key=f"group:{group_id}:credit",
        at=now,
        reference=f"group:{group_id}",
        memo=f"Dibayar dengan saldo belanja: {group_number}",
        lines=[(own, amount), ("held:orders", -amount)],
        actor_id=user_id,
    )


def turn_into_credit(
    *, refund: RefundDue, user_id: int, now: datetime, officer_id: int | None = None
) -> None:
    """Let a customer have a refund as store credit now instead of waiting for the officer.

    It is the customer's wish unless an officer does it.

    :raises RefundAlreadyDone: it was handed back, or is credit already
    """
    if refund.status is RefundStatus.DONE:
        raise rules.RefundAlreadyDone
    refund.status, refund.done_at, refund.done_by_id = RefundStatus.DONE, now, officer_id or user_id
    refund.channel = Channel.CREDIT
    ledger.post(
        key=f"refund:{refund.id}",
        at=now,
        reference=f"group:{refund.group_id}",
        memo="Pengembalian menjadi saldo belanja",
        lines=[("refund:due", refund.amount), (account(user_id), -refund.amount)],
        actor_id=officer_id or user_id,
    )
