"""Words: slugs, plain letters, random names that people can read aloud."""

import re
import secrets
import unicodedata
from datetime import date

READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: read aloud over a bad line


def plain(text: str) -> str:
    """Return lower-case ASCII letters, digits and single spaces."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", ascii_only.lower()))


def slugify(text: str) -> str:
    """Return the words of a name joined by hyphens, at most 60 letters, never empty."""
    return plain(text).replace(" ", "-")[:60].strip("-") or "x"


def readable_code(length: int) -> str:
    """Return random letters and digits without look-alikes, about 4.95 bits each."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def paper_number(kind: str, day: date) -> str:
    """Return the number of a new paper: its kind, its day, and seven random letters.

    A thousand papers of one kind and day draw the same letters twice once in 50,000 days.
    """
    return f"{kind}{day:%y%m%d}-{readable_code(7)}"


def grouped(count: int) -> str:
    """Return a whole number as Indonesians write it: 1.234."""
    return f"{count:,}".replace(",", ".")


def decimal(milli: int) -> str:
    """Return thousandths as a decimal number: 250 gives 0,25."""
    whole, rest = divmod(abs(milli), 1_000)
    fraction = f",{rest:03}".rstrip("0") if rest else ""
    return f"{'-' if milli < 0 else ''}{grouped(whole)}{fraction}"


def weight(grams: int) -> str:
    """Return a weight as people say it: 750 gives 750 g, 12500 gives 12,5 kg."""
    return f"{decimal(grams)} kg" if abs(grams) >= 1_000 else f"{grams} g"
