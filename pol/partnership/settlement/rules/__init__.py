"""Names of settlement: bills, payments, disputes, renewals, letters."""

from enum import StrEnum


class BillStatus(StrEnum):
    BILLED = "billed"
    APPROVED = "approved"
    IN_PART = "in_part"
    PAID = "paid"
    NOTHING_DUE = "nothing_due"


class BillLineKind(StrEnum):
    SALE = "sale"
    PURCHASE = "purchase"
    BORNE_LOSS = "borne_loss"
    RETURN = "return"
    CHARGE = "charge"
    FINE = "fine"
    CARRIED = "carried"
    RULING = "ruling"


class DisputeStatus(StrEnum):
    OPEN = "open"
    MEDIATION = "mediation"
    SETTLED = "settled"


class RenewalKind(StrEnum):
    RENEW = "renew"
    RESIZE = "resize"
    MOVE = "move"
    FREE = "free"


class RenewalStatus(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    DONE = "done"
    LAPSED = "lapsed"


class LetterKind(StrEnum):
    REMINDER = "reminder"
    PROPOSAL = "proposal"
    ANSWER = "answer"
    VACATING = "vacating"
