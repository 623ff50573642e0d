"""Words for fixtures and kinds of goods."""

from pol.partnership.slots.rules import FixtureStatus, GoodsCategory
from pol.web.language import lazy_gettext as _l

FIXTURE_STATUSES = {
    FixtureStatus.ACTIVE: (_l("Dipakai"), "good"),
    FixtureStatus.REFIT: (_l("Ditata ulang"), "warn"),
    FixtureStatus.CLOSED: (_l("Ditutup"), "bad"),
}
GOODS = {
    GoodsCategory.KERIPIK: _l("Keripik"),
    GoodsCategory.KERUPUK: _l("Kerupuk"),
    GoodsCategory.KOPI_JAHE: _l("Kopi dan jahe"),
    GoodsCategory.KUE_KERING: _l("Kue kering"),
    GoodsCategory.MINUMAN: _l("Minuman"),
    GoodsCategory.OLAHAN_IKAN: _l("Olahan ikan"),
    GoodsCategory.SAMBAL_BUMBU: _l("Sambal dan bumbu"),
    GoodsCategory.KERAJINAN: _l("Kerajinan"),
}
