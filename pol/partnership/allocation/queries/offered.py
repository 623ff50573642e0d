"""What is on offer of a shelf by calls that were allocated."""

from sqlalchemy import select

from pol.partnership.allocation.models import Offer
from pol.partnership.allocation.rules.statuses import OfferStatus
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import SlotCall
from pol.partnership.slots.queries.promised import Room, first_of, overlaps
from pol.partnership.slots.rules.holding import Promise


def find_offered(room: Room) -> Promise | None:
    """Return the first offer of some of these millimetres then that waits for an answer."""
    offers = (
        select(SlotCall.number, SlotCall.from_on, SlotCall.until_on)
        .join(Application, Application.call_id == SlotCall.id)
        .join(Offer, Offer.application_id == Application.id)
        .where(
            *overlaps(room, SlotCall, Offer, Offer.facings * Application.width_mm),
            Offer.status == OfferStatus.OFFERED,
        )
    )
    return first_of(offers.order_by(SlotCall.from_on, Offer.id))
