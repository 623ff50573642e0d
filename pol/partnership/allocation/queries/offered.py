"""What is on offer of a shelf by calls that were allocated."""

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.allocation.models import Offer
from pol.partnership.allocation.rules.statuses import OfferStatus
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import SlotCall
from pol.partnership.slots.queries.promised import Room
from pol.partnership.slots.rules.holding import Promise


def find_offered(room: Room) -> Promise | None:
    """Return the first offer of some of these millimetres then that waits for an answer."""
    row = db.session.execute(
        select(SlotCall.number, SlotCall.from_on, SlotCall.until_on)
        .join(Application, Application.call_id == SlotCall.id)
        .join(Offer, Offer.application_id == Application.id)
        .where(
            Offer.shelf_id == room.shelf_id,
            Offer.status == OfferStatus.OFFERED,
            Offer.x_mm < room.x_mm + room.width_mm,
            Offer.x_mm + Offer.facings * Application.width_mm > room.x_mm,
            SlotCall.from_on < room.until_on,
            SlotCall.until_on > room.from_on,
        )
        .order_by(SlotCall.from_on, Offer.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else Promise(*row)
