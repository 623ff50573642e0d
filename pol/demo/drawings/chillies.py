"""Chillies, shallots and garlic."""

from collections.abc import Callable

from PIL import Image

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.containers import heap, strap, tampah
from pol.demo.drawings.gallery import motif
from pol.demo.drawings.shapes import ellipse, ribbon, smooth
from pol.demo.drawings.tones import Tone, mix

STEM = Tone.of("#5d9438")
RED = Tone.of("#cf2418", "#7a0d10", "#f2735a")
ORANGE = Tone.of("#e2701c")
GREEN = Tone.of("#4d9134")
SHALLOT = Tone.of("#a83a5e", "#571733", "#dc8aa6")
GARLIC = Tone.of("#efe6d6", "#b29d86", "#fffdf6")


def pepper(tone: Tone, length: float, width: float) -> Callable[[Canvas], None]:
    """Return the painter of one chilli pepper."""

    def paint(canvas: Canvas) -> None:
        bend, half = canvas.rng.uniform(-0.16, 0.16) * length, length / 2
        spine = [(-half, 0), (-half * 0.2, bend * 0.6), (half * 0.5, bend), (half, bend * 0.3)]
        strap(canvas, [(-half * 1.5, -bend * 0.5), (-half * 1.2, 0), (-half, 0)], width * 0.3, STEM)
        canvas.solid(
            ribbon(spine, lambda t: width / 2 * min(1, 0.55 + 4 * t) * (1 - t**2.4) + 1),
            tone,
            depth=width * 0.36,
        )
        canvas.solid(ellipse(-half * 0.97, 0, width * 0.28, width * 0.46), STEM, depth=6)
        shine = [
            (-half * 0.7, -width * 0.2),
            (-half * 0.1, bend * 0.6 - width * 0.22),
            (half * 0.4, bend * 0.9 - width * 0.14),
        ]
        canvas.line(smooth(shine, closed=False), width * 0.1, mix(tone.light, (255, 255, 255), 0.6))

    return paint


def shallot(canvas: Canvas) -> None:
    """Paint one shallot with its papery skin."""
    body = smooth(
        [
            (0, -120),
            (14, -78),
            (62, -34),
            (74, 22),
            (44, 72),
            (0, 88),
            (-44, 72),
            (-74, 22),
            (-62, -34),
            (-14, -78),
        ]
    )
    canvas.solid(body, SHALLOT, depth=34)
    with canvas.inside(body):
        for i in (-2, -1, 0, 1, 2):
            canvas.line(
                smooth([(0, -120), (i * 30, 0), (i * 8, 92)], closed=False),
                3.5,
                mix(SHALLOT.mid, SHALLOT.dark, 0.5),
            )
    canvas.glow(-26, -14, 22, 40, strength=0.75)
    for i in (-1, 0, 1):
        canvas.line([(i * 7, 84), (i * 18, 112)], 4, (200, 176, 140))


def garlic(canvas: Canvas) -> None:
    """Paint one garlic bulb."""
    body = smooth(
        [
            (0, -150),
            (18, -90),
            (84, -46),
            (108, 24),
            (70, 84),
            (0, 98),
            (-70, 84),
            (-108, 24),
            (-84, -46),
            (-18, -90),
        ]
    )
    canvas.solid(body, GARLIC, depth=44)
    with canvas.inside(body):
        for i in (-3, -1.6, 0, 1.6, 3):
            canvas.line(
                smooth([(0, -110), (i * 32, 10), (i * 10, 100)], closed=False),
                5,
                mix(GARLIC.mid, (150, 110, 130), 0.4),
            )
    canvas.glow(-36, -10, 26, 46, paint=(255, 255, 255), strength=0.8)
    canvas.solid(ellipse(0, 92, 34, 12), Tone.of("#b59a6c"), depth=8)


def _tray_of(canvas: Canvas, pieces: list[Image.Image], count: int, *, turn: float = 180) -> None:
    tampah(canvas, 500, 510, 465)
    heap(canvas, pieces, 500, 530, 330, 300, count, turn=turn, lift=12)


@motif("cabai_merah", "wood", "leaf", "mat")
def cabai_merah(canvas: Canvas) -> None:
    """Paint a tray of long red chillies."""
    long = [canvas.piece(260, pepper(RED, 330, 46), tall=70) for _ in range(5)]
    _tray_of(canvas, long, 42)


@motif("cabai_rawit", "wood", "cloth", "paper")
def cabai_rawit(canvas: Canvas) -> None:
    """Paint a heap of small bird's eye chillies, red, orange and green."""
    small = [pepper(tone, 135, 40) for tone in (RED, RED, ORANGE, ORANGE, GREEN)]
    canvas.shadow(ellipse(500, 560, 380, 330), blur=40, strength=0.5)
    heap(
        canvas,
        [canvas.piece(112, painter, tall=40) for painter in small],
        500,
        560,
        350,
        310,
        120,
        lift=8,
    )


@motif("bawang_merah", "wood", "mat", "paper")
def bawang_merah(canvas: Canvas) -> None:
    """Paint a tray of shallots."""
    _tray_of(canvas, [canvas.piece(125, shallot)], 44, turn=100)


@motif("bawang_putih", "wood", "cloth", "mat")
def bawang_putih(canvas: Canvas) -> None:
    """Paint a few garlic bulbs."""
    pieces = [canvas.piece(155, garlic) for _ in range(2)]
    for x, y in (
        (300, 330),
        (560, 270),
        (770, 430),
        (240, 620),
        (500, 560),
        (720, 740),
        (420, 810),
    ):
        canvas.lay(canvas.rng.choice(pieces), x, y, turn=canvas.rng.uniform(-35, 35), lift=18)
