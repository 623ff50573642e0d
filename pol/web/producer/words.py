"""What the shelf partnership calls its permits, forms and states on a producer's screen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pol.partnership.applications.rules import ApplicationStatus, SheetPermitKind
from pol.partnership.applications.rules.fit import Lack
from pol.partnership.slots.rules import Bearer, ChargeBasis, CoopForm, GoodsCategory
from pol.web.filters import hari
from pol.web.goods_words import within_sentence
from pol.web.language import lazy_gettext as _l
from pol.web.language import put_in_words

PERMITS: Mapping[SheetPermitKind, str] = {
    SheetPermitKind.NIB: "NIB",
    SheetPermitKind.P_IRT: "P-IRT",
    SheetPermitKind.HALAL: "Halal",
    SheetPermitKind.BPOM: "BPOM",
}
FORMS: Mapping[CoopForm, Any] = {
    CoopForm.CONSIGNMENT: _l("titip jual"),
    CoopForm.OUTRIGHT: _l("beli putus"),
    CoopForm.RENT: _l("sewa rak"),
    CoopForm.PROGRAMME: _l("slot program"),
}
BEARERS: Mapping[Bearer, Any] = {
    Bearer.PRODUCER: _l("produsen"),
    Bearer.RETAILER: _l("toko"),
}
BASES: Mapping[ChargeBasis, Any] = {
    ChargeBasis.ONCE: _l("sekali"),
    ChargeBasis.PER_PERIOD: _l("setiap periode"),
    ChargeBasis.SHARE_OF_SALES: _l("dari penjualan"),
}
S = ApplicationStatus
STATUSES: Mapping[ApplicationStatus, tuple[Any, str]] = {
    S.DRAFT: (_l("Konsep"), "neutral"),
    S.SUBMITTED: (_l("Terkirim"), "info"),
    S.SCREENING: (_l("Diperiksa Dinas"), "info"),
    S.CURATION: (_l("Dinilai toko"), "info"),
    S.REPAIR: (_l("Perlu dibenahi"), "warn"),
    S.PASSED: (_l("Lolos kurasi"), "good"),
    S.REFUSED: (_l("Tidak lolos"), "bad"),
    S.WITHDRAWN: (_l("Ditarik"), "neutral"),
}
NEXT: Mapping[ApplicationStatus, Any] = {
    S.DRAFT: _l("Periksa lagi, lalu kirim sebelum pembukaan ditutup."),
    S.SUBMITTED: _l("Dinas Koperasi dan Usaha Mikro memeriksa surat-suratnya."),
    S.SCREENING: _l("Petugas Dinas sedang memeriksa surat-suratnya."),
    S.CURATION: _l("Pembeli toko memberi nilai untuk setiap kriteria."),
    S.REPAIR: _l("Benahi yang diminta, jawab satu per satu, lalu kirim lagi."),
    S.PASSED: _l("Tunggu penetapan tempat. Anda mendapat penawaran atau alasannya."),
    S.REFUSED: _l("Baca alasannya. Anda boleh mengajukan banding satu kali."),
    S.WITHDRAWN: _l("Tidak ada lagi. Anda boleh mengajukan produk ini lagi."),
}


def say(lack: Lack) -> str:
    """Return what is missing, in the visitor's language."""
    return put_in_words(lack.message, {key: _word(value) for key, value in lack.values.items()})


def _word(value: object) -> object:
    if isinstance(value, GoodsCategory):
        return within_sentence(value)
    if isinstance(value, SheetPermitKind):
        return PERMITS[value]
    return hari(value) if isinstance(value, date) else value
