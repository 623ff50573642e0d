"""What a producer does with an application: write, send, repair, withdraw, appeal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import paper_number
from pol.partnership.applications.models import (
    Application,
    ApplicationStore,
    ProductSheet,
    RepairItem,
)
from pol.partnership.applications.queries import applications, calls, sheets
from pol.partnership.applications.queries.calls import CallRow
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.applications.rules.life import (
    AlreadyApplied,
    NoStoreChosen,
    NotReady,
    RepairUnanswered,
    Side,
    StallNotVerified,
    StepNotOpen,
    StoreNotInCall,
    after_repair,
    check_appeal,
    check_facings,
)
from pol.partnership.applications.services.steps import move, write_first
from pol.stalls.models import Stall
from pol.stalls.rules import StallStatus

S = ApplicationStatus
COPIED = (
    *("category", "width_mm", "height_mm", "depth_mm", "weight_g", "shelf_life_days", "price"),
)
"""What an application takes over from the sheet; frozen from the moment it is sent."""


@dataclass(frozen=True)
class Wish:
    """What a producer asks for; `store_ids` in order of wish."""

    store_ids: Sequence[int]
    min_facings: int
    max_facings: int
    capacity_week: int
    note: str


def draft(
    *, sheet: ProductSheet, call: CallRow, wish: Wish, actor_id: int, now: datetime
) -> Application:
    """Write an application that is not sent yet; the caller has locked the sheet.

    :raises AlreadyApplied: this product has a live application to this call
    :raises NoStoreChosen, StoreNotInCall, FacingsBackwards: the wish makes no sense
    """
    _check_wish(wish, call)
    if applications.find_live(call_id=call.call_id, sheet_id=sheet.id):
        raise AlreadyApplied
    stall = db.session.get_one(Stall, sheet.stall_id)
    application = Application(
        number=paper_number("PJ", business_day(now)),
        call_id=call.call_id,
        sheet_id=sheet.id,
        stall_id=sheet.stall_id,
        kecamatan_code=stall.kecamatan_code,
        status=S.DRAFT,
        min_facings=wish.min_facings,
        max_facings=wish.max_facings,
        capacity_week=wish.capacity_week,
        note=wish.note,
        created_at=now,
        **{name: getattr(sheet, name) for name in COPIED},
    )
    db.session.add(application)
    db.session.flush()
    _write_stores(application, wish)
    write_first(application=application, actor_id=actor_id, now=now)
    return application


def change_wish(*, application: Application, call: CallRow, wish: Wish) -> None:
    """Write anew what is asked for, while it may still be sent.

    :raises StepNotOpen: it is with somebody else, or decided
    :raises NoStoreChosen, StoreNotInCall, FacingsBackwards: the wish makes no sense
    """
    if application.status not in (S.DRAFT, S.REPAIR):
        raise StepNotOpen
    _check_wish(wish, call)
    application.min_facings, application.max_facings = wish.min_facings, wish.max_facings
    application.capacity_week, application.note = wish.capacity_week, wish.note
    db.session.execute(
        delete(ApplicationStore).where(ApplicationStore.application_id == application.id)
    )
    _write_stores(application, wish)


def _check_wish(wish: Wish, call: CallRow) -> None:
    check_facings(wish.min_facings, wish.max_facings)
    if not wish.store_ids:
        raise NoStoreChosen
    if not set(wish.store_ids) <= {store.store_id for store in call.stores}:
        raise StoreNotInCall


def _write_stores(application: Application, wish: Wish) -> None:
    for place, store_id in enumerate(dict.fromkeys(wish.store_ids), 1):
        db.session.add(
            ApplicationStore(application_id=application.id, store_id=store_id, wish=place)
        )
    db.session.flush()


def submit(*, application: Application, actor_id: int, now: datetime) -> None:
    """Send an application: it must fit every store that it names, with valid permits.

    :raises StallNotVerified: the stall itself may not trade yet
    :raises NotReady: something is missing, see `missing_for`
    :raises CallNotOpen, StepNotOpen: see `check_move`
    """
    _freeze(application)
    move(application=application, to=S.SUBMITTED, by=Side.PRODUCER, actor_id=actor_id, now=now)
    application.submitted_at = now


def _freeze(application: Application) -> None:
    """Copy the sheet's measures once more, after a last look at whether it all fits."""
    stall = db.session.get_one(Stall, application.stall_id)
    if stall.status is not StallStatus.VERIFIED:
        raise StallNotVerified
    sheet = db.session.get_one(ProductSheet, application.sheet_id)
    row = sheets.get_sheet(number=sheet.number, stall_id=application.stall_id)
    call = calls.get_call_by_id(call_id=application.call_id)
    wanted = set(
        db.session.scalars(
            select(ApplicationStore.store_id).where(
                ApplicationStore.application_id == application.id
            )
        )
    )
    if not wanted <= call.fit(row, min_facings=application.min_facings).fitting():
        raise NotReady
    for name in COPIED:
        setattr(application, name, getattr(sheet, name))


def resubmit(
    *, application: Application, answers: Mapping[int, str], actor_id: int, now: datetime
) -> None:
    """Send a repaired application back to whoever asked, with an answer to each point.

    :raises RepairUnanswered: a point has no answer
    :raises StallNotVerified, NotReady, CallOver, StepNotOpen: see `submit`
    """
    open_items = db.session.scalars(
        select(RepairItem).where(
            RepairItem.application_id == application.id, RepairItem.done_at.is_(None)
        )
    ).all()
    missing = sum(not answers.get(item.id, "").strip() for item in open_items)
    if missing:
        raise RepairUnanswered(count=missing)
    for item in open_items:
        item.answer, item.done_at = answers[item.id].strip(), now
    _freeze(application)
    to = after_repair(was_screened=application.screened_at is not None)
    move(application=application, to=to, by=Side.PRODUCER, actor_id=actor_id, now=now)
    application.submitted_at = now


def withdraw(*, application: Application, actor_id: int, now: datetime) -> None:
    """Take an application back.

    :raises StepNotOpen, CallOver: see `check_move`
    """
    move(application=application, to=S.WITHDRAWN, by=Side.PRODUCER, actor_id=actor_id, now=now)


def appeal(*, application: Application, text: str, actor_id: int, now: datetime) -> None:
    """Ask once that a refusal be looked at again; the retailer decides, the Dinas has spoken.

    The caller has locked the sheet, so that no other application of it begins meanwhile.

    :raises AppealSpent, AppealTooLate: see `check_appeal`
    :raises AlreadyApplied: the product was sent in anew after the refusal
    :raises ReasonMissing, StepNotOpen, CallOver: see `check_move`
    """
    if application.status is S.REFUSED and application.decided_at is not None:
        check_appeal(
            appealed_at=application.appealed_at, decided_at=application.decided_at, now=now
        )
    if applications.find_live(call_id=application.call_id, sheet_id=application.sheet_id):
        raise AlreadyApplied if application.status is S.REFUSED else StepNotOpen
    move(
        application=application,
        to=S.CURATION,
        by=Side.PRODUCER,
        actor_id=actor_id,
        now=now,
        reason=text,
    )
    application.appeal, application.appealed_at = text.strip(), now
    application.screened_at = application.screened_at or now
