"""Holding, using and giving back millimetres of shelves; the database has the last word (I11)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import grouped, readable_code
from pol.partnership.slots.models import Placement, Shelf
from pol.partnership.slots.queries.placements import get_shelf_words, list_held
from pol.partnership.slots.rules import PlacementStatus
from pol.partnership.slots.rules.holding import (
    MISFITS,
    OVERLAPS,
    EndReasonNeeded,
    PlaceHeld,
    PlaceTooSmall,
    ShelfOverloaded,
    centimetres,
    check_holds,
    check_may_live,
    read_guard,
)


@dataclass(frozen=True)
class Wanted:
    """A place that somebody wants: whose goods, where, how wide, on which days."""

    call_id: int
    application_id: int
    sheet_id: int
    stall_id: int
    store_id: int
    shelf_id: int
    x_mm: int
    width_mm: int
    height_mm: int
    depth_mm: int
    load_g: int
    facings: int
    from_on: date
    until_on: date
    agreement_id: int | None = None


def reserve(wanted: Wanted, *, now: datetime) -> Placement:
    """Hold a place by one guarded insert; of many who try at once, one gets it.

    :raises PlaceHeld: others hold some of it on some of these days
    :raises PlaceTooSmall: the goods are larger than the shelf
    :raises ShelfOverloaded: the board does not bear so much
    """
    number = f"PN-{business_day(now):%y%m%d}-{readable_code(5)}"
    placement = Placement(
        **asdict(wanted), number=number, status=PlacementStatus.RESERVED, reserved_at=now
    )
    try:
        with db.session.begin_nested():
            db.session.add(placement)
    except IntegrityError as error:
        raise _refusal(wanted, error) from error
    return placement


def _refusal(wanted: Wanted, error: IntegrityError) -> Exception:
    """Return the sentence for what a guard refused, or the error itself."""
    meaning = read_guard(str(error.orig))
    if meaning is None:
        return error
    shelf, words = db.session.get_one(Shelf, wanted.shelf_id), get_shelf_words(wanted.shelf_id)
    if meaning == OVERLAPS:
        return _taken(wanted, words)
    if meaning == MISFITS:
        size = f"{wanted.width_mm} x {wanted.height_mm} x {wanted.depth_mm}"
        room = f"{shelf.width_mm} x {shelf.height_mm} x {shelf.depth_mm}"
        return PlaceTooSmall(size=size, shelf=words, room=room)
    return ShelfOverloaded(grams=grouped(wanted.load_g), shelf=words, load=grouped(shelf.load_g))


def _taken(wanted: Wanted, words: str) -> Exception:
    held = list_held(shelf_id=wanted.shelf_id, from_on=wanted.from_on, until_on=wanted.until_on)
    right = wanted.x_mm + wanted.width_mm
    spans = [s for s in held if s.x_mm < right and wanted.x_mm < s.x_mm + s.width_mm]
    last = max(spans, key=lambda span: span.until_on)
    return PlaceHeld(
        shelf=words,
        from_cm=centimetres(last.x_mm),
        to_cm=centimetres(last.x_mm + last.width_mm),
        number=last.number,
        until=f"{last.until_on:%d-%m-%Y}",
    )


def make_live(*, placement: Placement, now: datetime) -> None:
    """Note that goods stand there now; again changes nothing.

    :raises PlaceGone, PlaceWithoutAgreement: see rules
    """
    check_may_live(status=placement.status, has_agreement=placement.agreement_id is not None)
    if placement.status is PlacementStatus.RESERVED:
        placement.status, placement.live_at = PlacementStatus.LIVE, now


def end(*, placement: Placement, reason: str, actor_id: int | None, now: datetime) -> None:
    """Give the millimetres back; whoever calls has seen to it that nothing is left or owed.

    :raises PlaceGone: see rules
    :raises EndReasonNeeded: nobody says why
    """
    check_holds(placement.status)
    if not reason.strip():
        raise EndReasonNeeded
    placement.status, placement.ended_at = PlacementStatus.ENDED, now
    placement.ended_reason = reason.strip()
    audit.record(
        action="placement.ended",
        subject=f"placement:{placement.id}",
        actor_id=actor_id,
        now=now,
        reason=placement.ended_reason,
    )
