"""Names of applications: their states and what permits a product can have."""

from enum import StrEnum


class ApplicationStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SCREENING = "screening"
    CURATION = "curation"
    REPAIR = "repair"
    PASSED = "passed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class SheetPermitKind(StrEnum):
    NIB = "nib"
    P_IRT = "p_irt"
    HALAL = "halal"
    BPOM = "bpom"


LIVE = (
    ApplicationStatus.DRAFT,
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.SCREENING,
    ApplicationStatus.CURATION,
    ApplicationStatus.REPAIR,
    ApplicationStatus.PASSED,
)
"""A product has at most one of these in a call."""
