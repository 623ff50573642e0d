"""What stands on a shelf already while a call places beside it: the room and strength it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Standing:
    """Goods, or an open offer, on a shelf for some days; `until_on` is exclusive."""

    x_mm: int
    width_mm: int
    load_g: int
    from_on: date
    until_on: date


def most_at_once(standing: Sequence[Standing]) -> int:
    """Return the grams on the fullest day: what follows one another is never there together."""
    return max(
        (
            sum(one.load_g for one in standing if one.from_on <= day < one.until_on)
            for day in {one.from_on for one in standing}
        ),
        default=0,
    )


def widest_free(
    standing: Sequence[Standing], *, left: int, right: int, gap_mm: int
) -> tuple[int, int]:
    """Return the widest free part of a span, the leftmost of equals: from where, and how wide.

    Goods inside a span keep the gap from their neighbours; its ends ask for none.
    """
    best, at = (left, 0), left
    inside = [one for one in standing if one.x_mm < right and left < one.x_mm + one.width_mm]
    for one in sorted(inside, key=lambda each: each.x_mm):
        best = max(best, (at, one.x_mm - gap_mm - at), key=_width)
        at = max(at, one.x_mm + one.width_mm + gap_mm)
    return max(best, (at, right - at), key=_width)


def _width(part: tuple[int, int]) -> int:
    return part[1]
