"""Ways to pay and the life of a payment."""

from enum import StrEnum


class Method(StrEnum):
    CASH = "cash"
    TRANSFER = "transfer"


class PaymentStatus(StrEnum):
    WAITING = "waiting"
    PROOF_SENT = "proof_sent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


OPEN = frozenset({PaymentStatus.WAITING, PaymentStatus.PROOF_SENT})


class RefundStatus(StrEnum):
    DUE = "due"
    DONE = "done"
