"""A place stays taken until it is given back, also after its last day; nothing opens before."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.partnership.agreements.rules.following import FacingsOutside
from pol.partnership.settlement.models import Renewal
from pol.partnership.settlement.rules import RenewalKind
from pol.partnership.settlement.services import renewing
from pol.partnership.settlement.services.renewing import Wish
from pol.partnership.slots.models import Placement
from pol.partnership.slots.queries.call_space import Days, list_space
from pol.partnership.slots.queries.planogram import list_placed
from pol.partnership.slots.rules import Bearer, GoodsCategory, PlacementStatus
from pol.partnership.slots.rules.holding import (
    PlaceBooked,
    PlaceHeld,
    PlaceNotEmptyYet,
    PlaceNotGivenBack,
    PlacePastEnd,
    PlaceTooSmall,
    ShelfOverloaded,
)
from pol.partnership.slots.rules.placing import PlaceTaken
from pol.partnership.slots.rules.spans import Span
from pol.partnership.slots.services.placements import move_placement
from pol.partnership.slots.services.placing import end, make_live, reserve, resize
from tests.factories.partnership import (
    UNTIL,
    Partnership,
    make_agreement,
    make_application,
    make_partnership,
    make_placement,
    make_sheet,
)
from tests.partnership.offers.test_placing import beside

BEFORE = datetime(2026, 12, 1, 3, tzinfo=UTC)
AFTER = datetime(2027, 2, 2, 3, tzinfo=UTC)
NEXT = {"from_on": date(2027, 2, 10), "until_on": date(2027, 8, 1)}
DAYS = Days(NEXT["from_on"], NEXT["until_on"])


def _free(p: Partnership, now: datetime) -> list[Span]:
    ((store,),) = [list_space(retailer_id=p.retailer.id, days=DAYS, today=now.date())]
    return store.shelves[0].free


def test_a_shelf_is_not_free_before_the_last_one_has_left_it(session: Session) -> None:
    p = make_partnership()
    assert _free(p, BEFORE) == [Span(0, 900)]
    assert _free(p, AFTER) == [Span(280, 620)]
    end(placement=p.placement, reason="Uji", actor_id=None, now=AFTER)
    session.flush()
    assert _free(p, AFTER) == [Span(0, 900)]


def test_a_planogram_shows_what_was_not_given_back(session: Session) -> None:
    p = make_partnership()

    def drawn(day: date, today: date) -> list[str]:
        rows = list_placed(store_id=p.store.id, day=day, today=today)
        return [row.number for row in rows]

    late, later = AFTER.date(), AFTER.date() + timedelta(days=9)
    assert drawn(later, BEFORE.date()) == []
    assert drawn(later, late) == drawn(late, late) == [p.placement.number]
    after = make_placement(p.application, p.shelf, from_on=UNTIL, until_on=date(2028, 1, 1),
                           follows_id=p.placement.id)  # fmt: skip
    assert drawn(late, late) == [after.number]


def test_nobody_else_gets_a_place_that_was_not_given_back(session: Session) -> None:
    p = make_partnership()
    with pytest.raises(PlaceNotGivenBack, match=rf"{p.placement.number}.* 31-12-2026"):
        reserve(beside(p, x_mm=100, **NEXT), now=AFTER)
    assert reserve(beside(p, **NEXT), now=AFTER).x_mm == 285
    end(placement=p.placement, reason="Uji", actor_id=None, now=AFTER)
    assert reserve(beside(p, x_mm=0, **NEXT), now=AFTER).x_mm == 0


def test_goods_that_were_not_taken_away_weigh_on_the_board(session: Session) -> None:
    p = make_partnership()
    heavy = beside(p, load_g=p.shelf.load_g - p.placement.load_g + 1, **NEXT)
    with pytest.raises(ShelfOverloaded):
        reserve(heavy, now=AFTER)
    assert reserve(replace(heavy, load_g=heavy.load_g - 1), now=AFTER).load_g == heavy.load_g - 1


def test_the_same_goods_may_go_on_late(session: Session) -> None:
    """What follows by a renewal is the same product at the same place."""
    p = make_partnership()
    after = reserve(beside(p, x_mm=0, follows_id=p.placement.id, **NEXT), now=AFTER)
    after.agreement_id = p.agreement.id
    make_live(placement=after, now=AFTER)
    assert (p.placement.status, after.status) == (PlacementStatus.ENDED, PlacementStatus.LIVE)


def _booked(p: Partnership) -> Placement:
    """Book the days after a place while it is still within its own, as before."""
    place = reserve(beside(p, x_mm=100, from_on=UNTIL, until_on=date(2028, 1, 1)), now=BEFORE)
    place.agreement_id = p.agreement.id
    return place


def test_a_booked_place_opens_only_once_the_one_before_is_given_back(session: Session) -> None:
    p = make_partnership()
    place = _booked(p)
    with pytest.raises(PlaceNotEmptyYet, match=rf"{p.placement.number}.* 31-12-2026"):
        make_live(placement=place, now=AFTER)
    end(placement=p.placement, reason="Uji", actor_id=None, now=AFTER)
    session.flush()
    make_live(placement=place, now=AFTER)
    assert place.status is PlacementStatus.LIVE


def test_the_database_opens_nothing_above_what_still_stands(session: Session) -> None:
    place = _booked(make_partnership())
    place.status = PlacementStatus.LIVE
    with pytest.raises(DBAPIError):
        session.flush()


def test_nothing_is_moved_or_widened_onto_what_was_not_given_back(session: Session) -> None:
    p = make_partnership()
    application = make_application(p.call, make_sheet(p.stall), stores=[p.store])
    place = make_placement(
        application, p.shelf, agreement=make_agreement(application, p.call), x_mm=400, facings=1,
        from_on=UNTIL, until_on=date(2028, 1, 1),
    )  # fmt: skip
    by: dict[str, Any] = {"actor_id": p.owner.id, "now": AFTER}
    with pytest.raises(PlaceTaken, match="belum dilepas"):
        move_placement(
            placement=place, shelf=p.shelf, x_mm=100, category=GoodsCategory.KERIPIK, **by
        )
    p.placement.x_mm = 550
    session.flush()
    with pytest.raises(PlaceNotGivenBack):
        resize(placement=place, facings=2, **by)
    with pytest.raises(PlaceTaken, match=place.number):  # and the other way round
        move_placement(
            placement=p.placement, shelf=p.shelf, x_mm=350, category=GoodsCategory.KERIPIK, **by
        )
    by["now"] = BEFORE - timedelta(days=1)
    resize(placement=place, facings=2, **by)
    assert place.width_mm == 280


def test_an_overdue_place_is_not_widened_onto_what_is_booked_beside_it(session: Session) -> None:
    """To the database its days ended before the booking's begin, so its guards see no overlap."""
    p = make_partnership()
    booked = reserve(beside(p, x_mm=300, **NEXT), now=AFTER)
    by: dict[str, Any] = {"actor_id": p.owner.id, "now": AFTER}
    with pytest.raises(PlaceBooked, match=rf"30 sampai 58 cm.* {booked.number} mulai 10-02-2027"):
        resize(placement=p.placement, facings=3, **by)
    assert (p.placement.facings, p.placement.width_mm) == (2, 280)
    resize(placement=p.placement, facings=1, **by)
    resize(placement=p.placement, facings=2, **by)
    resize(placement=p.placement, facings=3, actor_id=p.owner.id, now=BEFORE)
    assert p.placement.width_mm == 420


