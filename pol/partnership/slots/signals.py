"""What calls tell those above them: applications, allocation."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CallClosed:
    """Nobody can apply any more."""

    call_id: int
    at: datetime


@dataclass(frozen=True)
class CallExtended:
    """Applicants have until later; nothing else of the call has changed."""

    call_id: int
    number: str
    title: str
    closes_at: datetime
    at: datetime


@dataclass(frozen=True)
class CallCancelled:
    """Nothing will come of a call; whoever applied should read why."""

    call_id: int
    number: str
    title: str
    reason: str
    at: datetime
