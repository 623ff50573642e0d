"""Spices, rice and dry goods, pastes, sugar and salt."""

from collections.abc import Callable

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.chillies import RED, pepper
from pol.demo.drawings.containers import cobek, jar, label, plate, strap
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.grains import mound
from pol.demo.drawings.greens import long_leaf
from pol.demo.drawings.shapes import blob, ellipse, leaf, reach, ribbon, rounded, smooth
from pol.demo.drawings.tones import CREAM, Tone, mix

TURMERIC = Tone.of("#c98a34", "#7d4f17", "#e6b66c")
GINGER = Tone.of("#d6b483", "#94703f", "#f0dcb8")
LEMONGRASS = Tone.of("#b9cf7d", "#6f8b3e", "#e8f0c4")
SHRIMP_PASTE = Tone.of("#6b3430", "#341413", "#a2675d")
PALM_SUGAR = Tone.of("#9a5a26", "#4f2a0f", "#cf9455")
SALT = Tone.of("#f2f4f4", "#b5bfc4", "#ffffff")
BANANA_LEAF = Tone.of("#4f9140")


def rhizome(tone: Tone, flesh: Tone) -> Callable[[Canvas], None]:
    """Return the painter of a knobbly root with one cut end."""

    def paint(canvas: Canvas) -> None:
        for turn, length in (
            (canvas.rng.uniform(-80, -50), 150),
            (canvas.rng.uniform(40, 80), 130),
            (canvas.rng.uniform(100, 130), 110),
        ):
            start = canvas.rng.uniform(-70, 70)
            canvas.solid(
                ribbon(
                    [
                        (start, 0),
                        reach(start, 0, length * 0.6, turn),
                        reach(start, 0, length, turn + 14),
                    ],
                    lambda t: 40 * rounded(t, 0.1, 0.3),
                ),
                tone,
                depth=24,
                shadow=0.3,
            )
        body = ribbon(
            [(-200, 12), (-60, -14), (80, 10), (190, -8)],
            lambda t: (56 + 8 * (int(t * 9) % 2)) * rounded(t, 0.2, 0.12),
        )
        canvas.solid(body, tone, depth=34, shadow=0.3)
        with canvas.inside(body):
            for i in range(-4, 5):
                canvas.line(
                    smooth([(i * 44, -70), (i * 44 + 12, 0), (i * 44, 70)], closed=False),
                    4,
                    mix(tone.mid, tone.dark, 0.5),
                )
        canvas.solid(ellipse(188, -8, 26, 48), flesh, depth=12)

    return paint


def _stalks(canvas: Canvas, x: float, y: float, count: int) -> None:
    for i in range(count):
        part = i - (count - 1) / 2
        foot, top = (x + part * 46, y), (x + part * 82, y - 800)
        canvas.shadow(ribbon([foot, top], lambda _t: 18), strength=0.3)
        canvas.solid(
            ribbon(
                [foot, (x + part * 56, y - 300), top],
                lambda t: 34 * (1 - t * 0.75) * rounded(t, 0.06, 0.02),
            ),
            LEMONGRASS,
            depth=16,
        )
        canvas.solid(
            ribbon([foot, (x + part * 50, y - 150)], lambda t: 33 * rounded(t, 0.2, 0.3)),
            Tone.of("#ead9d8", "#b08a92", "#fffaf4"),
            depth=14,
        )


@motif("kunyit", "wood", "leaf", "mat")
def kunyit(canvas: Canvas) -> None:
    """Paint turmeric roots, their cut ends bright orange."""
    pieces = [
        canvas.piece(245, rhizome(TURMERIC, Tone.of("#f0830f", "#c25a06", "#ffb14a")))
        for _ in range(2)
    ]
    for x, y in ((310, 280), (680, 320), (340, 600), (700, 640), (500, 830)):
        canvas.lay(canvas.rng.choice(pieces), x, y, turn=canvas.rng.uniform(-40, 40), lift=16)


@motif("jahe", "cloth", "wood", "paper")
def jahe(canvas: Canvas) -> None:
    """Paint ginger roots."""
    pieces = [
        canvas.piece(245, rhizome(GINGER, Tone.of("#f2df8e", "#c9ac4e", "#fbf3c6")))
        for _ in range(2)
    ]
    for x, y in ((330, 290), (680, 380), (340, 620), (690, 760)):
        canvas.lay(canvas.rng.choice(pieces), x, y, turn=canvas.rng.uniform(-60, 60), lift=16)


@motif("serai", "wood", "mat", "cloth")
def serai(canvas: Canvas) -> None:
    """Paint a tied bundle of lemongrass."""
    _stalks(canvas, 500, 930, 7)
    for y in (600, 624):
        strap(canvas, [(300, y), (500, y + 14), (700, y)], 24, Tone.of("#d3a95f"))


