"""Dishes and snacks that Lamongan is known for."""

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.containers import cobek, plate, strap
from pol.demo.drawings.fish import garnish
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.grains import RICE, mound
from pol.demo.drawings.greens import long_leaf, round_leaf
from pol.demo.drawings.protein import egg_shape
from pol.demo.drawings.shapes import blob, ellipse, leaf, move, reach, ribbon, rounded, smooth
from pol.demo.drawings.tones import Tone, colour, mix

FRIED = Tone.of("#9a5a22", "#4a240c", "#d6974b")
CHAR = Tone.of("#5c8a34", "#26421a", "#94b862")
SAMBAL = Tone.of("#c8321a", "#7d140a", "#ef6d43")
BROTH = Tone.of("#e8b232", "#a87714", "#fadb7d")
PORCELAIN = Tone.of("#f3efe4", "#b3ad9e", "#ffffff")


def _catfish(canvas: Canvas) -> None:
    """Paint one fried catfish around (0, 0)."""
    for turn in (150, 172, 196, 215):
        canvas.line(
            smooth(
                [(-270, 0), reach(-290, 0, 70, turn), reach(-280, 0, 140, turn + 10)], closed=False
            ),
            6,
            FRIED.dark,
        )
    canvas.solid(leaf(220, 0, 150, 130, 0), FRIED, depth=18)
    canvas.solid(
        smooth([(-80, -60), (60, -105), (230, -50), (230, 50), (60, 90), (-80, 60)]),
        FRIED.toward((60, 30, 10), 0.25),
        depth=16,
    )
    body = ribbon(
        [(-320, 0), (-150, 0), (60, 0), (300, 0)], lambda t: (84 - 52 * t) * rounded(t, 0.16, 0.2)
    )
    canvas.solid(body, FRIED, depth=38)
    with canvas.inside(body):
        canvas.grain(body, FRIED.light, 0.5, size=12)
        for i in range(5):
            canvas.line([(-120 + i * 70, -70), (-90 + i * 70, 70)], 12, FRIED.dark)
            canvas.line([(-112 + i * 70, -70), (-82 + i * 70, 70)], 6, FRIED.light)
    canvas.dot(-262, -26, 11, (20, 12, 8))


@motif("pecel_lele", "leaf", "wood")
def pecel_lele(canvas: Canvas) -> None:
    """Paint fried catfish with sambal in a mortar and raw greens."""
    plate(canvas, 500, 500, 480, rim="#c8432f")
    for turn in (200, 235, 262):
        long_leaf(canvas, 330, 420, 230, 90, turn, Tone.of("#4a9440"))
    for i in range(4):
        x, y = 210 + i * 62, 690 + i * 40
        canvas.solid(ellipse(x, y, 64, 58), Tone.of("#5c9a45"), depth=8, shadow=0.4)
        canvas.solid(ellipse(x, y, 54, 48), Tone.of("#dcecb0", "#b8d184", "#f2f8d8"), depth=12)
    cobek(canvas, 700, 360, 200, SAMBAL)
    canvas.lay(
        canvas.piece(440, _catfish, tall=140), 510, 590, turn=canvas.rng.uniform(-20, -8), lift=18
    )


@motif("sambal", "wood", "leaf", "mat")
def sambal(canvas: Canvas) -> None:
    """Paint sambal in a stone mortar with tomato, chilli and basil."""
    cobek(canvas, 500, 530, 440, SAMBAL)
    inside = ellipse(500, 530, 300, 225)
    canvas.grain(inside, (110, 14, 6), 0.6, size=13)
    canvas.grain(inside, (250, 170, 90), 0.4, size=16)
    for _ in range(46):
        x, y = reach(500, 530, canvas.rng.uniform(0, 225), canvas.rng.uniform(0, 360))
        canvas.solid(
            ellipse(x, y, 9, 6, canvas.rng.uniform(0, 180), steps=10), Tone.of("#f2d48a"), depth=4
        )
    canvas.glow(410, 450, 90, 40, strength=0.5)
    for turn in (-30, -80, -130):
        round_leaf(canvas, 520, 480, 130, 84, turn, Tone.of("#3f8a35"))


