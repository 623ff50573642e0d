"""The picture "where did the money go": streams with words, and how thick to draw them."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from flask import Blueprint

from pol.kernel.money import Rupiah
from pol.ledger.queries import StatementRow
from pol.orders.rules.flow import Stream, follow
from pol.reporting import queries as owners
from pol.web import status_words
from pol.web.language import gettext as _

FULL, LEAST, LINE, AMOUNT, GAP = 120, 2.0, 15.0, 32.0, 8.0
"""In units of the picture: all the money, the thinnest stream, a line of a name, its sum, a gap."""
LETTERS, LINES = 15, 2
"""How long a line of a name may be, and how many there are room for."""


@dataclass(frozen=True)
class Drawn:
    """One stream: words, amount, thickness, and where it begins at the middle and at its end."""

    name: str
    amount: Rupiah
    is_back: bool
    thick: float
    at_middle: float
    at_end: float

    @property
    def lines(self) -> list[str]:
        """The name as it is written beside the stream; the table below has all of it."""
        return wrap(self.name, LETTERS, max_lines=LINES, placeholder="…")

    @property
    def room(self) -> float:
        """How much height it takes at its end, with its words and a gap."""
        return max(len(self.lines) * LINE + AMOUNT, self.thick + GAP)


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
    sources = _draw(flow.sources, flow.total, names)
    uses = _draw(flow.uses, flow.total, names)
    height = max([FULL, *(each.at_end + each.room for each in [*sources, *uses])])
    return Picture(sources, uses, flow.total, round(height))


def _draw(streams: Sequence[Stream], whole: Rupiah, names: dict[str, str]) -> list[Drawn]:
    """Lay streams below each other: touching in the middle, with room for words at the end."""
    drawn: list[Drawn] = []
    middle = end = 0.0
    for stream in streams:
        thick = stream.amount.amount * FULL / max(whole.amount, 1)
        name = names.get(stream.code) or _name(stream)
        shown = max(round(thick, 1), LEAST)
        each = Drawn(name, stream.amount, stream.is_back, shown, round(middle, 1), round(end, 1))
        drawn.append(each)
        middle, end = middle + thick, end + each.room
    return drawn


def _name(stream: Stream) -> str:
    said = status_words.account(stream.code)
    if stream.is_back and not stream.code.startswith("credit:"):
        return _("kembali: %(place)s", place=said)
    return said


def register(bp: Blueprint) -> None:
    """Give templates `entries | money_flow`."""
    bp.add_app_template_filter(picture, "money_flow")
