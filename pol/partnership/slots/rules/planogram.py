"""The picture of a fixture: an SVG drawn to scale, one unit of its view box being a millimetre.

Colours stand as attributes, so that a saved file looks the same; a page's style sheet may repaint
whatever has a class. Nothing is told by colour alone: each product carries its name and kind in
its title, which is shown when it is pointed at and read aloud, and as much of them as there is
room for in writing: on it, or above it when it is flat.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from pol.partnership.slots.rules import GoodsCategory
from pol.partnership.slots.rules.plates import Space, plate
from pol.partnership.slots.rules.shelf import BOARD_MM
from pol.partnership.slots.rules.svg_parts import (
    EDGE,
    INK,
    LETTER,
    PAPER,
    SMALL,
    SOFT,
    WORDS,
    rect,
    segment,
    words_at,
)

LEFT, RIGHT, ABOVE, BELOW = 110, 210, 60, 120
"""Millimetres around the fixture for measures and words."""

PIXELS_PER_MM = 0.55
SCALE = 10
"""So many millimetres of a shelf are one of paper."""
SHORTEST_FREE = 40
BACK, WOOD, POST = "#f4ecdb", "#8a6a42", "#5f574a"
GOODS: Mapping[str, str] = {
    GoodsCategory.KERIPIK: "#f2c14e",
    GoodsCategory.KERUPUK: "#ead2a0",
    GoodsCategory.KOPI_JAHE: "#b98a5e",
    GoodsCategory.KUE_KERING: "#eaa77a",
    GoodsCategory.MINUMAN: "#8cc6d6",
    GoodsCategory.OLAHAN_IKAN: "#9db4dc",
    GoodsCategory.SAMBAL_BUMBU: "#dd7f6e",
    GoodsCategory.KERAJINAN: "#b3c78a",
}
HEAT = ("#efe6d2", "#f7dc94", "#efb341", "#d9772b", "#a3301c")
"""From hardly sold to sold best."""


@dataclass(frozen=True)
class Board:
    """One shelf: goods stand from `bottom_mm` up to `height_mm` above it."""

    key: int
    number: int
    bottom_mm: int
    width_mm: int
    height_mm: int
    x_mm: int = 0
    href: str | None = None
    offered: tuple[int, int] | None = None
    """From and until which millimetre it is offered; None: it is shown for itself, whole."""

    @property
    def top_mm(self) -> int:
        """Return how high goods may reach."""
        return self.bottom_mm + self.height_mm


@dataclass(frozen=True)
class Box:
    """A product on a board, seen from the front; `tone` is its place in `HEAT`, or None."""

    key: str
    board: int
    x_mm: int
    width_mm: int
    height_mm: int
    facings: int
    label: str
    category: str
    kind: str = ""
    tone: int | None = None
    note: str = ""
    href: str | None = None
    is_picked: bool = False
    may_move: bool = False

    @property
    def right_mm(self) -> int:
        """Return where it ends."""
        return self.x_mm + self.width_mm


@dataclass(frozen=True)
class Terms:
    """The words in the picture, in the reader's language."""

    board: str = "Ambalan"
    free: str = "kosong"
    facings: str = "muka"
    at: str = "papan"
    closed: str = "tidak dibuka di sini"


@dataclass(frozen=True)
class Picture:
    """A fixture with what stands in it; `gap_mm` is what neighbours keep between them."""

    title: str
    about: str
    width_mm: int
    height_mm: int
    boards: Sequence[Board]
    boxes: Sequence[Box]
    gap_mm: int = 0
    terms: Terms = field(default_factory=Terms)
    key: str = "planogram"


def draw(picture: Picture) -> str:
    """Return the picture as an SVG element for a page, as large as a screen needs it."""
    return _draw(picture, lambda mm: f"{round(mm * PIXELS_PER_MM)}")


def draw_to_scale(picture: Picture) -> str:
    """Return the picture as an SVG document of its own that prints at 1:10."""
    return _draw(picture, lambda mm: f"{mm / SCALE:g}mm")


def _draw(picture: Picture, length: Callable[[int], str]) -> str:
    wide, high = picture.width_mm + LEFT + RIGHT, picture.height_mm + ABOVE + BELOW
    by_board: dict[int, list[Box]] = {board.key: [] for board in picture.boards}
    for box in sorted(picture.boxes, key=lambda one: one.x_mm):
        by_board.setdefault(box.board, []).append(box)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-LEFT} {-ABOVE} {wide} {high}" '
        f'width="{length(wide)}" height="{length(high)}" '
        f'class="plano" role="group" aria-labelledby="{picture.key}-title {picture.key}-desc" '
        f'data-height="{picture.height_mm}" data-gap="{picture.gap_mm}" '
        'font-family="-apple-system, Segoe UI, Roboto, Noto Sans, Arial, sans-serif">',
        f'<title id="{picture.key}-title">{escape(picture.title)}</title>',
        f'<desc id="{picture.key}-desc">{escape(picture.about)}</desc>',
        *_frame(picture),
        *_closed(picture),
        *(part for board in picture.boards for part in _board(board, picture)),
        *(part for board in picture.boards for part in _free(board, by_board[board.key], picture)),
        *(_box(box, board, picture) for board in picture.boards for box in by_board[board.key]),
        "</svg>",
    ]
    return "".join(parts)


