"""A place is given back after a final count, made when it was over; zero is counted, too."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.rules.ending import NotCountedYet
from pol.partnership.consignment.models import CountLine
from pol.partnership.consignment.rules import CountStatus, StockEventKind
from pol.partnership.consignment.services import counts
from pol.partnership.settlement.models import Renewal
from pol.partnership.settlement.queries.final_counts import is_counted
from pol.partnership.settlement.rules import RenewalKind
from pol.partnership.settlement.services import renewing
from pol.partnership.settlement.services.renewing import Wish
from pol.partnership.slots.rules import Bearer, PlacementStatus
from tests.factories.partnership import Partnership, make_partnership
from tests.partnership.settlement.goods import count_goods as count
from tests.partnership.settlement.goods import happen

LAST = datetime(2026, 12, 31, 3, tzinfo=UTC)
EARLIER, LATER = LAST - timedelta(days=1), LAST + timedelta(days=3)


@pytest.fixture
def p(session: Session) -> Partnership:
    """Return a partnership whose goods have all gone home, with nothing owed."""
    made = make_partnership(quantity=24)
    happen(made.batch, StockEventKind.RETURNED, 24, date(2026, 12, 20))
    return made


def _ask(p: Partnership, now: datetime) -> Renewal:
    wish = Wish(RenewalKind.FREE, "Masa habis")
    return renewing.ask(
        placement=p.placement, wish=wish, by=Bearer.RETAILER, actor_id=p.owner.id, now=now
    )


def _agree(p: Partnership, renewal: Renewal, now: datetime) -> None:
    renewing.agree(
        renewal=renewal, placement=p.placement, by=Bearer.PRODUCER, actor_id=p.owner.id, now=now
    )


def test_nothing_is_given_back_uncounted(p: Partnership) -> None:
    renewal = _ask(p, LATER)
    with pytest.raises(NotCountedYet, match="31-12-2026"):
        _agree(p, renewal, LATER)
    assert count(p, LATER).status is CountStatus.AGREED
    _agree(p, renewal, LATER)
    assert p.placement.status is PlacementStatus.ENDED


def test_zero_pieces_are_counted_and_others_may_be_found(p: Partnership) -> None:
    made = count(p, LATER, there=2)
    line = db.session.scalars(select(CountLine).where(CountLine.count_id == made.id)).one()
    assert (line.batch_id, line.expected, line.counted) == (p.batch.id, 0, 2)
    assert made.status is CountStatus.COUNTED
    assert not is_counted(p.placement)
    counts.agree(count=made, stall_id=p.stall.id, actor_id=p.owner.id, now=LATER)
    db.session.refresh(p.batch)
    assert (p.batch.on_shelf, is_counted(p.placement)) == (2, True)


@pytest.mark.parametrize(("at", "is_final"), [(EARLIER, False), (LAST, True), (LATER, True)])
def test_the_last_day_may_be_the_day_of_the_count(
    p: Partnership, at: datetime, *, is_final: bool
) -> None:
    count(p, at)
    assert is_counted(p.placement) is is_final


def test_the_day_on_which_notice_ended_the_agreement_counts(p: Partnership) -> None:
    p.agreement.status = AgreementStatus.TERMINATED
    p.agreement.ended_at = datetime(2026, 12, 9, 17, tzinfo=UTC)
    db.session.flush()
    assert not is_counted(p.placement)
    count(p, datetime(2026, 12, 9, 3, tzinfo=UTC))
    assert is_counted(p.placement)


def test_both_may_agree_to_end_before_the_last_day_and_count_then(p: Partnership) -> None:
    before = datetime(2026, 12, 21, 3, tzinfo=UTC)
    renewal = _ask(p, before)
    with pytest.raises(NotCountedYet, match="21-12-2026"):
        _agree(p, renewal, before)
    count(p, before)
    assert not is_counted(p.placement)
    _agree(p, renewal, before)
    assert p.placement.status is PlacementStatus.ENDED


def test_what_was_never_opened_needs_no_count(p: Partnership) -> None:
    p.placement.status, p.placement.live_at = PlacementStatus.RESERVED, None
    db.session.flush()
    assert is_counted(p.placement)
