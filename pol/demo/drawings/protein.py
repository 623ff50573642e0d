"""Eggs, tofu, tempe, chicken, beef."""

from functools import partial

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.containers import heap, plate, strap, tampah
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.greens import long_leaf
from pol.demo.drawings.shapes import Points, blob, ellipse, move, ribbon, rounded, smooth
from pol.demo.drawings.tones import Tone, colour, mix

BROWN_EGG = Tone.of("#d9a273", "#935f3c", "#f6d9b8")
BLUE_EGG = Tone.of("#9cc4bd", "#5d857f", "#e0f2ec")
TEMPE = Tone.of("#ecdcb8", "#b0935f", "#fdf5de")
TOFU = Tone.of("#f5e9c8", "#cdb988", "#fffdf0")
SKIN = Tone.of("#f2c79a", "#b57a4e", "#fde8cb")
MEAT = Tone.of("#a82a2c", "#5f1217", "#d65e55")
FAT = Tone.of("#f6e3d0", "#cfa98d", "#fffaf2")
BONE = Tone.of("#efe3cf")
LEAF = Tone.of("#4f9140")


def egg_shape(scale: float = 1) -> Points:
    """Return an egg, its tip up, around (0, 0)."""
    return smooth(
        [
            (0, -125 * scale),
            (62 * scale, -72 * scale),
            (92 * scale, 14 * scale),
            (60 * scale, 88 * scale),
            (0, 106 * scale),
            (-60 * scale, 88 * scale),
            (-92 * scale, 14 * scale),
            (-62 * scale, -72 * scale),
        ]
    )


def egg(canvas: Canvas, tone: Tone) -> None:
    """Paint one egg."""
    canvas.solid(egg_shape(), tone, depth=60)
    canvas.glow(-32, -32, 30, 42, paint=(255, 255, 255), strength=0.65, turn=20)


def slab(canvas: Canvas, top: Points, height: float, face: Tone, side: Tone) -> None:
    """Paint a flat block: its top face and the sides below it."""
    canvas.shadow(move(top, 0, height), dx=18, dy=20, strength=0.5)
    canvas.solid([*move(top, 0, height), *top], side, depth=8)
    for i in range(len(top)):
        a, b = top[i], top[(i + 1) % len(top)]
        if b[0] < a[0]:
            canvas.fade([a, b, (b[0], b[1] + height), (a[0], a[1] + height)], side.mid, side.dark)
    canvas.solid(top, face, depth=12)


@motif("telur_ayam", "mat", "cloth", "wood")
def telur_ayam(canvas: Canvas) -> None:
    """Paint a bamboo tray full of brown eggs."""
    tampah(canvas, 500, 510, 465)
    tones = [BROWN_EGG.toward((250, 225, 195), part) for part in (0, 0.15, 0.3)]
    pieces = [canvas.piece(135, partial(egg, tone=tone)) for tone in tones]
    heap(canvas, pieces, 500, 540, 320, 285, 22, turn=50, lift=14)


@motif("telur_asin", "paper", "wood", "cloth")
def telur_asin(canvas: Canvas) -> None:
    """Paint blue-green salted duck eggs, one cut with its orange yolk."""
    piece = canvas.piece(140, partial(egg, tone=BLUE_EGG))
    for x, y in ((250, 270), (480, 230), (720, 290), (300, 520), (180, 760)):
        canvas.lay(piece, x, y, turn=canvas.rng.uniform(-40, 40), lift=18)
    for x, y, turn in ((640, 600, 30), (470, 790, -70)):
        half = move(egg_shape(1.35), x, y, turn=turn)
        canvas.shadow(half, strength=0.5)
        canvas.solid(half, BLUE_EGG, depth=14)
        canvas.solid(
            move(egg_shape(1.27), x, y, turn=turn),
            Tone.of("#f7f5ec", "#cfcbb9", "#ffffff"),
            depth=22,
        )
        canvas.solid(ellipse(x, y, 76, 70), Tone.of("#ea7f16", "#b94e08", "#fbb04a"), depth=30)
        canvas.grain(ellipse(x, y, 72, 66), (180, 70, 10), 0.4, size=8)


@motif("tempe", "wood", "mat", "cloth")
def tempe(canvas: Canvas) -> None:
    """Paint tempe on banana leaf, with slices showing the beans."""
    for turn in (178, 0, 14):
        long_leaf(canvas, 500, 520, 500, 260, turn + canvas.rng.uniform(-6, 6), LEAF)
    for x, y in ((170, 200), (230, 430), (300, 650)):
        top = [(x, y + 60), (x + 480, y - 40), (x + 580, y + 70), (x + 90, y + 180)]
        slab(canvas, top, 90, TEMPE, TEMPE.toward((170, 130, 70), 0.25))
        with canvas.inside(top):
            _paint_beans(canvas, x, y - 40, 590, 230)
        with canvas.inside(
            [top[3], top[2], (top[2][0], top[2][1] + 90), (top[3][0], top[3][1] + 90)]
        ):
            _paint_beans(canvas, x + 80, y + 60, 510, 220)


