"""Where it happens: a stall, a market hall, and the banner of the movement."""

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.shapes import Point, box, ellipse, leaf, reach, ribbon, smooth
from pol.demo.drawings.tones import Tone, colour, mix

AWNINGS = (
    ("#c8432f", "#f6ead0"),
    ("#2f7f83", "#f6ead0"),
    ("#d9902c", "#fbf2dc"),
    ("#3f7a3a", "#f6ead0"),
)
GOODS = ("#dc3a22", "#ec7a1c", "#f2c02e", "#5c9a45", "#a83a5e", "#5b2a72")
WOOD = Tone.of("#a8703f")
WALL = Tone.of("#f0e0bd")
TILE = Tone.of("#b5532f", "#6b2815", "#de8a60")


def _sky(canvas: Canvas, ground: str) -> None:
    canvas.fade(box(-5, -5, 1010, 800), colour("#9fd0d8"), colour("#fbe9c6"))
    canvas.glow(800, 180, 230, 230, paint=(255, 236, 170), strength=0.9)
    canvas.fade(box(-5, 780, 1010, 230), colour(ground), mix(colour(ground), (60, 40, 20), 0.4))


def _palm(canvas: Canvas, x: float, y: float, height: float) -> None:
    canvas.solid(
        ribbon([(x, y), (x + 26, y - height * 0.5), (x + 10, y - height)], lambda t: 20 - 8 * t),
        Tone.of("#8a6a44"),
        depth=12,
    )
    for turn in (-170, -140, -105, -70, -35, -5, 20, 160):
        canvas.solid(
            leaf(x + 10, y - height, 210, 56, turn), Tone.of("#3f8a45"), depth=14, shadow=0.25
        )


def _awning(
    canvas: Canvas,
    x: float,
    y: float,
    width: float,
    height: float,
    colours: tuple[str, str],
    stripes: int,
) -> None:
    step, flare = width / stripes, 26
    canvas.shadow(box(x - flare, y + 20, width + 2 * flare, height), dx=6, dy=40, strength=0.5)
    for i in range(stripes):
        left, right = x + i * step, x + (i + 1) * step
        spread = (
            (left - x - width / 2) / width * 2 * flare,
            (right - x - width / 2) / width * 2 * flare,
        )
        paint = colour(colours[i % 2])
        foot: list[Point] = [(left + spread[0], y + height), (right + spread[1], y + height)]
        canvas.fade(
            [(left, y), (right, y), foot[1], foot[0]],
            mix(paint, (255, 250, 235), 0.15),
            mix(paint, (60, 20, 10), 0.12),
        )
        middle = (foot[0][0] + foot[1][0]) / 2
        canvas.solid(
            ellipse(middle, y + height, (foot[1][0] - foot[0][0]) / 2, 34)[:25],
            Tone.of(colours[i % 2]),
            depth=14,
        )


@motif("lapak", "paper")
def lapak(canvas: Canvas) -> None:
    """Paint a market stall with a striped awning and crates of vegetables."""
    _sky(canvas, "#c9a873")
    canvas.fade(box(150, 330, 700, 420), colour("#5f4630"), colour("#3a2618"))
    for x in (130, 830):
        canvas.solid(box(x, 250, 40, 640, 6), WOOD, depth=14)
    canvas.line([(500, 300), (500, 400)], 5, (40, 26, 16))
    canvas.glow(500, 460, 330, 230, paint=(255, 210, 120), strength=0.55)
    canvas.solid(ellipse(500, 425, 28, 34), Tone.of("#fff2c0"), depth=14)
    _awning(canvas, 90, 130, 820, 200, canvas.rng.choice(AWNINGS), 9)
    for i in range(3):
        x = 165 + i * 230
        paint = canvas.rng.choice(GOODS)
        for row in range(3):
            for column in range(5 - row):
                ball = ellipse(x + 28 + row * 20 + column * 39, 640 - row * 30, 25, 24)
                canvas.solid(ball, Tone.of(paint), depth=13, shadow=0.4)
        canvas.solid(
            box(x, 645, 210, 96, 8), WOOD.toward((240, 210, 150), 0.3), depth=14, shadow=0.4
        )
        canvas.line([(x + 6, 692), (x + 204, 692)], 6, WOOD.dark)
    canvas.solid(box(100, 735, 800, 190, 12), WOOD, depth=26, shadow=0.5)
    for x in range(180, 900, 100):
        canvas.line([(x, 742), (x, 918)], 5, WOOD.dark)
    canvas.solid(box(300, 775, 400, 104, 14), Tone.of("#1f6f73"), depth=12, shadow=0.4)
    canvas.text(500, 827, "LAPAK", 76, (255, 244, 214))


