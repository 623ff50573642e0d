"""A place ends, is held on or is resized only when both sides say so, and freed only when empty."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.rules.ending import NotCountedYet, StillOnShelf, StillOwed
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.models import Bill, Renewal
from pol.partnership.settlement.queries import renewals as queries
from pol.partnership.settlement.rules import RenewalKind, RenewalStatus
from pol.partnership.settlement.rules.renewing import (
    RenewalAnswered,
    RenewalAskedAlready,
    RenewalOwn,
    RenewalReasonMissing,
    RenewalTooLong,
    RenewalTooShort,
)
from pol.partnership.settlement.services import closing, paying, renewing
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.settlement.services.renewing import Wish
from pol.partnership.slots.models import Placement
from pol.partnership.slots.rules import Bearer, PlacementStatus
from tests.factories.partnership import Partnership, make_partnership
from tests.partnership.settlement.goods import count_goods, happen, sell

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
LONGER = Wish(RenewalKind.RENEW, "Laris", until_on=date(2027, 7, 1))
WIDER = Wish(RenewalKind.RESIZE, "Laris", facings=3)
END = Wish(RenewalKind.FREE, "Ganti produk")


def _ask(p: Partnership, wish: Wish, by: Bearer = Bearer.RETAILER) -> Renewal:
    return renewing.ask(placement=p.placement, wish=wish, by=by, actor_id=p.owner.id, now=NOW)


def _agree(p: Partnership, renewal: Renewal, by: Bearer = Bearer.PRODUCER,
           now: datetime = NOW) -> None:  # fmt: skip
    renewing.agree(renewal=renewal, placement=p.placement, by=by, actor_id=p.owner.id, now=now)


def test_a_renewed_place_is_held_by_an_agreement_of_its_own(session: Session) -> None:
    p = make_partnership()
    renewal = _ask(p, LONGER)
    _agree(p, renewal)
    after = db.session.get_one(Placement, renewal.next_placement_id)
    assert (after.from_on, after.until_on) == (p.placement.until_on, date(2027, 7, 1))
    assert (after.shelf_id, after.x_mm) == (p.placement.shelf_id, p.placement.x_mm)
    assert after.agreement_id not in {None, p.agreement.id}
    assert renewal.status is RenewalStatus.DONE


def test_a_place_takes_more_facings_once_both_agree(session: Session) -> None:
    p = make_partnership()
    _agree(p, _ask(p, WIDER))
    assert (p.placement.facings, p.placement.width_mm) == (3, 420)


def test_silence_changes_nothing(session: Session) -> None:
    """No silent renewal: nobody answered, so the place ends on its day."""
    p = make_partnership()
    renewal = _ask(p, LONGER)
    assert renewal.answer_by == date(2026, 12, 4)
    assert renewing.lapse_renewals(now=NOW + timedelta(days=14)) == 0
    assert renewing.lapse_renewals(now=NOW + timedelta(days=15)) == 1
    assert renewal.status is RenewalStatus.LAPSED
    places = db.session.scalars(select(Placement.id)).all()
    assert places == [p.placement.id]
    with pytest.raises(RenewalAnswered):
        _agree(p, renewal)


def test_a_slot_is_freed_only_when_it_is_empty_and_paid_for(session: Session) -> None:
    """I14: stock 0 and balance 0."""
    p = make_partnership(quantity=3)
    renewal = _ask(p, END)
    with pytest.raises(StillOnShelf):
        _agree(p, renewal)
    sell(p.batch, 1, date(2026, 11, 18))
    happen(p.batch, StockEventKind.RETURNED, 2, date(2026, 11, 18))
    with pytest.raises(StillOwed):
        _agree(p, renewal)
    period = closing.close_period(
        retailer_id=p.retailer.id, last_day=date(2026, 11, 19), actor_id=None, now=NOW
    )
    bill = db.session.scalars(select(Bill).where(Bill.period_id == period.id)).one()
    with pytest.raises(StillOwed):
        _agree(p, renewal)
    paying.approve_bill(bill=bill, actor_id=p.owner.id, now=NOW)
    sending = Sending("k", bill.payable, date(2026, 11, 20), "BRI")
    paying.note_payment(bill=bill, sending=sending, actor_id=p.owner.id, now=NOW)
    with pytest.raises(NotCountedYet):
        _agree(p, renewal)
    count_goods(p, NOW)
    _agree(p, renewal)
    assert p.placement.status is PlacementStatus.ENDED


def test_the_other_side_answers_and_once(session: Session) -> None:
    p = make_partnership()
    renewal = _ask(p, LONGER)
    with pytest.raises(RenewalAskedAlready):
        _ask(p, END, Bearer.PRODUCER)
    with pytest.raises(RenewalOwn):
        _agree(p, renewal, Bearer.RETAILER)
    renewing.decline(
        renewal=renewal,
        placement=p.placement,
        by=Bearer.PRODUCER,
        words="Belum sanggup",
        actor_id=p.owner.id,
        now=NOW,
    )
    assert (renewal.status, renewal.answer) == (RenewalStatus.REFUSED, "Belum sanggup")
    with pytest.raises(RenewalAnswered):
        _agree(p, renewal)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (Wish(RenewalKind.FREE, "  "), RenewalReasonMissing),
        (Wish(RenewalKind.RENEW, "Laris", until_on=date(2027, 1, 1)), RenewalTooShort),
        (Wish(RenewalKind.RENEW, "Laris"), RenewalTooShort),
        (Wish(RenewalKind.RENEW, "Laris", until_on=date(2099, 12, 2)), RenewalTooLong),
        (Wish(RenewalKind.RENEW, "Laris", until_on=date(2030, 1, 4)), RenewalTooLong),
    ],
)
def test_a_proposal_makes_sense(session: Session, wish: Wish, refusal: type[Exception]) -> None:
    p = make_partnership()
    with pytest.raises(refusal):
        _ask(p, wish)


def test_a_renewal_lasts_as_long_as_a_call_at_most(session: Session) -> None:
    p = make_partnership()
    assert p.placement.until_on == date(2027, 1, 1)
    longest = date(2030, 1, 3)
    assert _ask(p, Wish(RenewalKind.RENEW, "Laris", until_on=longest)).until_on == longest


@pytest.mark.parametrize("status", [AgreementStatus.ENDED, AgreementStatus.TERMINATED])
def test_a_place_whose_agreement_is_over_is_listed_whatever_its_dates(
    session: Session, status: AgreementStatus
) -> None:
    """Notice ended it in June; the place was to stand until December."""
    p = make_partnership()
    mine, june = queries.of_stall(p.stall.id), date(2026, 6, 1)
    assert queries.list_ending(mine, today=june).rows == []
    p.agreement.status = status
    session.flush()
    assert [row.number for row in queries.list_ending(mine, today=june).rows] == [
        p.placement.number
    ]


def test_a_place_is_proposed_for_again_after_it_was_resized(session: Session) -> None:
    p = make_partnership()
    mine, today = queries.of_stall(p.stall.id), date(2026, 11, 20)
    _agree(p, _ask(p, WIDER))
    assert [row.number for row in queries.list_ending(mine, today=today).rows] == [
        p.placement.number
    ]
    renewal = _ask(p, LONGER)
    _agree(p, renewal)
    assert queries.list_ending(mine, today=today).rows == []
    after = db.session.get_one(Placement, renewal.next_placement_id)
    after.status = PlacementStatus.ENDED  # both let the renewal go before it began
    session.flush()
    assert [row.number for row in queries.list_ending(mine, today=today).rows] == [
        p.placement.number
    ]


def test_places_that_end_soon_are_shown_to_their_sides_only(session: Session) -> None:
    p, other = make_partnership(), make_partnership()
    mine = queries.of_stall(p.stall.id)
    assert [row.number for row in queries.list_ending(mine, today=date(2026, 11, 20)).rows] == [
        p.placement.number
    ]
    assert queries.list_ending(mine, today=date(2026, 6, 1)).rows == []
    with pytest.raises(NotFound):
        queries.lock_place(queries.of_retailer(other.retailer.id), p.placement.number)
    renewal = _ask(p, LONGER)
    with pytest.raises(NotFound):
        queries.lock_renewal(queries.of_stall(other.stall.id), renewal.number)
    assert queries.list_ending(mine, today=date(2026, 11, 20)).rows == []
