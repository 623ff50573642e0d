"""The brush: soft, lit painting on a canvas of 1000 x 1000 units, light from the top left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

from pol.demo.drawings.shapes import Point, Points, move
from pol.demo.drawings.tones import CREAM, UMBER, Colour, Tone


@lru_cache(maxsize=1)
def _round_glow() -> Image.Image:
    return ImageOps.invert(Image.radial_gradient("L")).point(
        [min(255, max(0, v - 75) * 2) for v in range(256)]
    )


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


class Canvas:
    """A picture being painted; `unit` is the number of pixels of one unit."""

    def __init__(
        self, image: Image.Image, unit: float, rng: Random, origin: Point = (0, 0)
    ) -> None:
        self.image, self.unit, self.rng, self.origin = image, unit, rng, origin
        self._pen = ImageDraw.Draw(image)

    # --- paint -------------------------------------------------------------------------------
    def flat(self, points: Points, paint: Colour) -> None:
        """Fill a shape with one plain colour."""
        self._pen.polygon(self._pixels(points), fill=paint)

    def line(self, points: Points, width: float, paint: Colour) -> None:
        """Draw an open line."""
        self._pen.line(
            self._pixels(points), fill=paint, width=max(1, round(width * self.unit)), joint="curve"
        )

    def dot(self, x: float, y: float, radius: float, paint: Colour) -> None:
        """Draw a round spot."""
        (px, py), r = self._pixels([(x, y)])[0], radius * self.unit
        self._pen.ellipse((px - r, py - r, px + r, py + r), fill=paint)

    def solid(self, points: Points, tone: Tone, *, depth: float = 40, shadow: float = 0) -> None:
        """Fill a shape as a body with volume, rounded over `depth` units, its halo below it."""
        pixels = self._pixels(points)
        shrink = max(1, round(depth * self.unit / 4))
        blur = depth * self.unit / shrink
        pad = int(3 * shrink * blur) // 2 + shrink
        left, top, right, bottom = _frame(pixels, pad)
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in pixels], fill=255)
        soft = mask.reduce(shrink).filter(ImageFilter.GaussianBlur(blur))
        if shadow:
            fallen = ImageChops.offset(soft, round(blur * 0.4), round(blur * 0.6))
            halo = fallen.resize(mask.size, Image.Resampling.BILINEAR)
            self._lay(UMBER, (left, top), halo.point([round(v * shadow) for v in range(256)]))
        lit = ImageChops.offset(soft, -round(blur * 0.5), -round(blur * 0.6))
        body = ImageOps.colorize(
            lit, tone.dark, tone.light, tone.mid, blackpoint=30, whitepoint=252, midpoint=165
        )
        self.image.paste(body.resize(mask.size, Image.Resampling.BILINEAR), (left, top), mask)

    def fade(self, points: Points, top: Colour, bottom: Colour, *, sideways: bool = False) -> None:
        """Fill a shape with a gradient from top to bottom (or left to right)."""
        left, upper, mask = self._mask(points)
        ramp = Image.linear_gradient("L")
        band = ImageOps.colorize(ramp.rotate(90) if sideways else ramp, top, bottom)
        self.image.paste(band.resize(mask.size, Image.Resampling.BILINEAR), (left, upper), mask)

    def tint(self, points: Points, paint: Colour, strength: float) -> None:
        """Lay a see-through colour over a shape."""
        left, top, mask = self._mask(points, round(255 * strength))
        self._lay(paint, (left, top), mask)

    def glow(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        *,
        paint: Colour = CREAM,
        strength: float = 0.7,
        turn: float = 0,
    ) -> None:
        """Lay a soft round light (or shade) that fades to nothing at its rim."""
        size = max(2, round(2 * rx * self.unit)), max(2, round(2 * ry * self.unit))
        spot = _round_glow().resize(size, Image.Resampling.BILINEAR)
        if turn:
            spot = spot.rotate(-turn, expand=True)
        (px, py) = self._pixels([(x, y)])[0]
        corner = round(px - spot.width / 2), round(py - spot.height / 2)
        self._lay(paint, corner, spot.point([round(v * strength) for v in range(256)]))

    def shadow(
        self,
        points: Points,
        *,
        dx: float = 14,
        dy: float = 22,
        blur: float = 22,
        strength: float = 0.45,
    ) -> None:
        """Let a shape throw a soft shadow on what is already there."""
        shrink = max(1, round(blur * self.unit / 3))
        pixels = [(x / shrink, y / shrink) for x, y in self._pixels(move(points, dx, dy))]
        radius = blur * self.unit / shrink
        left, top, right, bottom = _frame(pixels, int(radius * 3))
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon(
            [(x - left, y - top) for x, y in pixels], fill=round(255 * strength)
        )
        mask = mask.filter(ImageFilter.GaussianBlur(radius))
        full = mask.resize((mask.width * shrink, mask.height * shrink), Image.Resampling.BILINEAR)
        self._lay(UMBER, (left * shrink, top * shrink), full)

    def grain(self, points: Points, paint: Colour, strength: float, *, size: float = 8) -> None:
        """Roughen a shape with specks of about `size` units."""
        left, top, mask = self._mask(points)
        self.image.paste(
            self._ink(paint),
            (left, top),
            ImageChops.multiply(mask, self._noise(mask.size, strength, size)),
        )

    def text(self, x: float, y: float, words: str, size: float, paint: Colour) -> None:
        """Write words around their middle."""
        font = _font(max(6, round(size * self.unit)))
        self._pen.text(
            self._pixels([(x, y)])[0],
            words,
            fill=paint,
            font=font,
            anchor="mm",
            stroke_width=size * self.unit / 40,
        )

    # --- pieces ------------------------------------------------------------------------------
    def piece(
        self, reach: float, paint: Callable[[Canvas], None], *, tall: float = 0
    ) -> Image.Image:
        """Return something painted around (0, 0), up to `reach` units away (`tall` up and down)."""
        tall = tall or reach
        size = round(2 * reach * self.unit), round(2 * tall * self.unit)
        sheet = Canvas(Image.new("RGBA", size), self.unit, self.rng, (-reach, -tall))
        paint(sheet)
        return sheet.image

    def lay(
        self,
        piece: Image.Image,
        x: float,
        y: float,
        *,
        turn: float = 0,
        shadow: float = 0.5,
        lift: float = 12,
    ) -> None:
        """Lay a piece around (x, y), turned clockwise, `lift` units above its shadow."""
        if turn:
            piece = piece.rotate(-turn, expand=True)
        (px, py) = self._pixels([(x, y)])[0]
        left, top = round(px - piece.width / 2), round(py - piece.height / 2)
        if shadow:
            shrink, away = max(2, round(lift * self.unit / 3)), lift * self.unit
            alpha = ImageOps.expand(piece.getchannel("A").reduce(shrink), 8)
            fallen = alpha.filter(ImageFilter.GaussianBlur(3)).point(
                [round(v * shadow) for v in range(256)]
            )
            corner = left + round(away * 0.6) - 8 * shrink, top + round(away) - 8 * shrink
            large = fallen.width * shrink, fallen.height * shrink
            self._lay(UMBER, corner, fallen.resize(large, Image.Resampling.BILINEAR))
        self.image.paste(piece, (left, top), piece)

    @contextmanager
    def inside(self, points: Points) -> Iterator[None]:
        """Keep everything that is painted meanwhile inside a shape."""
        kept = self.image.copy()
        yield
        outside = Image.new("L", self.image.size, 255)
        ImageDraw.Draw(outside).polygon(self._pixels(points), fill=0)
        self.image.paste(kept, (0, 0), outside)

    # --- small print -------------------------------------------------------------------------
    def _pixels(self, points: Points) -> list[Point]:
        (ox, oy), unit = self.origin, self.unit
        return [((x - ox) * unit, (y - oy) * unit) for x, y in points]

    def _mask(self, points: Points, value: int = 255) -> tuple[int, int, Image.Image]:
        pixels = self._pixels(points)
        left, top, right, bottom = _frame(pixels, 1)
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in pixels], fill=value)
        return left, top, mask

    def _ink(self, paint: Colour) -> tuple[int, ...] | int:
        if self.image.mode == "L":  # a mask: paint is only "how much"
            return 255
        return (*paint, 255) if self.image.mode == "RGBA" else paint

    def _lay(self, paint: Colour, corner: tuple[int, int], mask: Image.Image) -> None:
        self.image.paste(
            self._ink(paint), (*corner, corner[0] + mask.width, corner[1] + mask.height), mask
        )

    def _noise(self, size: tuple[int, int], strength: float, grain: float) -> Image.Image:
        step = max(1.0, grain * self.unit)
        small = max(2, round(size[0] / step)), max(2, round(size[1] / step))
        specks = Image.frombytes("L", small, self.rng.randbytes(small[0] * small[1]))
        specks = specks.filter(ImageFilter.GaussianBlur(0.7))  # no grid of squares shows through
        sharper = [min(255.0, max(0.0, (v - 128) * 2 + 128)) * strength for v in range(256)]
        return specks.resize(size, Image.Resampling.BICUBIC).point([round(v) for v in sharper])


def _frame(pixels: Points, pad: int) -> tuple[int, int, int, int]:
    xs, ys = [x for x, _ in pixels], [y for _, y in pixels]
    return int(min(xs)) - pad, int(min(ys)) - pad, int(max(xs)) + pad + 2, int(max(ys)) + pad + 2
