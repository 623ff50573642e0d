"""Crackers, chips and cakes."""

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.containers import heap, label, plate, pouch, tampah
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.shapes import blob, box, ellipse, reach
from pol.demo.drawings.tones import Tone, colour, mix

CRACKER = Tone.of("#f1d9ab", "#bd9459", "#fff3d6")
WINGKO = Tone.of("#d9a04a", "#8a5520", "#f3d08c")
LONTAR = Tone.of("#c9bd6a", "#857a34", "#ece3a8")


@motif("krupuk", "wood", "cloth", "mat")
def krupuk(canvas: Canvas) -> None:
    """Paint a tray of puffed fish crackers."""

    def cracker(sheet: Canvas) -> None:
        edge = blob(0, 0, 135, 125, [sheet.rng.uniform(0.86, 1.1) for _ in range(12)])
        sheet.solid(edge, CRACKER, depth=22)
        with sheet.inside(edge):
            for ring in (100, 72, 44, 18):
                curl = blob(
                    0, 0, ring, ring * 0.92, [sheet.rng.uniform(0.88, 1.12) for _ in range(9)]
                )
                sheet.line([*curl, curl[0]], 8, mix(CRACKER.mid, CRACKER.dark, 0.55))
                sheet.line([(x - 4, y - 5) for x, y in curl], 5, CRACKER.light)

    tampah(canvas, 500, 510, 465)
    heap(canvas, [canvas.piece(155, cracker) for _ in range(3)], 500, 530, 330, 300, 22, lift=14)


@motif("keripik", "cloth", "wood", "paper")
def keripik(canvas: Canvas) -> None:
    """Paint a bag of chips with a window and some chips in front."""
    film = Tone.of(canvas.rng.choice(("#2f7f83", "#c8432f", "#d08a1d", "#5c7f2d")))
    pouch(canvas, 480, 870, 560, 740, film)
    label(canvas, 480, 370, 430, 210, ("KERIPIK", "LAMONGAN"))
    canvas.solid(ellipse(480, 660, 185, 135), Tone.of("#fff3d0"), depth=10)
    chips = [
        canvas.piece(
            95,
            lambda sheet: sheet.solid(
                blob(0, 0, 84, 62, [1, 0.92, 1.08, 0.95, 1.04]),
                Tone.of("#eab84a", "#a8721a", "#fbe19a"),
                depth=16,
            ),
        )
    ]
    heap(canvas, chips, 480, 670, 125, 84, 12, lift=6)
    heap(canvas, chips, 770, 860, 130, 60, 9, lift=10)


@motif("wingko", "leaf", "wood", "cloth", "paper")
def wingko(canvas: Canvas) -> None:
    """Paint wingko Babat: round browned coconut cakes, one broken."""
    plate(canvas, 500, 520, 470, rim="#2f7f83")
    for left, top in ((330, 340), (650, 330), (280, 620), (710, 610), (500, 740), (500, 490)):
        x, y = left + canvas.rng.uniform(-12, 12), top + canvas.rng.uniform(-10, 10)
        side = ellipse(x, y + 22, 152, 134)
        canvas.shadow(side, strength=0.5)
        canvas.solid(side, Tone.of("#f0d9a0", "#b08a48", "#fff0cc"), depth=18)
        cake = ellipse(x, y, 150, 130)
        canvas.solid(cake, WINGKO, depth=34)
        canvas.grain(cake, (110, 56, 14), 0.55, size=17)
        canvas.glow(x, y, 120, 100, paint=(120, 62, 16), strength=0.45)
        canvas.glow(x - 50, y - 50, 54, 32, strength=0.5)


@motif("jumbrek", "leaf", "wood", "mat")
def jumbrek(canvas: Canvas) -> None:
    """Paint jumbrek: cones of wound palm leaf filled with sweet rice cream."""

    def cone(sheet: Canvas) -> None:
        body = [(-84, -210), (84, -210), (16, 260), (-16, 260)]
        sheet.solid(body, LONTAR, depth=34)
        with sheet.inside(body):
            for i in range(11):
                y = -170 + i * 44
                sheet.line([(-100, y + 30), (100, y - 24)], 6, LONTAR.dark)
                sheet.line([(-100, y + 38), (100, y - 16)], 4, LONTAR.light)
        sheet.solid(ellipse(0, -210, 86, 42), LONTAR, depth=12)
        sheet.solid(ellipse(0, -212, 70, 31), Tone.of("#b9783f", "#7a4518", "#e2ae76"), depth=16)
        sheet.glow(-20, -220, 28, 9, strength=0.7)

    piece = canvas.piece(270, cone)
    for i, x in enumerate((200, 350, 500, 650, 800)):
        canvas.lay(
            piece, x, 380 + (i % 2) * 30, turn=(i - 2) * 5 + canvas.rng.uniform(-4, 4), lift=18
        )
    for x, turn in ((300, -62), (640, -112)):
        canvas.lay(piece, x + 40, 780, turn=turn + canvas.rng.uniform(-6, 6), lift=18)


@motif("kue_basah", "leaf", "cloth")
def kue_basah(canvas: Canvas) -> None:
    """Paint a plate of klepon and layered rice cakes."""
    plate(canvas, 500, 520, 470, rim="#d0698a")
    for x, y in ((270, 300), (470, 260), (230, 480), (430, 450)):
        canvas.solid(
            ellipse(x, y, 92, 88), Tone.of("#5fa53c", "#2d6420", "#a6d67c"), depth=46, shadow=0.4
        )
        for _ in range(26):
            a = reach(x, y, canvas.rng.uniform(0, 78), canvas.rng.uniform(0, 360))
            canvas.line([a, reach(*a, 18, canvas.rng.uniform(0, 360))], 5, (250, 248, 238))
    layers = ("#d8577f", "#f6e7d8", "#d8577f", "#f6e7d8", "#5fa53c", "#f6e7d8")
    for x, y in ((640, 330), (560, 600), (300, 640)):
        canvas.shadow(box(x, y, 230, 190), strength=0.5)
        for i, layer in enumerate(layers):
            canvas.fade(
                box(x, y + i * 30, 230, 31), colour(layer), mix(colour(layer), (90, 30, 40), 0.12)
            )
        canvas.solid(
            [(x, y), (x + 40, y - 46), (x + 266, y - 46), (x + 230, y)],
            Tone.of("#e06a90"),
            depth=14,
        )
        canvas.fade(
            [(x + 230, y), (x + 266, y - 46), (x + 266, y + 130), (x + 230, y + 180)],
            colour("#b8456a"),
            colour("#7f2c46"),
        )