@motif("pasar", "paper")
def pasar(canvas: Canvas) -> None:
    """Paint a market hall with a tiled roof of two tiers."""
    _sky(canvas, "#cbb58c")
    _palm(canvas, 90, 800, 420)
    _palm(canvas, 900, 810, 360)
    for x, y, width, height in ((300, 240, 400, 130), (120, 400, 760, 170)):
        wall = box(x + 60, y + height - 20, width - 120, 160)
        canvas.solid(wall, WALL, depth=20)
        roof = [
            (x + width * 0.24, y),
            (x + width * 0.76, y),
            (x + width + 20, y + height),
            (x - 20, y + height),
        ]
        canvas.shadow(roof, dx=8, dy=30, strength=0.45)
        canvas.solid(roof, TILE, depth=36)
        with canvas.inside(roof):
            for row in range(int(height / 26) + 1):
                canvas.tint(box(x - 40, y + row * 26, width + 80, 7), TILE.dark, 0.5)
            for column in range(-2, 40):
                canvas.tint(box(x - 40 + column * 26, y, 5, height), TILE.dark, 0.28)
    canvas.solid(box(160, 560, 680, 270), WALL, depth=30)
    for i in range(4):
        x = 190 + i * 162
        arch = [*ellipse(x + 67, 690, 67, 70)[24:], (x + 134, 830), (x, 830)]
        canvas.flat(arch, colour("#5a4028"))
        canvas.glow(x + 67, 770, 60, 80, paint=(255, 200, 110), strength=0.6)
        for column in range(3):
            canvas.solid(
                ellipse(x + 30 + column * 36, 806, 22, 22),
                Tone.of(canvas.rng.choice(GOODS)),
                depth=11,
            )
    canvas.solid(box(330, 575, 340, 84, 12), Tone.of("#1f6f73"), depth=12, shadow=0.4)
    canvas.text(500, 616, "PASAR", 66, (255, 244, 214))


@motif("ayo_beli", "paper")
def ayo_beli(canvas: Canvas) -> None:
    """Paint the banner of the movement: Ayo Beli Produk Lamongan."""
    canvas.fade(box(-5, -5, 1010, 1010), colour("#2a8a8c"), colour("#11494f"))
    for turn in range(0, 360, 15):
        ray = [(500, 430), reach(500, 430, 900, turn), reach(500, 430, 900, turn + 7.5)]
        canvas.tint(ray, (255, 236, 180), 0.1)
    canvas.glow(500, 400, 420, 380, paint=(255, 226, 150), strength=0.45)
    basket = smooth(
        [(250, 430), (300, 650), (500, 690), (700, 650), (750, 430), (500, 470)], steps=8
    )
    for i, paint in enumerate(canvas.rng.choices(GOODS, k=9)):
        x, y = 310 + (i % 5) * 95, 400 - (i // 5) * 74 + (i // 5) * 8
        canvas.solid(ellipse(x + (i // 5) * 48, y, 62, 60), Tone.of(paint), depth=30, shadow=0.4)
    for turn, x in ((-100, 340), (-80, 640)):
        canvas.solid(leaf(x, 320, 200, 80, turn), Tone.of("#5c9a3d"), depth=20, shadow=0.3)
    canvas.shadow(basket, strength=0.5)
    canvas.solid(basket, Tone.of("#d1a055"), depth=60)
    with canvas.inside(basket):
        for i in range(14):
            for j in range(7):
                if (i + j) % 2:
                    canvas.tint(box(240 + i * 38, 430 + j * 38, 36, 36, 8), (110, 66, 24), 0.4)
    canvas.solid(
        ribbon([(40, 790), (500, 740), (960, 790)], lambda _t: 88),
        Tone.of("#f3c23c", "#b97f10", "#fde08a"),
        depth=20,
        shadow=0.5,
    )
    canvas.text(500, 752, "AYO BELI", 108, (120, 32, 18))
    canvas.text(500, 900, "PRODUK LAMONGAN", 78, (255, 244, 214))
