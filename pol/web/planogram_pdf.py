"""A fixture on paper, 1:10: a millimetre of paper is a centimetre of shelf."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from textwrap import wrap

from fpdf import FPDF
from segno import make_qr

from pol.partnership.slots.rules.planogram import (
    BACK,
    GOODS,
    HEAT,
    POST,
    SCALE,
    SHORTEST_FREE,
    WOOD,
    Board,
    Box,
    Picture,
    gaps,
)
from pol.partnership.slots.rules.shelf import BOARD_MM
from pol.partnership.slots.rules.svg_parts import EDGE, INK, PAPER, SOFT
from pol.web.language import gettext as _

SHEETS = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
MARGIN, HEAD, FOOT, LEFT, RIGHT = 10.0, 20.0, 12.0, 10.0, 20.0
POINT_MM = 0.3528
FLAT = 6.0
"""What is lower on paper has its words above it: name and facings take two lines."""

FACES = str.maketrans({"…": "...", "–": "-", "“": '"', "”": '"', "’": "'", "×": "x"})  # noqa: RUF001


@dataclass(frozen=True)
class Sheet:
    """One page: which part of the picture it shows, in millimetres of paper."""

    column: int
    row: int
    x: float
    y: float
    width: float
    height: float


def paper(picture: Picture, *, subtitle: str, record: str, size: str, now: datetime) -> bytes:
    """Return the PDF of a fixture on A4 or A3 (`size`), on as many pages as it needs."""
    across, down = layout(picture, size)
    pdf = FPDF(orientation="L" if across > down else "P", format=size.upper())
    pdf.set_auto_page_break(False)
    pdf.set_creation_date(now)
    pdf.set_title(_plain(picture.title))
    pages = list(sheets(picture, across, down))
    for number, page in enumerate(pages, 1):
        pdf.add_page()
        _head(pdf, picture, subtitle, f"{number}/{len(pages)}", record)
        with pdf.rect_clip(x=MARGIN, y=HEAD + MARGIN, w=page.width, h=page.height):
            _fixture(pdf, picture, MARGIN + LEFT - page.x, HEAD + MARGIN + 4 - page.y)
        _rule(pdf, down - MARGIN - 4)
    return bytes(pdf.output())


def layout(picture: Picture, size: str) -> tuple[float, float]:
    """Return width and height of the page: turned the way that needs fewer sheets."""
    narrow, wide = SHEETS[size]
    upright, turned = (narrow, wide), (wide, narrow)
    return min((upright, turned), key=lambda page: len(list(sheets(picture, *page))))


def sheets(picture: Picture, across: float, down: float) -> Iterator[Sheet]:
    """Yield the pages from left to right, the highest first."""
    room, deep = across - 2 * MARGIN, down - 2 * MARGIN - HEAD - FOOT
    wide = picture.width_mm / SCALE + LEFT + RIGHT
    high = picture.height_mm / SCALE + 8
    for row in range(ceil(high / deep)):
        for column in range(ceil(wide / room)):
            yield Sheet(column, row, column * room, row * deep, room, deep)


def _head(pdf: FPDF, picture: Picture, subtitle: str, page: str, record: str) -> None:
    _write(pdf, MARGIN, MARGIN + 6, picture.title, 14, INK, bold=True)
    words = _("Skala 1:10 · ukuran dalam milimeter · lembar %(page)s", page=page)
    _write(pdf, MARGIN, MARGIN + 11, subtitle, 9, SOFT)
    _write(pdf, MARGIN, MARGIN + 15.5, words, 8, SOFT)
    matrix = list(make_qr(record, error="m").matrix)
    side = 18 / len(matrix)
    _fill(pdf, INK)
    for y, line in enumerate(matrix):
        for x, dot in enumerate(line):
            if dot:
                left = pdf.w - MARGIN - 18 + x * side
                pdf.rect(left, MARGIN - 2 + y * side, side, side, style="F")


def _rule(pdf: FPDF, y: float) -> None:
    """Draw ten centimetres, to check a print: they are one metre of shelf."""
    _pen(pdf, INK, 0.3)
    pdf.line(MARGIN, y, MARGIN + 100, y)
    for x in range(0, 101, 10):
        pdf.line(MARGIN + x, y - (2 if x % 50 == 0 else 1), MARGIN + x, y)
    words = _("Garis ini harus 10 cm di kertas, yaitu 1 meter di rak.")
    _write(pdf, MARGIN, y + 4, words, 7, SOFT)


def _fixture(pdf: FPDF, picture: Picture, x: float, y: float) -> None:
    """Draw everything with the fixture's upper left corner at x, y."""
    wide, high = picture.width_mm / SCALE, picture.height_mm / SCALE
    _block(pdf, x, y, wide, high, BACK)
    for left in (x - 1.6, x + wide):
        _block(pdf, left, y - 1.6, 1.6, high + 1.6, POST)
    for board in picture.boards:
        floor = y + high - board.bottom_mm / SCALE
        boxes = [box for box in picture.boxes if box.board == board.key]
        _board(pdf, board, x, floor, picture)
        for box in boxes:
            _box(pdf, box, board, x + (board.x_mm + box.x_mm) / SCALE, floor, picture)
        for start, end in gaps(board, boxes):
            if end - start >= SHORTEST_FREE:
                _gap(pdf, x + (board.x_mm + start) / SCALE, floor - 3, end - start)


