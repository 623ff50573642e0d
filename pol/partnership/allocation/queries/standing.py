"""What holds the shelves of a call, or is on offer there, while its goods are to stand."""

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.allocation.models import AllocationRun, Offer
from pol.partnership.allocation.rules.offers import load_of
from pol.partnership.allocation.rules.standing import Standing
from pol.partnership.allocation.rules.statuses import OfferStatus
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import CallSpan, Placement, Shelf, SlotCall
from pol.partnership.slots.rules import HOLDS_SPACE


def list_standing(call: SlotCall) -> dict[int, list[Standing]]:
    """Return what is held, or offered by another call, on any of a call's days, by shelf."""
    found: dict[int, list[Standing]] = {}
    for shelf_id, one in [*_placed(call), *_offered(call)]:
        found.setdefault(shelf_id, []).append(one)
    return found


def _placed(call: SlotCall) -> list[tuple[int, Standing]]:
    mine = select(CallSpan.shelf_id).where(CallSpan.call_id == call.id)
    rows = db.session.execute(
        select(
            Placement.shelf_id,
            Placement.x_mm,
            Placement.width_mm,
            Placement.load_g,
            Placement.from_on,
            Placement.until_on,
        )
        .where(
            Placement.shelf_id.in_(mine),
            Placement.status.in_(HOLDS_SPACE),
            Placement.from_on < call.until_on,
            Placement.until_on > call.from_on,
        )
        .order_by(Placement.id)
    )
    return [
        (shelf_id, _within(call, Standing(x, width, load, first, last)))
        for shelf_id, x, width, load, first, last in rows
    ]


def _within(call: SlotCall, one: Standing) -> Standing:
    first, last = max(one.from_on, call.from_on), min(one.until_on, call.until_on)
    return Standing(one.x_mm, one.width_mm, one.load_g, first, last)


def _offered(call: SlotCall) -> list[tuple[int, Standing]]:
    mine = select(CallSpan.shelf_id).where(CallSpan.call_id == call.id)
    rows = db.session.execute(
        select(Offer, Application, Shelf, SlotCall.from_on, SlotCall.until_on)
        .join(Application, Application.id == Offer.application_id)
        .join(AllocationRun, AllocationRun.id == Offer.run_id)
        .join(SlotCall, SlotCall.id == AllocationRun.call_id)
        .join(Shelf, Shelf.id == Offer.shelf_id)
        .where(
            Offer.shelf_id.in_(mine),
            Offer.status == OfferStatus.OFFERED,
            SlotCall.id != call.id,
            SlotCall.from_on < call.until_on,
            SlotCall.until_on > call.from_on,
        )
        .order_by(Offer.id)
    ).all()
    found = []
    for offer, application, shelf, first, last in rows:
        facings = offer.facings or 0
        load = load_of(
            facings=facings,
            board_depth_mm=shelf.depth_mm,
            depth_mm=application.depth_mm,
            weight_g=application.weight_g,
        )
        one = Standing(offer.x_mm or 0, facings * application.width_mm, load, first, last)
        found.append((shelf.id, _within(call, one)))
    return found
