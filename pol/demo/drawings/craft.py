"""Baskets, pottery, brooms and other things made by hand."""

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.containers import BAMBOO, strap
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.shapes import box, ellipse, ribbon, smooth
from pol.demo.drawings.tones import Tone, mix

CLAY = Tone.of("#b85f35", "#66290f", "#e29a6c")
STEEL = Tone.of("#b9c0c4", "#5f686e", "#f4f8fa")
BROWN = Tone.of("#8a5a34")


@motif("anyaman", "wood", "cloth", "paper")
def anyaman(canvas: Canvas) -> None:
    """Paint a woven bamboo basket with a handle."""
    strap(
        canvas, [(190, 480), (250, 190), (500, 80), (750, 190), (810, 480)], 46, BAMBOO, shadow=0.4
    )
    body = smooth(
        [
            (150, 460),
            (190, 720),
            (270, 910),
            (500, 940),
            (730, 910),
            (810, 720),
            (850, 460),
            (500, 540),
        ],
        steps=8,
    )
    canvas.shadow(body, dx=24, dy=30, blur=30, strength=0.55)
    canvas.solid(ellipse(500, 465, 350, 110), BAMBOO.toward((60, 34, 12), 0.6), depth=30)
    canvas.solid(body, BAMBOO, depth=80)
    with canvas.inside(body):
        for row in range(12):
            for column in range(18):
                x, y = 140 + column * 42, 470 + row * 42 + abs(column - 8.5) ** 2 * -0.7
                dark = (row + column) % 2
                strip = box(x + 2, y + 8, 40, 26, 8) if dark else box(x + 10, y, 26, 42, 8)
                canvas.tint(strip, BAMBOO.dark if dark else BAMBOO.light, 0.5)
        for y in (560, 590):
            canvas.tint(
                ribbon([(140, y - 60), (500, y + 30), (860, y - 60)], lambda _t: 11),
                (140, 40, 30),
                0.75,
            )
    canvas.solid(
        ribbon([(150, 455), (320, 545), (500, 566), (680, 545), (850, 455)], lambda _t: 24),
        BAMBOO,
        depth=16,
        shadow=0.4,
    )
    back = [(150, 455), (320, 372), (500, 354), (680, 372), (850, 455)]
    canvas.solid(ribbon(back, lambda _t: 19), BAMBOO.toward((60, 34, 12), 0.15), depth=14)


@motif("tampah", "wood", "cloth")
def tampah_kosong(canvas: Canvas) -> None:
    """Paint two rice steamers' cones and a winnowing tray, all of bamboo."""
    from_above = ellipse(380, 400, 320, 300)
    canvas.shadow(from_above, dx=20, dy=30, blur=30, strength=0.55)
    canvas.solid(from_above, BAMBOO.toward((70, 40, 16), 0.2), depth=24)
    canvas.solid(ellipse(380, 400, 284, 265), BAMBOO, depth=60)
    with canvas.inside(ellipse(380, 400, 284, 265)):
        for i in range(-9, 10):
            for j in range(-9, 10):
                if (i + j) % 2:
                    canvas.tint(box(380 + i * 32 - 16, 400 + j * 32 - 16, 32, 32), BAMBOO.dark, 0.3)
    cone = [(530, 540), (930, 540), (770, 930), (690, 930)]
    canvas.shadow(cone, dx=22, dy=26, strength=0.5)
    canvas.solid(cone, BAMBOO, depth=60)
    with canvas.inside(cone):
        for i in range(24):
            canvas.line(
                [(500 + i * 24, 520), (420 + i * 24, 940)], 5, mix(BAMBOO.mid, BAMBOO.dark, 0.5)
            )
            canvas.line([(420 + i * 24, 520), (500 + i * 24, 940)], 5, BAMBOO.light)
    canvas.solid(ellipse(730, 540, 205, 62), BAMBOO, depth=14)
    canvas.solid(ellipse(730, 540, 176, 46), BAMBOO.toward((50, 28, 10), 0.65), depth=20)


