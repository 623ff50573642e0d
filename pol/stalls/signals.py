"""What stalls tell those above them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class StallVerified:
    """A stall may sell from now on."""

    stall_id: int
    at: datetime


@dataclass(frozen=True)
class StallSuspended:
    """A stall may not sell for now."""

    stall_id: int
    at: datetime


@dataclass(frozen=True)
class StallChanged:
    """What customers read about a stall is different now."""

    stall_id: int
    at: datetime
