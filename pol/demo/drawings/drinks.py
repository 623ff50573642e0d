"""What is poured: legen, coffee, honey, sauces, oil, cold sweet drinks."""

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.containers import ENAMEL, bottle, heap, jar, label, strap
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.shapes import box, ellipse, leaf, reach, ribbon, rounded, smooth
from pol.demo.drawings.tones import Tone, colour, mix

SAP = Tone.of("#e6e2c6", "#b3ab84", "#fbf9ea")
COFFEE = Tone.of("#3a1f12", "#160a05", "#7b5136")
BEAN = Tone.of("#5a3219", "#28120a", "#94643c")
HONEY = Tone.of("#d98a12", "#8a4a06", "#fbc756")
SOY = Tone.of("#2a1510", "#0d0605", "#6b3a24")
CHILI_SAUCE = Tone.of("#cf2d18", "#7d120c", "#f27652")
OIL = Tone.of("#f0c22c", "#b58510", "#fdea98")
BAMBOO = Tone.of("#b6b45a", "#6f6f2c", "#dfdf9c")
RED_CAP = Tone.of("#c8321f")
GOLD_CAP = Tone.of("#d9a93a")
GREEN_CAP = Tone.of("#3f8a4c")


@motif("legen", "wood", "leaf", "mat")
def legen(canvas: Canvas) -> None:
    """Paint bottles of palmyra sap beside the bamboo tube that gathers it."""
    tube = box(150, 330, 190, 580, 30)
    canvas.shadow(tube, dx=30, dy=16, blur=26, strength=0.5)
    canvas.solid(tube, BAMBOO, depth=56)
    for y in (480, 740):
        canvas.solid(box(138, y, 214, 32, 14), BAMBOO.toward((90, 90, 30), 0.2), depth=12)
    canvas.solid(ellipse(245, 342, 95, 38), BAMBOO, depth=12)
    canvas.solid(ellipse(245, 344, 74, 27), SAP, depth=12)
    for x in (520, 780):
        bottle(canvas, x, 920 + canvas.rng.uniform(-12, 12), 790, SAP, GREEN_CAP, width=0.29)
        label(canvas, x, 650, 196, 150, ("LEGEN", "MURNI"), ink="#2f6b34")


@motif("es_dawet", "cloth", "leaf", "wood")
def es_dawet(canvas: Canvas) -> None:
    """Paint a glass of cold dawet: green drops, coconut milk, palm sugar."""
    glass = [(270, 170), (730, 170), (660, 910), (340, 910)]
    canvas.shadow(glass, dx=36, dy=20, blur=30, strength=0.5)
    canvas.solid(glass, Tone((140, 160, 165), (222, 232, 232), (250, 254, 254)), depth=16)
    inner = [(296, 240), (704, 240), (642, 886), (358, 886)]
    canvas.fade(inner, colour("#fbf6e8"), colour("#a8672e"))
    with canvas.inside(inner):
        for _ in range(60):
            x, y = canvas.rng.uniform(330, 670), canvas.rng.uniform(420, 880)
            drop = ribbon(
                [(x - 26, y), (x, y + 8), (x + 28, y - 6)], lambda t: 12 * rounded(t, 0.3, 0.5)
            )
            canvas.solid(drop, Tone.of("#5fae3f", "#2f6b24", "#a9dd82"), depth=7)
        for x, y in ((390, 270), (520, 250), (620, 290), (450, 330), (570, 350)):
            canvas.tint(box(x - 52, y - 42, 104, 90, 20), (236, 248, 252), 0.75)
            canvas.glow(x - 14, y - 14, 34, 24, paint=(255, 255, 255), strength=0.9)
    canvas.glow(330, 540, 22, 260, paint=(255, 255, 255), strength=0.8, turn=4)
    strap(canvas, [(560, 420), (650, 90), (720, 40)], 30, Tone.of("#2f7f9f"))


@motif("kopi", "wood", "cloth", "mat")
def kopi(canvas: Canvas) -> None:
    """Paint a cup of black coffee on its saucer, roasted beans around it."""

    def bean(sheet: Canvas) -> None:
        sheet.solid(ellipse(0, 0, 50, 35), BEAN, depth=22)
        sheet.line(smooth([(-46, 4), (-14, -8), (14, 8), (46, -4)], closed=False), 7, BEAN.dark)

    pieces = [canvas.piece(58, bean)]
    heap(canvas, pieces, 230, 800, 210, 150, 30, lift=8)
    heap(canvas, pieces, 830, 240, 150, 160, 22, lift=8)
    for radius in (390, 372):
        canvas.shadow(ellipse(510, 520, radius, radius * 0.94), strength=0.4)
        canvas.solid(ellipse(510, 520, radius, radius * 0.94), ENAMEL, depth=20)
    canvas.solid(
        ribbon([(720, 430), (880, 420), (890, 560), (730, 600)], lambda _t: 26),
        ENAMEL,
        depth=16,
        shadow=0.4,
    )
    canvas.shadow(ellipse(500, 510, 268, 256), strength=0.5)
    canvas.solid(ellipse(500, 510, 268, 256), ENAMEL, depth=24)
    canvas.solid(ellipse(500, 512, 226, 215), COFFEE, depth=40)
    canvas.line(ellipse(500, 512, 208, 197), 9, (150, 92, 48))
    canvas.glow(430, 440, 80, 40, paint=(232, 190, 150), strength=0.5, turn=-25)