@motif("gerabah", "wood", "mat", "cloth")
def gerabah(canvas: Canvas) -> None:
    """Paint a clay jug and a small clay pot."""
    jug = smooth(
        [
            (300, 300),
            (250, 330),
            (290, 420),
            (170, 560),
            (160, 740),
            (270, 900),
            (460, 910),
            (570, 740),
            (560, 560),
            (440, 420),
            (480, 330),
            (430, 300),
        ]
    )
    canvas.shadow(jug, dx=28, dy=28, blur=32, strength=0.55)
    canvas.solid(jug, CLAY, depth=110)
    with canvas.inside(jug):
        for y in (600, 640):
            canvas.tint(
                ribbon([(140, y), (365, y + 46), (590, y)], lambda _t: 9), (90, 36, 16), 0.6
            )
        for i in range(9):
            canvas.dot(190 + i * 44, 690 + 20 - abs(i - 4) * 6, 11, CLAY.light)
    canvas.solid(ellipse(366, 300, 108, 36), CLAY, depth=14)
    canvas.solid(ellipse(366, 302, 80, 23), CLAY.toward((20, 8, 4), 0.75), depth=14)
    canvas.glow(270, 600, 40, 110, strength=0.4, turn=10)
    pot = smooth(
        [(590, 640), (600, 780), (680, 910), (840, 910), (920, 780), (930, 640), (760, 690)]
    )
    canvas.shadow(pot, dx=24, dy=26, blur=28, strength=0.55)
    canvas.solid(pot, CLAY, depth=80)
    canvas.solid(ellipse(760, 640, 175, 60), CLAY, depth=16)
    canvas.solid(ellipse(760, 640, 145, 44), CLAY.toward((20, 8, 4), 0.7), depth=20)


@motif("sapu", "paper", "wood", "cloth")
def sapu(canvas: Canvas) -> None:
    """Paint a broom of palm fibre."""
    strap(canvas, [(880, 60), (640, 330), (520, 460)], 40, Tone.of("#d3a95f"), shadow=0.5)
    for i in range(46):
        part = (i / 45 - 0.5) * 2
        end = (
            270 + part * 230 + canvas.rng.uniform(-14, 14),
            760 + part * 160 + canvas.rng.uniform(-30, 30),
        )
        middle = (420 + part * 120, 600 + part * 80)
        tone = BROWN.toward((40, 20, 8), canvas.rng.uniform(0, 0.55))
        canvas.solid(
            ribbon([(520, 460), middle, end], lambda t: 13 - 8 * t), tone, depth=7, shadow=0.25
        )
    strap(canvas, [(430, 470), (510, 500), (580, 560)], 44, Tone.of("#c8432f"), shadow=0.4)
    strap(canvas, [(480, 430), (540, 450), (590, 500)], 40, Tone.of("#d9a93a"), shadow=0.4)


@motif("pisau", "wood", "cloth", "stone")
def pisau(canvas: Canvas) -> None:
    """Paint a kitchen knife and a cleaver from the village smith."""
    for x, y, turn in ((420, 330, 1), (500, 680, -1)):
        blade = smooth(
            [
                (x - 360, y),
                (x - 300, y - 90 * turn),
                (x + 130, y - 96 * turn),
                (x + 150, y + 60 * turn),
                (x - 200, y + 66 * turn),
            ],
            steps=6,
        )
        canvas.shadow(blade, strength=0.5)
        canvas.solid(blade, STEEL, depth=26)
        canvas.line([(x - 320, y + 40 * turn), (x + 140, y + 48 * turn)], 5, STEEL.dark)
        handle = box(x + 130, y - 52, 310, 84, 36)
        canvas.shadow(handle, strength=0.5)
        canvas.solid(handle, BROWN, depth=30)
        for at in (190, 290, 390):
            canvas.dot(x + at, y - 10, 13, STEEL.light)
