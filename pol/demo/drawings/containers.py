"""What goods are put in, and how they are heaped."""

from collections.abc import Sequence
from math import cos, pi, sin, sqrt

from PIL import Image

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.shapes import box, ellipse, ribbon, smooth
from pol.demo.drawings.tones import CREAM, UMBER, Colour, Tone, colour, mix

BAMBOO = Tone.of("#cfa05c")
ENAMEL = Tone.of("#f4f2ea", "#b9b5aa", "#ffffff")
STONE = Tone.of("#5d5a58", "#2b2928", "#8b8784")


def heap(
    canvas: Canvas, pieces: Sequence[Image.Image], x: float, y: float, rx: float, ry: float,
    count: int, *, turn: float = 180, lift: float = 9,
) -> None:  # fmt: skip
    """Heap pieces on an ellipse: the rim first, the top of the mound last."""
    rng = canvas.rng
    for i in range(count):
        far = sqrt(1 - i / count)
        angle = i * 2.39996 + rng.uniform(-0.2, 0.2)  # the golden angle spreads them evenly
        px, py = x + rx * far * cos(angle), y + ry * (far * sin(angle) - 0.35 * (1 - far))
        tilt = rng.uniform(-turn, turn)
        canvas.lay(rng.choice(pieces), px, py, turn=tilt, shadow=0.45, lift=lift)


