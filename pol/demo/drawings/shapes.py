"""Outlines: pure functions from a few numbers to the points of a shape, in 1/1000 of a picture."""

from collections.abc import Callable, Sequence
from math import cos, hypot, pi, radians, sin, sqrt
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Points: TypeAlias = Sequence[Point]


def smooth(points: Points, *, steps: int = 10, closed: bool = True) -> list[Point]:
    """Return a curve that runs softly through all points (Catmull-Rom)."""
    count = len(points)
    curve: list[Point] = []
    for i in range(count if closed else count - 1):
        p0, p1, p2, p3 = (
            points[j % count] if closed else points[min(max(j, 0), count - 1)]
            for j in (i - 1, i, i + 1, i + 2)
        )
        for step in range(steps):
            t = step / steps
            curve.append(
                (_between(p0[0], p1[0], p2[0], p3[0], t), _between(p0[1], p1[1], p2[1], p3[1], t))
            )
    if not closed:
        curve.append(points[-1])
    return curve


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def ellipse(
    x: float, y: float, rx: float, ry: float, turn: float = 0, *, steps: int = 48
) -> list[Point]:
    """Return an ellipse around (x, y), turned clockwise by `turn` degrees."""
    outline = [(rx * cos(2 * pi * i / steps), ry * sin(2 * pi * i / steps)) for i in range(steps)]
    return move(outline, x, y, turn=turn)


def box(x: float, y: float, width: float, height: float, radius: float = 0) -> list[Point]:
    """Return a rectangle from its top left corner, its own corners rounded."""
    right, bottom = x + width, y + height
    if radius <= 0:
        return [(x, y), (right, y), (right, bottom), (x, bottom)]
    corners = (
        (right, y, -1, 1, 270),
        (right, bottom, -1, -1, 0),
        (x, bottom, 1, -1, 90),
        (x, y, 1, 1, 180),
    )
    return [
        (
            cx + sx * radius + radius * cos(radians(start + a)),
            cy + sy * radius + radius * sin(radians(start + a)),
        )
        for cx, cy, sx, sy, start in corners
        for a in range(0, 91, 15)
    ]


def blob(x: float, y: float, rx: float, ry: float, wobble: Sequence[float]) -> list[Point]:
    """Return a lumpy round; `wobble` holds one factor (near 1) per lump."""
    count = len(wobble)
    return smooth(
        [
            (x + rx * f * cos(2 * pi * i / count), y + ry * f * sin(2 * pi * i / count))
            for i, f in enumerate(wobble)
        ]
    )


def ribbon(spine: Points, width: Callable[[float], float]) -> list[Point]:
    """Return a band along a spine; `width(t)` is its half width from head (0) to tail (1)."""
    curve = smooth(spine, closed=False)
    left, right = [], []
    for i, (x, y) in enumerate(curve):
        (x0, y0), (x1, y1) = curve[max(i - 1, 0)], curve[min(i + 1, len(curve) - 1)]
        length = hypot(x1 - x0, y1 - y0) or 1
        half = width(i / (len(curve) - 1)) / length
        left.append((x + (y0 - y1) * half, y + (x1 - x0) * half))
        right.append((x - (y0 - y1) * half, y - (x1 - x0) * half))
    return left + right[::-1]


def rounded(t: float, head: float = 0.15, tail: float = 0.15) -> float:
    """Return the width factor of a ribbon with round ends: 0 at both ends, 1 between them."""
    near = min(1.0, t / head) if t < 0.5 else min(1.0, (1 - t) / tail)
    return sqrt(max(0.0, 1 - (1 - near) ** 2))


def leaf(x: float, y: float, length: float, width: float, turn: float = 0) -> list[Point]:
    """Return a pointed leaf that grows from (x, y) in the direction `turn` (0 = right)."""
    half = width / 2
    edge = [(0, 0), (0.18, 0.7), (0.4, 1), (0.7, 0.68), (1, 0)]
    upper = smooth([(t * length, -w * half) for t, w in edge], closed=False)
    lower = smooth([(t * length, w * half) for t, w in reversed(edge)], closed=False)
    return move(upper + lower, x, y, turn=turn)


def star(
    x: float, y: float, inner: float, outer: float, spikes: int, turn: float = 0
) -> list[Point]:
    """Return a star with the given number of spikes."""
    ring = [
        (
            (outer if i % 2 else inner) * cos(pi * i / spikes),
            (outer if i % 2 else inner) * sin(pi * i / spikes),
        )
        for i in range(2 * spikes)
    ]
    return move(ring, x, y, turn=turn)


def reach(x: float, y: float, length: float, turn: float) -> Point:
    """Return the point `length` away from (x, y) in the direction `turn` (0 = right, 90 = down)."""
    return x + length * cos(radians(turn)), y + length * sin(radians(turn))


def move(
    points: Points,
    dx: float = 0,
    dy: float = 0,
    *,
    turn: float = 0,
    scale: float = 1,
    flip: bool = False,
) -> list[Point]:
    """Return the points mirrored, scaled and turned about the origin, then moved."""
    c, s = cos(radians(turn)) * scale, sin(radians(turn)) * scale
    sign = -1 if flip else 1
    return [(dx + sign * x * c - y * s, dy + sign * x * s + y * c) for x, y in points]
