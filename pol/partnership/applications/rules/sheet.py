"""What a product sheet may say."""

from dataclasses import dataclass

from pol.kernel.errors import Refused
from pol.kernel.text import plain
from pol.partnership.slots.rules import GoodsCategory

THUMB_MM = 30
"""Whoever writes three measures up to this has written centimetres."""

MOST_MM, MOST_G, MOST_DAYS, MOST_A_WEEK = 3_000, 100_000, 3_650, 1_000_000

WORDS: dict[GoodsCategory, frozenset[str]] = {
    GoodsCategory.SAMBAL_BUMBU: frozenset(
        {"sambal", "sambel", "bumbu", "terasi", "petis", "kecap"}
    ),
    GoodsCategory.KERUPUK: frozenset({"kerupuk", "krupuk", "rambak", "opak"}),
    GoodsCategory.KERIPIK: frozenset({"keripik", "kripik", "stik", "rengginang"}),
    GoodsCategory.KOPI_JAHE: frozenset({"kopi", "jahe", "wedang", "jamu"}),
    GoodsCategory.KUE_KERING: frozenset({"kue", "wingko", "jumbrek", "nastar", "roti", "bolu"}),
    GoodsCategory.MINUMAN: frozenset({"minuman", "sirup", "legen", "teh", "sari", "susu"}),
    GoodsCategory.OLAHAN_IKAN: frozenset({"bandeng", "ikan", "udang", "abon", "otak", "presto"}),
    GoodsCategory.KERAJINAN: frozenset({"tenun", "batik", "anyaman", "tas", "kain", "kerajinan"}),
}
"""What goods are called; the first category that fits wins (sambal udang is a sambal)."""


class InCentimetres(Refused):
    message = "Ukuran ini hanya sebesar ibu jari. Tulis dalam milimeter: 14 cm ditulis 140."


class TooWideForShelves(Refused):
    message = "Lebar %(mm)s mm melebihi ambalan terlebar yang ada, %(largest)s mm."


class TooHighForShelves(Refused):
    message = "Tinggi %(mm)s mm melebihi ambalan tertinggi yang ada, %(largest)s mm."


class TooDeepForShelves(Refused):
    message = "Dalam %(mm)s mm melebihi ambalan terdalam yang ada, %(largest)s mm."


class GtinTaken(Refused):
    message = "Barcode ini sudah dipakai lembar produk lain. Satu barcode untuk satu produk."


@dataclass(frozen=True)
class Size:
    """Millimetres as a thing stands with its face to the customer."""

    width_mm: int
    height_mm: int
    depth_mm: int


def check_size(size: Size, largest: Size | None) -> None:
    """Refuse what cannot be meant, and what no shelf in the regency would take.

    `largest` holds the largest of each measure over all shelves, None while there is no shelf.

    :raises InCentimetres: all three measures are tiny
    :raises TooWideForShelves, TooHighForShelves, TooDeepForShelves: no shelf is that large
    """
    if max(size.width_mm, size.height_mm, size.depth_mm) <= THUMB_MM:
        raise InCentimetres
    if largest is None:
        return
    if size.width_mm > largest.width_mm:
        raise TooWideForShelves(mm=size.width_mm, largest=largest.width_mm)
    if size.height_mm > largest.height_mm:
        raise TooHighForShelves(mm=size.height_mm, largest=largest.height_mm)
    if size.depth_mm > largest.depth_mm:
        raise TooDeepForShelves(mm=size.depth_mm, largest=largest.depth_mm)


def guess_category(name: str) -> GoodsCategory | None:
    """Return the category that a product's name suggests, or nothing."""
    words = set(plain(name).split())
    return next((category for category, known in WORDS.items() if words & known), None)