def _paint_beans(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    for _ in range(int(width * height / 1300)):
        at = canvas.rng.uniform(x, x + width), canvas.rng.uniform(y, y + height)
        bean = ellipse(*at, 21, 14, canvas.rng.uniform(0, 180), steps=14)
        canvas.tint(bean, mix(colour("#c79a4e"), colour("#e0c07c"), canvas.rng.random()), 0.55)


@motif("tahu", "leaf", "wood", "tray", "cloth")
def tahu(canvas: Canvas) -> None:
    """Paint blocks of white tofu."""
    for left, top in ((480, 130), (170, 260), (560, 400), (250, 540)):
        x, y = left + canvas.rng.uniform(-20, 20), top + canvas.rng.uniform(-15, 15)
        face = [(x, y + 80), (x + 190, y), (x + 350, y + 80), (x + 160, y + 165)]
        slab(canvas, face, 150, TOFU, TOFU.toward((190, 160, 100), 0.25))
        edge = [(x + 160, y + 165), (x + 160, y + 310)]
        canvas.line(edge, 5, TOFU.light)
        canvas.grain(face, TOFU.dark, 0.18, size=9)


@motif("ayam", "wood", "stone", "tray")
def ayam(canvas: Canvas) -> None:
    """Paint a dressed whole chicken, legs up."""
    body = smooth(
        [
            (500, 250),
            (660, 290),
            (770, 450),
            (760, 660),
            (640, 800),
            (500, 830),
            (360, 800),
            (240, 660),
            (230, 450),
            (340, 290),
        ]
    )
    canvas.shadow(body, dx=24, dy=36, blur=36, strength=0.55)
    for side in (-1, 1):
        wing = ribbon(
            [(500 + side * 210, 400), (500 + side * 330, 500), (500 + side * 250, 610)],
            lambda t: 66 * rounded(t, 0.3, 0.3),
        )
        canvas.solid(wing, SKIN, depth=34, shadow=0.4)
    canvas.solid(body, SKIN, depth=120)
    canvas.solid(
        ribbon([(500, 400), (500, 190), (530, 110)], lambda t: (84 - 36 * t) * rounded(t)),
        SKIN,
        depth=34,
    )
    canvas.line(
        smooth([(500, 330), (492, 450), (500, 590)], closed=False), 6, mix(SKIN.mid, SKIN.dark, 0.4)
    )
    canvas.glow(400, 430, 90, 120, strength=0.6, turn=15)
    for side in (-1, 1):
        bone = [(500 + side * 200, 540), (500 + side * 165, 740), (500 + side * 60, 890)]
        thigh = ribbon(bone, lambda t: (128 - 100 * t**1.3) * rounded(t, 0.35, 0.06))
        canvas.solid(thigh, SKIN, depth=54, shadow=0.5)
        strap(canvas, [(500 + side * 70, 872), (500 + side * 40, 945)], 34, BONE)
        canvas.solid(ellipse(500 + side * 36, 952, 30, 22), BONE, depth=10)
        canvas.glow(500 + side * 170 - 30, 660, 34, 60, strength=0.5)


@motif("daging_sapi", "wood", "leaf", "paper")
def daging_sapi(canvas: Canvas) -> None:
    """Paint two marbled cuts of beef on a plate."""
    plate(canvas, 500, 510, 470, rim="#a33a2a")
    for x, y, size in ((400, 400, 1.0), (590, 620, 0.95)):
        cut = blob(x, y, 270 * size, 185 * size, [1, 0.94, 1.08, 1.02, 0.92, 1.05, 0.97, 1.04])
        canvas.shadow(cut, strength=0.5)
        canvas.solid(move(cut, 4, 20), MEAT.toward((60, 0, 0), 0.3), depth=16)
        canvas.solid(cut, FAT, depth=16)
        lean = [(x + (px - x) * 0.9 + 8, y + (py - y) * 0.86 + 8) for px, py in cut]
        canvas.solid(lean, MEAT, depth=40)
        with canvas.inside(lean):
            for _ in range(16):
                a, b = x + canvas.rng.uniform(-240, 240), y + canvas.rng.uniform(-150, 150)
                vein = [
                    (a - 60, b + canvas.rng.uniform(-16, 16)),
                    (a, b),
                    (a + 70, b + canvas.rng.uniform(-34, 34)),
                ]
                canvas.line(smooth(vein, closed=False), canvas.rng.uniform(4, 10), FAT.mid)
        canvas.glow(x - 90, y - 70, 110, 44, strength=0.35)
