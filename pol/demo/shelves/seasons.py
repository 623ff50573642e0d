"""How the year goes: what people buy more of, and when."""

from datetime import date

from pol.partnership.slots.rules import GoodsCategory as G

WEEKS = 52
"""How long goods have stood on the shelves, until yesterday."""

LEBARAN = (
    *(date(2024, 4, 10), date(2025, 3, 31), date(2026, 3, 20), date(2027, 3, 10)),
    *(date(2028, 2, 27), date(2029, 2, 15), date(2030, 2, 5), date(2031, 1, 25)),
)
GIFTS = {G.KUE_KERING, G.KERUPUK, G.KERIPIK, G.MINUMAN, G.OLAHAN_IKAN}
FASTING = {G.MINUMAN: 2.2, G.KUE_KERING: 1.4, G.OLAHAN_IKAN: 1.3, G.KOPI_JAHE: 0.8}
HARVESTS = (3, 4, 8)
"""After the harvests of paddy there is money in the villages."""

HOLIDAYS = (6, 7, 12)
RAINS = (11, 12, 1, 2)


def season(day: date, kind: G) -> float:
    """Return how many times as much as usual is bought of a kind of goods on a day."""
    factor = _feast(min(((feast - day).days for feast in LEBARAN), key=abs), kind)
    if day.month in HARVESTS:
        factor *= 1.15
    if day.month in HOLIDAYS and kind in (GIFTS | {G.KERAJINAN}):
        factor *= 1.2
    if day.month in RAINS and kind is G.KOPI_JAHE:
        factor *= 1.3
    return factor


def _feast(days_left: int, kind: G) -> float:
    """Return what Ramadan and Lebaran do, by days until the feast."""
    if 0 <= days_left < 14:
        return 2.4 if kind in GIFTS else 1.3
    if 14 <= days_left < 30:
        return FASTING.get(kind, 1.1)
    return 0.6 if -14 < days_left < 0 else 1.0