@motif("soto", "wood", "cloth", "mat")
def soto(canvas: Canvas) -> None:
    """Paint a bowl of soto ayam: yellow broth, egg, shredded chicken, koya, lime."""
    canvas.shadow(ellipse(500, 530, 440, 410), dx=20, dy=34, blur=34, strength=0.55)
    canvas.solid(ellipse(500, 520, 440, 410), PORCELAIN, depth=30)
    for turn in range(0, 360, 15):
        canvas.solid(leaf(*reach(500, 515, 372, turn), 52, 22, turn), Tone.of("#2f5fa0"), depth=6)
    canvas.solid(ellipse(500, 515, 358, 330), BROTH, depth=50)
    for _ in range(40):
        x, y = reach(430, 560, canvas.rng.uniform(0, 170), canvas.rng.uniform(0, 360))
        shred = ribbon(
            [(x - 46, y), (x, y + canvas.rng.uniform(-22, 22)), (x + 50, y + 8)],
            lambda t: 11 * rounded(t),
        )
        canvas.solid(move(shred), Tone.of("#f0dcb4", "#b8935a", "#fff4da"), depth=7, shadow=0.3)
    for x, y, turn in ((640, 400, 30), (690, 590, 80)):
        canvas.shadow(move(egg_shape(0.95), x, y, turn=turn), strength=0.35)
        canvas.solid(move(egg_shape(0.95), x, y, turn=turn), PORCELAIN, depth=18)
        canvas.solid(ellipse(x, y, 50, 46), Tone.of("#f0b02c"), depth=20)
    canvas.solid(
        blob(420, 400, 100, 66, [1, 0.9, 1.1, 0.95, 1.05]),
        Tone.of("#f3d77c", "#c99c34", "#fff0b8"),
        depth=24,
        shadow=0.3,
    )
    canvas.grain(ellipse(420, 400, 90, 56), (190, 130, 40), 0.4, size=6)
    for _ in range(34):
        x, y = reach(500, 510, canvas.rng.uniform(60, 300), canvas.rng.uniform(0, 360))
        canvas.flat(
            ellipse(x, y, 17, 7, canvas.rng.uniform(0, 180), steps=10),
            mix(colour("#3f8a35"), colour("#9cc85a"), canvas.rng.random()),
        )
    garnish(canvas, 850, 870)


@motif("nasi_boran", "leaf")
def nasi_boran(canvas: Canvas) -> None:
    """Paint nasi boran on banana leaf: rice, red spicy sauce, fish, crisp peyek."""
    mound(canvas, 430, 430, 320, 250, RICE, grain=15, count=420)
    sauce = blob(520, 600, 300, 140, [1, 0.9, 1.08, 0.95, 1.06, 0.92, 1.03])
    canvas.solid(sauce, Tone.of("#d6651f", "#8f360b", "#f59a55"), depth=40, shadow=0.4)
    canvas.grain(sauce, (120, 30, 8), 0.5, size=14)
    canvas.glow(430, 570, 110, 26, strength=0.5)
    canvas.lay(canvas.piece(440, _catfish, tall=140), 530, 640, turn=-8, lift=14)
    for x, y in ((760, 300), (690, 230)):
        peyek = blob(x, y, 170, 135, [canvas.rng.uniform(0.9, 1.08) for _ in range(10)])
        canvas.shadow(peyek, strength=0.4)
        canvas.solid(peyek, Tone.of("#e2ab4e", "#a06a1e", "#f9dc98"), depth=16)
        for _ in range(12):
            nut = reach(x, y, canvas.rng.uniform(0, 115), canvas.rng.uniform(0, 360))
            canvas.solid(
                ellipse(*nut, 19, 13, canvas.rng.uniform(0, 180)), Tone.of("#b8702c"), depth=7
            )


@motif("otak_otak", "wood", "leaf", "paper")
def otak_otak(canvas: Canvas) -> None:
    """Paint grilled parcels in banana leaf, one opened."""
    for i in range(4):
        y = 170 + i * 170
        shape = ribbon(
            [(90, y + 60), (480, y + 20), (870, y - 20)], lambda t: 66 * rounded(t, 0.06, 0.06)
        )
        canvas.shadow(shape, strength=0.5)
        if i < 3:
            canvas.solid(shape, CHAR, depth=32)
            with canvas.inside(shape):
                for j in range(18):
                    canvas.line(
                        [(90 + j * 46, y - 80), (70 + j * 46, y + 140)],
                        4,
                        mix(CHAR.mid, CHAR.dark, 0.4),
                    )
                for _ in range(5):
                    canvas.glow(
                        canvas.rng.uniform(150, 820),
                        y + canvas.rng.uniform(-20, 60),
                        80,
                        34,
                        paint=(44, 26, 12),
                        strength=0.75,
                    )
            for x in (140, 820):
                strap(canvas, [(x - 8, y - 34), (x + 8, y + 96 - x / 10)], 9, Tone.of("#d3a95f"))
    y = 690
    canvas.solid(leaf(60, y + 60, 900, 330, -3), CHAR, depth=30, shadow=0.4)
    meat = ribbon(
        [(170, y + 70), (480, y + 40), (830, y + 10)], lambda t: 72 * rounded(t, 0.08, 0.08)
    )
    canvas.solid(meat, Tone.of("#ecc88e", "#a9793a", "#fbe8c4"), depth=34, shadow=0.4)
    canvas.grain(meat, (160, 92, 36), 0.5, size=14)
    for i in range(1, 6):
        canvas.line([(200 + i * 105, y - 20), (225 + i * 105, y + 130 - i * 6)], 6, (150, 100, 50))
