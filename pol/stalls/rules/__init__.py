"""When a stall may sell: verification, opening hours, vacation, market days."""

from enum import StrEnum


class StallStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    REFUSED = "refused"
    SUSPENDED = "suspended"


class Seat(StrEnum):
    OWNER = "owner"
    HELPER = "helper"


class PermitKind(StrEnum):
    NIB = "nib"
    P_IRT = "p_irt"
    HALAL = "halal"
    BPOM = "bpom"
