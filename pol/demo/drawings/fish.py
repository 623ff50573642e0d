"""Fish of the ponds and of the Java Sea."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.shapes import ellipse, leaf, reach, smooth
from pol.demo.drawings.tones import Colour, Tone, colour, mix

INK: Colour = (24, 26, 32)


@dataclass(frozen=True)
class Kind:
    """How a fish is built and coloured; `girth` is its half height per half length."""

    back: str
    belly: str
    fin: str
    girth: float
    fork: float
    pattern: str = "scales"


BANDENG = Kind("#4d7186", "#f1f3ee", "#8496a0", 0.32, 0.9)
TONGKOL = Kind("#1d4a78", "#e3eaec", "#3a566e", 0.36, 1.0, "waves")
KAKAP = Kind("#c23a2c", "#f7b49c", "#b8382b", 0.46, 0.45)
LELE = Kind("#2f342e", "#9a9684", "#4a4d44", 0.25, 0.1, "plain")
MUJAIR = Kind("#4f5a4a", "#d9d6c2", "#5c6656", 0.5, 0.15)
KURISI = Kind("#e0707a", "#fbe3dc", "#e8a05a", 0.36, 0.8)
LAYANG = Kind("#2f7f7a", "#eef1e6", "#c9a94a", 0.23, 1.0, "plain")
ASIN = Kind("#8a6f45", "#e8d3a0", "#a58a55", 0.3, 0.6)


def fish(kind: Kind, half: float) -> Callable[[Canvas], None]:
    """Return the painter of one fish of `2 * half` units that looks left."""
    high = half * kind.girth

    def paint(canvas: Canvas) -> None:
        body = smooth(
            [(-half, high * 0.1), (-half * 0.8, -high * 0.52), (-half * 0.35, -high),
             (half * 0.12, -high * 0.86),
             (half * 0.55, -high * 0.4), (half * 0.82, -high * 0.16), (half * 0.82, high * 0.18),
             (half * 0.5, high * 0.45),
             (half * 0.05, high * 0.9), (-half * 0.45, high * 0.94), (-half * 0.85, high * 0.55)]
        )  # fmt: skip
        _paint_fins(canvas, kind, half, high)
        canvas.solid(body, Tone.of(kind.belly), depth=high * 0.4)
        with canvas.inside(body):
            _paint_skin(canvas, kind, half, high)
        _paint_head(canvas, kind, half, high)

    return paint


def _paint_fins(canvas: Canvas, kind: Kind, half: float, high: float) -> None:
    spread, fin = high * (0.6 + 0.45 * kind.fork), Tone.of(kind.fin)
    tail = [
        (half * 0.7, -high * 0.14), (half * 0.95, -spread * 0.62), (half * 1.2, -spread),
        (half * (1.08 - 0.18 * kind.fork), 0),
        (half * 1.2, spread), (half * 0.95, spread * 0.62), (half * 0.7, high * 0.16),
    ]  # fmt: skip
    back = smooth(
        [
            (-half * 0.3, -high * 0.8),
            (-half * 0.1, -high * 1.42),
            (half * 0.2, -high * 1.08),
            (half * 0.28, -high * 0.6),
        ]
    )
    under = [(-half * 0.15, high * 0.8), (half * 0.08, high * 1.3), (half * 0.14, high * 0.75)]
    rear = [(half * 0.42, high * 0.4), (half * 0.62, high * 0.85), (half * 0.68, high * 0.28)]
    for part in (tail, back, under, rear):
        canvas.solid(part, fin, depth=12)
    for i in range(-3, 4):
        canvas.line([(half * 0.76, i * high * 0.03), (half * 1.02, i * spread * 0.24)], 3, fin.dark)


def _paint_skin(canvas: Canvas, kind: Kind, half: float, high: float) -> None:
    deep = colour(kind.back)
    for depth, strength in ((-0.05, 0.35), (-0.22, 0.5), (-0.5, 0.6)):
        edge = [
            (-half * 1.1, high * (depth + 0.15)),
            (-half * 0.3, high * depth),
            (half * 0.4, high * depth * 0.7),
            (half * 1.1, high * depth * 0.3),
        ]
        canvas.tint(
            [*smooth(edge, closed=False), (half * 1.1, -high * 2), (-half * 1.1, -high * 2)],
            deep,
            strength,
        )
    if kind.pattern == "waves":
        for i in range(8):
            x = -half * 0.02 + i * half * 0.1
            wave = smooth(
                [
                    (x, -high * 0.22),
                    (x + half * 0.06, -high * 0.4),
                    (x, -high * 0.6),
                    (x + half * 0.07, -high),
                ],
                closed=False,
            )
            canvas.line(wave, high * 0.055, mix(deep, (5, 12, 30), 0.65))
    elif kind.pattern == "scales":
        scale = mix(deep, (30, 30, 40), 0.2)
        for row in range(-6, 7):
            for column in range(-4, 16):
                x, y = half * (column * 0.085 - 0.28 + (row % 2) * 0.042), high * row * 0.14
                canvas.line(
                    [(x, y - high * 0.07), (x + half * 0.028, y), (x, y + high * 0.07)],
                    2.2,
                    mix(scale, (255, 255, 255), 0.12 if row < -1 else 0.55),
                )
    canvas.glow(-half * 0.05, -high * 0.32, half * 0.75, high * 0.24, strength=0.6)
    canvas.glow(0, high * 0.85, half * 0.9, high * 0.3, paint=(70, 60, 60), strength=0.4)


def _paint_head(canvas: Canvas, kind: Kind, half: float, high: float) -> None:
    gill = smooth(
        [(-half * 0.5, -high * 0.62), (-half * 0.4, -high * 0.05), (-half * 0.52, high * 0.6)],
        closed=False,
    )
    canvas.line(gill, 7, mix(colour(kind.back), INK, 0.35))
    canvas.line(
        [(-half * 0.99, high * 0.14), (-half * 0.86, high * 0.26)],
        5,
        mix(colour(kind.back), INK, 0.5),
    )
    side_fin = leaf(-half * 0.42, high * 0.28, half * 0.34, high * 0.4, 20)
    canvas.solid(side_fin, Tone.of(kind.fin), depth=10, shadow=0.3)
    x, y, r = -half * 0.72, -high * 0.12, high * 0.15
    canvas.solid(ellipse(x, y, r, r), Tone.of("#f2e3a8"), depth=r * 0.6)
    canvas.dot(x, y, r * 0.6, INK)
    canvas.dot(x - r * 0.2, y - r * 0.25, r * 0.2, (255, 255, 255))


def _piece(canvas: Canvas, kind: Kind, half: float) -> Image.Image:
    return canvas.piece(half * 1.25, fish(kind, half), tall=half * kind.girth * 1.6)


def garnish(canvas: Canvas, x: float, y: float) -> None:
    """Lay half a lime and two leaves beside the goods."""
    for turn in (-30, 25):
        canvas.shadow(leaf(x, y, 130, 56, turn), strength=0.3)
        canvas.solid(leaf(x, y, 130, 56, turn), Tone.of("#5c9a3d"), depth=14)
    canvas.shadow(ellipse(x, y, 62, 62), strength=0.45)
    canvas.solid(ellipse(x, y, 62, 62), Tone.of("#7fae3a"), depth=14)
    canvas.solid(ellipse(x, y, 52, 52), Tone.of("#dfe8a0", "#b9cf6a", "#f4f6cf"), depth=10)
    for turn in range(0, 360, 45):
        canvas.flat(leaf(x, y, 48, 22, turn), (203, 220, 120))


@motif("bandeng", "leaf", "tray", "stone", "wood")
def bandeng(canvas: Canvas) -> None:
    """Paint three milkfish side by side."""
    tilt = canvas.rng.uniform(-12, -2)
    for i, half in enumerate((345, 365, 345)):
        canvas.lay(
            _piece(canvas, BANDENG, half),
            480 + canvas.rng.uniform(-25, 25),
            255 + i * 235,
            turn=tilt + canvas.rng.uniform(-3, 3),
            lift=20,
        )
    garnish(canvas, 850, 860)


@motif("tongkol", "tray", "stone", "leaf")
def tongkol(canvas: Canvas) -> None:
    """Paint two fat mackerel tunas, head to tail."""
    for x, y, turn in ((500, 330, -14), (510, 670, 166)):
        canvas.lay(
            _piece(canvas, TONGKOL, 375), x, y, turn=turn + canvas.rng.uniform(-5, 5), lift=22
        )


@motif("kakap", "leaf", "stone", "tray")
def kakap(canvas: Canvas) -> None:
    """Paint one big red snapper."""
    canvas.lay(_piece(canvas, KAKAP, 390), 490, 490, turn=canvas.rng.uniform(-22, -10), lift=24)
    garnish(canvas, 800, 810)


@motif("ikan_asin", "paper", "cloth", "leaf")
def ikan_asin(canvas: Canvas) -> None:
    """Paint rows of small salted fish drying in the sun."""
    piece = _piece(canvas, ASIN, 185)
    for row in range(7):
        for column in range(2):
            x, y = 270 + column * 440 + (row % 2) * 40, 150 + row * 115
            canvas.lay(piece, x, y, turn=canvas.rng.uniform(-14, 14) + 180 * (row % 2), lift=10)


def _shoal(canvas: Canvas, kind: Kind, half: float, count: int) -> None:
    step = 680 / (count - 1)
    for i in range(count):
        x, y = 480 + canvas.rng.uniform(-30, 30), 170 + i * step
        canvas.lay(_piece(canvas, kind, half), x, y, turn=canvas.rng.uniform(-12, -2), lift=18)


@motif("lele", "tray", "leaf", "stone")
def lele(canvas: Canvas) -> None:
    """Paint three catfish with their whiskers."""
    for i in range(3):
        x, y, turn = 520, 230 + i * 270, canvas.rng.uniform(-10, 4)
        head = reach(x, y, -350, turn)
        for spread in (150, 168, 190, 208):
            tip = reach(*head, canvas.rng.uniform(95, 130), spread + turn)
            whisker = smooth([head, reach(*head, 55, spread + turn - 8), tip], closed=False)
            canvas.line(whisker, 7, INK)
        canvas.lay(_piece(canvas, LELE, 370), x, y, turn=turn, lift=20)


@motif("mujair", "leaf", "stone", "wood")
def mujair(canvas: Canvas) -> None:
    """Paint two tilapias."""
    for x, y in ((430, 310), (570, 690)):
        canvas.lay(_piece(canvas, MUJAIR, 310), x, y, turn=canvas.rng.uniform(-16, -4), lift=22)


@motif("kurisi", "leaf", "stone", "tray")
def kurisi(canvas: Canvas) -> None:
    """Paint three pink threadfin breams."""
    _shoal(canvas, KURISI, 340, 3)


@motif("layang", "tray", "wood", "leaf")
def layang(canvas: Canvas) -> None:
    """Paint a row of slim scads."""
    _shoal(canvas, LAYANG, 350, 5)
