"""Chillies, onions, and the round and long vegetables of the wet market."""

from collections.abc import Callable

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.chillies import GREEN, STEM
from pol.demo.drawings.containers import heap, strap
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.shapes import Point, blob, ellipse, leaf, ribbon, smooth, star
from pol.demo.drawings.tones import Tone, colour, mix

TOMATO = Tone.of("#dc3a22", "#8c1712", "#f58a62")
POTATO = Tone.of("#c9a35f", "#7f5c2d", "#e9d09a")
CARROT = Tone.of("#ec7a1c", "#a8460f", "#fbb263")
EGGPLANT = Tone.of("#5b2a72", "#260f38", "#9a6bb5")
CUCUMBER = Tone.of("#5c9a45", "#2b5a26", "#a9cf7a")


def round_root(tone: Tone, rx: float, ry: float) -> Callable[[Canvas], None]:
    """Return the painter of a potato: lumpy, with eyes."""

    def paint(canvas: Canvas) -> None:
        lump = blob(0, 0, rx, ry, [canvas.rng.uniform(0.9, 1.06) for _ in range(9)])
        canvas.solid(lump, tone, depth=rx * 0.5)
        canvas.grain(lump, tone.dark, 0.35, size=10)
        for _ in range(6):
            x, y = canvas.rng.uniform(-0.6, 0.6) * rx, canvas.rng.uniform(-0.6, 0.6) * ry
            canvas.solid(ellipse(x, y, 9, 5), Tone(tone.dark, tone.dark, tone.mid), depth=4)
        canvas.glow(-rx * 0.35, -ry * 0.4, rx * 0.4, ry * 0.3, strength=0.5)

    return paint


def tomato(canvas: Canvas) -> None:
    """Paint one tomato with its green star."""
    canvas.solid(blob(0, 0, 128, 112, [1, 0.98, 1.02, 0.99, 1.03, 1, 0.96, 1]), TOMATO, depth=60)
    canvas.glow(-44, -40, 44, 30, strength=0.75, turn=-30)
    canvas.solid(star(12, -44, 16, 62, 5, canvas.rng.uniform(0, 70)), STEM, depth=7, shadow=0.3)
    strap(canvas, [(12, -44), (22, -70), (16, -92)], 13, STEM)


def carrot(canvas: Canvas) -> None:
    """Paint one carrot, its greens to the left."""
    for turn in (160, 180, 200, 190, 172):
        canvas.solid(leaf(-270, 0, canvas.rng.uniform(130, 190), 34, turn), GREEN, depth=8)
    body = ribbon(
        [(-290, 0), (-80, 0), (330, 10)], lambda t: 66 * (1 - t) ** 0.62 * min(1, 0.75 + 5 * t) + 4
    )
    canvas.solid(body, CARROT, depth=32)
    with canvas.inside(body):
        for i in range(13):
            x = -250 + i * 42
            side = -1 if i % 2 else 1
            canvas.line(
                [(x, side * 70), (x + 5, side * canvas.rng.uniform(4, 30))],
                4.5,
                mix(CARROT.mid, CARROT.dark, 0.5),
            )
    canvas.glow(-90, -26, 150, 13, strength=0.7)


def eggplant(canvas: Canvas) -> None:
    """Paint one long purple aubergine."""
    body = ribbon(
        [(-250, 10), (-60, -20), (150, -10), (290, 40)],
        lambda t: 52 + 44 * t if t < 0.8 else 88 * (1 - ((t - 0.8) / 0.2) ** 2) ** 0.5 + 2,
    )
    canvas.solid(body, EGGPLANT, depth=46)
    canvas.glow(40, -54, 200, 18, paint=(255, 240, 255), strength=0.75, turn=2)
    strap(canvas, [(-250, 10), (-310, 0), (-345, -26)], 32, STEM)
    canvas.solid(star(-252, 8, 34, 84, 5, 10), STEM, depth=12, shadow=0.3)


