"""What kinds of region there are and how their codes nest."""

from enum import StrEnum

REGENCY = "35.24"


class RegionKind(StrEnum):
    KABUPATEN = "kabupaten"
    KECAMATAN = "kecamatan"
    DESA = "desa"
    KELURAHAN = "kelurahan"


def kecamatan_of(code: str) -> str:
    """Return the code of the kecamatan that a village code lies in."""
    return code[:8]


def is_within(code: str, ancestor: str) -> bool:
    """Answer whether a region is the ancestor itself or lies below it."""
    return code == ancestor or code.startswith(f"{ancestor}.")


def split_place(text: str) -> tuple[str, str | None]:
    """Return the name and, if written, the kecamatan: "Desa Made (Lamongan)", "Made, Lamongan".

    Both in small letters, as `search_name` holds them, and without the word for the kind of place.
    """
    words = " ".join("".join(c if c.isprintable() else " " for c in text).lower().split())
    name, _, kecamatan = words.replace("(", ",").replace(")", "").partition(",")
    return _bare(name, KINDS), _bare(kecamatan, ("kecamatan ", "kec. ", "kec ")) or None


KINDS = ("desa ", "kelurahan ", "kel. ", "kel ", "ds. ", "ds ")


def _bare(name: str, kinds: tuple[str, ...]) -> str:
    name = name.strip()
    kind = next((kind for kind in kinds if name.startswith(kind)), "")
    return name.removeprefix(kind).strip()
