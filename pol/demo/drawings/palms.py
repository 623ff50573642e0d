"""What palms give: coconuts and palmyra fruit."""

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.fruit import GREEN
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.shapes import blob, ellipse, leaf, reach, ribbon, smooth
from pol.demo.drawings.tones import CREAM, Tone

HUSK = Tone.of("#7d9a44", "#42571f", "#b6c878")
COIR = Tone.of("#7a5132", "#3f2616", "#ad8257")
WHITE_MEAT = Tone.of("#f3efe6", "#c9c0b2", "#ffffff")
PALMYRA = Tone.of("#3f2f3c", "#1a1018", "#7a626f")


def _half_coconut(canvas: Canvas) -> None:
    shell = blob(0, 0, 190, 182, [canvas.rng.uniform(0.97, 1.03) for _ in range(12)])
    canvas.solid(shell, COIR, depth=40)
    canvas.grain(shell, COIR.dark, 0.6, size=6)
    canvas.solid(ellipse(0, 0, 162, 155), WHITE_MEAT, depth=20)
    canvas.solid(
        ellipse(4, 8, 122, 114), Tone((150, 146, 138), (222, 220, 212), (248, 248, 244)), depth=40
    )
    canvas.glow(-30, 50, 60, 26, paint=(255, 255, 255), strength=0.7)


def _siwalan(canvas: Canvas) -> None:
    """Paint a palmyra fruit cut open: three jelly seeds in a purple-black husk."""
    body = blob(0, 0, 180, 170, [1, 0.97, 1.03, 0.98, 1.02, 0.97, 1.01, 0.98])
    canvas.solid(body, PALMYRA, depth=50)
    canvas.solid(
        blob(0, 0, 146, 136, [1, 0.97, 1.03, 0.98, 1.02, 0.97]),
        Tone.of("#e6d9b4", "#a68f5f", "#fbf5dc"),
        depth=22,
    )
    for angle in (-90, 30, 150):
        x, y = reach(0, 0, 66, angle)
        canvas.solid(
            ellipse(x, y, 60, 44, angle + 90),
            Tone.of("#cfd3c4", "#85887c", "#ffffff"),
            depth=20,
            shadow=0.4,
        )
        canvas.glow(x - 12, y - 12, 22, 14, paint=(255, 255, 255), strength=0.9)


@motif("kelapa", "wood", "mat", "leaf")
def kelapa(canvas: Canvas) -> None:
    """Paint an old coconut, two open halves."""
    whole = blob(360, 330, 240, 225, [canvas.rng.uniform(0.96, 1.04) for _ in range(10)])
    canvas.shadow(whole, dx=22, dy=32, blur=34, strength=0.55)
    canvas.solid(whole, COIR, depth=90)
    for _ in range(70):
        x, y, turn = (
            360 + canvas.rng.uniform(-190, 190),
            330 + canvas.rng.uniform(-170, 170),
            canvas.rng.uniform(50, 80),
        )
        canvas.line(
            [(x, y), reach(x, y, canvas.rng.uniform(30, 60), turn)],
            3,
            COIR.light if canvas.rng.random() < 0.5 else COIR.dark,
        )
    for x, y in ((330, 290), (410, 290), (370, 350)):
        canvas.dot(x, y, 17, (46, 28, 18))
    piece = canvas.piece(205, _half_coconut)
    canvas.lay(piece, 720, 480, lift=26)
    canvas.lay(piece, 430, 720, turn=50, lift=26)


@motif("kelapa_muda", "leaf", "mat", "paper")
def kelapa_muda(canvas: Canvas) -> None:
    """Paint a young green coconut, cut open to drink."""
    body = smooth(
        [
            (500, 120),
            (700, 170),
            (830, 380),
            (800, 640),
            (660, 850),
            (500, 900),
            (340, 850),
            (200, 640),
            (170, 380),
            (300, 170),
        ]
    )
    canvas.shadow(body, dx=26, dy=36, blur=40, strength=0.55)
    canvas.solid(body, HUSK, depth=130)
    canvas.glow(330, 480, 60, 220, strength=0.4, turn=8)
    canvas.solid(
        ellipse(500, 245, 250, 120), Tone.of("#efe6c6", "#b5a678", "#fffbe8"), depth=30, shadow=0.3
    )
    canvas.solid(ellipse(500, 245, 140, 66), WHITE_MEAT, depth=18)
    canvas.solid(ellipse(500, 255, 112, 46), Tone.of("#cbd8cf", "#8fa79c", "#eef6f0"), depth=20)
    straw = ribbon([(520, 260), (640, 60), (740, 30)], lambda _t: 15)
    canvas.shadow(straw, strength=0.3)
    canvas.solid(straw, Tone.of("#d8452f"), depth=9)


@motif("siwalan", "leaf", "wood", "mat")
def siwalan(canvas: Canvas) -> None:
    """Paint palmyra fruit, whole and opened, and the clear seeds."""
    for turn in (-60, -85, -110):
        canvas.solid(leaf(500, 560, 520, 110, turn), GREEN, depth=20, shadow=0.35)
    whole = blob(330, 360, 200, 190, [1, 0.98, 1.03, 0.97, 1.02, 0.98, 1, 0.99])
    canvas.shadow(whole, dx=20, dy=30, blur=30, strength=0.5)
    canvas.solid(whole, PALMYRA, depth=80)
    canvas.solid(blob(330, 215, 92, 46, [1, 0.9, 1.1, 0.9, 1.1, 0.9]), HUSK, depth=18, shadow=0.3)
    piece = canvas.piece(195, _siwalan)
    canvas.lay(piece, 690, 450, turn=canvas.rng.uniform(-30, 30), lift=24)
    canvas.lay(piece, 370, 690, turn=canvas.rng.uniform(60, 110), lift=24)
    for x, y in ((640, 750), (770, 700), (720, 850), (850, 800)):
        canvas.shadow(ellipse(x, y, 66, 54), strength=0.4)
        canvas.solid(ellipse(x, y, 66, 54), Tone.of("#dfe3d8", "#989c90", "#ffffff"), depth=30)
        canvas.glow(x - 16, y - 16, 24, 15, paint=CREAM, strength=0.9)
