"""Offering places: yes, no, silence, and who is next; whoever says yes has a guarded place."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime

from sqlalchemy import select, update

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import paper_number
from pol.partnership.allocation.models import AllocationRun, Offer, RunPlacement, RunRefusal
from pol.partnership.allocation.queries import queue
from pol.partnership.allocation.queries.offers import list_late_offers, lock_offer, lock_run
from pol.partnership.allocation.rules import offers as rules
from pol.partnership.allocation.rules.statuses import OfferStatus, RunStatus
from pol.partnership.allocation.services.offer_words import tell_offered, tell_over, tell_waiting
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import Placement, Shelf, SlotCall
from pol.partnership.slots.services.placing import Wanted, reserve

AT_ONCE = 200

Alone = Callable[[], AbstractContextManager[object]]


def open_offers(run: AllocationRun, *, now: datetime) -> int:
    """Offer every place of a fixed run and queue up the rest by score; return how many offers.

    Again changes nothing.

    :raises RunNotFixed: nobody has put their name under it
    """
    if run.status is not RunStatus.FIXED:
        raise rules.RunNotFixed
    lock_run(run.id)
    if db.session.scalar(select(Offer.id).where(Offer.run_id == run.id).limit(1)):
        return 0
    call = db.session.get_one(SlotCall, run.call_id)
    placed = db.session.scalars(select(RunPlacement).where(RunPlacement.run_id == run.id)).all()
    for place in placed:
        offer = _new(run, place.application_id, place.store_id, now)
        _offer(offer, call, (place.shelf_id, place.x_mm, place.facings), now)
    _queue_up(run, now)
    audit.record(action="offers.opened", subject=f"run:{run.id}", actor_id=run.fixed_by_id, now=now)
    return len(placed)


def _queue_up(run: AllocationRun, now: datetime) -> None:
    """Put everybody who got no place in a store into its queue: by score, then who came first."""
    rows = db.session.execute(
        select(RunRefusal.store_id, Application)
        .join(Application, Application.id == RunRefusal.application_id)
        .where(RunRefusal.run_id == run.id)
    ).all()
    by_store: defaultdict[int, list[Application]] = defaultdict(list)
    for store_id, application in rows:
        by_store[store_id].append(application)
    for store_id, waiting in sorted(by_store.items()):
        waiting.sort(key=lambda one: (-(one.score or 0), one.submitted_at or now, one.id))
        for rank, one in enumerate(waiting, 1):
            _new(run, one.id, store_id, now).rank = rank
    for application_id in {one.id for waiting in by_store.values() for one in waiting}:
        tell_waiting(run_id=run.id, application_id=application_id, now=now)


def _new(run: AllocationRun, application_id: int, store_id: int, now: datetime) -> Offer:
    application = db.session.get_one(Application, application_id)
    offer = Offer(
        number=paper_number("TW-", business_day(now)),
        run_id=run.id,
        application_id=application_id,
        stall_id=application.stall_id,
        store_id=store_id,
        status=OfferStatus.WAITING,
    )
    db.session.add(offer)
    db.session.flush()
    return offer


def _offer(offer: Offer, call: SlotCall, place: tuple[int, int, int], now: datetime) -> None:
    offer.shelf_id, offer.x_mm, offer.facings = place
    offer.status, offer.offered_at = OfferStatus.OFFERED, now
    offer.lapses_at = rules.lapses_at(offered_at=now, days=call.offer_days, until_on=call.until_on)
    db.session.flush()
    tell_offered(offer, now=now)


def take_place(*, offer: Offer, actor_id: int, now: datetime) -> Placement:
    """Accept an offer: hold its place from the call's first day, or from today.

    :raises OfferNotYet, OfferAnswered, OfferLapsed: see rules
    :raises PlaceHeld, PlaceTooSmall, ShelfOverloaded: the shelf has changed meanwhile
    """
    _check_may_answer(offer, now)
    call = _call_of(offer)
    application = db.session.get_one(Application, offer.application_id)
    placement = reserve(_wanted(offer, call, application, now), now=now)
    offer.placement_id = placement.id
    _answer(offer, OfferStatus.ACCEPTED, actor_id, now)
    return placement


def decline(*, offer: Offer, actor_id: int, now: datetime) -> None:
    """Turn an offer down; the next in the queue who fits is asked.

    :raises OfferNotYet, OfferAnswered, OfferLapsed: see rules
    """
    _check_may_answer(offer, now)
    _answer(offer, OfferStatus.DECLINED, actor_id, now)
    _ask_next(offer, now)


def lapse_offers(*, now: datetime, alone: Alone = nullcontext) -> int:
    """Let offers go that nobody answered in time and ask who is next; return how many."""
    late = list_late_offers(now=now, limit=AT_ONCE)
    for offer_id in late:
        with alone():
            offer = lock_offer(offer_id)
            if offer.status is OfferStatus.OFFERED:  # else the answer was faster
                _answer(offer, OfferStatus.LAPSED, None, now)
                tell_over(offer, now=now)
                _ask_next(offer, now)
    return len(late)


def offer_freed(*, call_id: int, shelf_id: int, now: datetime) -> int:
    """Offer what came free on a shelf to whoever is next in its store's queue; return how many."""
    run_id = queue.find_fixed_run(call_id)
    if run_id is None:
        return 0
    lock_run(run_id)
    call = db.session.get_one(SlotCall, call_id)
    board = queue.find_board(call_id=call_id, shelf_id=shelf_id)
    from_on = _first_day(call, now)
    if board is None or from_on >= call.until_on:
        return 0
    return _fill(run_id, call, shelf_id, board, now)


