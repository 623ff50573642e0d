"""What offers and agreements are called on a screen, and what comes next."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pol.partnership.agreements.queries.agreements import AgreementRow
from pol.partnership.agreements.rules import AgreementStatus as A
from pol.partnership.allocation.rules.statuses import OfferStatus as O
from pol.partnership.slots.rules import Bearer, CoopForm, PlacementStatus
from pol.web.filters import hari
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

OFFERS: Mapping[O, tuple[Any, str]] = {
    O.WAITING: (_l("Daftar tunggu"), "neutral"),
    O.OFFERED: (_l("Menunggu jawaban"), "warn"),
    O.ACCEPTED: (_l("Diterima"), "good"),
    O.LAPSED: (_l("Lewat waktu"), "bad"),
    O.DECLINED: (_l("Ditolak produsen"), "bad"),
    O.CLOSED: (_l("Ditutup"), "neutral"),
}
AGREEMENTS: Mapping[A, tuple[Any, str]] = {
    A.DRAFT: (_l("Menunggu tanda tangan"), "warn"),
    A.SIGNED: (_l("Ditandatangani"), "info"),
    A.IN_FORCE: (_l("Berlaku"), "good"),
    A.ENDED: (_l("Berakhir"), "neutral"),
    A.TERMINATED: (_l("Diakhiri"), "bad"),
}
PLACES: Mapping[PlacementStatus, tuple[Any, str]] = {
    PlacementStatus.RESERVED: (_l("Dipesan"), "info"),
    PlacementStatus.LIVE: (_l("Terpajang"), "good"),
    PlacementStatus.ENDED: (_l("Selesai"), "neutral"),
}
FORMS: Mapping[CoopForm, Any] = {
    CoopForm.CONSIGNMENT: _l("titip jual"),
    CoopForm.OUTRIGHT: _l("beli putus"),
    CoopForm.RENT: _l("sewa rak"),
    CoopForm.PROGRAMME: _l("slot program"),
}
SIDES: Mapping[Bearer, Any] = {Bearer.PRODUCER: _l("Produsen"), Bearer.RETAILER: _l("Toko")}


def next_words(row: AgreementRow, side: Bearer) -> str:
    """Return what happens next to an agreement, said to one of its sides."""
    if row.status is A.DRAFT:
        if side not in row.signed:
            return _(
                "Baca naskahnya, lalu ketik nama Anda paling lambat %(day)s. Sesudah itu "
                "perjanjian ini batal.",
                day=hari(row.sign_by),
            )
        return _(
            "Anda sudah menandatangani. Pihak lain punya waktu sampai %(day)s.",
            day=hari(row.sign_by),
        )
    if row.status is A.SIGNED:
        return _("Sudah ditandatangani kedua pihak. Berlaku mulai %(day)s.", day=hari(row.from_on))
    if row.status is A.IN_FORCE:
        if row.ends_at is not None:
            return _(
                "Akan berakhir %(day)s. Siapkan hitung akhir.",
                day=hari(row.ends_at - timedelta(minutes=1)),
            )
        return _(
            "Berlaku sampai %(day)s. Tidak diperpanjang dengan sendirinya.",
            day=hari(row.until_on - timedelta(days=1)),
        )
    return _(
        "Sudah berakhir: %(why)s. Tempatnya dilepas bila barang nol dan semua tagihan lunas.",
        why=row.ended_reason or "",
    )