def _frame(picture: Picture) -> Iterable[str]:
    """Draw back panel, posts, floor and the ruler below it."""
    wide, high = picture.width_mm, picture.height_mm
    lowest = min((board.bottom_mm for board in picture.boards), default=0)
    yield rect(0, 0, wide, high, BACK, "plano__back")
    if lowest > BOARD_MM:
        yield rect(0, high - lowest, wide, lowest, POST, "plano__base", 'fill-opacity="0.25"')
    for x in (-16, wide):
        yield rect(x, -16, 16, high + 16, POST, "plano__post")
    yield segment(-LEFT, high, wide + RIGHT, high, POST, "plano__floor", 3)
    yield from _ruler(wide, high)


def _ruler(wide: int, high: int) -> Iterable[str]:
    y, step = high + 34, 500 if wide > 700 else 100
    yield segment(0, y, wide, y, SOFT, "plano__measure")
    for x in [*range(0, wide, 100), wide]:
        yield segment(x, y - 8, x, y + (14 if x % step == 0 or x == wide else 8), SOFT,
                    "plano__measure")  # fmt: skip
    marks = [x for x in range(0, wide, step) if wide - x > 110 or x == 0]
    for x in marks:
        yield words_at(x, y + 42, f"{x}", SMALL, SOFT, "plano__number", "middle" if x else "start")
    yield words_at(wide, y + 42, f"{wide} mm", SMALL, INK, "plano__number", "end")


def _closed(picture: Picture) -> Iterable[str]:
    """Hatch whatever of the boards is not offered."""
    key = f"{picture.key}-closed"
    parts = [part for board in picture.boards for part in _closed_parts(board, picture, key)]
    if parts:
        yield (
            f'<pattern id="{key}" width="24" height="24" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)">{rect(0, 0, 5, 24, EDGE, "plano__post")}</pattern>'
        )
        yield from parts


def _closed_parts(board: Board, picture: Picture, key: str) -> Iterable[str]:
    top, high = picture.height_mm - board.top_mm, board.height_mm
    for start, end in closed(board):
        left, width = board.x_mm + start, end - start
        hatch = f"url(#{key})"
        yield rect(left, top, width, high, hatch, "plano__closed", 'fill-opacity="0.4"')
        words = picture.terms.closed
        if len(words) * SMALL * LETTER < width - 20:
            middle, line = left + width // 2, top + high // 2
            long = round(len(words) * SMALL * LETTER) + 20
            yield rect(middle - long / 2, line - 24, long, 34, BACK, "plano__back", 'rx="8"')
            yield words_at(middle, line, words, SMALL, INK, "plano__name", "middle")


def closed(board: Board) -> list[tuple[int, int]]:
    """Return which parts of a board are not offered, as (from, until) from its left edge."""
    if board.offered is None:
        return []
    start, end = board.offered
    parts = [(0, start), (end, board.width_mm)] if start < end else [(0, board.width_mm)]
    return [(left, right) for left, right in parts if left < right]


def _board(board: Board, picture: Picture) -> Iterable[str]:
    """Draw a board, the height above it and its name."""
    y, top = picture.height_mm - board.bottom_mm, picture.height_mm - board.top_mm
    thick = min(BOARD_MM, max(board.bottom_mm, 4))
    right = picture.width_mm + 30
    yield (
        f'<g class="plano__board" data-shelf="{board.key}" data-bottom="{board.bottom_mm}" '
        f'data-top="{board.top_mm}" data-width="{board.width_mm}" data-number="{board.number}">'
    )
    yield rect(board.x_mm, y, board.width_mm, thick, WOOD, "plano__wood")
    yield segment(board.x_mm, top, board.x_mm + board.width_mm, top, EDGE, "plano__limit", 1,
                'stroke-dasharray="4 10"')  # fmt: skip
    yield from _height(-50, top, y, board.height_mm)
    name = words_at(right, y - 30, f"{picture.terms.board} {board.number}", WORDS, INK,
                 "plano__name", "start", 'font-weight="700"')  # fmt: skip
    name += words_at(
        right, y, f"{picture.terms.at} {board.bottom_mm}", SMALL, SOFT, "plano__number"
    )
    if board.href:
        target = f'<rect x="{right - 10}" y="{y - 66}" width="{RIGHT - 24}" height="88" rx="8"'
        target += ' fill="#fff" fill-opacity="0" class="plano__handle"/>'
        yield f'<a href="{escape(board.href)}" class="plano__grip">{target}{name}</a>'
    else:
        yield name
    yield "</g>"


def _height(x: int, top: int, bottom: int, height: int) -> Iterable[str]:
    middle = (top + bottom) // 2
    yield segment(x, top, x, bottom, SOFT, "plano__measure")
    for y in (top, bottom):
        yield segment(x - 9, y, x + 9, y, SOFT, "plano__measure")
    if height >= SHORTEST_FREE:
        yield words_at(x - 14, middle, f"{height}", SMALL, SOFT, "plano__number", "middle",
                    f'transform="rotate(-90 {x - 14} {middle})"')  # fmt: skip


