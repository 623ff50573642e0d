"""Who waits for a shelf, and what stands on it or is on offer."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.partnership.allocation.models import AllocationRun, Offer
from pol.partnership.allocation.rules.offers import Board, Held, Waiting, load_of
from pol.partnership.allocation.rules.statuses import OfferStatus, RunStatus
from pol.partnership.applications.models import Application
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.applications.rules.demand import milli_units
from pol.partnership.slots.models import CallSpan, Fixture, Placement, Shelf, SlotCall
from pol.partnership.slots.queries.placements import list_held
from pol.partnership.slots.rules import HOLDS_SPACE, FixtureStatus


def find_fixed_run(call_id: int) -> int | None:
    """Return the run that a call's places came from, if it has been fixed."""
    fixed = AllocationRun.call_id == call_id, AllocationRun.status == RunStatus.FIXED
    return db.session.scalar(select(AllocationRun.id).where(*fixed))


def find_board(*, call_id: int, shelf_id: int) -> Board | None:
    """Return the part of a shelf that a call offers; None when it is closed or not offered."""
    row = db.session.execute(
        select(
            CallSpan.x_mm,
            CallSpan.width_mm,
            Shelf.height_mm,
            Shelf.depth_mm,
            Shelf.load_g,
            Shelf.level_factor_bp,
            Shelf.categories,
        )
        .join(Shelf, Shelf.id == CallSpan.shelf_id)
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .where(
            CallSpan.call_id == call_id,
            CallSpan.shelf_id == shelf_id,
            Shelf.is_active,
            Fixture.status == FixtureStatus.ACTIVE,
        )
    ).one_or_none()
    return None if row is None else Board(*row[:-1], frozenset(row[-1]))


def list_taken(*, shelf_id: int, from_on: date, until_on: date, today: date) -> list[Held]:
    """Return what is held on a shelf on any of these days, open offers included."""
    held = [
        Held(span.x_mm, span.width_mm, span.load_g)
        for span in list_held(shelf_id=shelf_id, from_on=from_on, until_on=until_on, today=today)
    ]
    rows = db.session.execute(
        select(
            Offer.x_mm,
            Offer.facings,
            Application.width_mm,
            Application.depth_mm,
            Application.weight_g,
            Shelf.depth_mm,
        )
        .join(Application, Application.id == Offer.application_id)
        .join(SlotCall, SlotCall.id == Application.call_id)
        .join(Shelf, Shelf.id == Offer.shelf_id)
        .where(
            Offer.shelf_id == shelf_id,
            Offer.status == OfferStatus.OFFERED,
            SlotCall.from_on < until_on,
            SlotCall.until_on > from_on,
        )
    )
    for x_mm, facings, width, depth, weight, board_depth in rows:
        load = load_of(
            facings=facings or 0, board_depth_mm=board_depth, depth_mm=depth, weight_g=weight
        )
        held.append(Held(x_mm or 0, width * (facings or 0), load))
    return held


def list_queue(*, run_id: int, store_id: int, per_producer: int) -> list[Waiting]:
    """Return who waits for a store, the next one first; who withdrew is left out."""
    rows = db.session.execute(
        select(Offer.id, Application)
        .join(Application, Application.id == Offer.application_id)
        .where(
            Offer.run_id == run_id,
            Offer.store_id == store_id,
            Offer.status == OfferStatus.WAITING,
            Application.status == ApplicationStatus.PASSED,
        )
        .order_by(Offer.rank, Offer.id)
    ).all()
    held = _count_places(run_id, store_id) if rows else {}
    used = _list_used({one.id for _, one in rows}) if rows else {}
    return [
        Waiting(
            offer_id=offer_id,
            category=one.category,
            width_mm=one.width_mm,
            height_mm=one.height_mm,
            depth_mm=one.depth_mm,
            weight_g=one.weight_g,
            min_facings=one.min_facings,
            max_facings=one.max_facings,
            weekly_demand_milli=one.weekly_demand_milli or 0,
            capacity_left_milli=one.capacity_week * 1_000 - _claimed(one, used.get(one.id, [])),
            places_left=per_producer - held.get(one.stall_id, 0),
        )
        for offer_id, one in rows
    ]


def _count_places(run_id: int, store_id: int) -> dict[int, int]:
    """Return how many places each producer has, or is offered, in a store."""
    offered = select(Offer.stall_id).where(
        Offer.run_id == run_id, Offer.store_id == store_id, Offer.status == OfferStatus.OFFERED
    )
    placed = (
        select(Placement.stall_id)
        .join(AllocationRun, AllocationRun.call_id == Placement.call_id)
        .where(
            AllocationRun.id == run_id,
            Placement.store_id == store_id,
            Placement.status.in_(HOLDS_SPACE),
        )
    )
    both = offered.union_all(placed).subquery()
    counted = select(both.c.stall_id, func.count()).group_by(both.c.stall_id)
    return dict(db.session.execute(counted).all())


def _list_used(application_ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """Return the facings and level factors of all other places that applications have."""
    offered = (
        select(Offer.application_id, Offer.facings, Shelf.level_factor_bp)
        .join(Shelf, Shelf.id == Offer.shelf_id)
        .where(Offer.application_id.in_(application_ids), Offer.status == OfferStatus.OFFERED)
    )
    placed = (
        select(Placement.application_id, Placement.facings, Shelf.level_factor_bp)
        .join(Shelf, Shelf.id == Placement.shelf_id)
        .where(Placement.application_id.in_(application_ids), Placement.status.in_(HOLDS_SPACE))
    )
    used: dict[int, list[tuple[int, int]]] = {}
    for application_id, facings, factor in db.session.execute(offered.union_all(placed)):
        used.setdefault(application_id, []).append((facings or 0, factor))
    return used


def _claimed(one: Application, used: list[tuple[int, int]]) -> int:
    """Return the thousandths of a week's capacity that other places of a product use up."""
    curve = milli_units(one.weekly_demand_milli or 0, max((f for f, _ in used), default=0))
    return sum(curve[f - 1] * factor // 10_000 for f, factor in used if f)
