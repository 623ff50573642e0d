"""Words for fixtures."""

from pol.partnership.slots.rules import FixtureStatus
from pol.web.language import lazy_gettext as _l

FIXTURE_STATUSES = {
    FixtureStatus.ACTIVE: (_l("Dipakai"), "good"),
    FixtureStatus.REFIT: (_l("Ditata ulang"), "warn"),
    FixtureStatus.CLOSED: (_l("Ditutup"), "bad"),
}