def gaps(board: Board, boxes: Iterable[Box]) -> list[tuple[int, int]]:
    """Return where a board is free, as (from, until) in millimetres from its left edge.

    Room that is not offered is not free.
    """
    taken = [*((box.x_mm, box.right_mm) for box in boxes), *closed(board)]
    edges = [(0, 0), *sorted(taken)]
    edges.append((board.width_mm, board.width_mm))
    found, reached = [], 0
    for (_, end), (start, _) in pairwise(edges):
        reached = max(reached, end)
        if start > reached:
            found.append((reached, start))
    return found


def _free(board: Board, boxes: Sequence[Box], picture: Picture) -> Iterable[str]:
    """Dimension what is free on a board."""
    y = picture.height_mm - board.bottom_mm
    for start, end in gaps(board, boxes):
        width, left, right = end - start, board.x_mm + start, board.x_mm + end
        if width < SHORTEST_FREE:
            continue
        line = y - min(36, board.height_mm // 2)
        yield segment(left + 6, line, right - 6, line, EDGE, "plano__gap", 2)
        for x in (left + 6, right - 6):
            yield segment(x, line - 9, x, line + 9, EDGE, "plano__gap", 2)
        words = f"{width} mm {picture.terms.free}"
        words = words if len(words) * SMALL * LETTER < width - 20 else f"{width}"
        if len(words) * SMALL * LETTER < width:
            middle = (left + right) // 2
            yield words_at(middle, line - 14, words, SMALL, SOFT, "plano__number", "middle")


def _box(box: Box, board: Board, picture: Picture) -> str:
    """Draw a product as its facings, with a plate that says what it is."""
    x, y = board.x_mm + box.x_mm, picture.height_mm - board.bottom_mm - box.height_mm
    fill = HEAT[box.tone] if box.tone is not None else GOODS.get(box.category, PAPER)
    count = max(box.facings, 1)
    each = box.width_mm / count
    parts = [_facing(x + n * each, y, each, box.height_mm, fill) for n in range(count)]
    parts.extend(_words(box, board, Space(x, y, box.width_mm, box.height_mm), picture.terms))
    parts.append(
        f'<rect x="{x}" y="{y}" width="{box.width_mm}" height="{box.height_mm}" rx="6" '
        f'fill="none" stroke="{INK}" stroke-width="{7 if box.is_picked else 2}" '
        f'class="plano__edge"/>'
    )
    picked = " plano__box--picked" if box.is_picked else ""
    data = (
        f'class="plano__box{picked}" data-box="{escape(box.key)}" data-shelf="{board.key}" '
        f'data-x="{box.x_mm}" data-width="{box.width_mm}" data-height="{box.height_mm}"'
    )
    movable = ' data-move=""' if box.may_move else ""
    name = escape(_spoken(box, board, picture.terms))
    parts.insert(0, f"<title>{name}</title>")
    if box.href is None:
        return f'<g role="img" {data}{movable}>{"".join(parts)}</g>'
    link = f'href="{escape(box.href)}" aria-label="{name}"'
    return f"<a {link} {data}{movable}>{''.join(parts)}</a>"


def _spoken(box: Box, board: Board, terms: Terms) -> str:
    words = [box.label, box.kind, f"{terms.board} {board.number}", f"{box.x_mm} mm"]
    return ", ".join(word for word in [*words, f"{box.facings} {terms.facings}", box.note] if word)


def _facing(x: float, y: float, width: float, height: float, fill: str) -> str:
    body = rect(x + 1, y, width - 2, height, fill, "plano__goods", 'rx="6"')
    seal = min(height * 0.14, 34)
    return body + rect(x + 1, y, width - 2, seal, INK, "plano__seal", 'rx="6" fill-opacity="0.14"')


def _words(box: Box, board: Board, on: Space, terms: Terms) -> Iterable[str]:
    """Write name, figure, kind and facings on a product, or above it when it is too flat."""
    free = board.height_mm - box.height_mm
    above = Space(on.x, on.y - free, on.width, free)
    more = [box.note, box.kind, f"{box.facings} {terms.facings} · {box.width_mm} mm"]
    return plate(box.label or "–", [one for one in more if one], (on, above), must=box.note)


def tones(values: Mapping[str, int]) -> dict[str, int]:
    """Return for each key its step in `HEAT`, in five equal parts of the largest value."""
    most = max(values.values(), default=0)
    steps = len(HEAT)
    return {
        key: min(value * steps // most, steps - 1) if most > 0 and value > 0 else 0
        for key, value in values.items()
    }


def tone_ranges(values: Mapping[str, int]) -> list[tuple[int, int]]:
    """Return from where until below where each step of `HEAT` reaches; the last one includes it."""
    most, steps = max(values.values(), default=0), len(HEAT)
    return [(-(-most * n // steps), -(-most * (n + 1) // steps)) for n in range(steps)]