@motif("kopi_bubuk", "cloth", "wood", "paper")
def kopi_bubuk(canvas: Canvas) -> None:
    """Paint a kraft bag of ground coffee, a heap of beans before it."""
    kraft = Tone.of("#c69a66")
    bag = smooth(
        [
            (250, 870),
            (230, 500),
            (262, 170),
            (500, 156),
            (738, 170),
            (770, 500),
            (750, 870),
            (500, 888),
        ]
    )
    canvas.shadow(bag, dx=30, dy=20, blur=30, strength=0.5)
    canvas.solid(bag, kraft, depth=60)
    canvas.solid(
        box(246, 110, 508, 110, 10), kraft.toward((80, 50, 20), 0.12), depth=18, shadow=0.3
    )
    label(canvas, 500, 480, 400, 270, ("KOPI", "BUBUK"), ink="#4a2817")
    bean = canvas.piece(58, lambda sheet: sheet.solid(ellipse(0, 0, 50, 35), BEAN, depth=20))
    heap(canvas, [bean], 500, 850, 380, 90, 44, lift=8)


@motif("madu", "wood", "cloth", "paper")
def madu(canvas: Canvas) -> None:
    """Paint a jar of honey with a dipper."""
    jar(canvas, 400, 900, 480, 600, HONEY, GOLD_CAP)
    label(canvas, 400, 630, 360, 200, ("MADU", "HUTAN"), ink="#8a4a06")
    strap(canvas, [(920, 240), (800, 560), (770, 660)], 30, Tone.of("#a8703f"))
    for i in range(5):
        x, y = 764 - i * 9, 670 + i * 34
        canvas.solid(
            ellipse(x, y, 74 - abs(i - 2) * 10, 24, 12), Tone.of("#b9803f"), depth=10, shadow=0.3
        )
    canvas.solid(
        smooth([(690, 800), (720, 770), (780, 800), (800, 870), (740, 930), (680, 900)]),
        HONEY,
        depth=30,
        shadow=0.3,
    )
    canvas.glow(720, 830, 26, 30, strength=0.8)


@motif("kecap", "wood", "cloth", "mat")
def kecap(canvas: Canvas) -> None:
    """Paint a tall bottle of sweet soy sauce with a dish of it."""
    bottle(canvas, 400, 930, 860, SOY, RED_CAP, width=0.32, level=0.86)
    label(canvas, 400, 640, 258, 250, ("KECAP", "MANIS"), paper=(250, 214, 120))
    canvas.shadow(ellipse(760, 820, 170, 110), strength=0.5)
    canvas.solid(ellipse(760, 820, 170, 110), ENAMEL, depth=22)
    canvas.solid(ellipse(760, 816, 128, 76), SOY, depth=24)
    canvas.glow(720, 790, 46, 16, strength=0.7)


@motif("saus_sambal", "wood", "leaf", "cloth")
def saus_sambal(canvas: Canvas) -> None:
    """Paint two jars of bottled sambal."""
    for x, y, size in ((330, 820, 0.92), (670, 920, 1.0)):
        jar(
            canvas,
            x,
            y,
            380 * size,
            500 * size,
            CHILI_SAUCE,
            Tone.of("#2f2a28", "#120f0e", "#6b6562"),
        )
        label(canvas, x, y - 250 * size, 290 * size, 170 * size, ("SAMBAL",))
    for x, y, turn in ((200, 900, -20), (330, 930, 10)):
        points = ribbon([(x, y), (x + 70, y - 10), (x + 160, y + 8)], lambda t: 22 * (1 - t**2) + 2)
        canvas.shadow(points, strength=0.4)
        canvas.solid(points, Tone.of("#cf2418"), depth=12)
        canvas.solid(
            ribbon([(x, y), reach(x, y, 56, 180 + turn)], lambda _t: 7), Tone.of("#4d9134"), depth=5
        )


@motif("minyak", "wood", "cloth", "paper")
def minyak(canvas: Canvas) -> None:
    """Paint two clear bottles of golden frying oil."""
    for x, y in ((340, 880), (660, 930)):
        bottle(canvas, x, y, 800, OIL, RED_CAP, width=0.36, level=0.84)
        label(canvas, x, y - 280, 236, 160, ("MINYAK",), ink="#a06a0a")


@motif("jamu", "cloth", "mat", "wood")
def jamu(canvas: Canvas) -> None:
    """Paint three bottles of herbal drink in a row: turmeric, rice and ginger, tamarind."""
    for i, liquid in enumerate((Tone.of("#e9a21e"), Tone.of("#d9c49a"), Tone.of("#8f4a22"))):
        x = 230 + i * 270
        bottle(canvas, x, 920 - (i % 2) * 30, 740, liquid, GREEN_CAP, width=0.3)
        canvas.solid(leaf(x - 40, 700 - (i % 2) * 30, 100, 50, -40), Tone.of("#3f8a35"), depth=10)
        canvas.line(
            [(x - 40, 700 - (i % 2) * 30), reach(x - 40, 700 - (i % 2) * 30, 90, -40)],
            4,
            mix((63, 138, 53), (255, 255, 255), 0.5),
        )
