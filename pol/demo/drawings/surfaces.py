"""What the goods lie on: wood, mat, banana leaf, blue tray, rice paper, cloth, stone."""

from collections.abc import Callable
from functools import lru_cache
from random import Random

from PIL import Image, ImageFilter

from pol.demo.drawings.brush import Canvas
from pol.demo.drawings.shapes import box, ribbon, smooth
from pol.demo.drawings.tones import CREAM, UMBER, Tone, colour, mix

WOODS = ("#b98350", "#a8703f", "#c99a66", "#9c6b45")
LEAVES = ("#4f8f3a", "#5b9a3f", "#437f36")
PAPERS = ("#f3e6c8", "#efe0cf", "#f4e9d8", "#eadfc0")
CLOTHS = ("#d9b08c", "#b8c4a9", "#d8a59a", "#9fb8bd", "#e0c987")
TRAYS = ("#3b82b8", "#2f74ad", "#4a93c4")
STONES = ("#c8c4ba", "#bfc3c0", "#d3ccc0")


def wood(canvas: Canvas) -> None:
    """Paint planks of a market table."""
    rng, base = canvas.rng, colour(canvas.rng.choice(WOODS))
    y = -rng.randint(0, 120)
    while y < 1000:
        height = rng.randint(190, 250)
        plank = mix(
            base, colour("#5c3418" if rng.random() < 0.5 else "#f0d0a0"), rng.uniform(0, 0.16)
        )
        canvas.fade(
            box(-5, y, 1010, height),
            mix(plank, (255, 236, 200), 0.12),
            mix(plank, (70, 36, 16), 0.14),
        )
        for _ in range(7):
            at, bend = y + rng.uniform(0.1, 0.9) * height, rng.uniform(-14, 14)
            grain = smooth(
                [(-10, at), (330, at + bend), (660, at - bend), (1010, at)], closed=False
            )
            canvas.line(
                grain, rng.uniform(1.5, 4), mix(plank, (70, 36, 16), rng.uniform(0.15, 0.35))
            )
        canvas.flat(box(-5, y + height - 7, 1010, 7), mix(plank, (40, 20, 10), 0.65))
        y += height


def mat(canvas: Canvas) -> None:
    """Paint a woven pandan mat."""
    rng = canvas.rng
    base = mix(colour("#dcb877"), colour("#c79a5a"), rng.random())
    canvas.flat(box(-5, -5, 1010, 1010), mix(base, (70, 40, 10), 0.5))
    step = 50
    for row in range(21):
        for column in range(21):
            x, y = column * step, row * step
            strip = mix(base, (255, 240, 200), rng.uniform(0, 0.22))
            edge = mix(strip, (90, 50, 10), 0.3)
            if (row + column) % 2:
                canvas.flat(box(x - 6, y + 3, step + 12, step - 6), strip)
                canvas.flat(box(x - 6, y + step - 12, step + 12, 8), edge)
            else:
                canvas.flat(box(x + 3, y - 6, step - 6, step + 12), mix(strip, (120, 70, 20), 0.12))
                canvas.flat(box(x + step - 12, y - 6, 8, step + 12), edge)


def banana_leaf(canvas: Canvas) -> None:
    """Paint a broad banana leaf on wood."""
    wood(canvas)
    green, rng = Tone.of(canvas.rng.choice(LEAVES)), canvas.rng
    tilt = rng.uniform(-40, 40)
    outline = smooth(
        [
            (-60, 420 + tilt),
            (120, 90),
            (560, 40),
            (960, 190),
            (1080, 480 - tilt),
            (940, 850),
            (500, 965),
            (110, 880),
        ]
    )
    canvas.shadow(outline, strength=0.5)
    canvas.solid(outline, green, depth=120)
    with canvas.inside(outline):
        for i in range(-8, 34):
            x = i * 36
            for end in (-40, 1040):
                vein = smooth([(x, 500), (x + 70, (500 + end) / 2), (x + 170, end)], closed=False)
                canvas.line(vein, 3, mix(green.mid, green.dark, 0.35))
        canvas.solid(
            ribbon([(-60, 510 + tilt), (500, 490), (1080, 500 - tilt)], lambda _t: 17),
            Tone.of("#a9c46c"),
            depth=14,
        )


