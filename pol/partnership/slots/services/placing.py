"""Holding, using and giving back millimetres of shelves; the database has the last word (I11)."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import decimal, paper_number
from pol.partnership.slots.models import Placement, PlacementBefore, Shelf
from pol.partnership.slots.queries.call_space import hold_shelves
from pol.partnership.slots.queries.placements import (
    HeldSpan,
    find_in_the_way,
    get_shelf_words,
    list_held,
    list_kin,
    lock_place,
)
from pol.partnership.slots.queries.shelves import list_standing
from pol.partnership.slots.rules import PlacementStatus
from pol.partnership.slots.rules.holding import (
    AWAY,
    MISFITS,
    NOT_GIVEN_BACK,
    OVERLAPS,
    EndReasonNeeded,
    PlaceBooked,
    PlaceHeld,
    PlaceNotEmptyYet,
    PlaceNotGivenBack,
    PlacePastEnd,
    PlaceTooSmall,
    ShelfAway,
    ShelfOverloaded,
    centimetres,
    check_holds,
    check_may_live,
    read_guard,
)
from pol.partnership.slots.rules.shelf import Standing, heaviest


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
    follows_id: int | None = None


def reserve(wanted: Wanted, *, now: datetime) -> Placement:
    """Hold a place by one guarded insert; of many who try at once, one gets it.

    :raises PlaceHeld: others hold some of it on some of these days
    :raises PlaceNotGivenBack: somebody's days there are over, but their goods or debts are not
    :raises PlaceTooSmall, PlacePastEnd: the goods are larger than the shelf, or than its rest
    :raises ShelfOverloaded: the board does not bear so much
    :raises ShelfAway: the board or its fixture is not there on some of these days
    """
    number = paper_number("PN-", business_day(now))
    placement = Placement(
        **asdict(wanted), number=number, status=PlacementStatus.RESERVED, reserved_at=now
    )
    try:
        with db.session.begin_nested():
            db.session.add(placement)
    except IntegrityError as error:
        raise _refusal(wanted, error, today=business_day(now)) from error
    return placement


def resize(*, placement: Placement, facings: int, actor_id: int | None, now: datetime) -> None:
    """Let a place grow or shrink to the right, under the same guard as a new one.

    :raises Refused: see `check_resize`; the guards of the database have the last word
    """
    wanted = check_resize(placement=placement, facings=facings, now=now)
    before = placement.facings
    past = PlacementBefore(placement_id=placement.id, until_at=now, width_mm=placement.width_mm)
    try:
        with db.session.begin_nested():
            placement.facings, placement.width_mm = facings, wanted.width_mm
            placement.load_g = wanted.load_g
            db.session.add(past)
    except IntegrityError as error:
        db.session.refresh(placement)
        raise _refusal(wanted, error, today=business_day(now), but=placement.number) from error
    audit.record(
        action="placement.resized",
        subject=f"placement:{placement.id}",
        actor_id=actor_id,
        now=now,
        before=before,
        after=facings,
    )


def check_resize(*, placement: Placement, facings: int, now: datetime) -> Wanted:
    """Check that a place may have so many facings, before anybody is asked and when it changes.

    The guards of the database know no today: to them a place that was not given back ends on its
    last day, and the days of whoever booked the millimetres beside it begin only then.

    :raises PlaceGone: it has ended
    :raises PlaceTooSmall, PlacePastEnd: the shelf is too small for it, or what is left of it
    :raises ShelfOverloaded: the shelf is too weak for it
    :raises PlaceHeld, PlaceNotGivenBack, PlaceBooked: another stands beside it, or will
    """
    check_holds(placement.status)
    one_mm, one_g = (each // placement.facings for each in (placement.width_mm, placement.load_g))
    wanted = replace(
        _wish_of(placement), facings=facings, width_mm=facings * one_mm, load_g=facings * one_g
    )
    if facings > placement.facings:
        hold_shelves([wanted.shelf_id])
        _check_beside(placement, wanted, today=business_day(now))
    return wanted


def _check_beside(placement: Placement, wanted: Wanted, *, today: date) -> None:
    shelf = db.session.get_one(Shelf, wanted.shelf_id)
    words, until_on = get_shelf_words(shelf.id), wanted.until_on
    ends = until_on if until_on > today else None
    left, right = placement.x_mm + placement.width_mm, wanted.x_mm + wanted.width_mm
    if right > shelf.width_mm:
        raise _too_small(wanted, shelf, words)
    own = {placement.id, *list_kin(placement)}
    standing = list_standing(shelf_id=shelf.id, today=today)
    met = [o for o in standing if o.placement_id not in own and o.meets(wanted.from_on, ends)]
    for other in met:
        if other.x_mm < right and left < other.right_mm:
            is_later = other.from_on >= until_on
            raise _booked(other, words) if is_later else _held(wanted, other, words)
    if wanted.load_g + heaviest(wanted.from_on, met) > shelf.load_g:
        raise _overloaded(wanted, shelf, words)


def _booked(other: Standing, words: str) -> Exception:
    return PlaceBooked(**_where(other, words), day=f"{other.from_on:%d-%m-%Y}")


def wish_again(placement: Placement, *, from_on: date, until_on: date) -> Wanted:
    """Return the same place for the days after it, without an agreement yet."""
    return replace(
        _wish_of(placement),
        from_on=from_on,
        until_on=until_on,
        agreement_id=None,
        follows_id=placement.id,
    )


def _wish_of(placement: Placement) -> Wanted:
    return Wanted(**{each.name: getattr(placement, each.name) for each in fields(Wanted)})


def _refusal(wanted: Wanted, error: IntegrityError, *, today: date, but: str = "") -> Exception:
    """Return the sentence for what a guard refused, or the error itself."""
    meaning = read_guard(str(error.orig))
    if meaning is None:
        return error
    shelf, words = db.session.get_one(Shelf, wanted.shelf_id), get_shelf_words(wanted.shelf_id)
    if meaning in {OVERLAPS, NOT_GIVEN_BACK}:
        return _taken(wanted, words, today, but)
    if meaning == AWAY:
        return ShelfAway(shelf=words)
    if meaning == MISFITS:
        return _too_small(wanted, shelf, words)
    return _overloaded(wanted, shelf, words)


def _too_small(wanted: Wanted, shelf: Shelf, words: str) -> Exception:
    """Name what is too small: the shelf itself, or what is left of it from there on."""
    if _fits_somewhere(wanted, shelf):
        return PlacePastEnd(
            shelf=words,
            from_mm=wanted.x_mm,
            left_mm=max(0, shelf.width_mm - wanted.x_mm),
            width_mm=wanted.width_mm,
        )
    size = f"{wanted.width_mm} x {wanted.height_mm} x {wanted.depth_mm}"
    room = f"{shelf.width_mm} x {shelf.height_mm} x {shelf.depth_mm}"
    return PlaceTooSmall(size=size, shelf=words, room=room)


def _fits_somewhere(wanted: Wanted, shelf: Shelf) -> bool:
    asked = (wanted.width_mm, wanted.height_mm, wanted.depth_mm)
    there = (shelf.width_mm, shelf.height_mm, shelf.depth_mm)
    return all(need <= room for need, room in zip(asked, there, strict=True))


def _overloaded(wanted: Wanted, shelf: Shelf, words: str) -> Exception:
    return ShelfOverloaded(weight=decimal(wanted.load_g), shelf=words, load=decimal(shelf.load_g))


def _taken(wanted: Wanted, words: str, today: date, but: str) -> Exception:
    days = {"from_on": wanted.from_on, "until_on": wanted.until_on, "today": today}
    held = list_held(shelf_id=wanted.shelf_id, **days)
    right = wanted.x_mm + wanted.width_mm
    beside = (span for span in held if span.number != but)
    spans = [s for s in beside if s.x_mm < right and wanted.x_mm < s.x_mm + s.width_mm]
    return _held(wanted, max(spans, key=lambda span: span.until_on), words)


def _where(span: HeldSpan | Standing, words: str) -> dict[str, str]:
    return {
        "shelf": words,
        "from_cm": centimetres(span.x_mm),
        "to_cm": centimetres(span.x_mm + span.width_mm),
        "number": span.number,
    }


def _held(wanted: Wanted, last: HeldSpan | Standing, words: str) -> Exception:
    where = _where(last, words)
    if last.until_on <= wanted.from_on:
        return PlaceNotGivenBack(**where, day=f"{last.until_on - timedelta(days=1):%d-%m-%Y}")
    return PlaceHeld(**where, until=f"{last.until_on:%d-%m-%Y}")


def make_live(*, placement: Placement, now: datetime) -> None:
    """Note that goods stand there now; again changes nothing.

    What it follows ends with that, as its goods are counted here from now on.

    :raises PlaceGone, PlaceWithoutAgreement: see rules
    :raises PlaceNotEmptyYet: whatever stood there before has not been given back
    """
    check_may_live(status=placement.status, has_agreement=placement.agreement_id is not None)
    if placement.status is PlacementStatus.RESERVED:
        _hand_over(placement, now)
        in_the_way = find_in_the_way(placement)
        if in_the_way:
            raise PlaceNotEmptyYet(number=in_the_way[0], day=f"{in_the_way[1]:%d-%m-%Y}")
        placement.status, placement.live_at = PlacementStatus.LIVE, now
        db.session.flush()


def _hand_over(placement: Placement, now: datetime) -> None:
    """End the place that this one follows, once its last day has passed."""
    if placement.follows_id is None:
        return
    before = lock_place(placement.follows_id)
    if before.status is not PlacementStatus.ENDED and before.until_on <= business_day(now):
        reason = f"Dilanjutkan sebagai {placement.number}"
        end(placement=before, reason=reason, actor_id=None, now=now)
        db.session.flush()


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
