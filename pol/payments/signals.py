"""What payments tell upward."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MoneyArrived:
    """A group's payment is there: on which ledger account, and who saw it (None: a provider).

    Sent once per payment, in the transaction that notes it.
    """

    group_id: int
    account: str
    actor_id: int | None
    at: datetime