def tampah(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """Paint a round winnowing tray of woven bamboo."""
    rim, floor = ellipse(x, y, radius, radius * 0.94), ellipse(x, y, radius * 0.9, radius * 0.84)
    canvas.shadow(rim, dx=18, dy=30, blur=30, strength=0.55)
    canvas.solid(rim, BAMBOO.toward(UMBER, 0.15), depth=radius * 0.07)
    canvas.solid(
        floor, Tone(BAMBOO.dark, mix(BAMBOO.mid, UMBER, 0.08), BAMBOO.mid), depth=radius * 0.2
    )
    with canvas.inside(floor):
        step = radius / 9
        for i in range(-10, 11):
            for j in range(-10, 11):
                px, py = x + i * step, y + j * step
                strip = mix(BAMBOO.light if (i + j) % 2 else BAMBOO.mid, UMBER, 0.08)
                wide, high = (step * 1.1, step * 0.7) if (i + j) % 2 else (step * 0.7, step * 1.1)
                canvas.flat(box(px - wide / 2, py - high / 2, wide, high), strip)
    for i in range(48):
        angle = 2 * pi * i / 48
        inner = (x + radius * 0.9 * cos(angle), y + radius * 0.84 * sin(angle))
        outer = (x + radius * cos(angle + 0.06), y + radius * 0.94 * sin(angle + 0.06))
        canvas.line([inner, outer], 4, BAMBOO.dark)


def plate(
    canvas: Canvas, x: float, y: float, radius: float, *, rim: str = "#2f6ea8", high: float = 0.9
) -> None:
    """Paint an enamel plate with a coloured rim."""
    outer = ellipse(x, y, radius, radius * high)
    canvas.shadow(outer, dx=16, dy=28, blur=28, strength=0.5)
    canvas.solid(outer, Tone.of(rim), depth=12)
    canvas.solid(ellipse(x, y, radius * 0.96, radius * 0.96 * high), ENAMEL, depth=22)
    canvas.solid(
        ellipse(x, y, radius * 0.74, radius * 0.74 * high),
        Tone((176, 172, 162), (238, 236, 228), (255, 255, 252)),
        depth=26,
    )


def cobek(canvas: Canvas, x: float, y: float, radius: float, filling: Tone) -> None:
    """Paint a stone mortar with something ground in it."""
    outer, hollow = (
        ellipse(x, y, radius, radius * 0.86),
        ellipse(x, y - radius * 0.05, radius * 0.83, radius * 0.68),
    )
    canvas.shadow(
        ellipse(x, y + radius * 0.1, radius, radius * 0.86), dx=20, dy=30, blur=30, strength=0.6
    )
    canvas.solid(ellipse(x, y + radius * 0.12, radius * 0.97, radius * 0.84), STONE, depth=30)
    canvas.solid(outer, STONE, depth=24)
    canvas.grain(outer, (30, 28, 26), 0.6, size=6)
    canvas.solid(hollow, Tone(STONE.dark, mix(STONE.mid, (0, 0, 0), 0.25), STONE.mid), depth=40)
    lumps = [canvas.rng.uniform(0.9, 1.06) for _ in range(14)]
    paste = [
        (x + (px - x) * lumps[i % 14], py)
        for i, (px, py) in enumerate(ellipse(x, y, radius * 0.68, radius * 0.52))
    ]
    canvas.solid(smooth(paste, steps=2), filling, depth=34)


def bottle(
    canvas: Canvas,
    x: float,
    y: float,
    height: float,
    liquid: Tone,
    cap: Tone,
    *,
    width: float = 0.3,
    level: float = 0.82,
) -> None:
    """Paint a standing glass bottle with its foot at (x, y)."""
    half = height * width / 2
    neck, top = half * 0.36, y - height
    outline = smooth(
        [(x - half, y - height * 0.03), (x - half, y - height * 0.55),
         (x - neck, y - height * 0.75), (x - neck, top + 10),
         (x + neck, top + 10), (x + neck, y - height * 0.75), (x + half, y - height * 0.55),
         (x + half, y - height * 0.03)],
        steps=6,
    )  # fmt: skip
    canvas.shadow(outline, dx=34, dy=16, blur=26, strength=0.5)
    canvas.solid(outline, Tone((120, 140, 130), (214, 226, 214), (246, 252, 244)), depth=16)
    with canvas.inside(outline):
        canvas.solid(
            box(x - half * 1.2, y - height * level, half * 2.4, height * level + 30),
            liquid,
            depth=half * 0.7,
        )
        canvas.glow(
            x - half * 0.55,
            y - height * 0.35,
            half * 0.16,
            height * 0.3,
            paint=(255, 255, 255),
            strength=0.8,
        )
        canvas.glow(x + half * 0.75, y - height * 0.3, half * 0.14, height * 0.28, strength=0.4)
    canvas.solid(
        box(x - neck * 1.25, top - height * 0.03, neck * 2.5, height * 0.075, 8), cap, depth=10
    )


def jar(
    canvas: Canvas, x: float, y: float, width: float, height: float, filling: Tone, cap: Tone
) -> None:
    """Paint a standing glass jar with a lid, its foot at (x, y)."""
    body = box(x - width / 2, y - height, width, height, width * 0.16)
    canvas.shadow(body, dx=30, dy=18, blur=26, strength=0.5)
    canvas.solid(body, Tone((150, 150, 140), (226, 228, 218), (250, 250, 244)), depth=14)
    canvas.solid(
        box(x - width * 0.46, y - height * 0.88, width * 0.92, height * 0.85, width * 0.13),
        filling,
        depth=width * 0.18,
    )
    canvas.glow(
        x - width * 0.32,
        y - height * 0.5,
        width * 0.06,
        height * 0.36,
        paint=(255, 255, 255),
        strength=0.8,
    )
    lid = box(x - width * 0.46, y - height * 1.14, width * 0.92, height * 0.18, 14)
    canvas.solid(lid, cap, depth=20)
    for i in range(1, 16):
        at = x - width * 0.46 + i * width * 0.92 / 16
        canvas.line([(at, y - height * 1.11), (at, y - height * 0.99)], 3, cap.dark)


def label(
    canvas: Canvas,
    x: float,
    y: float,
    width: float,
    height: float,
    words: Sequence[str],
    paper: Colour = CREAM,
    ink: str = "#7b2d1e",
) -> None:
    """Stick a paper label with a few big words."""
    canvas.flat(box(x - width / 2, y - height / 2, width, height, 10), mix(paper, UMBER, 0.25))
    canvas.flat(box(x - width / 2, y - height / 2, width - 3, height - 4, 10), paper)
    band = colour(ink)
    for edge in (-0.43, 0.43):
        canvas.line(
            [(x - width * 0.44, y + height * edge), (x + width * 0.44, y + height * edge)],
            height * 0.035,
            band,
        )
    for i, word in enumerate(words):
        room = height * 0.7 / len(words)
        size = min(room * 0.9, width * 1.35 / max(4, len(word)))
        canvas.text(x, y + (i - (len(words) - 1) / 2) * room, word, size, band)


def pouch(canvas: Canvas, x: float, y: float, width: float, height: float, film: Tone) -> None:
    """Paint a sealed bag of film that stands with its foot at (x, y)."""
    left, right, top = x - width / 2, x + width / 2, y - height
    body = smooth(
        [(left + 14, y - 8), (left - 12, y - height * 0.4), (left + 8, top + 8), (x, top),
         (right - 8, top + 8),
         (right + 12, y - height * 0.4), (right - 14, y - 8), (x, y + 6)]
    )  # fmt: skip
    canvas.shadow(body, dx=26, dy=20, blur=26, strength=0.5)
    canvas.solid(body, film, depth=width * 0.12)
    seal = box(left + 4, top - 4, width - 8, height * 0.08, 4)
    canvas.solid(seal, film.toward((255, 255, 255), 0.2), depth=8)
    for i in range(1, 22):
        at = left + 4 + i * (width - 8) / 22
        canvas.line([(at, top + 2), (at, top + height * 0.065)], 2.5, film.dark)


def sack(canvas: Canvas, x: float, y: float, width: float, height: float, weave: Tone) -> None:
    """Paint an open sack with a rolled rim, its foot at (x, y)."""
    half, top = width / 2, y - height
    body = smooth(
        [(x - half * 0.86, y), (x - half * 1.06, y - height * 0.45), (x - half * 0.92, top + 20),
         (x, top + 50),
         (x + half * 0.92, top + 20), (x + half * 1.06, y - height * 0.45), (x + half * 0.86, y),
         (x, y + 20)]
    )  # fmt: skip
    canvas.shadow(body, dx=26, dy=26, blur=30, strength=0.55)
    canvas.solid(body, weave, depth=width * 0.13)
    canvas.grain(body, weave.dark, 0.45, size=7)
    for i in range(-2, 3):
        fold = [
            (x + i * half * 0.36, top + height * 0.25),
            (x + i * half * 0.42, y - height * 0.3),
            (x + i * half * 0.34, y - 20),
        ]
        canvas.line(smooth(fold, closed=False), 5, mix(weave.mid, weave.dark, 0.45))
    canvas.solid(ellipse(x, top + 26, half, half * 0.36), weave, depth=22, shadow=0.4)


def strap(
    canvas: Canvas,
    points: Sequence[tuple[float, float]],
    width: float,
    tone: Tone,
    *,
    shadow: float = 0.3,
) -> None:
    """Paint a rounded band (rope, stem, handle) along a line."""
    canvas.solid(ribbon(points, lambda _t: width / 2), tone, depth=width * 0.4, shadow=shadow)
