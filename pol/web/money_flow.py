"""The picture "where did the money go": streams with words, and how thick to draw them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint

from pol.kernel.money import Rupiah
from pol.ledger.queries import StatementRow
from pol.orders.rules.flow import Stream, follow
from pol.reporting import queries as owners
from pol.web import status_words
from pol.web.language import gettext as _

FULL, LEAST, ROW = 120, 2.0, 46
"""Thickness of all the money and of the thinnest stream, and height of a row, in picture units."""


@dataclass(frozen=True)
class Drawn:
    """One stream: words, amount, thickness, and where it begins at the middle and at its end."""

    name: str
    amount: Rupiah
    is_back: bool
    thick: float
    at_middle: float
    at_end: float


@dataclass(frozen=True)
class Picture:
    """Streams in and out, the sum, and how high the picture is."""

    sources: Sequence[Drawn]
    uses: Sequence[Drawn]
    total: Rupiah
    height: int


def picture(entries: Sequence[StatementRow]) -> Picture:
    """Return the picture of what the ledger says about a document."""
    flow = follow([(entry.account, entry.amount) for entry in entries])
    names = owners.names_of(
        stream.code for stream in flow.uses if stream.code.startswith("payable:")
    )
    return Picture(
        sources=_draw(flow.sources, flow.total, names),
        uses=_draw(flow.uses, flow.total, names),
        total=flow.total,
        height=ROW * max(len(flow.sources), len(flow.uses), 3) + 8,
    )


def _draw(streams: Sequence[Stream], whole: Rupiah, names: dict[str, str]) -> list[Drawn]:
    drawn, middle = [], 0.0
    for row, stream in enumerate(streams):
        thick = stream.amount.amount * FULL / max(whole.amount, 1)
        shown = max(round(thick, 1), LEAST)
        name = names.get(stream.code) or _name(stream)
        end = float(row * ROW)
        drawn.append(Drawn(name, stream.amount, stream.is_back, shown, round(middle, 1), end))
        middle += thick
    return drawn


def _name(stream: Stream) -> str:
    said = status_words.account(stream.code)
    if stream.is_back and not stream.code.startswith("credit:"):
        return _("kembali: %(place)s", place=said)
    return said


def register(bp: Blueprint) -> None:
    """Give templates `entries | money_flow`."""
    bp.add_app_template_filter(picture, "money_flow")
