"""Fixtures as pictures on pages: what stands there, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pol.partnership.applications.queries.labels import ProductLabel
from pol.partnership.slots.queries.planogram import PlacedRow
from pol.partnership.slots.queries.shelves import FixtureRow, ShelfRow
from pol.partnership.slots.rules import HOLDS_SPACE
from pol.partnership.slots.rules.planogram import Board, Box, Picture, Terms, draw, tones
from pol.web.language import gettext as _
from pol.web.retailer.shelf_words import GOODS

Values = Mapping[int, int]
"""Something told of placements by id, for the heat map: units a week and facing, in thousandths."""


@dataclass(frozen=True)
class Links:
    """Where a product and a board lead when they are pressed, and which one is picked."""

    of_box: Callable[[PlacedRow], str | None] = lambda _row: None
    of_board: Callable[[ShelfRow], str | None] = lambda _row: None
    picked: str | None = None
    may_move: bool = False


def terms() -> Terms:
    """Return the words of a picture in the reader's language."""
    return Terms(board=_("Ambalan"), free=_("kosong"), facings=_("muka"), at=_("papan"))


def picture_of(
    fixture: FixtureRow,
    shelves: Sequence[ShelfRow],
    placed: Sequence[PlacedRow],
    labels: Mapping[int, ProductLabel],
    *,
    links: Links | None = None,
    heat: Mapping[int, str] | None = None,
    values: Values | None = None,
) -> Picture:
    """Return a fixture as a picture; `heat` says the values in words, `values` as numbers."""
    links = links or Links()
    steps = tones({str(key): value for key, value in (values or {}).items()})
    boards = [_board(row, links) for row in shelves]
    known = {board.key for board in boards}
    boxes = [
        _box(row, labels[row.sheet_id], links, (heat or {}).get(row.placement_id, ""),
             steps.get(str(row.placement_id), 0) if values is not None else None)
        for row in placed if row.shelf_id in known
    ]  # fmt: skip
    return Picture(
        title=f"{fixture.code} · {fixture.name}",
        about=_(
            "Gambar rak selebar %(width)s mm dan setinggi %(height)s mm, sesuai skala. "
            "Isinya sama dengan tabel di bawahnya.",
            width=fixture.width_mm,
            height=fixture.height_mm,
        ),
        width_mm=fixture.width_mm,
        height_mm=fixture.height_mm,
        boards=boards,
        boxes=boxes,
        gap_mm=max((row.gap_mm for row in placed), default=5),
        terms=terms(),
        key=f"rak-{fixture.fixture_id}",
    )


def _board(row: ShelfRow, links: Links) -> Board:
    m = row.measures
    return Board(
        key=row.shelf_id,
        number=row.number,
        bottom_mm=m.bottom_mm,
        width_mm=m.width_mm,
        height_mm=m.height_mm,
        href=links.of_board(row),
    )


def _box(row: PlacedRow, label: ProductLabel, links: Links, note: str, tone: int | None) -> Box:
    return Box(
        key=row.number,
        board=row.shelf_id,
        x_mm=row.x_mm,
        width_mm=row.width_mm,
        height_mm=row.height_mm,
        facings=row.facings,
        label=label.name,
        category=label.category,
        kind=str(GOODS[label.category]),
        tone=tone,
        note=note,
        href=links.of_box(row),
        is_picked=row.number == links.picked,
        may_move=links.may_move and row.status in HOLDS_SPACE,
    )


def svg(picture: Picture) -> Markup:
    """Return a picture for a page; every word in it is escaped where it is drawn."""
    return Markup(draw(picture))  # noqa: S704
