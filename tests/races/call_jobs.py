"""What processes do with calls; every function begins and ends its own transactions."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.transaction import transaction
from pol.partnership.applications.models import Application
from pol.partnership.applications.queries import applications, calls, sheets
from pol.partnership.applications.services import applying
from pol.partnership.applications.services.applying import Wish
from pol.partnership.slots.models import SlotCall
from pol.partnership.slots.queries.calls import lock_call, read_call
from pol.partnership.slots.rules import CallStatus
from pol.partnership.slots.rules.spans import Span
from pol.partnership.slots.services import call_life
from pol.partnership.slots.services.calls import check_spans

STOPPED = "stopped by the database"


def publish(call_id: int, person_id: int, now: datetime) -> None:
    """Publish a call."""
    with transaction():
        call_life.publish_call(
            call=lock_call(call_id), stated_reason=None, actor_id=person_id, now=now
        )


def publish_naively(call_id: int, now: datetime) -> None:
    """Do the same the way it is often written: look whether the shelf is free, then write."""
    call = db.session.get_one(SlotCall, call_id)
    spans = [(span.shelf_id, Span(span.x_mm, span.width_mm)) for span in read_call(call).spans]
    check_spans(call, spans, today=business_day(now))
    with transaction():
        found = db.session.get_one(SlotCall, call_id, populate_existing=True)
        found.status, found.published_at = CallStatus.OPEN, now


def apply(number: str, stall_id: int, call: str, wish: Wish, by: tuple[int, datetime]) -> str:
    """Apply with a product, as the page does; return the number."""
    with transaction():
        return applying.draft(
            sheet=sheets.lock_sheet(number=number, stall_id=stall_id),
            call=calls.get_call(number=call),
            wish=wish,
            actor_id=by[0],
            now=by[1],
        ).number


def apply_naively(known: dict[str, object], number: str) -> str:
    """Look whether the product has applied, then write a copy of what is known of it."""
    ids = {"call_id": known["call_id"], "sheet_id": known["sheet_id"]}
    if applications.find_live(**ids):  # type: ignore[arg-type]
        return "refused"
    try:
        with transaction():
            db.session.add(Application(**known, number=number))
    except IntegrityError:
        return STOPPED
    return "applied"