def test_an_overdue_place_grows_over_its_own_renewal_and_onto_what_was_given_back(
    session: Session,
) -> None:
    p = make_partnership()
    reserve(beside(p, x_mm=0, follows_id=p.placement.id, **NEXT), now=AFTER)
    gone = reserve(beside(p, x_mm=300, **NEXT), now=AFTER)
    end(placement=gone, reason="Uji", actor_id=None, now=AFTER)
    session.flush()
    resize(placement=p.placement, facings=3, actor_id=p.owner.id, now=AFTER)
    assert p.placement.width_mm == 420


def test_an_overdue_place_weighs_on_what_is_booked_beside_it(session: Session) -> None:
    p = make_partnership()
    rest = p.shelf.load_g - p.placement.load_g
    reserve(beside(p, x_mm=600, load_g=rest, **NEXT), now=AFTER)
    with pytest.raises(ShelfOverloaded):
        resize(placement=p.placement, facings=3, actor_id=p.owner.id, now=AFTER)
    resize(placement=p.placement, facings=3, actor_id=p.owner.id, now=BEFORE)


def test_a_place_that_would_pass_the_end_of_its_shelf_hears_what_is_left_of_it(
    session: Session,
) -> None:
    """Six facings of 140 mm fit into 900 mm, but not from 100 mm on."""
    p = make_partnership()
    p.placement.x_mm, p.application.max_facings = 100, 9
    session.flush()
    with pytest.raises(PlacePastEnd, match="kiri tinggal 800 mm sampai ujungnya"):
        resize(placement=p.placement, facings=6, actor_id=p.owner.id, now=BEFORE)
    with pytest.raises(PlaceTooSmall, match="980 x"):
        resize(placement=p.placement, facings=7, actor_id=p.owner.id, now=BEFORE)


def test_the_database_itself_lets_an_overdue_place_grow_there(session: Session) -> None:
    """I11 speaks of agreed days; that is why the service looks first, and opening looks again."""
    p = make_partnership()
    booked = reserve(beside(p, x_mm=300, **NEXT), now=AFTER)
    booked.agreement_id, p.placement.width_mm = p.agreement.id, 420
    session.flush()
    with pytest.raises(PlaceNotEmptyYet, match=p.placement.number):
        make_live(placement=booked, now=AFTER)


@pytest.mark.parametrize(
    ("facings", "neighbour", "refusal"),
    [(3, 300, PlaceHeld), (7, None, PlaceTooSmall), (0, None, FacingsOutside)],
)
def test_a_size_that_cannot_be_is_not_even_proposed(
    session: Session, facings: int, neighbour: int | None, refusal: type[Exception]
) -> None:
    p = make_partnership()
    if neighbour is not None:
        reserve(beside(p, x_mm=neighbour), now=BEFORE)
    p.application.max_facings = 9
    wish = Wish(RenewalKind.RESIZE, "Laris", facings=facings)
    with pytest.raises(refusal):
        renewing.ask(placement=p.placement, wish=wish, by=Bearer.RETAILER, actor_id=p.owner.id,
                     now=BEFORE)  # fmt: skip
    assert session.scalars(select(Renewal)).all() == []
