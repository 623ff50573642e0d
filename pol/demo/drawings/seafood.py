"""Shrimp, squid, crab and shells."""

from functools import partial

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.containers import heap, strap, tampah
from pol.demo.drawings.fish import INK, garnish
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.shapes import ellipse, leaf, ribbon, smooth
from pol.demo.drawings.tones import Tone, mix

SHRIMPS = (Tone.of("#ef9b72"), Tone.of("#e88a66"), Tone.of("#f2ab82"))
SQUID = Tone.of("#efd9d6", "#a87f86", "#fffaf6")
CRAB = Tone.of("#4f7f86", "#1f3d47", "#9cc3bd")
CLAW = Tone.of("#4a7fb5", "#1f3f6b", "#a9cbe6")
SHELLS = (Tone.of("#d8b594"), Tone.of("#c79d80"), Tone.of("#e6cdb0"), Tone.of("#b98a72"))


def shrimp(canvas: Canvas) -> None:
    """Paint one shrimp around (0, 0), head to the left."""
    tone = canvas.rng.choice(SHRIMPS)
    body = ribbon(
        [(-150, 30), (-70, -75), (50, -95), (135, -20), (130, 80), (70, 135)],
        lambda t: 54 - 30 * t if t > 0.12 else 14 + 330 * t,
    )
    for i in range(5):
        canvas.line(
            smooth([(-60 + i * 34, -20), (-70 + i * 30, 50), (-90 + i * 32, 85)], closed=False),
            6,
            tone.dark,
        )
    for end in ((-250, -150), (-265, -60), (-250, 130)):
        canvas.line(smooth([(-140, 20), (-200, end[1] * 0.35), end], closed=False), 4.5, tone.dark)
    for turn in (150, 185, 220):
        canvas.solid(leaf(75, 130, 100, 46, turn), tone.toward((200, 60, 40), 0.3), depth=9)
    canvas.solid(body, tone, depth=24)
    half = len(body) // 2
    for i in range(16, half - 4, 6):
        a, b = body[i], body[-1 - i]
        middle = ((a[0] + b[0]) / 2 + 9, (a[1] + b[1]) / 2 + 4)
        canvas.line(smooth([a, middle, b], closed=False), 5, mix(tone.dark, tone.mid, 0.3))
    canvas.dot(-122, -12, 11, INK)
    canvas.dot(-125, -16, 3.5, (255, 255, 255))


def squid(canvas: Canvas) -> None:
    """Paint one squid around (0, 0), tentacles to the left."""
    for i in range(7):
        reach = [
            (-120, (i - 3) * 8),
            (-220, (i - 3) * 20),
            (-310 + abs(i - 3) * 12, (i - 3) * 32 + canvas.rng.uniform(-10, 10)),
        ]
        canvas.solid(
            ribbon(reach, lambda t: 11 - 8 * t), SQUID.toward((150, 90, 110), 0.2), depth=7
        )
    for flip in (-1, 1):
        canvas.solid(
            [(120, 0), (210, flip * 125), (330, flip * 20), (330, 0)],
            SQUID.toward((170, 110, 130), 0.25),
            depth=16,
        )
    mantle = ribbon([(-90, 0), (100, 0), (340, 0)], lambda t: 74 * (1 - t**2.2) + 6)
    canvas.solid(mantle, SQUID, depth=38)
    canvas.grain(mantle, (140, 60, 90), 0.5, size=11)
    canvas.glow(80, -26, 190, 22, paint=(255, 255, 255), strength=0.8)
    canvas.solid(ellipse(-110, 0, 46, 54), SQUID, depth=20, shadow=0.3)
    for y in (-34, 34):
        canvas.dot(-118, y, 15, INK)
        canvas.dot(-122, y - 4, 5, (255, 255, 255))


def _pincer(width: float, t: float) -> float:
    return width / 2 * (1 - t) + 4


