"""Names of consigned stock: deliveries, events, sales, returns, counts."""

from enum import StrEnum


class DeliveryStatus(StrEnum):
    PREPARED = "prepared"
    SENT = "sent"
    RECEIVED = "received"
    IN_PART = "in_part"
    REFUSED = "refused"
    DROPPED = "dropped"


class StockEventKind(StrEnum):
    RECEIVED = "received"
    SOLD = "sold"
    RETURNED = "returned"
    LOST = "lost"
    FOUND = "found"
    DESTROYED = "destroyed"
    CORRECTED = "corrected"


class SaleSource(StrEnum):
    POS = "pos"
    SHEET = "sheet"
    SCAN = "scan"
    API = "api"


class ImportStatus(StrEnum):
    WAITING = "waiting"
    PREVIEWED = "previewed"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"


class ReturnReason(StrEnum):
    UNSOLD = "unsold"
    DAMAGED = "damaged"
    EXPIRED = "expired"
    RECALL = "recall"


class ReturnStatus(StrEnum):
    ASKED = "asked"
    PICKED_UP = "picked_up"
    RECEIVED = "received"
    DESTROYED = "destroyed"
    DROPPED = "dropped"


class CountStatus(StrEnum):
    OPEN = "open"
    COUNTED = "counted"
    AGREED = "agreed"
    DISPUTED = "disputed"
