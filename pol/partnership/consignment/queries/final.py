"""Opened places that the records say are empty: a count looks there, too, as it may be the last."""

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.partnership.consignment.models import Batch
from pol.partnership.slots.models import Placement
from pol.partnership.slots.queries.placements import list_chain
from pol.partnership.slots.rules import PlacementStatus


def list_opened(*, store_id: int, placement_id: int | None) -> list[int]:
    """Return the places of a store where goods may stand, or the one that is asked for."""
    asked = select(Placement.id).where(
        Placement.store_id == store_id, Placement.status == PlacementStatus.LIVE
    )
    if placement_id is not None:
        asked = asked.where(Placement.id == placement_id)
    return list(db.session.scalars(asked.order_by(Placement.id)))


def list_emptied(place_ids: list[int]) -> list[int]:
    """Return the last batch of each of these places that has nothing left."""
    found = []
    for place_id in place_ids:
        newest, pieces = db.session.execute(
            select(func.max(Batch.id), func.sum(Batch.on_shelf)).where(
                Batch.placement_id.in_(list_chain(place_id))
            )
        ).one()
        if newest is not None and not pieces:
            found.append(newest)
    return found