def cucumber(canvas: Canvas) -> None:
    """Paint one cucumber with pale stripes."""
    body = ribbon(
        [(-300, 20), (-100, -16), (120, -16), (300, 24)],
        lambda t: 74 * (1 - abs(2 * t - 1) ** 5) ** 0.5 + 4,
    )
    canvas.solid(body, CUCUMBER, depth=40)
    with canvas.inside(body):
        for i in range(-2, 3):
            stripe = [
                (-290, i * 24 + 20),
                (-100, i * 27 - 16),
                (120, i * 27 - 16),
                (300, i * 24 + 24),
            ]
            canvas.line(smooth(stripe, closed=False), 6, mix(CUCUMBER.light, CUCUMBER.mid, 0.35))
    canvas.glow(-30, -50, 190, 15, strength=0.6)


@motif("tomat", "wood", "leaf", "cloth")
def tomat(canvas: Canvas) -> None:
    """Paint a pyramid of tomatoes."""
    pieces = [canvas.piece(140, tomato) for _ in range(4)]
    for x, y in (
        (250, 300),
        (500, 260),
        (750, 310),
        (190, 540),
        (430, 500),
        (660, 520),
        (850, 590),
        (310, 740),
        (560, 740),
        (780, 810),
    ):
        canvas.lay(canvas.rng.choice(pieces), x, y, turn=canvas.rng.uniform(-25, 25), lift=18)


@motif("kentang", "paper", "cloth", "leaf")
def kentang(canvas: Canvas) -> None:
    """Paint a heap of potatoes."""
    pieces = [
        canvas.piece(165, round_root(POTATO, rx, ry))
        for rx, ry in ((140, 110), (120, 105), (150, 105))
    ]
    heap(canvas, pieces, 500, 540, 330, 290, 16, lift=18)


@motif("wortel", "paper", "wood", "mat")
def wortel(canvas: Canvas) -> None:
    """Paint a row of carrots."""
    for i in range(5):
        canvas.lay(
            canvas.piece(460, carrot, tall=130),
            530 + canvas.rng.uniform(-25, 25),
            190 + i * 155,
            turn=canvas.rng.uniform(-9, 3),
            lift=18,
        )


@motif("terong", "mat", "paper", "cloth")
def terong(canvas: Canvas) -> None:
    """Paint three purple aubergines."""
    for i in range(3):
        canvas.lay(
            canvas.piece(390, eggplant, tall=160),
            510,
            260 + i * 240,
            turn=canvas.rng.uniform(-24, -8),
            lift=22,
        )


@motif("mentimun", "wood", "cloth", "mat")
def mentimun(canvas: Canvas) -> None:
    """Paint cucumbers and three slices."""
    for i in range(3):
        canvas.lay(
            canvas.piece(320, cucumber, tall=130),
            480,
            210 + i * 185,
            turn=canvas.rng.uniform(-14, -4),
            lift=20,
        )
    for i in range(3):
        x, y = 470 + i * 150, 830 - i * 22
        canvas.shadow(ellipse(x, y, 92, 92), strength=0.45)
        canvas.solid(ellipse(x, y, 92, 92), CUCUMBER, depth=12)
        canvas.solid(ellipse(x, y, 80, 80), Tone.of("#dcecb0", "#b8d184", "#f2f8d8"), depth=16)
        for angle in range(0, 360, 40):
            seed: Point = ellipse(x, y, 42, 42, angle)[0]
            canvas.solid(ellipse(*seed, 13, 6, angle), Tone.of("#f3f2cf"), depth=3)


def _chayote(canvas: Canvas) -> None:
    half = [(28, -190), (82, -140), (98, -30), (140, 80), (96, 160), (22, 178)]
    outline = smooth([*half, *[(-x, y) for x, y in reversed(half)]])
    canvas.solid(outline, Tone.of("#a9c76f", "#5f8035", "#dcebb2"), depth=60)
    with canvas.inside(outline):
        for i in (-2, -1, 0, 1, 2):
            groove = smooth([(i * 14, -190), (i * 34, 0), (i * 40, 180)], closed=False)
            canvas.line(groove, 5, colour("#7f9f4a"))
    canvas.glow(-36, -40, 26, 70, strength=0.6, turn=10)


@motif("labu_siam", "wood", "mat", "paper")
def labu_siam(canvas: Canvas) -> None:
    """Paint pale green chayotes."""
    for x, y in ((270, 320), (560, 290), (790, 420), (330, 690), (640, 720)):
        canvas.lay(canvas.piece(220, _chayote), x, y, turn=canvas.rng.uniform(-40, 40), lift=18)
