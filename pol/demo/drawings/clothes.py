"""Clothes, shoes and bags."""

from math import sin

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.containers import strap
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.shapes import box, ellipse, leaf, move, reach, ribbon, rounded, smooth
from pol.demo.drawings.tones import Tone


@motif("baju", "wood", "cloth", "paper")
def baju(canvas: Canvas) -> None:
    """Paint a batik shirt laid flat."""
    tone = Tone.of(canvas.rng.choice(("#2f6f73", "#8f2f3a", "#33507f", "#a8702c")))
    shirt = [
        (360, 130),
        (640, 130),
        (900, 270),
        (830, 470),
        (730, 420),
        (740, 910),
        (260, 910),
        (270, 420),
        (170, 470),
        (100, 270),
    ]
    outline = smooth(shirt, steps=6)
    canvas.shadow(outline, dx=18, dy=26, strength=0.5)
    canvas.solid(outline, tone, depth=44)
    with canvas.inside(outline):
        for row in range(7):
            for column in range(8):
                x, y = 130 + column * 110 + (row % 2) * 55, 200 + row * 115
                for turn in range(0, 360, 72):
                    canvas.tint(leaf(x, y, 40, 22, turn), (248, 226, 170), 0.7)
        canvas.line([(500, 200), (500, 910)], 6, tone.dark)
    for y in range(300, 900, 120):
        canvas.dot(512, y, 12, (250, 240, 214))
    for side in (-1, 1):
        collar = [
            (500, 250),
            (500 + side * 130, 118),
            (500 + side * 150, 190),
            (500 + side * 70, 270),
        ]
        canvas.solid(collar, tone.toward((255, 255, 255), 0.15), depth=14, shadow=0.4)


@motif("tas", "wood", "cloth", "paper")
def tas(canvas: Canvas) -> None:
    """Paint a woven shoulder bag with leather handles."""
    leather, body = Tone.of("#7a4a2a"), box(190, 400, 620, 520, 70)
    for inset in (0, 46):
        strap(
            canvas,
            [
                (310 + inset, 430),
                (350 + inset, 170),
                (500, 90 + inset),
                (650 - inset, 170),
                (690 - inset, 430),
            ],
            32,
            leather,
            shadow=0.35,
        )
    canvas.shadow(body, dx=24, dy=28, strength=0.55)
    weave = Tone.of(canvas.rng.choice(("#d1a560", "#c98a4a", "#a9b06a")))
    canvas.solid(body, weave, depth=70)
    with canvas.inside(body):
        for row in range(14):
            for column in range(16):
                x, y = 180 + column * 42, 400 + row * 40
                strip = (
                    box(x + 3, y + 8, 36, 22, 6)
                    if (row + column) % 2
                    else box(x + 10, y + 2, 22, 36, 6)
                )
                canvas.tint(strip, weave.light if (row + column) % 2 else weave.dark, 0.5)
    canvas.solid(box(180, 384, 640, 64, 24), leather, depth=20, shadow=0.4)
    canvas.solid(box(440, 430, 120, 120, 26), leather, depth=20, shadow=0.4)
    canvas.dot(500, 510, 20, (226, 186, 90))


@motif("sandal", "mat", "paper", "cloth")
def sandal(canvas: Canvas) -> None:
    """Paint a pair of sandals."""
    sole = Tone.of(canvas.rng.choice(("#8a5a34", "#3b3532", "#a8703f")))
    bands = Tone.of(canvas.rng.choice(("#b23a2c", "#2f6f73", "#33507f", "#d08a1d")))

    def one(sheet: Canvas) -> None:
        foot = smooth(
            [
                (0, -400),
                (110, -370),
                (150, -230),
                (125, -60),
                (95, 90),
                (110, 260),
                (70, 390),
                (0, 410),
                (-70, 390),
                (-105, 260),
                (-85, 90),
                (-120, -60),
                (-130, -240),
                (-90, -370),
            ]
        )
        sheet.solid(move(foot, 8, 14), sole.toward((20, 10, 5), 0.4), depth=16)
        sheet.solid(foot, sole, depth=30)
        sheet.line([*move(foot, scale=0.9), move(foot, scale=0.9)[0]], 4, sole.light)
        for side in (-1, 1):
            sheet.solid(
                ribbon(
                    [(0, -250), (side * 70, -160), (side * 118, 0)], lambda t: 24 + 10 * sin(3 * t)
                ),
                bands,
                depth=18,
                shadow=0.5,
            )
        sheet.solid(ellipse(0, -256, 26, 34), bands, depth=14)

    piece = canvas.piece(430, one)
    for x, turn in ((310, -10), (690, 12)):
        canvas.lay(piece, x, 500, turn=turn + canvas.rng.uniform(-6, 6), lift=20)


@motif("sepatu", "wood", "paper", "cloth")
def sepatu(canvas: Canvas) -> None:
    """Paint a pair of canvas shoes seen from the side."""
    tone = Tone.of(canvas.rng.choice(("#33507f", "#b23a2c", "#2f6f5f", "#3b3532")))
    for x, y in ((470, 390), (540, 730)):
        shoe = smooth(
            [
                (x - 370, y + 90),
                (x - 350, y - 150),
                (x - 250, y - 190),
                (x - 160, y - 130),
                (x + 20, y - 40),
                (x + 260, y + 10),
                (x + 370, y + 90),
                (x + 350, y + 130),
                (x - 350, y + 130),
            ],
            steps=8,
        )
        canvas.shadow(shoe, dx=16, dy=44, strength=0.5)
        canvas.solid(shoe, tone, depth=46)
        sole = ribbon(
            [(x - 385, y + 120), (x, y + 136), (x + 395, y + 120)],
            lambda t: 38 * rounded(t, 0.05, 0.05),
        )
        canvas.solid(sole, Tone.of("#f2eee2", "#b3ab98", "#ffffff"), depth=18, shadow=0.4)
        canvas.solid(
            smooth([(x + 190, y + 100), (x + 230, y + 20), (x + 340, y + 60), (x + 380, y + 110)]),
            Tone.of("#f2eee2"),
            depth=16,
        )
        for i in range(4):
            a = (x - 120 + i * 66, y - 100 + i * 28)
            canvas.line([a, reach(*a, 78, 118)], 13, (250, 247, 238))
            canvas.dot(*a, 9, (214, 190, 120))
