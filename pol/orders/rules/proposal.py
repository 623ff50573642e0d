"""Asking the customer about a line: heavier than agreed, or something else instead."""

from enum import StrEnum


class ProposalKind(StrEnum):
    WEIGHT = "weight"
    REPLACE = "replace"


class ProposalStatus(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
