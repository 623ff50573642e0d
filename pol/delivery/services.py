"""Booking, giving out and driving trips."""

from datetime import date, datetime

from sqlalchemy import bindparam, select

from pol.delivery.models import DeliverySlot, Trip
from pol.delivery.queries import list_couriers
from pol.delivery.rules import (
    DEFAULT_SLOTS,
    NotACourier,
    SlotClosed,
    TripStatus,
    check_assignable,
    check_finishable,
    check_startable,
    cutoff_at,
)
from pol.kernel import audit
from pol.kernel.db import db, insert, run
from pol.kernel.marks import mark
from pol.kernel.text import readable_code


def open_default_slots(*, market_id: int) -> None:
    """Give a new market its delivery slots: morning, noon and afternoon."""
    db.session.add_all(
        DeliverySlot(
            market_id=market_id, starts_minute=start, ends_minute=end, cutoff_minute=cutoff
        )
        for start, end, cutoff in DEFAULT_SLOTS
    )
    db.session.flush()


_TRIP = select(Trip.id).where(
    Trip.market_id == bindparam("market"),
    Trip.on_day == bindparam("day"),
    Trip.slot_id == bindparam("slot"),
)


def book_trip(*, market_id: int, on_day: date, slot_id: int) -> int:
    """Return the id of the trip of this slot and day; the first who asks makes it."""
    wanted = {"market": market_id, "day": on_day, "slot": slot_id}
    while (trip_id := run(_TRIP, wanted).scalar()) is None:
        # Nothing is inserted when another was faster, or when the number exists already.
        db.session.execute(
            insert(Trip)
            .values(
                number=f"J{on_day:%y%m%d}-{readable_code(4)}",
                market_id=market_id,
                on_day=on_day,
                slot_id=slot_id,
                status=TripStatus.PLANNED,
            )
            .on_conflict_do_nothing()
        )
    found: int = trip_id
    return found


def plan_trip(*, market_id: int, on_day: date, slot_id: int, officer_id: int, now: datetime) -> int:
    """Make a trip before anybody has ordered for it.

    :raises SlotClosed: the market has no such slot, or its cut-off has passed
    """
    cutoff = db.session.scalar(
        select(DeliverySlot.cutoff_minute).where(
            DeliverySlot.id == slot_id,
            DeliverySlot.market_id == market_id,
            DeliverySlot.is_active.is_(True),
        )
    )
    if cutoff is None or now > cutoff_at(on_day, cutoff):
        raise SlotClosed
    trip_id = book_trip(market_id=market_id, on_day=on_day, slot_id=slot_id)
    _audit("trip.planned", trip_id, officer_id, now)
    return trip_id


def assign_trip(*, trip: Trip, courier_id: int, officer_id: int, now: datetime) -> None:
    """Give a trip to a courier of its market.

    :raises TripPastThis: it is finished
    :raises NotACourier: that person does not drive for this market
    """
    check_assignable(trip.status)
    if courier_id not in {row.user_id for row in list_couriers(market_ids=[trip.market_id])}:
        raise NotACourier
    before, trip.courier_id = trip.courier_id, courier_id
    _audit("trip.assigned", trip.id, officer_id, now, before=before, after=courier_id)


def start_trip(*, trip: Trip, courier_id: int, now: datetime) -> None:
    """Set off; a trip that nobody has becomes this courier's.

    :raises TripPastThis, TripOfAnother, TripNotToday: see rules
    """
    check_startable(
        status=trip.status,
        on_day=trip.on_day,
        courier_id=trip.courier_id,
        by_id=courier_id,
        now=now,
    )
    trip.status, trip.courier_id, trip.started_at = TripStatus.STARTED, courier_id, now
    mark("catalogue")  # which slots pages show is kept for a moment
    _audit("trip.started", trip.id, courier_id, now)


def finish_trip(*, trip: Trip, courier_id: int, still_loaded: int, now: datetime) -> None:
    """Come back; `still_loaded` is how many orders are neither delivered nor failed.

    :raises TripPastThis, TripOfAnother, TripStillLoaded: see rules
    """
    check_finishable(
        status=trip.status,
        courier_id=trip.courier_id,
        by_id=courier_id,
        still_loaded=still_loaded,
    )
    trip.status, trip.finished_at = TripStatus.FINISHED, now
    _audit("trip.finished", trip.id, courier_id, now)


def _audit(action: str, trip_id: int, actor_id: int, now: datetime, **detail: object) -> None:
    audit.record(action=action, subject=f"trip:{trip_id}", actor_id=actor_id, now=now, **detail)
