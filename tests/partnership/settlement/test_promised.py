"""A renewal into days that others were promised is refused when it is proposed, and when agreed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.partnership.allocation.models import AllocationRun, Offer
from pol.partnership.allocation.rules.statuses import OfferStatus, RunStatus
from pol.partnership.settlement.models import Renewal
from pol.partnership.settlement.rules import RenewalKind, RenewalStatus
from pol.partnership.settlement.services import renewing
from pol.partnership.settlement.services.renewing import Wish
from pol.partnership.slots.models import CallSpan, SlotCall
from pol.partnership.slots.rules import Bearer, CallStatus
from pol.partnership.slots.rules.holding import NothingLeft, PlacePromised
from pol.partnership.slots.services.placing import reserve
from tests.factories.catalogue import make_stall
from tests.factories.partnership import (
    Partnership,
    make_application,
    make_call,
    make_partnership,
    make_sheet,
)
from tests.partnership.offers.test_placing import beside

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
LONGER = Wish(RenewalKind.RENEW, "Laris", until_on=date(2027, 7, 1))


def _ask(p: Partnership, wish: Wish) -> Renewal:
    return renewing.ask(
        placement=p.placement, wish=wish, by=Bearer.RETAILER, actor_id=p.owner.id, now=NOW
    )


def _agree(p: Partnership, renewal: Renewal) -> None:
    renewing.agree(
        renewal=renewal, placement=p.placement, by=Bearer.PRODUCER, actor_id=p.owner.id, now=NOW
    )


def _call_for(p: Partnership, from_on: date, status: CallStatus = CallStatus.OPEN) -> SlotCall:
    """Let a call offer some of the place's millimetres from a day on."""
    days = {"from_on": from_on, "until_on": date(2028, 1, 1)}
    call = make_call(p.retailer, by=p.owner, status=status, shelves=[], **days)
    spot = {"shelf_id": p.shelf.id, "x_mm": p.placement.x_mm + 100, "width_mm": 150}
    db.session.add(CallSpan(call_id=call.id, **spot))
    db.session.flush()
    return call


def _offer_for(p: Partnership, from_on: date) -> Offer:
    """Let an allocated call offer some of the place's millimetres to somebody."""
    call = _call_for(p, from_on, CallStatus.ALLOCATED)
    stall = make_stall(name="UMKM Contoh Lain")
    application = make_application(call, make_sheet(stall), stores=[p.store])
    run = AllocationRun(
        number="PT-JANJI", call_id=call.id, status=RunStatus.FIXED, seconds=5, asked_at=NOW, log=[],
        instance="{}", input_sha256="0" * 64,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    offer = Offer(
        number="TW-JANJI", run_id=run.id, application_id=application.id, stall_id=stall.id,
        store_id=p.store.id, status=OfferStatus.OFFERED, shelf_id=p.shelf.id, x_mm=200, facings=1,
        offered_at=NOW, lapses_at=NOW + timedelta(days=7),
    )  # fmt: skip
    db.session.add(offer)
    db.session.flush()
    return offer


def _waiting() -> int:
    return len(db.session.scalars(select(Renewal.id)).all())


@pytest.mark.parametrize("promise", [_call_for, _offer_for])
def test_days_that_others_were_promised_are_not_even_proposed(
    session: Session, promise: Callable[[Partnership, date], object]
) -> None:
    p = make_partnership()
    promise(p, date(2027, 4, 1))
    with pytest.raises(PlacePromised) as refusal:
        _ask(p, LONGER)
    said = str(refusal.value)
    assert "untuk 01-04-2027 sampai 31-12-2027" in said
    assert "diperpanjang sampai 31-03-2027" in said
    assert _waiting() == 0
    until = Wish(RenewalKind.RENEW, "Laris", until_on=date(2027, 4, 1))
    _agree(p, _ask(p, until))
    assert _waiting() == 1


def test_a_promise_that_begins_at_once_leaves_nothing(session: Session) -> None:
    p = make_partnership()
    _offer_for(p, p.placement.until_on)
    with pytest.raises(NothingLeft, match="hari terakhirnya tetap 31-12-2026"):
        _ask(p, LONGER)
    assert _waiting() == 0


def test_a_promise_made_after_the_proposal_stands_at_the_answer(session: Session) -> None:
    p = make_partnership()
    renewal, offer = _ask(p, LONGER), _offer_for(p, date(2027, 4, 1))
    with pytest.raises(PlacePromised):
        _agree(p, renewal)
    offer.status = OfferStatus.DECLINED
    _agree(p, renewal)
    assert renewal.status is RenewalStatus.DONE


def test_a_place_that_somebody_has_booked_is_not_proposed(session: Session) -> None:
    p = make_partnership()
    booked = reserve(beside(p, x_mm=100, from_on=date(2027, 3, 1), until_on=date(2028, 1, 1)),
                     now=NOW)  # fmt: skip
    with pytest.raises(PlacePromised, match=f"{booked.number}.* 28-02-2027"):
        _ask(p, LONGER)
