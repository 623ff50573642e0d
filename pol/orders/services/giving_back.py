"""Money on its way back to a customer: store credit at once, everything else by an officer."""

from datetime import datetime

from pol.kernel.money import ZERO, Rupiah
from pol.ledger import services as ledger
from pol.orders.models import OrderGroup
from pol.orders.rules.sums import Restated
from pol.payments.queries import payments as payment_queries
from pol.payments.rules import Channel, Method
from pol.payments.services import credit, payments

CHANNELS = {
    Method.CASH: Channel.CASH,
    Method.TRANSFER: Channel.TRANSFER,
    Method.QRIS: Channel.TRANSFER,
    Method.ONLINE: Channel.PROVIDER,
}


def give_back(
    group: OrderGroup, after: Restated, *, reason: str, is_difference: bool, now: datetime
) -> None:
    """Move what we held for a group, and need not any more, to its customer.

    What store credit paid returns there. Of the rest, a difference goes to store credit, too, if
    the customer has an account; anything else waits on the officer's list.
    """
    to_credit = after.credit_back
    if is_difference and group.user_id is not None:
        to_credit = after.back
    group.credit_back += after.credit_back
    rest = after.back - to_credit
    lines = [
        ("held:orders", after.back - after.code_back),
        ("income:unique_code", after.code_back),
        ("refund:due", -rest),
    ]
    if to_credit:
        lines.append((credit.account(group.user_id), -to_credit))
    key = f"group:{group.id}:refund:{group.refunded.amount}"
    ledger.post(
        key=key,
        at=now,
        reference=f"group:{group.id}",
        memo=f"Harus dikembalikan ke pembeli: {group.number}",
        lines=lines,
    )
    owe(group, rest, key=key, reason=reason, now=now)


def owe(
    group: OrderGroup,
    amount: Rupiah,
    *,
    key: str,
    reason: str,
    now: datetime,
    channel: Channel | None = None,
) -> None:
    """Put an amount on the officer's list; the way back is that of the payment unless named."""
    if amount == ZERO:
        return
    payment = payment_queries.lock_payment_of_group(group.id)
    way = channel or CHANNELS[group.method]
    payments.owe_refund(
        payment=payment, amount=amount, key=key, reason=reason, channel=way, now=now
    )