def close_queues(*, now: datetime) -> int:
    """End the waiting for calls whose goods have left the shelves; return how many waited."""
    over = (
        select(AllocationRun.id)
        .join(SlotCall, SlotCall.id == AllocationRun.call_id)
        .where(SlotCall.until_on <= business_day(now))
    )
    waiting = Offer.status == OfferStatus.WAITING, Offer.run_id.in_(over)
    found: Sequence[int] = db.session.scalars(select(Offer.id).where(*waiting)).all()
    if found:
        closed = update(Offer).where(Offer.id.in_(found)).values(status=OfferStatus.CLOSED)
        db.session.execute(closed.execution_options(synchronize_session=False))
    return len(found)


def _fill(run_id: int, call: SlotCall, shelf_id: int, board: rules.Board, now: datetime) -> int:
    """Offer room on a board to one after the other until nobody who waits fits any more."""
    store_id = db.session.get_one(Shelf, shelf_id).store_id
    count = 0
    while True:
        waiting = queue.list_queue(
            run_id=run_id, store_id=store_id, per_producer=call.per_producer_per_store
        )
        held = queue.list_taken(
            shelf_id=shelf_id,
            from_on=_first_day(call, now),
            until_on=call.until_on,
            today=business_day(now),
        )
        found = rules.find_next(waiting, board, held, gap_mm=call.gap_mm)
        if found is None:
            return count
        offer = db.session.get_one(Offer, found.offer_id, with_for_update=True)
        _offer(offer, call, (shelf_id, found.x_mm, found.facings), now)
        count += 1


def _ask_next(offer: Offer, now: datetime) -> None:
    call = _call_of(offer)
    if offer.shelf_id is not None:
        offer_freed(call_id=call.id, shelf_id=offer.shelf_id, now=now)


def _check_may_answer(offer: Offer, now: datetime) -> None:
    rules.check_may_answer(status=offer.status, lapses_at=offer.lapses_at, now=now)


def _answer(offer: Offer, status: OfferStatus, actor_id: int | None, now: datetime) -> None:
    offer.status, offer.answered_at, offer.answered_by_id = status, now, actor_id
    db.session.flush()
    audit.record(action=f"offer.{status}", subject=f"offer:{offer.id}", actor_id=actor_id, now=now)


def _call_of(offer: Offer) -> SlotCall:
    run = db.session.get_one(AllocationRun, offer.run_id)
    return db.session.get_one(SlotCall, run.call_id)


def _first_day(call: SlotCall, now: datetime) -> date:
    return max(call.from_on, business_day(now))


def _wanted(offer: Offer, call: SlotCall, application: Application, now: datetime) -> Wanted:
    shelf_id, facings = offer.shelf_id or 0, offer.facings or 0
    shelf = db.session.get_one(Shelf, shelf_id)
    return Wanted(
        call_id=call.id,
        application_id=application.id,
        sheet_id=application.sheet_id,
        stall_id=application.stall_id,
        store_id=offer.store_id,
        shelf_id=shelf_id,
        x_mm=offer.x_mm or 0,
        width_mm=facings * application.width_mm,
        height_mm=application.height_mm,
        depth_mm=application.depth_mm,
        load_g=rules.load_of(
            facings=facings,
            board_depth_mm=shelf.depth_mm,
            depth_mm=application.depth_mm,
            weight_g=application.weight_g,
        ),
        facings=facings,
        from_on=_first_day(call, now),
        until_on=call.until_on,
    )
