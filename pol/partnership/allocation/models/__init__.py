"""Tables of allocation: runs, where they put what, refusals, edits by hand, and offers."""

from pol.partnership.allocation.models.offer import Offer
from pol.partnership.allocation.models.run import (
    AllocationEdit,
    AllocationRun,
    RunPlacement,
    RunRefusal,
)

__all__ = ["AllocationEdit", "AllocationRun", "Offer", "RunPlacement", "RunRefusal"]
