"""Colours, and what one material looks like in shade, plain view and full light."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]
UMBER: Colour = (52, 26, 18)
CREAM: Colour = (255, 248, 226)


def colour(code: str) -> Colour:
    """Return the colour of a hex code such as `#d9a441`."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(a: Colour, b: Colour, part: float) -> Colour:
    """Return colour `a` with `part` (0 to 1) of `b` in it."""
    red, green, blue = (round(x + (y - x) * part) for x, y in zip(a, b, strict=True))
    return red, green, blue


@dataclass(frozen=True)
class Tone:
    """What one material looks like in shade, in plain view and in full light."""

    dark: Colour
    mid: Colour
    light: Colour

    @staticmethod
    def of(mid: str, dark: str | None = None, light: str | None = None) -> Tone:
        """Return a tone from hex codes; warm shade and light unless told otherwise."""
        tone = Tone.around(colour(mid))
        return Tone(
            colour(dark) if dark else tone.dark, tone.mid, colour(light) if light else tone.light
        )

    @staticmethod
    def around(mid: Colour) -> Tone:
        """Return a tone from its middle colour."""
        return Tone(mix(mid, UMBER, 0.55), mid, mix(mid, CREAM, 0.38))

    def toward(self, other: Colour, part: float) -> Tone:
        """Return this tone with some of another colour in it."""
        return Tone(
            mix(self.dark, other, part), mix(self.mid, other, part), mix(self.light, other, part)
        )