def crab(canvas: Canvas) -> None:
    """Paint one blue swimming crab around (0, 0), claws up."""
    for side in (-1, 1):
        for i in range(4):
            knee, foot = (side * (285 - 22 * i), 20 + 62 * i), (side * (385 - 52 * i), 170 + 70 * i)
            leg = ribbon([(side * 130, 10 + i * 28), knee, foot], lambda t: 20 - 17 * t**2)
            canvas.solid(leg, CLAW.toward(CRAB.mid, 0.35), depth=10, shadow=0.3)
        strap(canvas, [(side * 150, -40), (side * 300, -70), (side * 330, -190)], 62, CLAW)
        for dx, width in ((-26, 52), (24, 40)):
            tip = [
                (side * (330 + dx * 0.6), -180),
                (side * (330 + dx * 1.9), -270),
                (side * (312 - dx * 0.4), -375),
            ]
            canvas.solid(ribbon(tip, partial(_pincer, width)), CLAW, depth=16, shadow=0.3)
    shell = smooth(
        [(-330, -10), (-190, -75), (-90, -118), (0, -125), (90, -118), (190, -75), (330, -10),
         (200, 62), (130, 150), (0, 185), (-130, 150), (-200, 62)]
    )  # fmt: skip
    canvas.shadow(shell, strength=0.5)
    canvas.solid(shell, CRAB, depth=60)
    with canvas.inside(shell):
        for _ in range(70):
            x, y, r = (
                canvas.rng.uniform(-260, 260),
                canvas.rng.uniform(-110, 160),
                canvas.rng.uniform(4, 12),
            )
            canvas.dot(x, y, r, mix(CRAB.light, (240, 240, 220), 0.4))
        canvas.glow(-90, -50, 130, 50, strength=0.6)
    for x in (-42, 42):
        strap(canvas, [(x, -112), (x * 1.2, -160)], 14, CRAB)
        canvas.dot(x * 1.2, -164, 14, INK)


def shell(canvas: Canvas, tone: Tone) -> None:
    """Paint one cockle around (0, 0)."""
    fan = smooth(
        [
            (-12, 78),
            (-92, 30),
            (-98, -38),
            (-50, -86),
            (0, -96),
            (50, -86),
            (98, -38),
            (92, 30),
            (12, 78),
        ]
    )
    canvas.solid(fan, tone, depth=34)
    with canvas.inside(fan):
        for i in range(-5, 6):
            canvas.line([(0, 86), (i * 24, -110 + abs(i) * 8)], 5, mix(tone.mid, tone.dark, 0.7))
        for ring in (60, 110):
            canvas.line(ellipse(0, 78, ring, ring)[24:], 4, mix(tone.mid, tone.dark, 0.35))
    canvas.glow(-28, -42, 40, 26, strength=0.55)


@motif("udang", "leaf", "tray", "stone")
def udang(canvas: Canvas) -> None:
    """Paint a handful of vaname shrimps."""
    pieces = [canvas.piece(275, shrimp) for _ in range(3)]
    places = [(330, 270), (700, 260), (240, 560), (560, 480), (800, 590), (420, 780), (720, 830)]
    for i, (x, y) in enumerate(places):
        canvas.lay(
            pieces[i % 3],
            x + canvas.rng.uniform(-20, 20),
            y,
            turn=canvas.rng.uniform(-50, 40),
            lift=16,
        )


@motif("cumi", "tray", "stone", "leaf")
def cumi(canvas: Canvas) -> None:
    """Paint three squids."""
    for i in range(3):
        piece = canvas.piece(380, squid, tall=150)
        canvas.lay(
            piece,
            480 + canvas.rng.uniform(-40, 40),
            250 + i * 245,
            turn=canvas.rng.uniform(-20, -4),
            lift=20,
        )


@motif("rajungan", "leaf", "stone", "wood")
def rajungan(canvas: Canvas) -> None:
    """Paint a blue swimming crab."""
    canvas.lay(canvas.piece(460, crab), 500, 500, turn=canvas.rng.uniform(-12, 12), lift=24)
    garnish(canvas, 870, 870)


@motif("kerang", "wood", "stone", "cloth")
def kerang(canvas: Canvas) -> None:
    """Paint a winnowing tray full of cockles."""
    tampah(canvas, 500, 510, 460)
    pieces = [canvas.piece(110, partial(shell, tone=tone)) for tone in SHELLS]
    heap(canvas, pieces, 500, 520, 330, 300, 34, turn=70, lift=14)