def tray(canvas: Canvas) -> None:
    """Paint the blue plastic tray of a fish stall."""
    blue = Tone.of(canvas.rng.choice(TRAYS))
    canvas.fade(box(-5, -5, 1010, 1010), colour("#b9b2a4"), colour("#8f8878"))
    rim, floor = box(20, 20, 960, 960, 110), box(85, 85, 830, 830, 80)
    canvas.shadow(rim, strength=0.5)
    canvas.solid(rim, blue, depth=30)
    canvas.solid(
        floor,
        Tone(mix(blue.dark, blue.mid, 0.3), mix(blue.mid, blue.dark, 0.2), blue.mid),
        depth=50,
    )
    with canvas.inside(floor):
        for i in range(13):
            canvas.tint(box(100 + i * 66, 60, 16, 900, 8), mix(blue.dark, (0, 20, 50), 0.3), 0.28)


def paper(canvas: Canvas) -> None:
    """Paint rice paper with a few fibres."""
    rng, base = canvas.rng, colour(canvas.rng.choice(PAPERS))
    everything = box(-5, -5, 1010, 1010)
    canvas.fade(everything, mix(base, (255, 255, 245), 0.35), mix(base, (190, 150, 100), 0.22))
    canvas.grain(everything, mix(base, (140, 100, 50), 0.35), 0.35, size=14)
    for _ in range(26):
        x, y, bend = rng.uniform(0, 1000), rng.uniform(0, 1000), rng.uniform(-30, 30)
        fibre = smooth([(x, y), (x + 30, y + bend), (x + 70, y - bend / 2)], closed=False)
        canvas.line(fibre, 2, mix(base, (150, 110, 60), 0.35))


def cloth(canvas: Canvas) -> None:
    """Paint a table cloth with a woven check."""
    rng, base = canvas.rng, colour(canvas.rng.choice(CLOTHS))
    canvas.fade(
        box(-5, -5, 1010, 1010), mix(base, (255, 250, 235), 0.3), mix(base, (100, 60, 40), 0.12)
    )
    stripe, step = mix(base, (255, 252, 240), 0.75), rng.choice((84, 100, 125))
    for i in range(0, 1001, step):
        canvas.tint(box(i, -5, step * 0.42, 1010), stripe, 0.4)
        canvas.tint(box(-5, i, 1010, step * 0.42), stripe, 0.4)


def stone(canvas: Canvas) -> None:
    """Paint the tiled slab of a clean fish market."""
    base = colour(canvas.rng.choice(STONES))
    everything = box(-5, -5, 1010, 1010)
    canvas.fade(everything, mix(base, (255, 255, 255), 0.4), mix(base, (90, 90, 100), 0.15))
    canvas.grain(everything, mix(base, (60, 60, 70), 0.4), 0.3, size=5)
    for i in (250, 500, 750):
        canvas.line([(i, -5), (i, 1005)], 5, mix(base, (90, 90, 90), 0.3))
        canvas.line([(-5, i), (1005, i)], 5, mix(base, (90, 90, 90), 0.3))


SURFACES: dict[str, Callable[[Canvas], None]] = {
    "wood": wood,
    "mat": mat,
    "leaf": banana_leaf,
    "tray": tray,
    "paper": paper,
    "cloth": cloth,
    "stone": stone,
}


@lru_cache(maxsize=4)
def _light(size: int) -> tuple[Image.Image, Image.Image]:
    """Return where the lamp warms a picture and where its corners fall into shade."""
    still = Random(0)  # noqa: S311 - art, not secrets
    lamp, shade = (Canvas(Image.new("L", (100, 100)), 0.1, still) for _ in range(2))
    lamp.glow(420, 380, 760, 700, strength=0.22)
    for x, y in ((0, 1000), (1000, 1000), (1000, 0)):
        shade.glow(x, y, 420, 420, strength=0.28)
    full = (size, size)
    return lamp.image.resize(full, Image.Resampling.BILINEAR), shade.image.resize(
        full, Image.Resampling.BILINEAR
    )


def surface(name: str, size: int, rng: Random) -> Image.Image:
    """Return a square picture of one surface, a pool of light on it."""
    canvas = Canvas(Image.new("RGB", (size, size)), size / 1000, rng)
    SURFACES[name](canvas)
    lamp, shade = _light(size)
    canvas.image.paste(CREAM, (0, 0), lamp)
    canvas.image.paste(UMBER, (0, 0), shade)
    return canvas.image.filter(ImageFilter.GaussianBlur(0.8))  # its edges were drawn hard
