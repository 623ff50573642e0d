"""Drafting a slot call: each screen is kept by itself, and the checker looks after each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.kernel.text import paper_number
from pol.partnership.slots.models import CallCharge, CallCriterion, CallSpan, SlotCall
from pol.partnership.slots.queries.call_space import Days, list_space
from pol.partnership.slots.queries.call_terms import check_terms
from pol.partnership.slots.queries.calls import CallView, read_call
from pol.partnership.slots.rules import Bearer, CallStatus, CoopForm, GoodsCategory
from pol.partnership.slots.rules.call import (
    CallWithoutSpace,
    Criterion,
    Hand,
    check_dates,
    check_editable,
    check_goods,
    check_move,
)
from pol.partnership.slots.rules.forms import FORMS, check_bearers, check_rent
from pol.partnership.slots.rules.spans import Span, SpanOutside, check_span
from pol.partnership.slots.rules.terms import Charge

FIRST_CRITERIA = (
    Criterion("Mutu dan rasa", 40),
    Criterion("Kemasan dan label", 30),
    Criterion("Harga", 20),
    Criterion("Kesanggupan pasokan", 10),
)
FLOOR_PENALTY = Rupiah(250_000)


@dataclass(frozen=True)
class Basics:
    """The first screen; `until_on` is the first day after the last."""

    title: str
    about: str
    form: CoopForm
    from_on: date
    until_on: date
    closes_at: datetime


@dataclass(frozen=True)
class TermFacts:
    """The third screen."""

    margin_bp: int
    charges: Sequence[Charge]
    payment_days: int
    settle_every_days: int
    notice_days: int
    unsold_bearer: Bearer
    damage_bearer: Bearer
    loss_bearer: Bearer
    late_fine_bp: int
    short_fine_bp: int
    expected_sales: Rupiah | None
    new_goods_only: bool


@dataclass(frozen=True)
class GoodsFacts:
    """The fourth screen."""

    categories: Sequence[GoodsCategory]
    permits: Sequence[str]
    min_life_bp: int
    criteria: Sequence[Criterion]
    per_producer_per_store: int
    kecamatan_floor: int
    offer_days: int


def draft_call(*, retailer_id: int, basics: Basics, actor_id: int, now: datetime) -> SlotCall:
    """Begin a call with what its form usually has.

    :raises CallDatesReversed, CallTooLong, CallDeadlinePast, CallDeadlineTooLate: see sentences
    """
    _check_days(basics, now)
    call = SlotCall(
        number=paper_number("PS", business_day(now)),
        retailer_id=retailer_id,
        status=CallStatus.DRAFT,
        notice_days=30,
        offer_days=3,
        min_life_bp=5_000,
        categories=[],
        permits=["p_irt"],
        floor_penalty=FLOOR_PENALTY,
        created_at=now,
        created_by_id=actor_id,
        **vars(FORMS[basics.form].defaults),
        **vars(basics),
    )
    db.session.add(call)
    db.session.flush()
    _write_criteria(call, FIRST_CRITERIA)
    audit.record(action="call.drafted", subject=f"call:{call.number}", actor_id=actor_id, now=now)
    return call


def save_basics(*, call: SlotCall, basics: Basics, now: datetime) -> None:
    """Keep the first screen; another form brings its own habits where the old one's still stand.

    :raises CallFrozen: it is published
    :raises CallDatesReversed, CallTooLong, CallDeadlinePast, CallDeadlineTooLate: see sentences
    """
    check_editable(call.status)
    _check_days(basics, now)
    old, new = FORMS[call.form], FORMS[basics.form]
    for name, value in vars(new.defaults).items():
        if getattr(call, name) == getattr(old.defaults, name):
            setattr(call, name, value)
    if new.unsold is not None:
        call.unsold_bearer = new.unsold[0]
    if new.broken is not None:
        call.damage_bearer = call.loss_bearer = new.broken[0]
    for name, value in vars(basics).items():
        setattr(call, name, value)
    look_again(call, now=now)


def _check_days(basics: Basics, now: datetime) -> None:
    check_dates(
        from_on=basics.from_on, until_on=basics.until_on, closes_at=basics.closes_at, now=now
    )


def save_space(*, call: SlotCall, spans: Sequence[tuple[int, Span]], now: datetime) -> None:
    """Keep the second screen: a span of each chosen shelf.

    :raises CallFrozen: it is published
    :raises CallWithoutSpace: nothing is chosen
    :raises SpanOutside, SpanTooNarrow, SpanTaken, SpanOffered: see their sentences
    """
    check_editable(call.status)
    if not spans:
        raise CallWithoutSpace
    check_spans(call, spans, today=business_day(now))
    db.session.execute(delete(CallSpan).where(CallSpan.call_id == call.id))
    rows = [
        {"call_id": call.id, "shelf_id": shelf_id, "x_mm": span.x_mm, "width_mm": span.width_mm}
        for shelf_id, span in spans
    ]
    db.session.execute(insert(CallSpan), rows)
    look_again(call, now=now)


def check_spans(call: SlotCall, spans: Sequence[tuple[int, Span]], *, today: date) -> None:
    """Check that each span is free on the call's days and of a shelf of the retailer's own.

    :raises SpanOutside, SpanTooNarrow, SpanTaken, SpanOffered: see their sentences
    """
    days = Days(call.from_on, call.until_on, except_call_id=call.id)
    stores = list_space(retailer_id=call.retailer_id, days=days, today=today)
    shelves = {shelf.shelf_id: shelf for store in stores for shelf in store.shelves}
    for shelf_id, span in spans:
        shelf = shelves.get(shelf_id)
        if shelf is None:
            raise SpanOutside(end=span.end_mm, shelf=0)
        check_span(span, width_mm=shelf.width_mm, taken=shelf.taken)


def save_terms(*, call: SlotCall, facts: TermFacts, now: datetime) -> None:
    """Keep the third screen.

    :raises CallFrozen: it is published
    :raises UnsoldRiskOfForm, RentUnsoldRisk, BoughtGoodsRisk: its form says who bears what
    :raises RentWithoutRent, RentNotOfForm: its form says whether there is a rent
    """
    check_editable(call.status)
    check_bearers(
        call.form,
        unsold=facts.unsold_bearer,
        damage=facts.damage_bearer,
        loss=facts.loss_bearer,
    )
    check_rent(call.form, facts.charges)
    for name, value in vars(facts).items():
        if name != "charges":
            setattr(call, name, value)
    db.session.execute(delete(CallCharge).where(CallCharge.call_id == call.id))
    if facts.charges:
        rows = [vars(charge) | {"call_id": call.id} for charge in facts.charges]
        db.session.execute(insert(CallCharge), rows)
    look_again(call, now=now)


def save_goods(*, call: SlotCall, facts: GoodsFacts, now: datetime) -> None:
    """Keep the fourth screen.

    :raises CallFrozen: it is published
    :raises CallWithoutGoods, CriterionTwice, WeightsNotHundred: see their sentences
    """
    check_editable(call.status)
    check_goods(facts.categories, facts.criteria)
    call.categories = [category.value for category in facts.categories]
    call.permits = list(facts.permits)
    for name in ("min_life_bp", "per_producer_per_store", "kecamatan_floor", "offer_days"):
        setattr(call, name, getattr(facts, name))
    _write_criteria(call, facts.criteria)
    look_again(call, now=now)


def _write_criteria(call: SlotCall, criteria: Sequence[Criterion]) -> None:
    db.session.execute(delete(CallCriterion).where(CallCriterion.call_id == call.id))
    rows = [
        vars(criterion) | {"call_id": call.id, "position": at}
        for at, criterion in enumerate(criteria)
    ]
    db.session.execute(insert(CallCriterion), rows)


def look_again(call: SlotCall, *, now: datetime) -> CallView:
    """Run the checker on a draft: whole ones become checked, with what it found."""
    db.session.flush()
    view = read_call(call)
    is_whole = bool(view.spans and call.categories)
    new = CallStatus.CHECKED if is_whole else CallStatus.DRAFT
    if new is not call.status:
        check_move(call.status, new, Hand.RETAILER)
        call.status = new
    found = check_terms(view, day=business_day(now)).findings if is_whole else ()
    call.findings = [finding.as_row() for finding in found]
    return view