def _board(pdf: FPDF, board: Board, x: float, floor: float, picture: Picture) -> None:
    thick = min(BOARD_MM, max(board.bottom_mm, 4)) / SCALE
    _block(pdf, x + board.x_mm / SCALE, floor, board.width_mm / SCALE, thick, WOOD)
    top = floor - board.height_mm / SCALE
    _pen(pdf, SOFT, 0.15)
    pdf.line(x - 5, top, x - 5, floor)
    for y in (top, floor):
        pdf.line(x - 6, y, x - 4, y)
    _write(pdf, x - 9.5, (top + floor) / 2 + 1, f"{board.height_mm}", 6, SOFT)
    right = x + picture.width_mm / SCALE + 3
    _write(pdf, right, floor - 3, f"{picture.terms.board} {board.number}", 7, INK, bold=True)
    _write(pdf, right, floor, f"{picture.terms.at} {board.bottom_mm}", 6, SOFT)


def _box(pdf: FPDF, box: Box, board: Board, x: float, floor: float, picture: Picture) -> None:
    wide, high, count = box.width_mm / SCALE, box.height_mm / SCALE, max(box.facings, 1)
    fill = HEAT[box.tone] if box.tone is not None else GOODS.get(box.category, PAPER)
    for n in range(count):
        _block(pdf, x + n * wide / count, floor - high, wide / count, high, fill, edge=PAPER)
    _pen(pdf, INK, 0.25)
    pdf.rect(x, floor - high, wide, high)
    names = wrap(box.label or "-", max(int((wide - 2) / 1.25), 4))
    lines = [*names, f"{box.facings} {picture.terms.facings} - {box.width_mm} mm"]
    if box.note:
        lines.append(box.note)
    free = board.height_mm / SCALE - high
    foot, room = (floor, high) if high >= FLAT or free <= high else (floor - high, free)
    lines = lines[: max(int((room - 1) / 2.5), 0)]
    deep = 2.5 * len(lines) + 1
    if lines:
        _block(pdf, x + 0.5, foot - room / 2 - deep / 2, wide - 1, deep, PAPER)
    with pdf.rect_clip(x=x, y=foot - room, w=wide, h=room):
        for n, line in enumerate(lines):
            baseline = foot - room / 2 - deep / 2 + 2.4 + 2.5 * n
            _write(pdf, x + 1, baseline, line, 6, INK, bold=n < len(names))


def _gap(pdf: FPDF, x: float, y: float, width: int) -> None:
    wide = width / SCALE
    _pen(pdf, EDGE, 0.15)
    pdf.line(x + 0.5, y, x + wide - 0.5, y)
    for end in (x + 0.5, x + wide - 0.5):
        pdf.line(end, y - 0.8, end, y + 0.8)
    _write(pdf, x + wide / 2 - 0.6 * len(str(width)), y - 0.8, f"{width}", 6, SOFT)


def _block(pdf: FPDF, x: float, y: float, width: float, height: float, fill: str,
           *, edge: str | None = None) -> None:  # fmt: skip
    _fill(pdf, fill)
    if edge:
        _pen(pdf, edge, 0.2)
    pdf.rect(x, y, width, height, style="DF" if edge else "F")


def _write(pdf: FPDF, x: float, y: float, words: str, points: float, ink: str,
           *, bold: bool = False) -> None:  # fmt: skip
    pdf.set_font("helvetica", "B" if bold else "", points)
    pdf.set_text_color(*_rgb(ink))
    pdf.text(x, y, _plain(words))


def _plain(words: str) -> str:
    """Return what the fonts of every PDF reader can write."""
    return words.translate(FACES).encode("latin-1", "replace").decode("latin-1")


def _fill(pdf: FPDF, colour: str) -> None:
    pdf.set_fill_color(*_rgb(colour))


def _pen(pdf: FPDF, colour: str, width: float) -> None:
    pdf.set_draw_color(*_rgb(colour))
    pdf.set_line_width(width)


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue
