"""The one way in: draw a motif by name, the same picture for the same seed."""

from random import Random

from PIL import Image

from pol.demo.drawings import (
    chillies,
    cloth,
    clothes,
    craft,
    dishes,
    drinks,
    fish,
    fruit,
    grains,
    greens,
    palms,
    places,
    protein,
    seafood,
    snacks,
    spices,
    vegetables,
)
from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.gallery import GALLERY
from pol.demo.drawings.surfaces import surface

PAINTERS = (
    chillies,
    cloth,
    clothes,
    craft,
    dishes,
    drinks,
    fish,
    fruit,
    grains,
    greens,
    palms,
    places,
    protein,
    seafood,
    snacks,
    spices,
    vegetables,
)
"""Importing a painter's file hangs its motifs in the gallery."""

OVERSAMPLING = 1.5
"""Goods are painted larger than asked for, so that their edges come out smooth."""

GROUND = 0.6
"""What they lie on is painted smaller: a little out of focus, and in a third of the time."""

MOTIFS: tuple[str, ...] = tuple(sorted(GALLERY))


def draw(motif: str, *, seed: int, size: int = 1200) -> Image.Image:
    """Return a square RGB picture of a motif; another seed is another arrangement of it.

    :raises KeyError: there is no such motif.
    """
    work, rng = GALLERY[motif], Random(f"{motif}:{seed}")  # noqa: S311 - art, not secrets
    ground = surface(rng.choice(work.surfaces), round(size * GROUND), rng)
    side = round(size * OVERSAMPLING)
    canvas = Canvas(ground.resize((side, side), Image.Resampling.BILINEAR), side / 1000, rng)
    work.paint(canvas)
    return canvas.image.resize((size, size), Image.Resampling.HAMMING)
