"""The words on a product in the picture of a fixture: as large as there is room for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from pol.partnership.slots.rules.svg_parts import (
    INK,
    LETTER,
    LINE,
    PAPER,
    SMALL,
    SOFT,
    WORDS,
    rect,
    words_at,
)

NARROW = 150
"""A product narrower than this has its words written upwards."""

SHORTEST_NAME = 3
"""Letters of a line in which a name is worth writing."""

TRIES = ((2, 1), (2, 0.8), (2, 0.6), (1, 1), (1, 0.8), (1, 0.6), (1, 0.45))
"""How many lines of words there should be, and at what share of their size, best first."""

WHOLE = 3
"""So many of these are tried with the whole name first."""


@dataclass(frozen=True)
class Space:
    """Where a plate may be: on the product, or in the free height above it."""

    x: int
    y: int
    width: int
    height: int

    @property
    def is_upward(self) -> bool:
        """Answer whether words run upwards here."""
        return self.width < NARROW and self.height > self.width

    @property
    def along(self) -> int:
        """Return how long a line of words may be."""
        return self.height if self.is_upward else self.width

    @property
    def across(self) -> int:
        """Return how many millimetres lines may stack up to."""
        return self.width if self.is_upward else self.height


@dataclass(frozen=True)
class _Plate:
    """Words in a space, at a share of their full size."""

    space: Space
    share: float
    names: Sequence[str]
    small: Sequence[str]


def plate(label: str, small: Sequence[str], spaces: Sequence[Space], *, must: str) -> Iterable[str]:
    """Draw a name and smaller lines where they fit best; `must` is dropped as the last of these.

    The whole name is tried first, a little smaller if need be; then what there is room for.
    """
    tries = (
        _set(space, share, least, label, small, must=must, is_whole=is_whole)
        for is_whole, sizes in ((True, TRIES[:WHOLE]), (False, TRIES))
        for least, share in sizes
        for space in spaces
    )
    found = next((one for one in tries if one), None)
    return _draw(found) if found else ()


def _set(space: Space, share: float, least: int, label: str, small: Sequence[str], *,
         must: str, is_whole: bool) -> _Plate | None:  # fmt: skip
    """Return these words set into a space, or None if they do not fit as they should."""
    length = space.along - 36 * share
    letters = int(length / (WORDS * LETTER * share))
    room = int((space.across - 16 * share) // (LINE * share))
    if letters < SHORTEST_NAME or room < least:
        return None
    most = max(1, room - 1)
    if is_whole and (max(map(len, label.split()), default=0) > letters
                     or len(wrap(label, letters)) > most):  # fmt: skip
        return None
    fitting = [one for one in small if len(one) <= int(length / (SMALL * LETTER * share))]
    if least > 1 and must and must not in fitting:
        return None
    names = wrap(label, letters, max_lines=most, placeholder="…")
    return _Plate(space, share, names, fitting[: max(room - len(names), 0)])


def _draw(found: _Plate) -> Iterable[str]:
    space, share = found.space, found.share
    line, words, small = LINE * share, WORDS * share, SMALL * share
    middle_x, middle_y = space.x + space.width / 2, space.y + space.height / 2
    deep = line * (len(found.names) + len(found.small)) + 12 * share
    if space.is_upward:
        yield f'<g transform="rotate(-90 {middle_x:g} {middle_y:g})">'
    longest = max(
        *(len(name) * words * LETTER for name in found.names),
        *(len(one) * small * LETTER for one in found.small),
        0,
    )
    wide = min(longest + 26 * share, space.along - 8 * share)
    yield rect(middle_x - wide / 2, middle_y - deep / 2, wide, deep, PAPER,
                "plano__plate", 'rx="8" fill-opacity="0.92"')  # fmt: skip
    y = middle_y - deep / 2 + line - 2 * share
    for name in found.names:
        yield words_at(middle_x, y, name, words, INK, "plano__label", "middle",
                    'font-weight="650"')  # fmt: skip
        y += line
    for one in found.small:
        yield words_at(middle_x, y, one, small, SOFT, "plano__kind", "middle")
        y += line
    if space.is_upward:
        yield "</g>"
