"""The list of motifs: a name, how it is painted, and on which surfaces it looks at home."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from pol.demo.drawings.brush import Canvas

Painter: TypeAlias = Callable[[Canvas], None]


@dataclass(frozen=True)
class Motif:
    """One thing that we can draw."""

    name: str
    paint: Painter
    surfaces: tuple[str, ...]


GALLERY: dict[str, Motif] = {}


def motif(name: str, *surfaces: str) -> Callable[[Painter], Painter]:
    """Hang a painter in the gallery under a name, with the surfaces that suit it."""

    def hang(paint: Painter) -> Painter:
        GALLERY[name] = Motif(name, paint, surfaces)
        return paint

    return hang
