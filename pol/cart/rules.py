"""What may lie in a cart."""

from enum import StrEnum


class IfGone(StrEnum):
    """What the customer wants when a line turns out to be gone."""

    CALL = "call"
    REPLACE = "replace"
    DROP = "drop"
