"""A stall's packing slip for a 58 mm printer: ESC/POS is plain bytes, so no library is needed.

Text is ASCII, which every code page of every printer shares; 32 columns fit on the paper.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from pol.kernel.money import Rupiah

COLUMNS = 32
ESC, GS = b"\x1b", b"\x1d"
START = ESC + b"@" + ESC + b"t\x00"  # reset, then the code page that is there everywhere
PLAIN, BOLD, LOUD = ESC + b"!\x00", ESC + b"!\x08", ESC + b"!\x18"  # loud: bold, twice as high
LEFT, CENTRE = ESC + b"a\x00", ESC + b"a\x01"
FEED_AND_CUT = ESC + b"d\x04" + GS + b"V\x42\x00"
MARKS = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "·": "-", "×": "x", "…": "..."})  # fmt: skip  # noqa: E501, RUF001


@dataclass(frozen=True)
class SlipLine:
    """One thing to pack, in words, and what it costs."""

    name: str
    quantity: str
    total: Rupiah
    note: str = ""


@dataclass(frozen=True)
class Slip:
    """What the slip says; words come from the edge, in the reader's language."""

    stall: str
    number: str
    facts: Sequence[str]
    lines: Sequence[SlipLine]
    total_word: str
    total: Rupiah
    thanks: str
    address: str


@dataclass(frozen=True)
class Row:
    """One printed line, at most 32 columns, and how loud it is."""

    text: str
    style: bytes = PLAIN


def plain(text: str) -> str:
    """Return text as ASCII: accents drop off, what has no likeness becomes a question mark."""
    spread = unicodedata.normalize("NFKD", text.translate(MARKS))
    kept = (c for c in spread if not unicodedata.combining(c))
    return "".join(c if " " <= c <= "~" else (" " if c.isspace() else "?") for c in kept)


def rows(slip: Slip) -> list[Row]:
    """Return the slip line by line; the last line holds the total."""
    found = [Row(text, BOLD) for text in _wrapped(slip.stall)]
    found += [Row(text, LOUD) for text in _wrapped(slip.number)]
    found += [Row(text) for fact in slip.facts for text in _wrapped(fact)]
    found.append(Row("-" * COLUMNS))
    for line in slip.lines:
        found += [Row(text, BOLD) for text in _wrapped(line.name)]
        found += [Row(text) for text in _priced(line.quantity, line.total)]
        found += [Row(text) for text in _wrapped(f'"{line.note}"' if line.note else "")]
    found.append(Row("-" * COLUMNS))
    found += [Row(text, LOUD) for text in _priced(slip.total_word, slip.total)]
    return found


def _wrapped(text: str) -> list[str]:
    return wrap(plain(text), COLUMNS)


def _priced(words: str, amount: Rupiah) -> Iterator[str]:
    """Yield words with the amount at the right edge, on a line of its own if they leave no room."""
    price = str(amount)
    *before, last = _wrapped(words) or [""]
    yield from before
    if len(last) + 1 + len(price) > COLUMNS:
        yield last
        last = ""
    yield last + price.rjust(COLUMNS - len(last))


def print_slip(slip: Slip) -> bytes:
    """Return what a printer is sent: the slip, a code that leads back to the order, and a cut."""
    printed = [START, *(row.style + row.text.encode("ascii") + b"\n" for row in rows(slip))]
    printed += [PLAIN, CENTRE, _code(slip.address), LEFT]
    printed += [text.encode("ascii") + b"\n" for text in _wrapped(slip.thanks)]
    printed.append(FEED_AND_CUT)
    return b"".join(printed)


def _code(text: str) -> bytes:
    """Return the printer's own command for a QR code: model 2, 5 dots, 15 % repair."""
    data = plain(text).encode("ascii")
    length = (len(data) + 3).to_bytes(2, "little")
    return b"".join(
        (
            GS + b"(k\x04\x00\x31\x41\x32\x00",
            GS + b"(k\x03\x00\x31\x43\x05",
            GS + b"(k\x03\x00\x31\x45\x31",
            GS + b"(k" + length + b"\x31\x50\x30" + data,
            GS + b"(k\x03\x00\x31\x51\x30",
        )
    )
