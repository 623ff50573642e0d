"""A result of the allocation as pictures: what goes where, and what is being moved by hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from pol.partnership.allocation.queries.runs import PlaceRow
from pol.partnership.slots.queries import shelves
from pol.partnership.slots.queries.shelves import FixtureRow, ShelfRow
from pol.partnership.slots.rules.planogram import Box, Picture
from pol.web.goods_words import GOODS
from pol.web.planogram import picture_of, svg

Href = Callable[[PlaceRow], str | None]
Parts = Mapping[int, tuple[int, int]]
"""From and until which millimetre each shelf was offered, by its id; no others were."""
NOTHING = (0, 0)


@dataclass(frozen=True)
class Held:
    """Where a product would stand that is being moved; it may be dragged on in the picture."""

    application: str
    shelf_id: int
    x_mm: int
    facings: int


def fixtures_of(
    places: Sequence[PlaceRow], offered: Parts, *, store_id: int, href: Href
) -> list[tuple[str, Markup]]:
    """Return the fixtures of a store that get something, each with its name."""
    here = [place for place in places if place.store_id == store_id]
    boards = shelves.list_shelves(store_id=store_id)
    filled = {place.fixture_id for place in here}
    boxes = [_box(place, href(place)) for place in here]
    return [
        (fixture.name, svg(_filled(fixture, boards, boxes, offered)))
        for fixture in shelves.list_fixtures(store_id=store_id)
        if fixture.fixture_id in filled
    ]


def fixture_with(
    places: Sequence[PlaceRow], offered: Parts, held: Held, moved: PlaceRow
) -> tuple[str, Markup] | None:
    """Return the fixture in which a product is held; None when that shelf is no longer there."""
    boards = shelves.list_shelves(store_id=moved.store_id)
    board = next((one for one in boards if one.shelf_id == held.shelf_id), None)
    if board is None:
        return None
    boxes = [_box(place, None) for place in places if place.store_id == moved.store_id]
    boxes = [box for box in boxes if box.key != held.application]
    fixture = next(
        one
        for one in shelves.list_fixtures(store_id=moved.store_id)
        if one.fixture_id == board.fixture_id
    )
    return fixture.name, svg(_filled(fixture, boards, [*boxes, _held(moved, held)], offered))


def _held(moved: PlaceRow, held: Held) -> Box:
    each = moved.width_mm // moved.facings
    return replace(
        _box(moved, "#pindah"),
        board=held.shelf_id,
        x_mm=held.x_mm,
        width_mm=each * held.facings,
        facings=held.facings,
        is_picked=True,
        may_move=True,
    )


def _filled(
    fixture: FixtureRow, boards: Sequence[ShelfRow], boxes: Sequence[Box], offered: Parts
) -> Picture:
    mine = [board for board in boards if board.fixture_id == fixture.fixture_id]
    known = {board.shelf_id for board in mine}
    empty = picture_of(fixture, mine, [], {})
    drawn = [replace(board, offered=offered.get(board.key, NOTHING)) for board in empty.boards]
    return replace(empty, boards=drawn, boxes=[box for box in boxes if box.board in known])


def _box(place: PlaceRow, href: str | None) -> Box:
    return Box(
        key=place.application_number,
        board=place.shelf_id,
        x_mm=place.x_mm,
        width_mm=place.width_mm,
        height_mm=place.height_mm,
        facings=place.facings,
        label=place.sheet_name,
        category=place.category,
        kind=str(GOODS[place.category]),
        href=href,
    )
