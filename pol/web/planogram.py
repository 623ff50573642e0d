"""Fixtures as pictures on pages: what stands there, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from pol.kernel.text import decimal
from pol.partnership.applications.queries.labels import ProductLabel
from pol.partnership.slots.queries.planogram import PlacedRow
from pol.partnership.slots.queries.shelves import FixtureRow, ShelfRow
from pol.partnership.slots.rules import HOLDS_SPACE
from pol.partnership.slots.rules.planogram import (
    HEAT,
    Board,
    Box,
    Picture,
    Terms,
    draw,
    tone_ranges,
    tones,
)
from pol.web.goods_words import GOODS
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

Paces = Mapping[int, int]
"""Thousandths of a unit that a placement sells a week and facing, by its id."""

PACE_WORDS = (
    _l("hampir tidak laku"),
    _l("pelan"),
    _l("sedang"),
    _l("laris"),
    _l("paling laris"),
)


@dataclass(frozen=True)
class Links:
    """Where a product and a board lead when they are pressed, and which one is picked."""

    of_box: Callable[[PlacedRow], str | None] = lambda _row: None
    of_board: Callable[[ShelfRow], str | None] = lambda _row: None
    picked: str | None = None
    may_move: bool = False


def terms() -> Terms:
    """Return the words of a picture in the reader's language."""
    return Terms(
        board=_("Ambalan"),
        free=_("kosong"),
        facings=_("muka"),
        at=_("papan"),
        closed=_("tidak dibuka di sini"),
    )


def picture_of(
    fixture: FixtureRow,
    shelves: Sequence[ShelfRow],
    placed: Sequence[PlacedRow],
    labels: Mapping[int, ProductLabel],
    *,
    links: Links | None = None,
    paces: Paces | None = None,
) -> Picture:
    """Return a fixture as a picture, coloured by kind of goods or, with `paces`, by sales."""
    links = links or Links()
    steps = tones({str(key): pace for key, pace in (paces or {}).items()})
    boards = [_board(row, links) for row in shelves]
    known = {board.key for board in boards}
    boxes = [_box(row, labels[row.sheet_id], links) for row in placed if row.shelf_id in known]
    if paces is not None:
        keys = {row.number: row.placement_id for row in placed}
        boxes = [
            replace(box, tone=steps.get(str(keys[box.key]), 0), note=_pace(paces, keys[box.key]))
            for box in boxes
        ]
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


def _pace(paces: Paces, placement_id: int) -> str:
    return _("%(units)s/muka", units=tenths(paces.get(placement_id, 0)))


def tenths(milli: int) -> str:
    """Return thousandths as a decimal number with one digit: 8875 gives 8,9."""
    return decimal((milli + 50) // 100 * 100)


def _box(row: PlacedRow, label: ProductLabel, links: Links) -> Box:
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
        href=links.of_box(row),
        is_picked=row.number == links.picked,
        may_move=links.may_move and row.status in HOLDS_SPACE,
    )


def heat_legend(paces: Paces) -> list[tuple[str, str]]:
    """Return each colour of the heat map with its words and numbers; one when nothing was sold."""
    if not any(paces.values()):
        return [(HEAT[0], _("belum ada penjualan dalam empat minggu"))]
    ranges = tone_ranges({str(key): pace for key, pace in paces.items()})
    return [
        (
            colour,
            _(
                "%(words)s: %(least)s sampai %(most)s",
                words=words,
                least=tenths(least),
                most=tenths(most),
            ),
        )
        for colour, words, (least, most) in zip(HEAT, PACE_WORDS, ranges, strict=True)
    ]


def svg(picture: Picture) -> Markup:
    """Return a picture for a page; every word in it is escaped where it is drawn."""
    return Markup(draw(picture))  # noqa: S704
