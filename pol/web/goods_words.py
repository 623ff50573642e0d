"""What kinds of goods are called, alone and in a sentence."""

from collections.abc import Mapping
from typing import Any

from pol.partnership.slots.rules import GoodsCategory
from pol.web.language import lazy_gettext as _l

GOODS: Mapping[GoodsCategory, Any] = {
    GoodsCategory.KERIPIK: _l("Keripik"),
    GoodsCategory.KERUPUK: _l("Kerupuk"),
    GoodsCategory.KOPI_JAHE: _l("Kopi dan jahe"),
    GoodsCategory.KUE_KERING: _l("Kue kering"),
    GoodsCategory.MINUMAN: _l("Minuman"),
    GoodsCategory.OLAHAN_IKAN: _l("Olahan ikan"),
    GoodsCategory.SAMBAL_BUMBU: _l("Sambal dan bumbu"),
    GoodsCategory.KERAJINAN: _l("Kerajinan"),
}


def within_sentence(kind: GoodsCategory) -> str:
    """Name a kind of goods in the middle of a sentence."""
    name = str(GOODS[kind])
    return name[:1].lower() + name[1:]
