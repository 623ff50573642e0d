"""Spans of a shelf in millimetres: what is free beside what is taken, and what does not fit."""

from collections.abc import Iterable
from dataclasses import dataclass

from pol.kernel.errors import Refused

LEAST_MM = 50
"""Narrower than a packet of coffee nothing is worth offering."""


@dataclass(frozen=True, order=True)
class Span:
    """A part of a shelf, from its left edge."""

    x_mm: int
    width_mm: int

    @property
    def end_mm(self) -> int:
        """Return where it ends."""
        return self.x_mm + self.width_mm

    def meets(self, other: "Span") -> bool:
        """Answer whether both want the same millimetre."""
        return self.x_mm < other.end_mm and other.x_mm < self.end_mm


@dataclass(frozen=True, order=True)
class Taken(Span):
    """A span that is promised already: to a placement, or by another call."""

    by: str
    is_call: bool


class SpanOutside(Refused):
    message = (
        "Lebar ruang ini sampai %(end)s mm, padahal ambalannya hanya %(shelf)s mm. "
        "Kurangi lebarnya, atau geser ke kiri."
    )


class SpanTooNarrow(Refused):
    message = "Ruangnya paling sedikit %(least)s mm. Lebarkan, atau lepas ambalan ini."


class SpanTaken(Refused):
    message = (
        "Bagian %(start)s sampai %(end)s mm sudah dipakai penempatan %(by)s pada tanggal itu. "
        "Pilih bagian yang kosong."
    )


class SpanOffered(Refused):
    message = (
        "Bagian %(start)s sampai %(end)s mm sudah ditawarkan di pembukaan %(by)s untuk tanggal "
        "itu. Pilih bagian yang kosong."
    )


def free_spans(width_mm: int, taken: Iterable[Span]) -> list[Span]:
    """Return what is left of a shelf, from left to right, slivers left out."""
    free, at = [], 0
    edges = sorted((min(span.x_mm, width_mm), span.end_mm) for span in taken)
    for start, end in (*edges, (width_mm, width_mm)):
        if start - at >= LEAST_MM:
            free.append(Span(at, start - at))
        at = max(at, end)
    return free


def check_span(span: Span, *, width_mm: int, taken: Iterable[Taken]) -> None:
    """Check that a call may offer this part of a shelf.

    :raises SpanTooNarrow, SpanOutside: it is no part of the shelf
    :raises SpanTaken, SpanOffered: it is promised to somebody else on some of the days
    """
    if span.width_mm < LEAST_MM:
        raise SpanTooNarrow(least=LEAST_MM)
    if span.x_mm < 0 or span.end_mm > width_mm:
        raise SpanOutside(end=span.end_mm, shelf=width_mm)
    for other in sorted(taken, key=lambda each: each.x_mm):
        if span.meets(other):
            refusal = SpanOffered if other.is_call else SpanTaken
            raise refusal(start=other.x_mm, end=other.end_mm, by=other.by)
