"""States of allocation runs and offers."""

from enum import StrEnum


class RunStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    COMPUTED = "computed"
    REVIEWED = "reviewed"
    FIXED = "fixed"
    FAILED = "failed"
    DROPPED = "dropped"


class OfferStatus(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    LAPSED = "lapsed"
    DECLINED = "declined"
    CLOSED = "closed"
