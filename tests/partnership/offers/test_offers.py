"""Offers: yes, no, silence, and whoever is next; nobody is asked twice."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.kernel.errors import NotFound
from pol.notices.models import Notice
from pol.partnership.allocation.models import Offer
from pol.partnership.allocation.queries import offers as queries
from pol.partnership.allocation.rules.offers import OfferLapsed, RunNotFixed
from pol.partnership.allocation.rules.statuses import OfferStatus, RunStatus
from pol.partnership.allocation.services.offers import (
    close_queues,
    decline,
    lapse_offers,
    offer_freed,
    take_place,
)
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.slots.models import Placement
from pol.partnership.slots.rules import PlacementStatus
from pol.partnership.slots.rules.holding import PlaceHeld
from pol.partnership.slots.services.placing import end
from tests.factories.partnership import UNTIL, make_placement
from tests.partnership.offers.scene import WHY, make_scene

S = OfferStatus
LATER = timedelta(days=4)


def test_places_are_offered_and_the_rest_wait_by_score(session: Session, now: datetime) -> None:
    scene = make_scene(now)
    placed, best, late, first = (scene.apply(score=s) for s in (9_000, 8_000, 7_000, 7_000))
    late.submitted_at = now
    scene.place(placed, x_mm=0)
    for one in (late, first, best):
        scene.refuse(one)
    assert scene.open(now) == 1
    assert scene.open(now) == 0
    assert scene.statuses(placed, best, late, first) == [S.OFFERED, *[S.WAITING] * 3]
    assert [scene.offer_of(one).rank for one in (best, first, late)] == [1, 2, 3]
    told = session.scalars(select(Notice.link).order_by(Notice.id)).all()
    assert told[0] == f"/pedagang/rak/tawaran/{scene.offer_of(placed).number}"
    assert told[1:] == ["/pedagang/rak/tawaran"] * 3


def test_only_a_fixed_run_is_offered(session: Session, now: datetime) -> None:
    scene = make_scene(now)
    scene.run.status = RunStatus.REVIEWED
    with pytest.raises(RunNotFixed):
        scene.open(now)


def test_yes_holds_the_place(session: Session, now: datetime) -> None:
    scene = make_scene(now)
    one = scene.apply()
    scene.place(one, x_mm=100)
    scene.open(now)
    offer = scene.offer_of(one)
    place = take_place(offer=offer, actor_id=scene.keepers[one.stall_id].id, now=now)
    assert (place.x_mm, place.width_mm, place.status) == (100, 280, PlacementStatus.RESERVED)
    assert (place.from_on, place.until_on) == (now.date(), UNTIL)
    assert (offer.status, offer.placement_id) == (S.ACCEPTED, place.id)


def test_a_place_that_somebody_put_goods_on_is_refused_in_words(
    session: Session, now: datetime
) -> None:
    scene = make_scene(now)
    one = scene.apply()
    scene.place(one, x_mm=0)
    scene.open(now)
    other = make_placement(scene.apply(), scene.shelf)
    with pytest.raises(PlaceHeld, match=other.number):
        take_place(offer=scene.offer_of(one), actor_id=scene.buyer.id, now=now)
    assert scene.statuses(one) == [S.OFFERED]


def test_no_asks_the_next_who_fits_with_fewer_facings(session: Session, now: datetime) -> None:
    scene = make_scene(now, gap_mm=5)
    left, right = scene.apply(score=9_000), scene.apply(score=9_000)
    wide, narrow = scene.apply(score=8_000, min_facings=3), scene.apply(score=7_000)
    scene.place(left, x_mm=0, facings=2)
    scene.place(right, x_mm=285, facings=4)
    scene.refuse(wide)
    scene.refuse(narrow)
    scene.open(now)
    decline(offer=scene.offer_of(left), actor_id=scene.buyer.id, now=now)
    assert scene.statuses(left, wide, narrow) == [S.DECLINED, S.WAITING, S.OFFERED]
    offer = scene.offer_of(narrow)
    assert (offer.x_mm, offer.facings) == (0, 2)


def test_silence_lapses_and_the_room_goes_to_as_many_as_fit(
    session: Session, now: datetime
) -> None:
    scene = make_scene(now)
    one, two, three = (scene.apply(score=score, max_facings=3) for score in (9, 8, 7))
    scene.place(one, x_mm=0, facings=6)
    scene.refuse(two)
    scene.refuse(three)
    scene.open(now)
    assert lapse_offers(now=now + timedelta(days=2)) == 0
    assert lapse_offers(now=now + LATER) == 1
    assert scene.statuses(one, two, three) == [S.LAPSED, S.OFFERED, S.OFFERED]
    assert [scene.offer_of(each).x_mm for each in (two, three)] == [0, 425]
    with pytest.raises(OfferLapsed):
        take_place(offer=scene.offer_of(one), actor_id=scene.buyer.id, now=now + LATER)


def test_a_producer_at_the_limit_of_a_store_is_passed_over(session: Session, now: datetime) -> None:
    scene = make_scene(now, per_producer_per_store=1)
    one, gone, other = scene.apply(score=9), scene.apply(score=9), scene.apply(score=5)
    stall = session.get_one(type(one), one.id).stall_id
    again = scene.apply(score=8)
    again.stall_id = stall
    scene.place(one, x_mm=0)
    scene.place(gone, x_mm=285)
    scene.refuse(again)
    scene.refuse(other)
    scene.open(now)
    decline(offer=scene.offer_of(gone), actor_id=scene.buyer.id, now=now)
    assert scene.statuses(again, other) == [S.WAITING, S.OFFERED]


def test_capacity_that_is_used_up_elsewhere_is_not_promised_twice(
    session: Session, now: datetime
) -> None:
    scene = make_scene(now)
    one, busy = scene.apply(score=9), scene.apply(score=8, capacity_week=30)
    make_placement(busy, scene.shelf, x_mm=600, facings=2)
    scene.place(one, x_mm=0)
    scene.refuse(busy)
    scene.open(now)
    decline(offer=scene.offer_of(one), actor_id=scene.buyer.id, now=now)
    assert scene.statuses(busy) == [S.WAITING]


def test_who_withdrew_is_not_asked(session: Session, now: datetime) -> None:
    scene = make_scene(now)
    one, two = scene.apply(), scene.apply()
    scene.place(one, x_mm=0)
    scene.refuse(two)
    scene.open(now)
    two.status = ApplicationStatus.WITHDRAWN
    decline(offer=scene.offer_of(one), actor_id=scene.buyer.id, now=now)
    assert scene.statuses(two) == [S.WAITING]


def test_a_place_that_ends_early_goes_to_the_next(session: Session, now: datetime) -> None:
    scene = make_scene(now)
    one, two = scene.apply(), scene.apply()
    scene.place(one, x_mm=0, facings=6)
    scene.refuse(two)
    scene.open(now)
    place = take_place(offer=scene.offer_of(one), actor_id=scene.buyer.id, now=now)
    assert offer_freed(call_id=scene.call.id, shelf_id=scene.shelf.id, now=now) == 0
    end(placement=place, reason="Pindah", actor_id=None, now=now)
    session.flush()
    assert offer_freed(call_id=scene.call.id, shelf_id=scene.shelf.id, now=now) == 1


def test_the_queue_ends_with_the_call(session: Session, now: datetime) -> None:
    scene = make_scene(now)
    one = scene.apply()
    scene.refuse(one)
    scene.open(now)
    assert close_queues(now=now) == 0
    assert close_queues(now=now.replace(year=2027)) == 1
    session.expire_all()
    assert scene.statuses(one) == [S.CLOSED]


def test_everybody_sees_their_own(session: Session, now: datetime) -> None:
    scene, elsewhere = make_scene(now), make_scene(now)
    one, two, three = scene.apply(score=9), scene.apply(score=8), scene.apply(score=7)
    scene.place(one, x_mm=0)
    scene.refuse(two)
    scene.refuse(three)
    scene.open(now)
    (row,) = queries.list_offers_of_stall(stall_id=three.stall_id)
    assert (row.place, row.why, row.status) == (2, WHY, S.WAITING)
    number = scene.offer_of(one).number
    mine = queries.get_offer_of_stall(number=number, stall_id=one.stall_id)
    assert (mine.x_mm, mine.facings, mine.lapses_at) == (0, 2, scene.offer_of(one).lapses_at)
    assert queries.lock_offer_of_stall(number=number, stall_id=one.stall_id).number == number
    for find in (queries.get_offer_of_stall, queries.lock_offer_of_stall):
        with pytest.raises(NotFound):
            find(number=number, stall_id=two.stall_id)
    call, retailer_id = scene.call.number, scene.retailer.id
    (store,) = queries.list_offer_stores(number=call, retailer_id=retailer_id)
    assert (store.store_id, store.count) == (scene.store.id, 3)
    of_call: dict[str, Any] = {"number": call, "store_id": scene.store.id}
    assert len(queries.list_offers_of_call(**of_call, retailer_id=retailer_id)) == 3
    assert not queries.list_offers_of_call(**of_call, retailer_id=elsewhere.retailer.id)
    assert not queries.list_offer_stores(number=call, retailer_id=elsewhere.retailer.id)
    assert queries.count_open_offers(stall_id=one.stall_id) == 1
    assert queries.count_waiting(stall_id=two.stall_id) == 1
    assert queries.count_open_offers_of_retailer(retailer_id=retailer_id) == 1


def test_nobody_can_be_offered_twice(session: Session, now: datetime) -> None:
    scene = make_scene(now)
    one = scene.apply()
    scene.place(one, x_mm=0)
    scene.open(now)
    decline(offer=scene.offer_of(one), actor_id=scene.buyer.id, now=now)
    assert scene.statuses(one) == [S.DECLINED]
    assert session.scalar(select(func.count()).select_from(Offer)) == 1
    assert session.scalar(select(func.count()).select_from(Placement)) == 0
