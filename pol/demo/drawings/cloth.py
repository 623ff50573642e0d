"""Woven and printed cloth, clothes, shoes and bags."""

from collections.abc import Callable

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.shapes import box, leaf, ribbon, rounded
from pol.demo.drawings.tones import Colour, Tone, colour, mix

IKAT = (
    ("#7d1f2a", "#f0d9a0", "#d9902c"),
    ("#1f4f66", "#f2e3bd", "#c9582c"),
    ("#3a2a5c", "#f0dcae", "#c94a5f"),
    ("#2b4a34", "#f3e2b0", "#d9902c"),
)
BATIK = (
    ("#3a2418", "#d9a860", "#f3e3c0"),
    ("#1f3f5f", "#e3c28a", "#f6ecd6"),
    ("#5c1f24", "#e0a95c", "#f6e6c8"),
)
CHECKS = (
    ("#2f5f4f", "#e9dfc0", "#b23a2c"),
    ("#274a7a", "#e6e9ea", "#d9a83a"),
    ("#7a2c3f", "#efe0d0", "#2f2a38"),
)


def _fold(canvas: Canvas, weave: Callable[[Canvas], None], edge: Colour) -> None:
    """Paint a neatly folded stack of cloth whose top face is `weave`."""
    for i in range(3):
        y = 830 - i * 46
        layer = box(120, y, 760, 66, 30)
        canvas.shadow(layer, strength=0.4)
        canvas.solid(layer, Tone.around(mix(edge, (255, 245, 225), 0.12 * i)), depth=26)
    top = box(120, 110, 760, 700, 22)
    canvas.shadow(top, dx=18, dy=26, strength=0.5)
    with canvas.inside(top):
        weave(canvas)
        canvas.glow(320, 260, 420, 330, strength=0.16)
        canvas.fade(
            box(110, 760, 780, 60), mix(edge, (40, 20, 16), 0.2), mix(edge, (30, 14, 10), 0.6)
        )
        for x in (370, 640):
            canvas.tint(box(x, 100, 12, 720), (30, 14, 10), 0.14)
            canvas.tint(box(x + 12, 100, 8, 720), (255, 246, 226), 0.14)


def _feathered(canvas: Canvas, x: float, y: float, rx: float, ry: float, paint: Colour) -> None:
    """Paint a lozenge with the blurred, stepped edge of resist-dyed thread."""
    steps = 9
    for i in range(-steps, steps + 1):
        half = rx * (1 - abs(i) / (steps + 1)) + canvas.rng.uniform(-7, 7)
        canvas.flat(
            box(x - half, y + i * ry / steps - ry / steps / 2, 2 * half, ry / steps * 1.05), paint
        )


@motif("tenun_ikat", "wood", "mat")
def tenun_ikat(canvas: Canvas) -> None:
    """Paint folded ikat cloth as woven in Parengan: stepped lozenges between narrow bands."""
    ground, light, accent = (colour(code) for code in canvas.rng.choice(IKAT))

    def weave(canvas: Canvas) -> None:
        canvas.flat(box(100, 100, 800, 800), ground)
        for row in range(3):
            y = 230 + row * 240
            for column in range(-1, 5):
                x = 130 + column * 200 + (row % 2) * 100
                _feathered(canvas, x, y, 92, 96, light)
                _feathered(canvas, x, y, 62, 64, accent)
                _feathered(canvas, x, y, 34, 34, ground)
                _feathered(canvas, x, y, 13, 13, light)
            for x in range(120, 900, 50):
                _feathered(canvas, x, y - 120, 17, 13, light)
                _feathered(canvas, x + 25, y + 120, 15, 12, accent)

    _fold(canvas, weave, ground)


@motif("batik", "wood", "mat", "paper")
def batik(canvas: Canvas) -> None:
    """Paint folded batik with leaves, dots and milkfish."""
    ground, gold, light = (colour(code) for code in canvas.rng.choice(BATIK))

    def weave(canvas: Canvas) -> None:
        canvas.flat(box(100, 100, 800, 800), ground)
        for row in range(4):
            for column in range(4):
                x, y = 180 + column * 215 + (row % 2) * 105, 180 + row * 185
                for turn in range(0, 360, 60):
                    canvas.flat(leaf(x, y, 82, 44, turn + 12), gold)
                    canvas.flat(leaf(x, y, 62, 22, turn + 12), ground)
                canvas.dot(x, y, 20, light)
                fish = ribbon(
                    [(x + 60, y + 96), (x + 110, y + 80), (x + 160, y + 96)],
                    lambda t: 24 * rounded(t, 0.5, 0.5),
                )
                canvas.flat(fish, light)
                canvas.flat([(x + 150, y + 96), (x + 182, y + 72), (x + 182, y + 118)], light)
                canvas.dot(x + 80, y + 88, 5, ground)
        for x in range(120, 900, 26):
            for y in range(120, 820, 52):
                canvas.dot(x + canvas.rng.uniform(-4, 4), y, 3.5, mix(ground, light, 0.6))

    _fold(canvas, weave, ground)


@motif("sarung", "wood", "mat", "paper")
def sarung(canvas: Canvas) -> None:
    """Paint a folded checked sarong."""
    ground, light, accent = (colour(code) for code in canvas.rng.choice(CHECKS))

    def weave(canvas: Canvas) -> None:
        canvas.flat(box(100, 100, 800, 800), ground)
        for i in range(100, 900, 130):
            for offset, width, paint, strength in (
                (0, 46, light, 0.5),
                (66, 12, light, 0.8),
                (88, 14, accent, 0.8),
            ):
                canvas.tint(box(i + offset, 100, width, 720), paint, strength)
                canvas.tint(box(100, i + offset, 800, width), paint, strength)

    _fold(canvas, weave, ground)