@motif("bumbu_soto", "mat", "wood", "leaf")
def bumbu_soto(canvas: Canvas) -> None:
    """Paint what makes soto Lamongan: yellow koya powder, turmeric, lemongrass, lime leaves."""
    for i in range(3):
        stalk = ribbon(
            [(110 + i * 62, 930), (150 + i * 50, 500), (200 + i * 20, 60)],
            lambda t: 32 * (1 - t * 0.7) * rounded(t, 0.06, 0.02),
        )
        canvas.shadow(stalk, strength=0.4)
        canvas.solid(stalk, LEMONGRASS, depth=15)
    plate(canvas, 580, 420, 350)
    mound(canvas, 580, 400, 240, 190, Tone.of("#e9bb3c", "#a87512", "#fbe08a"), grain=6, count=420)
    canvas.lay(
        canvas.piece(245, rhizome(TURMERIC, Tone.of("#f0830f", "#c25a06", "#ffb14a"))),
        450,
        800,
        turn=-12,
        lift=16,
    )
    for x, y, turn in ((720, 800, -30), (800, 840, 20), (690, 880, 60)):
        long_leaf(canvas, x, y, 150, 74, turn, Tone.of("#2f7a35"))


@motif("bumbu_boran", "leaf", "mat")
def bumbu_boran(canvas: Canvas) -> None:
    """Paint the red spice paste of nasi boran in a stone mortar."""
    cobek(canvas, 500, 520, 420, Tone.of("#d4511e", "#8a2a0c", "#f2894a"))
    piece = canvas.piece(150, pepper(RED, 230, 46), tall=60)
    for x, y, turn in ((420, 470, -30), (600, 520, 200), (500, 600, 20)):
        canvas.lay(piece, x, y, turn=turn, lift=8)
    pestle = ribbon(
        [(520, 440), (700, 250), (860, 90)], lambda t: (62 - 16 * t) * rounded(t, 0.2, 0.1)
    )
    canvas.shadow(pestle, strength=0.5)
    canvas.solid(pestle, Tone.of("#6d6966", "#343130", "#a19d98"), depth=34)


@motif("terasi", "leaf", "wood", "paper")
def terasi(canvas: Canvas) -> None:
    """Paint dark blocks of shrimp paste, one cut open."""
    for left, top in ((430, 150), (130, 360), (470, 480)):
        x, y = left + canvas.rng.uniform(-20, 20), top + canvas.rng.uniform(-15, 15)
        near = [(x, y + 90), (x + 180, y + 190), (x + 180, y + 380), (x, y + 270)]
        far = [(x + 180, y + 190), (x + 420, y + 80), (x + 420, y + 260), (x + 180, y + 380)]
        canvas.shadow([*near, *far], dx=20, dy=26, strength=0.55)
        canvas.fade(near, SHRIMP_PASTE.mid, SHRIMP_PASTE.dark)
        canvas.fade(far, mix(SHRIMP_PASTE.mid, SHRIMP_PASTE.dark, 0.4), SHRIMP_PASTE.dark)
        lid = [(x, y + 90), (x + 240, y), (x + 420, y + 80), (x + 180, y + 190)]
        canvas.solid(lid, SHRIMP_PASTE, depth=20)
        for face in (near, far, lid):
            canvas.grain(face, SHRIMP_PASTE.light, 0.35, size=7)
    label(canvas, 300, 850, 330, 130, ("TERASI",))


@motif("petis", "wood", "cloth", "paper")
def petis(canvas: Canvas) -> None:
    """Paint a jar of black shrimp petis with a spoonful beside it."""
    jar(canvas, 400, 900, 430, 560, Tone.of("#2d1a16", "#0f0706", "#5d3d33"), Tone.of("#d9a93a"))
    label(canvas, 400, 640, 340, 190, ("PETIS", "UDANG"))
    canvas.shadow(ellipse(790, 800, 130, 95), strength=0.5)
    canvas.solid(ellipse(790, 800, 130, 95), Tone.of("#f4f2ea", "#b9b5aa", "#ffffff"), depth=20)
    canvas.solid(
        blob(790, 795, 92, 60, [1, 0.9, 1.05, 0.95, 1.05]),
        Tone.of("#2d1a16", "#0f0706", "#6d4d43"),
        depth=22,
    )
    canvas.glow(765, 775, 32, 12, strength=0.7)


@motif("gula_merah", "mat", "leaf", "paper")
def gula_merah(canvas: Canvas) -> None:
    """Paint round cakes of palm sugar, stacked."""
    for middle, y in (
        (320, 790),
        (680, 800),
        (500, 690),
        (330, 560),
        (670, 570),
        (500, 440),
        (500, 290),
    ):
        x = middle + canvas.rng.uniform(-16, 16)
        body = [*ellipse(x, y, 165, 70)[:25], *ellipse(x, y - 90, 150, 62)[24:]]
        canvas.shadow(body, strength=0.5)
        canvas.solid(body, PALM_SUGAR, depth=40)
        canvas.solid(ellipse(x, y - 90, 150, 62), PALM_SUGAR.toward(CREAM, 0.14), depth=20)
        canvas.grain(ellipse(x, y - 90, 140, 56), PALM_SUGAR.dark, 0.35, size=7)


@motif("garam", "wood", "mat", "cloth")
def garam(canvas: Canvas) -> None:
    """Paint a heap of coarse sea salt with a wooden scoop."""
    plate(canvas, 500, 560, 440, rim="#3a8d8a")
    mound(canvas, 490, 480, 320, 270, SALT, grain=15, count=300)
    scoop = ribbon(
        [(560, 400), (740, 260), (920, 100)],
        lambda t: 92 * rounded(t, 0.25, 0.05) if t < 0.36 else 28.0,
    )
    canvas.shadow(scoop, strength=0.5)
    canvas.solid(scoop, Tone.of("#a8703f"), depth=24)
    canvas.solid(leaf(520, 440, 200, 110, -40), SALT, depth=26)
