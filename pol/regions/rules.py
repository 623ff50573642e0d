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
