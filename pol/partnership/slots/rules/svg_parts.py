"""The parts of a drawing: rectangles, lines, words, and the colours that do not mean a thing."""

from html import escape

WORDS, SMALL, LINE = 26, 22, 30
LETTER = 0.55
"""How wide a letter is, as a share of its height."""

PAPER, INK, SOFT, EDGE = "#fffdf7", "#1d1a15", "#5b5346", "#877b66"


def rect(x: float, y: float, width: float, height: float, fill: str, name: str,
         more: str = "") -> str:  # fmt: skip
    """Return a filled rectangle; one that is turned inside out has no size."""
    room = f'x="{x:g}" y="{y:g}" width="{max(width, 0):g}" height="{max(height, 0):g}"'
    return f'<rect {room} fill="{fill}" class="{name}" {more}/>'


def segment(x1: float, y1: float, x2: float, y2: float, stroke: str, name: str,
            width: int = 2, more: str = "") -> str:  # fmt: skip
    """Return a straight line."""
    ends = f'x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"'
    return f'<line {ends} stroke="{stroke}" stroke-width="{width}" class="{name}" {more}/>'


def words_at(x: float, y: float, words: str, size: float, fill: str, name: str,
             anchor: str = "start", more: str = "") -> str:  # fmt: skip
    """Return words, escaped."""
    place = f'x="{x:g}" y="{y:g}" font-size="{size:g}" text-anchor="{anchor}"'
    return f'<text {place} fill="{fill}" class="{name}" {more}>{escape(words)}</text>'
