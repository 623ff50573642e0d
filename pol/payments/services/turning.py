"""A customer who does not want to wait: refunds that become store credit."""

from datetime import datetime

from pol.payments.queries.refunds import lock_turnable
from pol.payments.rules import RefundAlreadyDone
from pol.payments.services.credit import turn_into_credit


def turn_all(*, group_id: int, user_id: int, now: datetime) -> None:
    """Turn everything that an officer still has to hand back of a group into store credit.

    :raises RefundAlreadyDone: there is nothing left to hand back
    """
    refunds = lock_turnable(group_id)
    if not refunds:
        raise RefundAlreadyDone
    for refund in refunds:
        turn_into_credit(refund=refund, user_id=user_id, now=now)
