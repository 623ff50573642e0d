"""Writing letters: once, with the names and figures of their day."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import paper_number
from pol.partnership.settlement.models import Bill, Renewal, ShelfLetter
from pol.partnership.settlement.queries import letters as queries
from pol.partnership.settlement.queries.renewals import sum_balance, sum_stock
from pol.partnership.settlement.rules import RenewalStatus
from pol.partnership.settlement.rules import letters as rules
from pol.partnership.settlement.rules.bills import Standing
from pol.partnership.settlement.services.telling import tell_letter
from pol.partnership.slots.models import Placement, Retailer, Store
from pol.partnership.slots.queries.placements import get_shelf_words
from pol.partnership.slots.rules import Bearer
from pol.partnership.slots.rules.holding import centimetres
from pol.stalls.models import Stall

Alone = Callable[[], AbstractContextManager[object]]


def write_proposal(renewal: Renewal, *, now: datetime) -> ShelfLetter:
    """Write what one side proposes for a place to the other."""
    content = rules.propose(
        queries.get_place(renewal.placement_id),
        kind=renewal.kind,
        by=renewal.asked_by,
        until_on=renewal.until_on,
        facings=renewal.facings,
        spot=_spot_of(renewal),
        reason=renewal.reason,
        answer_by=renewal.answer_by,
    )
    return _about_place(content, renewal, "asked", renewal.asked_by_id, now)


def _spot_of(renewal: Renewal) -> str | None:
    if renewal.shelf_id is None:
        return None
    from_left = centimetres(renewal.x_mm or 0)
    return f"{get_shelf_words(renewal.shelf_id)}, mulai {from_left} cm dari kiri"


def write_answer(renewal: Renewal, *, by: Bearer, now: datetime) -> ShelfLetter:
    """Write what the other side answered."""
    content = rules.answer(
        queries.get_place(renewal.placement_id),
        to=renewal.number,
        kind=renewal.kind,
        by=by,
        agreed=renewal.status is RenewalStatus.DONE,
        words=renewal.answer or "",
    )
    return _about_place(content, renewal, "answered", renewal.answered_by_id, now)


def write_lapse(renewal: Renewal, *, now: datetime) -> ShelfLetter:
    """Write that nobody answered, and tell both sides; for who proposed it this is the answer."""
    content = rules.lapse(
        queries.get_place(renewal.placement_id),
        to=renewal.number,
        kind=renewal.kind,
        by=renewal.asked_by,
        answer_by=renewal.answer_by,
    )
    letter = _about_place(content, renewal, "lapsed", None, now)
    tell_letter(letter, now=now)
    return letter


def _about_place(
    content: rules.Content, renewal: Renewal, step: str, author_id: int | None, now: datetime
) -> ShelfLetter:
    place = db.session.get_one(Placement, renewal.placement_id)
    letter = _letter_about(place, key=f"renewal:{renewal.id}:{step}")
    letter.signed_by = db.session.scalar(select(User.name).where(User.id == author_id))
    return _write(content, letter, now)


def remind_of_bills(*, now: datetime, alone: Alone = nullcontext) -> int:
    """Remind retailers of bills that are late, a week apart at least; return how many letters."""
    today, written = business_day(now), 0
    for late in queries.list_late_bills(today=today):
        last_on = business_day(late.last_at) if late.last_at else None
        days_late = (today - late.due_on).days
        if rules.is_reminder_due(days_late, reminders=late.reminders, last_on=last_on, today=today):
            with alone():
                _remind(late.id, late.reminders + 1, now)
                written += 1
    return written


def _remind(bill_id: int, turn: int, now: datetime) -> None:
    bill = db.session.get_one(Bill, bill_id, populate_existing=True)
    now_open = Standing(bill.payable, bill.held, bill.paid).open
    if bill.due_on is None or not now_open:
        return  # somebody has paid since the list was made
    content = rules.remind(
        rules.Overdue(
            number=bill.number,
            payable=bill.payable,
            paid=bill.paid,
            open=now_open,
            due_on=bill.due_on,
        ),
        turn=turn,
        today=business_day(now),
        late_fine_bp=queries.find_late_fine_bp(bill_id=bill.id),
    )
    letter = ShelfLetter(
        key=f"bill:{bill.id}:reminder:{turn}",
        retailer_id=bill.retailer_id,
        stall_id=bill.stall_id,
        bill_id=bill.id,
    )
    tell_letter(_write(content, letter, now), now=now)


def write_vacating_letters(*, now: datetime, alone: Alone = nullcontext) -> int:
    """Write, once each, what is left to do where an agreement is over; return how many letters.

    A renewal that was called off is written of at once, long before its place is to be left.
    """
    off, over = queries.list_called_off(), queries.list_places_to_vacate()
    for renewal in off:
        with alone():
            _call_off(renewal, now)
    for place in over:
        with alone():
            _vacate(place, now)
    return len(off) + len(over)


def _call_off(off: queries.CalledOff, now: datetime) -> None:
    place = db.session.get_one(Placement, off.placement_id)
    content = rules.call_off(
        queries.get_place(place.id),
        renewal=off.number,
        agreement=off.agreement,
        why=off.why or "tidak disebutkan",
    )
    letter = _letter_about(place, key=f"renewal:{off.renewal_id}:off")
    tell_letter(_write(content, letter, now), now=now)


def _vacate(over: queries.OverPlace, now: datetime) -> None:
    place = db.session.get_one(Placement, over.placement_id)
    content = rules.vacate(
        queries.get_place(place.id),
        agreement=over.agreement,
        why=over.why or "masa berlakunya habis",
        unsigned=over.unsigned,
        stock=sum_stock(place.id),
        balance=sum_balance(place, today=business_day(now)),
    )
    letter = _letter_about(place, key=f"place:{place.id}:vacate")
    tell_letter(_write(content, letter, now), now=now)


def _letter_about(place: Placement, *, key: str) -> ShelfLetter:
    asked = select(Store.retailer_id).where(Store.id == place.store_id)
    return ShelfLetter(
        key=key,
        retailer_id=db.session.scalars(asked).one(),
        stall_id=place.stall_id,
        placement_id=place.id,
    )


def _write(content: rules.Content, letter: ShelfLetter, now: datetime) -> ShelfLetter:
    """Give a letter its number, its names and its text; the same key again gives the same one."""
    same = db.session.scalars(
        select(ShelfLetter).where(ShelfLetter.key == letter.key)
    ).one_or_none()
    if same is not None:
        return same
    for name, value in asdict(content).items():
        setattr(letter, name, value)
    letter.number = paper_number("SR", business_day(now))
    letter.retailer_name = db.session.get_one(Retailer, letter.retailer_id).name
    letter.stall_name = db.session.get_one(Stall, letter.stall_id).name
    letter.written_at = now
    db.session.add(letter)
    db.session.flush()
    return letter
