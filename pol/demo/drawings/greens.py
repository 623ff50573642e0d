"""Leaf vegetables in bundles, long beans, maize."""

from collections.abc import Callable

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.containers import strap
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.shapes import ellipse, leaf, reach, ribbon, smooth
from pol.demo.drawings.tones import Tone, mix

WATER = Tone.of("#3f8a35")
SPINACH = Tone.of("#4a9440", "#1f4f22")
MUSTARD = Tone.of("#76b03f", "#3d6e22", "#bfdc7c")
STALK = Tone.of("#8dbb58")
TWINE = Tone.of("#d3a95f")
BEAN = Tone.of("#5f9f45", "#2d5f24", "#a6cf7e")
KERNEL = Tone.of("#f2c02e", "#b97f10", "#fde58a")
HUSK = Tone.of("#9fbf5a", "#5f7f30", "#d9e8a0")


def long_leaf(
    canvas: Canvas, x: float, y: float, length: float, width: float, turn: float, tone: Tone
) -> None:
    """Paint a pointed leaf that grows from (x, y)."""
    canvas.solid(leaf(x, y, length, width, turn), tone, depth=22, shadow=0.35)
    canvas.line([(x, y), reach(x, y, length * 0.9, turn)], 5, mix(tone.light, tone.mid, 0.2))


def round_leaf(
    canvas: Canvas, x: float, y: float, length: float, width: float, turn: float, tone: Tone
) -> None:
    """Paint a broad, wavy leaf that grows from (x, y)."""
    edge = ellipse(*reach(x, y, length / 2, turn), length * 0.52, width * 0.5, turn, steps=22)
    wavy = [(px + canvas.rng.uniform(-8, 8), py + canvas.rng.uniform(-8, 8)) for px, py in edge]
    outline, tip = smooth(wavy, steps=3), reach(x, y, length * 0.9, turn)
    canvas.solid(outline, tone, depth=30, shadow=0.4)
    canvas.line([(x, y), tip], 9, tone.light)
    for part in (0.3, 0.5, 0.7):
        px, py = x + (tip[0] - x) * part, y + (tip[1] - y) * part
        for side in (-48, 48):
            canvas.line(
                [(px, py), reach(px, py, width * 0.32, turn + side)],
                4,
                mix(tone.mid, tone.light, 0.6),
            )


def bundle(
    canvas: Canvas,
    grow: Callable[[float, float, float], None],
    stems: Tone,
    *,
    count: int,
    stem_width: float,
    spread: float = 300,
) -> None:
    """Paint a tied bundle of stems; `grow(x, y, turn)` paints the crown of each."""
    order = sorted(range(count), key=lambda i: abs(i - (count - 1) / 2), reverse=True)
    crowns = []
    for i in order:
        part = (i / (count - 1) - 0.5) * 2
        foot, waist = (500 + part * 120, 945 + canvas.rng.uniform(-24, 12)), (500 + part * 62, 700)
        top = (500 + part * spread, 430 + abs(part) * 60 + canvas.rng.uniform(-40, 40))
        strap(canvas, [foot, waist, top], stem_width, stems)
        crowns.append((*top, -90 + part * 52))
    for x, y, turn in crowns:
        grow(x, y, turn)
    for y in (690, 712, 734):
        strap(canvas, [(418, y), (500, y + 16), (582, y)], 20, TWINE)


@motif("kangkung", "wood", "mat", "paper")
def kangkung(canvas: Canvas) -> None:
    """Paint a bundle of water spinach."""

    def grow(x: float, y: float, turn: float) -> None:
        for step, side in ((0, -34), (40, 30), (90, -24), (120, 20), (150, 0)):
            long_leaf(
                canvas,
                *reach(x, y, step * 0.7, turn),
                canvas.rng.uniform(190, 240),
                74,
                turn + side,
                WATER,
            )

    bundle(canvas, grow, STALK, count=9, stem_width=26)


@motif("bayam", "mat", "cloth", "wood")
def bayam(canvas: Canvas) -> None:
    """Paint a bundle of spinach."""

    def grow(x: float, y: float, turn: float) -> None:
        for side in (-50, 46, 0):
            round_leaf(canvas, x, y, canvas.rng.uniform(170, 200), 150, turn + side, SPINACH)

    bundle(
        canvas, grow, Tone.of("#c27f86", "#86464e", "#e6b3b3"), count=8, stem_width=18, spread=320
    )


@motif("sawi", "wood", "paper", "cloth")
def sawi(canvas: Canvas) -> None:
    """Paint mustard greens with thick pale stalks."""

    def grow(x: float, y: float, turn: float) -> None:
        round_leaf(canvas, x, y + 60, canvas.rng.uniform(350, 390), 220, turn, MUSTARD)

    bundle(
        canvas, grow, Tone.of("#dfe9c0", "#a4b878", "#fafdec"), count=6, stem_width=64, spread=250
    )


@motif("kacang_panjang", "wood", "mat", "leaf")
def kacang_panjang(canvas: Canvas) -> None:
    """Paint a tied bundle of yard-long beans."""
    for i in range(17):
        part = (i / 16 - 0.5) * 2 + canvas.rng.uniform(-0.05, 0.05)
        ends = [
            (500 + part * 300, 60),
            (500 + part * 170, 300),
            (500 + part * 130, 500),
            (500 + part * 190, 720),
            (500 + part * 330, 945),
        ]
        wave = [(x + canvas.rng.uniform(-22, 22), y + canvas.rng.uniform(-20, 20)) for x, y in ends]
        canvas.shadow(ribbon(wave, lambda _t: 13), strength=0.3)
        canvas.solid(
            ribbon(wave, lambda t: 15 * (1 - abs(2 * t - 1) ** 8) + 3),
            BEAN.toward(STALK.light, canvas.rng.uniform(0, 0.35)),
            depth=8,
        )
    for y in (480, 504, 528):
        strap(canvas, [(350, y), (500, y + 14), (650, y)], 24, TWINE)


def cob(canvas: Canvas) -> None:
    """Paint one cob of sweet corn in its opened husk, tip up."""
    for turn in (-150, -30, -125, -55):
        long_leaf(canvas, 0, 300, 430, 150, turn, HUSK)
    body = ribbon([(0, -370), (0, -100), (0, 320)], lambda t: 118 * (1 - (1 - t) ** 5) ** 0.5 + 6)
    canvas.solid(body, KERNEL, depth=60, shadow=0.4)
    with canvas.inside(body):
        for row in range(24):
            for column in range(-4, 5):
                x, y = column * 29 * (1 - abs(column) * 0.025), -380 + row * 30 + (column % 2) * 15
                tone = KERNEL.toward((240, 170, 20), abs(column) / 9)
                canvas.solid(ellipse(x, y, 15.5, 14.5, steps=14), tone, depth=9)
    canvas.glow(-45, -60, 34, 250, strength=0.45)
    for turn, width in ((-118, 190), (-62, 190), (-90, 150)):
        long_leaf(canvas, 0, 400, 380 if turn != -90 else 230, width, turn, HUSK)


@motif("jagung", "mat", "wood", "cloth")
def jagung(canvas: Canvas) -> None:
    """Paint two cobs of maize."""
    piece = canvas.piece(470, cob)
    for x, turn in ((330, -16), (660, 14)):
        canvas.lay(piece, x, 500, turn=turn + canvas.rng.uniform(-6, 6), lift=22)
