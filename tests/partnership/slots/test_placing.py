"""Products move only where they fit; whoever is refused hears where there is room."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.audit import AuditEntry
from pol.kernel.errors import NotFound
from pol.partnership.slots.models import Fixture, Shelf
from pol.partnership.slots.queries import planogram as queries
from pol.partnership.slots.rules import FixtureStatus, GoodsCategory, PlacementStatus, placing
from pol.partnership.slots.rules.placing import check_place, nearest_free
from pol.partnership.slots.rules.shelf import Measures, Standing
from pol.partnership.slots.services import placements
from tests.factories.partnership import (
    Partnership,
    make_application,
    make_partnership,
    make_placement,
    make_sheet,
    make_shelf,
)

BOARD = Measures(600, 900, 300, 400, 30_000)
YEAR = (date(2026, 1, 1), date(2027, 1, 1))
ONE = Standing(1, "PN-1", 0, 280, 220, 80, 5_000, *YEAR)
OTHER = Standing(2, "PN-2", 300, 280, 220, 80, 20_000, *YEAR)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"width_mm": 901}, placing.PlaceTooWide),
        ({"height_mm": 301}, placing.PlaceTooHigh),
        ({"depth_mm": 401}, placing.PlaceTooDeep),
        ({"x_mm": 621}, placing.PlaceOutside),
        ({"x_mm": 21}, placing.PlaceTaken),
        ({"x_mm": 579}, placing.PlaceTaken),
        ({"load_g": 10_001}, placing.PlaceTooHeavy),
    ],
)
def test_a_product_stands_only_where_it_fits(
    change: dict[str, Any], refusal: type[Exception]
) -> None:
    for x in (0, 20, 580, 620):
        check_place(replace(ONE, x_mm=x, load_g=10_000), BOARD, [OTHER])
    with pytest.raises(refusal):
        check_place(replace(ONE, **change), BOARD, [OTHER])


def test_a_refusal_names_who_stands_there_and_where_there_is_room() -> None:
    words = "PN-2, dari 300 sampai 580 mm, sampai 31-12-2026. Tempat kosong terdekat mulai 585 mm"
    with pytest.raises(placing.PlaceTaken, match=words):
        check_place(replace(ONE, x_mm=500), BOARD, [OTHER], gap_mm=5)
    with pytest.raises(placing.ShelfFull, match="selebar 330 mm"):
        check_place(replace(ONE, width_mm=330), BOARD, [OTHER], gap_mm=5)


def test_the_gap_is_kept_where_there_is_room_for_it() -> None:
    assert nearest_free(400, 280, 900, [OTHER], gap_mm=5) == 585
    assert nearest_free(400, 320, 900, [OTHER], gap_mm=5) == 580
    assert nearest_free(100, 280, 900, [OTHER], gap_mm=5) == 15


def test_who_stands_there_at_another_time_is_not_in_the_way() -> None:
    later = replace(OTHER, x_mm=0, from_on=YEAR[1], until_on=date(2028, 1, 1))
    check_place(replace(ONE, load_g=30_000), BOARD, [later])
    with pytest.raises(placing.PlaceTaken):
        check_place(ONE, BOARD, [replace(later, from_on=date(2026, 12, 31))])


def move(p: Partnership, shelf: Shelf, x_mm: int, now: datetime,
         category: GoodsCategory = GoodsCategory.KERIPIK) -> None:  # fmt: skip
    placements.move_placement(
        placement=p.placement,
        shelf=shelf,
        x_mm=x_mm,
        category=category,
        actor_id=p.owner.id,
        now=now,
    )


def test_a_product_moves_along_and_across_shelves(session: Session, now: datetime) -> None:
    p = make_partnership()
    other = make_shelf(p.store)
    move(p, p.shelf, 600, now)
    move(p, other, 100, now)
    assert (p.placement.shelf_id, p.placement.x_mm) == (other.id, 100)
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.action == "placement.moved")
    ).all()
    assert entries[-1].detail["before"] == {"shelf": p.shelf.id, "x_mm": 600}


def test_a_product_stays_off_shelves_that_are_not_for_it(session: Session, now: datetime) -> None:
    p = make_partnership()
    for_coffee = make_shelf(p.store, categories=["kopi_jahe"])
    with pytest.raises(placing.KindNotHere):
        move(p, for_coffee, 0, now)
    move(p, for_coffee, 0, now, GoodsCategory.KOPI_JAHE)
    away = make_shelf(p.store)
    fixture = session.get_one(Fixture, away.fixture_id)
    fixture.status, fixture.status_from = FixtureStatus.CLOSED, date(2026, 12, 1)
    with pytest.raises(placing.FixtureAway, match=fixture.code):
        move(p, away, 0, now)
    p.placement.status, p.placement.ended_at = PlacementStatus.ENDED, now
    with pytest.raises(placing.PlacementOver):
        move(p, p.shelf, 0, now)


def test_the_day_tells_what_stood_there(session: Session, now: datetime) -> None:
    p = make_partnership()
    application = make_application(p.call, make_sheet(p.stall), stores=[p.store])
    ended = make_placement(
        application,
        p.shelf,
        x_mm=500,
        status=PlacementStatus.ENDED,
        ended_at=datetime.fromisoformat("2026-02-10T05:00:00+00:00"),
    )

    def seen(day: date) -> list[str]:
        rows = queries.list_placed(store_id=p.store.id, day=day, today=date(2026, 2, 10))
        return [row.number for row in rows]

    assert seen(date(2026, 2, 9)) == [p.placement.number, ended.number]
    assert seen(date(2026, 2, 10)) == [p.placement.number]
    assert seen(date(2027, 1, 1)) == []
    assert queries.find_movable(store_id=p.store.id, number=ended.number) is None
    with pytest.raises(NotFound):
        queries.lock_placement(store_id=p.store.id, number="PN-0")
    with pytest.raises(NotFound):
        queries.lock_shelf_of_store(store_id=p.store.id, shelf_id=0)


def test_a_past_day_shows_the_shelves_of_then(session: Session, now: datetime) -> None:
    p = make_partnership()
    p.shelf.bottom_mm = 650
    (row,) = queries.list_shelves_of_day(fixture_id=p.shelf.fixture_id, day=date(2026, 2, 1))
    assert row.measures.bottom_mm == 600
    assert queries.list_shelves_of_day(fixture_id=p.shelf.fixture_id, day=date(2025, 1, 1)) == []
