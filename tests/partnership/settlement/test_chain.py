"""A renewed place goes on as one: goods and debts belong to the chain, the shelf is held once."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.rules.ending import StillOnShelf
from pol.partnership.agreements.services import clockwork, ending
from pol.partnership.settlement.models import Renewal
from pol.partnership.settlement.queries import renewals as queries
from pol.partnership.settlement.rules import RenewalKind
from pol.partnership.settlement.services import renewing
from pol.partnership.settlement.services.renewing import Wish
from pol.partnership.slots.models import Fixture, Placement
from pol.partnership.slots.rules import Bearer, PlacementStatus
from pol.partnership.slots.rules.shelf import Measures, ShelfInUse
from pol.partnership.slots.services import shelves
from pol.partnership.slots.services.shelves import ShelfFacts
from tests.factories.partnership import Partnership, make_partnership
from tests.properties.identities import find_violations

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
THEN = datetime(2027, 1, 4, 3, tzinfo=UTC)
LONGER = Wish(RenewalKind.RENEW, "Laris", until_on=date(2027, 7, 1))
END = Wish(RenewalKind.FREE, "Ganti produk")


def agree_on(p: Partnership, place: Placement, wish: Wish, now: datetime) -> None:
    """Let the retailer ask and the producer say yes."""
    renewal = renewing.ask(
        placement=place, wish=wish, by=Bearer.RETAILER, actor_id=p.owner.id, now=now
    )
    renewing.agree(
        renewal=renewal, placement=place, by=Bearer.PRODUCER, actor_id=p.owner.id, now=now
    )


def next_of(place: Placement) -> Placement:
    """Return the place that follows another by a renewal."""
    renewed = select(Renewal.next_placement_id).where(Renewal.placement_id == place.id)
    return db.session.get_one(Placement, db.session.scalars(renewed).one())


def go_on(p: Partnership, now: datetime = THEN) -> Placement:
    """Renew the place, and open what follows once its agreement is in force."""
    agree_on(p, p.placement, LONGER, NOW)
    after = next_of(p.placement)
    agreement = db.session.get_one(Agreement, after.agreement_id)
    agreement.status = AgreementStatus.IN_FORCE
    clockwork.end_agreements(now=now)
    db.session.flush()
    ending.open_place(placement=after, now=now)
    db.session.flush()
    return after


def test_goods_of_the_place_before_keep_a_renewed_place(session: Session) -> None:
    """I14: 24 pieces came before the renewal, so the place is not empty."""
    p = make_partnership(quantity=24)
    after = go_on(p)
    assert queries.sum_stock(after.id) == 24
    with pytest.raises(StillOnShelf, match="24 buah"):
        agree_on(p, after, END, THEN)
    assert find_violations() == []


def test_what_is_given_back_with_the_goods_of_the_place_before_is_a_violation(
    session: Session,
) -> None:
    """The question of I14 sees through renewals."""
    after = go_on(make_partnership(quantity=24))
    after.status = PlacementStatus.ENDED
    db.session.flush()
    assert [found[:3] for found in find_violations()] == ["I14"]


def test_the_place_before_ends_when_the_next_one_opens(session: Session) -> None:
    p = make_partnership(quantity=24)
    after = go_on(p)
    assert (p.placement.status, after.status) == (PlacementStatus.ENDED, PlacementStatus.LIVE)
    assert after.number in (p.placement.ended_reason or "")


def test_a_place_never_opened_leaves_the_goods_to_the_one_before(session: Session) -> None:
    p = make_partnership(quantity=24)
    agree_on(p, p.placement, LONGER, NOW)
    after = next_of(p.placement)
    assert (queries.sum_stock(after.id), queries.sum_stock(p.placement.id)) == (0, 24)


def test_a_shelf_may_shrink_again_after_a_renewal(session: Session) -> None:
    """The place before the renewal was wider and stayed on the shelf for ever."""
    p = make_partnership()
    after = go_on(p)
    narrow = ShelfFacts(Measures(600, 200, 300, 400, 30_000), 10_000)
    change = {
        "fixture": db.session.get_one(Fixture, p.shelf.fixture_id),
        "shelf": p.shelf,
        "facts": narrow,
        "reason": "Uji",
        "actor_id": p.owner.id,
        "now": THEN,
    }
    with pytest.raises(ShelfInUse, match=after.number):
        shelves.change_shelf(**change)  # type: ignore[arg-type]
    after.facings, after.width_mm = 1, 140
    db.session.flush()
    shelves.change_shelf(**change)  # type: ignore[arg-type]
    assert p.shelf.width_mm == 200
