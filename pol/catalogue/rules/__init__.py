"""Units, quantities, prices and the life of a product."""

from enum import StrEnum


class ProductStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    HIDDEN = "hidden"


class StockMode(StrEnum):
    COUNTED = "counted"
    AS_AVAILABLE = "as_available"


class Condition(StrEnum):
    FRESH = "fresh"
    FROZEN = "frozen"
    DRIED = "dried"
    COOKED = "cooked"
    PACKAGED = "packaged"
    NEW = "new"
    USED = "used"


class Unit(StrEnum):
    KG = "kg"
    ONS = "ons"
    LITER = "liter"
    IKAT = "ikat"
    SISIR = "sisir"
    BUNGKUS = "bungkus"
    EKOR = "ekor"
    BUTIR = "butir"
    BOTOL = "botol"
    LEMBAR = "lembar"
    BUAH = "buah"
    PASANG = "pasang"
    KOTAK = "kotak"


WEIGHTS = frozenset({Unit.KG, Unit.ONS})
"""Units of which a trader can only say "about so much" before the goods lie on the scales."""
