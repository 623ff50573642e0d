"""Rice and beans, by the sack and by the bowl."""

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.containers import heap, plate, sack
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.shapes import ellipse, smooth
from pol.demo.drawings.tones import Tone, mix

RICE = Tone.of("#f6f0e0", "#c4b596", "#ffffff")
BLACK_RICE = Tone.of("#4b3040", "#1d1018", "#86687a")
JUTE = Tone.of("#c9a468")
CLAY = Tone.of("#b5623a", "#6b3016", "#dc9a70")
NUT = Tone.of("#d3a868", "#8f6a35", "#edcf9c")
MUNG = Tone.of("#6f9440", "#3a5420", "#a9c878")


def mound(
    canvas: Canvas,
    x: float,
    y: float,
    rx: float,
    ry: float,
    tone: Tone,
    *,
    grain: float,
    count: int,
) -> None:
    """Paint a mound of grains with its middle at (x, y)."""
    hill = smooth(
        [
            (x - rx, y + ry * 0.35),
            (x - rx * 0.55, y - ry * 0.45),
            (x, y - ry),
            (x + rx * 0.55, y - ry * 0.45),
            (x + rx, y + ry * 0.35),
            (x, y + ry * 0.75),
        ]
    )
    canvas.solid(hill, tone, depth=min(rx, ry) * 0.5, shadow=0.4)
    with canvas.inside(hill):
        for _ in range(count):
            at = canvas.rng.uniform(x - rx, x + rx), canvas.rng.uniform(y - ry, y + ry * 0.8)
            shade = mix(
                tone.mid,
                tone.dark if canvas.rng.random() < 0.45 else tone.light,
                canvas.rng.uniform(0.3, 0.8),
            )
            canvas.flat(
                ellipse(*at, grain, grain * 0.45, canvas.rng.uniform(0, 180), steps=8), shade
            )


def bowl(
    canvas: Canvas, x: float, y: float, rx: float, ry: float, depth: float, clay: Tone
) -> None:
    """Paint a bowl seen from the front; (x, y) is the middle of its mouth."""
    body = smooth(
        [
            (x - rx, y),
            (x - rx * 0.86, y + depth * 0.55),
            (x - rx * 0.4, y + depth),
            (x + rx * 0.4, y + depth),
            (x + rx * 0.86, y + depth * 0.55),
            (x + rx, y),
            (x, y - ry * 0.3),
        ]
    )
    canvas.shadow(body, dx=24, dy=30, blur=30, strength=0.55)
    canvas.solid(body, clay, depth=70)
    canvas.solid(ellipse(x, y, rx, ry), clay, depth=14)
    canvas.solid(
        ellipse(x, y, rx * 0.93, ry * 0.9),
        Tone(clay.dark, mix(clay.dark, clay.mid, 0.3), clay.mid),
        depth=24,
    )


@motif("beras", "wood", "mat", "paper")
def beras(canvas: Canvas) -> None:
    """Paint an open sack of white rice."""
    sack(canvas, 500, 930, 660, 600, JUTE)
    mound(canvas, 500, 330, 285, 190, RICE, grain=13, count=420)
    canvas.text(500, 690, "BERAS", 96, (140, 62, 30))
    canvas.text(500, 790, "LAMONGAN", 54, (140, 62, 30))


@motif("ketan", "mat", "cloth", "wood")
def ketan(canvas: Canvas) -> None:
    """Paint a clay bowl of white and a bowl of black sticky rice."""
    for x, y, tone in ((350, 360, RICE), (650, 620, BLACK_RICE)):
        bowl(canvas, x, y, 290, 110, 230, CLAY)
        mound(canvas, x, y - 20, 258, 120, tone, grain=12, count=220)


@motif("kacang_tanah", "cloth", "leaf", "wood")
def kacang_tanah(canvas: Canvas) -> None:
    """Paint a tray of peanuts in their shells."""

    def nut(sheet: Canvas) -> None:
        shape = smooth(
            [
                (-110, 0),
                (-80, -44),
                (-30, -40),
                (0, -28),
                (36, -44),
                (84, -46),
                (112, 0),
                (84, 46),
                (36, 44),
                (0, 28),
                (-30, 40),
                (-80, 44),
            ]
        )
        sheet.solid(shape, NUT, depth=26)
        with sheet.inside(shape):
            for i in range(-2, 3):
                sheet.line(
                    smooth([(-110, i * 18), (0, i * 11), (110, i * 18)], closed=False),
                    4,
                    mix(NUT.mid, NUT.dark, 0.45),
                )
            for i in range(-4, 5):
                sheet.line([(i * 26, -50), (i * 26 + 4, 50)], 3, mix(NUT.mid, NUT.dark, 0.3))

    plate(canvas, 500, 510, 470, rim="#2f7f83")
    heap(canvas, [canvas.piece(120, nut, tall=52)], 500, 530, 330, 300, 48, lift=9)


def _bowl_of(canvas: Canvas, tone: Tone) -> None:
    bowl(canvas, 500, 460, 400, 160, 360, CLAY)
    mound(canvas, 500, 420, 360, 190, tone, grain=16, count=420)
    for _ in range(24):
        x, y = canvas.rng.uniform(120, 880), canvas.rng.uniform(860, 960)
        canvas.solid(ellipse(x, y, 15, 12, steps=12), tone, depth=7, shadow=0.4)


@motif("kacang_hijau", "cloth", "wood", "mat")
def kacang_hijau(canvas: Canvas) -> None:
    """Paint a clay bowl of mung beans."""
    _bowl_of(canvas, MUNG)


@motif("kedelai", "cloth", "leaf", "paper")
def kedelai(canvas: Canvas) -> None:
    """Paint a plate of soy beans."""
    plate(canvas, 500, 540, 450, rim="#c8432f")
    soy = Tone.of("#e8cf94", "#a8843f", "#faedc6")
    canvas.shadow(ellipse(500, 540, 300, 250), strength=0.4)
    piece = canvas.piece(34, lambda sheet: sheet.solid(ellipse(0, 0, 28, 23), soy, depth=15))
    heap(canvas, [piece], 500, 560, 300, 250, 190, lift=6)


@motif("ketumbar", "wood", "mat", "cloth")
def ketumbar(canvas: Canvas) -> None:
    """Paint a clay bowl of coriander seed."""
    _bowl_of(canvas, Tone.of("#b98a4c", "#6f4a1e", "#e2be86"))
