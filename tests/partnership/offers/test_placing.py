"""Places are held by the database; what it refuses is said in words."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.errors import NotFound
from pol.partnership.slots.models import Fixture, Placement
from pol.partnership.slots.queries.placements import (
    get_shelf_words,
    list_held,
    lock_place_of_retailer,
    lock_place_of_stall,
)
from pol.partnership.slots.rules import FixtureStatus, PlacementStatus
from pol.partnership.slots.rules.holding import (
    EndReasonNeeded,
    PlaceGone,
    PlaceHeld,
    PlacePastEnd,
    PlaceTooSmall,
    PlaceWithoutAgreement,
    ShelfAway,
    ShelfOverloaded,
    centimetres,
    read_guard,
)
from pol.partnership.slots.services.placing import Wanted, end, make_live, reserve
from tests.factories.partnership import (
    FROM,
    UNTIL,
    Partnership,
    make_application,
    make_partnership,
    make_retailer,
    make_sheet,
)


def beside(p: Partnership, **other: Any) -> Wanted:
    """Return a wish for the place right of the partnership's own."""
    application = make_application(p.call, make_sheet(p.stall), stores=[p.store])
    wish = Wanted(
        call_id=p.call.id,
        application_id=application.id,
        sheet_id=application.sheet_id,
        stall_id=p.stall.id,
        store_id=p.store.id,
        shelf_id=p.shelf.id,
        x_mm=285,
        width_mm=280,
        height_mm=220,
        depth_mm=80,
        load_g=1_500,
        facings=2,
        from_on=FROM,
        until_on=UNTIL,
    )
    return replace(wish, **other)


@pytest.mark.parametrize(
    ("wish", "refusal", "words"),
    [
        ({"x_mm": 279}, PlaceHeld, "0 sampai 28 cm"),
        ({"x_mm": 700}, PlacePastEnd, "dari 700 mm dari kiri tinggal 200 mm .* butuh 280 mm"),
        ({"width_mm": 901}, PlaceTooSmall, "901 x 220 x 80"),
        ({"height_mm": 301}, PlaceTooSmall, "900 x 300 x 400"),
        ({"load_g": 30_000}, ShelfOverloaded, "30 kg"),
    ],
)
def test_a_place_that_is_not_there_is_refused_in_words(
    session: Session, now: datetime, wish: dict[str, Any], refusal: type[Exception], words: str
) -> None:
    p = make_partnership()
    wanted = beside(p, **wish)
    with pytest.raises(refusal, match=words) as caught:
        reserve(wanted, now=now)
    assert get_shelf_words(p.shelf.id) in str(caught.value)
    assert session.scalars(select(Placement)).all() == [p.placement]


@pytest.mark.parametrize("what", ["removed", "closed"])
def test_a_shelf_that_went_away_is_refused_in_words(
    session: Session, now: datetime, what: str
) -> None:
    """A board or its fixture may go between an offer and the yes to it."""
    p = make_partnership()
    wanted = beside(p, from_on=UNTIL, until_on=date(2028, 1, 1))
    end(placement=p.placement, reason="Uji", actor_id=None, now=now)
    if what == "removed":
        p.shelf.is_active = False
    else:
        session.get_one(Fixture, p.shelf.fixture_id).status = FixtureStatus.CLOSED
    session.flush()
    with pytest.raises(ShelfAway, match=get_shelf_words(p.shelf.id)):
        reserve(wanted, now=now)


def test_the_refusal_names_what_is_in_the_way_and_until_when(
    session: Session, now: datetime
) -> None:
    p = make_partnership()
    with pytest.raises(PlaceHeld, match=rf"{p.placement.number} sampai 01-01-2027"):
        reserve(beside(p, x_mm=100), now=now)
    held = list_held(shelf_id=p.shelf.id, from_on=FROM, until_on=UNTIL, today=FROM)
    assert [span.number for span in held] == [p.placement.number]


def test_a_place_is_reserved_beside_and_after(session: Session, now: datetime) -> None:
    p = make_partnership()
    place = reserve(beside(p), now=now)
    later = reserve(beside(p, x_mm=0, from_on=UNTIL, until_on=date(2028, 1, 1)), now=now)
    assert (place.status, later.status) == (PlacementStatus.RESERVED,) * 2
    assert place.number.startswith("PN-260302-")


def test_goods_come_only_where_there_is_an_agreement(session: Session, now: datetime) -> None:
    p = make_partnership()
    place = reserve(beside(p), now=now)
    with pytest.raises(PlaceWithoutAgreement):
        make_live(placement=place, now=now)
    place.agreement_id = p.agreement.id
    make_live(placement=place, now=now)
    make_live(placement=place, now=now)
    assert (place.status, place.live_at) == (PlacementStatus.LIVE, now)


def test_an_ended_place_is_free_and_stays_ended(session: Session, now: datetime) -> None:
    p = make_partnership()
    with pytest.raises(EndReasonNeeded):
        end(placement=p.placement, reason=" ", actor_id=None, now=now)
    end(placement=p.placement, reason="Produsen pindah", actor_id=None, now=now)
    with pytest.raises(PlaceGone):
        make_live(placement=p.placement, now=now)
    with pytest.raises(PlaceGone):
        end(placement=p.placement, reason="Lagi", actor_id=None, now=now)
    assert reserve(beside(p, x_mm=0), now=now).x_mm == 0


def test_a_place_is_found_by_its_own_people_only(session: Session) -> None:
    p = make_partnership()
    number = p.placement.number
    assert lock_place_of_stall(number=number, stall_id=p.stall.id) is p.placement
    assert lock_place_of_retailer(number=number, retailer_id=p.retailer.id) is p.placement
    with pytest.raises(NotFound):
        lock_place_of_retailer(number=number, retailer_id=make_retailer().id)
    with pytest.raises(NotFound):
        lock_place_of_stall(number=number, stall_id=p.stall.id + 1)


def test_lengths_and_guards_in_words() -> None:
    assert (centimetres(280), centimetres(285)) == ("28", "28,5")
    assert read_guard("FOREIGN KEY constraint failed") is None
