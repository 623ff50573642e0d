"""Where an application stands for its producer: the state, what comes next, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pol.partnership.allocation.queries.offers import OfferRow
from pol.partnership.allocation.rules.statuses import OfferStatus as O
from pol.partnership.applications.queries.applications import ApplicationRow
from pol.partnership.applications.rules import ApplicationStatus as S
from pol.partnership.applications.rules.life import Phase, due_at, phase_of
from pol.partnership.slots.rules import CallStatus
from pol.web.language import lazy_gettext as _l
from pol.web.producer.words import NEXT, STATUSES

OUTCOMES: tuple[tuple[frozenset[O], Any, str, Any], ...] = (
    (
        frozenset({O.OFFERED}),
        _l("Ditawari tempat"),
        "warn",
        _l("Ada tempat untuk produk ini. Jawab tawarannya sebelum lewat waktunya."),
    ),
    (
        frozenset({O.ACCEPTED}),
        _l("Mendapat tempat"),
        "good",
        _l("Produk ini mendapat tempat. Perjanjiannya ada di tawaran yang Anda terima."),
    ),
    (
        frozenset({O.WAITING}),
        _l("Daftar tunggu"),
        "info",
        _l("Belum dapat tempat. Lihat urutan Anda dan alasannya di setiap toko."),
    ),
    (
        frozenset({O.DECLINED, O.LAPSED}),
        _l("Tawaran lewat"),
        "neutral",
        _l("Tempat yang ditawarkan tidak diambil, jadi diberikan ke pengajuan berikutnya."),
    ),
    (
        frozenset({O.CLOSED}),
        _l("Tidak dapat tempat"),
        "neutral",
        _l("Pembukaan ini sudah habis masanya. Lihat alasannya di setiap toko."),
    ),
)
"""What became of a passed application, what matters most first: offers, badge, what comes next."""

OVER_STATUS = _l("Tidak ikut penetapan")
CANCELLED = _l("Toko membatalkan pembukaan ini, jadi tidak ada tempat yang dibagikan.")
LEFT_OUT = _l(
    "Tempat dari pembukaan ini sudah dibagikan, dan pengajuan ini tidak ikut dihitung. "
    "Cari pembukaan lain untuk produk ini."
)
NO_APPEAL = _l("Baca alasannya. Pembukaan ini sudah selesai, jadi banding tidak bisa lagi.")


@dataclass(frozen=True)
class Standing:
    """A state in words with its tone, what comes next, and what each store has decided."""

    words: Any
    tone: str
    next_words: Any
    due_at: datetime | None = None
    offers: Sequence[OfferRow] = ()


def standing_of(
    row: ApplicationRow, offers: Sequence[OfferRow], *, now: datetime, since: datetime | None = None
) -> Standing:
    """Return where an application stands; `since` is when it came into its state."""
    words, tone = STATUSES[row.status]
    is_over = phase_of(row.call_status, row.closes_at, now) is Phase.OVER
    if offers and row.status is S.PASSED:
        return _outcome(offers)
    if not is_over or row.status is S.WITHDRAWN:
        return Standing(words, tone, NEXT[row.status], due_at(row.status, since or row.created_at))
    if row.status is S.REFUSED:
        return Standing(words, tone, NO_APPEAL)
    if row.call_status is CallStatus.CANCELLED:
        return Standing(OVER_STATUS, "neutral", CANCELLED)
    return Standing(OVER_STATUS, "neutral", LEFT_OUT)


def _outcome(offers: Sequence[OfferRow]) -> Standing:
    found = {offer.status for offer in offers}
    words, tone, after = next(
        (words, tone, after) for those, words, tone, after in OUTCOMES if found & those
    )
    return Standing(words, tone, after, offers=offers)
