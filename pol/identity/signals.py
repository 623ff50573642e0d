"""What identity tells the packages above it."""

from dataclasses import dataclass
from datetime import datetime

from pol.identity.rules import CodePurpose


@dataclass(frozen=True)
class CodeIssued:
    """A one-time code should reach its owner over the configured channel."""

    code_id: int
    user_id: int
    phone: str
    purpose: CodePurpose
    code: str
    at: datetime
