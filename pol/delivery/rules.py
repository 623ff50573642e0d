"""Delivery slots, cut-offs and the life of a trip."""

from enum import StrEnum


class TripStatus(StrEnum):
    PLANNED = "planned"
    STARTED = "started"
    FINISHED = "finished"


class Mode(StrEnum):
    """How goods reach the customer."""

    DELIVERY = "delivery"
    PICKUP_STALL = "pickup_stall"
    PICKUP_POST = "pickup_post"

    @property
    def is_pickup(self) -> bool:
        """Answer whether the customer comes for the goods."""
        return self is not Mode.DELIVERY
