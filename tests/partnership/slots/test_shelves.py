"""Fixtures and shelves: whole measures, versions with reasons, nothing that stands is broken."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.kernel.errors import NotFound
from pol.partnership.slots.models import Fixture, Shelf
from pol.partnership.slots.queries import shelves as queries
from pol.partnership.slots.rules import FixtureStatus
from pol.partnership.slots.rules import shelf as rules
from pol.partnership.slots.rules.shelf import Measures, Neighbour, Standing
from pol.partnership.slots.services import shelves
from pol.partnership.slots.services.shelves import FixtureFacts, ShelfFacts
from tests.factories.partnership import make_partnership, make_shelf
from tests.partnership.slots.shop import Shop, make_shop

ROOM = {"width_mm": 900, "height_mm": 1_800, "depth_mm": 450}
BOARD = Measures(600, 900, 300, 400, 30_000)
GONDOLA = FixtureFacts("Gondola dekat kasir", **ROOM)


def standing(**other: object) -> Standing:
    values = {
        "placement_id": 1,
        "number": "PN-1",
        "x_mm": 0,
        "width_mm": 280,
        "height_mm": 220,
        "depth_mm": 80,
        "load_g": 1_500,
        "from_on": date(2026, 1, 1),
        "until_on": date(2027, 1, 1),
    }
    return Standing(**values | other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("board", "refusal"),
    [
        (replace(BOARD, width_mm=901), rules.ShelfTooWide),
        (replace(BOARD, depth_mm=451), rules.ShelfTooDeep),
        (replace(BOARD, bottom_mm=1_501), rules.ShelfTooHigh),
    ],
)
def test_a_shelf_stays_inside_its_fixture(board: Measures, refusal: type[Exception]) -> None:
    rules.check_inside(replace(BOARD, bottom_mm=1_500, depth_mm=450), **ROOM)
    with pytest.raises(refusal):
        rules.check_inside(board, **ROOM)


def test_two_shelves_do_not_share_a_height() -> None:
    rules.check_apart(BOARD, [Neighbour(1, 280, 320), Neighbour(3, 900, 300)])
    with pytest.raises(rules.ShelvesOverlap, match="ambalan 1, yang mengisi 281 sampai 601"):
        rules.check_apart(BOARD, [Neighbour(1, 281, 320)])


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        ({"width_mm": 280}, True),
        ({"width_mm": 279}, False),
        ({"height_mm": 219}, False),
        ({"depth_mm": 79}, False),
        ({"load_g": 2_999}, False),
        ({"load_g": 3_000, "bottom_mm": 0}, True),
    ],
)
def test_what_stands_must_still_fit(change: dict[str, int], holds: bool) -> None:  # noqa: FBT001
    after = standing(number="PN-2", x_mm=0, load_g=1_500)
    both = [standing(load_g=1_500), after]
    board = replace(BOARD, **change)
    if holds:
        rules.check_holds(board, both)
    else:
        with pytest.raises(rules.ShelfInUse, match="PN-2 masih berdiri di sini sampai 31-12-2026"):
            rules.check_holds(board, both)


def test_boards_are_laid_evenly_and_apart() -> None:
    boards = rules.lay_evenly(**ROOM, load_g=30_000, count=5)
    assert [board.bottom_mm for board in boards] == [20, 380, 740, 1_100, 1_460]
    assert {board.height_mm for board in boards} == {340}
    for n, board in enumerate(boards):
        rules.check_inside(board, **ROOM)
        others = [Neighbour(m, b.bottom_mm, b.height_mm) for m, b in enumerate(boards) if m != n]
        rules.check_apart(board, others)


@pytest.mark.parametrize("height", [1, 12, 25, 4_000])
def test_even_the_lowest_fixture_has_boards_inside(height: int) -> None:
    room = ROOM | {"height_mm": height}
    for board in rules.lay_evenly(**room, load_g=1, count=min(height, 12)):
        rules.check_inside(board, **room)
        assert board.height_mm > 0


def test_eye_height_sells_best() -> None:
    heights = [rules.level_factor(mm) for mm in (0, 700, 1_300, 1_700, 4_000)]
    assert heights == [8_000, 10_000, 12_000, 9_000, 9_000]


def gondola(shop: Shop, now: datetime, count: int = 5) -> Fixture:
    return shelves.add_fixture(
        store_id=shop.store.id,
        facts=GONDOLA,
        shelves=count,
        load_g=30_000,
        actor_id=shop.owner.id,
        now=now,
    )


def test_a_fixture_comes_with_boards_and_a_first_version(session: Session, now: datetime) -> None:
    shop = make_shop()
    fixture = gondola(shop, now)
    assert (fixture.code, gondola(shop, now, 0).code) == ("R1", "R2")
    rows = queries.list_shelves(store_id=shop.store.id, fixture_id=fixture.id)
    assert [row.number for row in rows] == [5, 4, 3, 2, 1]
    (version,) = queries.list_versions(shelf_id=rows[0].shelf_id)
    assert (version.version, version.reason, version.made_by) == (
        1,
        shelves.FIRST,
        shop.owner.name,
    )
    with pytest.raises(rules.TooManyShelves):
        gondola(shop, now, 13)
    with pytest.raises(NotFound):
        queries.get_fixture(store_id=make_shop("Lain").store.id, code="R1")


def test_each_change_is_a_version_with_its_reason(session: Session, now: datetime) -> None:
    shop = make_shop()
    fixture = gondola(shop, now)
    shelf = queries.lock_shelf(fixture_id=fixture.id, number=3)
    lower = ShelfFacts(Measures(740, 900, 200, 400, 20_000), 11_000, ("keripik",))

    def change(facts: ShelfFacts, reason: str) -> None:
        shelves.change_shelf(
            fixture=fixture,
            shelf=shelf,
            facts=facts,
            reason=reason,
            actor_id=shop.owner.id,
            now=now,
        )

    change(lower, "Ditata ulang")
    found = queries.list_versions(shelf_id=shelf.id)
    assert [(one.version, one.reason) for one in found] == [
        (2, "Ditata ulang"),
        (1, shelves.FIRST),
    ]
    with pytest.raises(rules.ShelfReasonMissing):
        change(lower, " ")
    with pytest.raises(rules.ShelvesOverlap):
        change(replace(lower, measures=replace(lower.measures, height_mm=400)), "Naik")


def test_a_thirteenth_board_is_one_too_many(session: Session, now: datetime) -> None:
    shop = make_shop()
    full = gondola(shop, now, 12)
    more = ShelfFacts(Measures(1_799, 900, 1, 400, 1), 10_000)
    with pytest.raises(rules.TooManyShelves):
        shelves.add_shelf(fixture=full, facts=more, actor_id=shop.owner.id, now=now)


def test_a_shelf_in_use_neither_shrinks_nor_goes(session: Session, now: datetime) -> None:
    p = make_partnership()
    fixture = session.get_one(Fixture, p.shelf.fixture_id)
    common = {"fixture": fixture, "shelf": p.shelf, "actor_id": p.owner.id, "now": now}
    small = ShelfFacts(Measures(600, 900, 100, 400, 30_000), 10_000)
    with pytest.raises(rules.ShelfInUse, match=p.placement.number):
        shelves.change_shelf(facts=small, reason="Turun", **common)  # type: ignore[arg-type]
    with pytest.raises(rules.ShelfInUse):
        shelves.remove_shelf(reason="Rusak", **common)  # type: ignore[arg-type]
    free = make_shelf(p.store, fixture=fixture, bottom_mm=1_000)
    shelves.remove_shelf(reason="Rusak", **common | {"shelf": free})  # type: ignore[arg-type]
    assert [row.shelf_id for row in queries.list_shelves(store_id=p.store.id)] == [p.shelf.id]
    with pytest.raises(NotFound):
        queries.lock_shelf(fixture_id=fixture.id, number=free.number)


def test_a_fixture_goes_away_when_nothing_stands_there(session: Session, now: datetime) -> None:
    p = make_partnership()
    fixture = session.get_one(Fixture, p.shelf.fixture_id)

    def close(from_on: date, until_on: date | None) -> None:
        shelves.set_fixture_status(
            fixture=fixture,
            status=FixtureStatus.REFIT,
            from_on=from_on,
            until_on=until_on,
            reason="Lantai diperbaiki",
            actor_id=p.owner.id,
            now=now,
        )

    with pytest.raises(rules.FixtureInUse, match=f"{p.placement.number}.*31-12-2026"):
        close(date(2026, 12, 31), None)
    with pytest.raises(rules.FixtureDatesBackwards):
        close(date(2027, 2, 1), date(2027, 2, 1))
    close(date(2027, 1, 1), date(2027, 2, 1))
    assert (fixture.status, fixture.status_until) == (FixtureStatus.REFIT, date(2027, 2, 1))


def test_the_database_itself_keeps_a_fixture_that_is_used(session: Session) -> None:
    p = make_partnership()
    fixture = session.get_one(Fixture, p.shelf.fixture_id)
    fixture.status, fixture.status_from = FixtureStatus.CLOSED, date(2026, 12, 31)
    with pytest.raises(DBAPIError, match="fixture is in use"):
        session.flush()


@pytest.mark.parametrize("away", ["fixture", "shelf"])
def test_the_database_itself_lets_nothing_stand_where_nothing_is(
    session: Session, away: str
) -> None:
    p = make_partnership()
    empty = make_shelf(p.store)
    if away == "shelf":
        empty.is_active = False
    else:
        fixture = session.get_one(Fixture, empty.fixture_id)
        fixture.status, fixture.status_from = FixtureStatus.CLOSED, date(2026, 5, 1)
    session.flush()
    p.placement.shelf_id = session.get_one(Shelf, empty.id).id
    with pytest.raises(DBAPIError, match="shelf is not there"):
        session.flush()


def test_a_fixture_does_not_shrink_below_its_shelves(session: Session, now: datetime) -> None:
    shop = make_shop()
    fixture = gondola(shop, now)
    common = {"fixture": fixture, "actor_id": shop.owner.id, "now": now}
    with pytest.raises(rules.FixtureTooSmall, match="Ambalan 5"):
        shelves.update_fixture(facts=replace(GONDOLA, height_mm=1_799), **common)  # type: ignore[arg-type]
    shelves.update_fixture(facts=replace(GONDOLA, height_mm=2_000, name="Baru"), **common)  # type: ignore[arg-type]
    assert (fixture.height_mm, fixture.name) == (2_000, "Baru")
