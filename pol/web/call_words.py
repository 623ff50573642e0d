"""How slot calls and the rules about their terms are said."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import Flask

from pol.kernel.money import Rupiah
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.slots.rules import (
    Bearer,
    CallStatus,
    ChargeBasis,
    ChargeKind,
    CoopForm,
    RuleWeight,
    TermPlace,
    TermRuleKind,
)
from pol.partnership.slots.rules.forms import FORMS as COOPERATION
from pol.partnership.slots.rules.term_rows import IN_PERCENT
from pol.web.commission_words import persen
from pol.web.filters import hari
from pol.web.goods_words import GOODS
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l
from pol.web.language import put_in_words

FORMS = {
    CoopForm.CONSIGNMENT: _l("Titip jual"),
    CoopForm.OUTRIGHT: _l("Beli putus"),
    CoopForm.RENT: _l("Sewa rak"),
    CoopForm.PROGRAMME: _l("Slot program"),
}
CHARGES = {
    ChargeKind.LISTING_FEE: _l("Pendaftaran barang"),
    ChargeKind.PROMOTION: _l("Promosi"),
    ChargeKind.RENT: _l("Sewa rak"),
    ChargeKind.SHORTAGE: _l("Kurang kirim"),
    ChargeKind.OTHER: _l("Biaya khusus (beri nama)"),
}
BASES = {
    ChargeBasis.ONCE: _l("sekali"),
    ChargeBasis.PER_PERIOD: _l("tiap periode"),
    ChargeBasis.SHARE_OF_SALES: _l("dari penjualan"),
}
BEARERS = {
    Bearer.PRODUCER: _l("produsen"),
    Bearer.RETAILER: _l("toko"),
}
PERMITS = {
    SheetPermitKind.NIB: _l("NIB"),
    SheetPermitKind.P_IRT: _l("P-IRT"),
    SheetPermitKind.HALAL: _l("Halal"),
    SheetPermitKind.BPOM: _l("BPOM"),
}
STATUSES = {
    CallStatus.DRAFT: (_l("Belum lengkap"), "neutral"),
    CallStatus.CHECKED: (_l("Siap diumumkan"), "info"),
    CallStatus.OPEN: (_l("Dibuka"), "good"),
    CallStatus.CLOSED: (_l("Pendaftaran ditutup"), "warn"),
    CallStatus.ALLOCATED: (_l("Sudah ditetapkan"), "info"),
    CallStatus.DONE: (_l("Selesai"), "neutral"),
    CallStatus.CANCELLED: (_l("Dibatalkan"), "bad"),
}
WEIGHTS = {
    RuleWeight.BINDS: (_l("mengikat"), "bad"),
    RuleWeight.ADVICE: (_l("saran"), "info"),
}
PLACES = {
    TermPlace.STORE: _l("Toko swalayan"),
    TermPlace.CENTRE: _l("Pusat perbelanjaan"),
}
RULE_KINDS = {
    TermRuleKind.CHARGES_MOST_BP: _l("Batas biaya di luar margin"),
    TermRuleKind.PAYMENT_DAYS_MOST: _l("Batas hari bayar"),
    TermRuleKind.LISTING_FEE_NEW_GOODS_ONLY: _l("Biaya pendaftaran hanya barang baru"),
    TermRuleKind.LISTING_FEE_FREE_FOR_SMALL: _l("Bebas biaya pendaftaran"),
    TermRuleKind.AREA_SHARE_LEAST_BP: _l("Bagian ruang untuk barang lokal"),
    TermRuleKind.WRITTEN_IN_INDONESIAN: _l("Tertulis dalam bahasa Indonesia"),
    TermRuleKind.CLOSED_LIST_OF_CHARGES: _l("Biaya disebut satu per satu"),
    TermRuleKind.FINES_BOTH_WAYS: _l("Denda dua arah"),
}


def rule_number(kind: TermRuleKind | str, number: int, threshold: Rupiah | int | None) -> str:
    """Say a rule's number with its unit: 15 %, "15 hari untuk tagihan sampai Rp10.000.000".

    Empty for a rule that has none.
    """
    kind = TermRuleKind(kind)
    if kind in IN_PERCENT:
        return persen(number) if number else ""
    if kind is not TermRuleKind.PAYMENT_DAYS_MOST:
        return ""
    if not threshold:
        return _("%(n)s hari", n=number)
    most = threshold if isinstance(threshold, Rupiah) else Rupiah(threshold)
    return _("%(n)s hari untuk tagihan sampai %(amount)s", n=number, amount=most)


def bearer_words(bearer: str | None) -> str:
    """Name the side that a form holds by its code."""
    return str(BEARERS[Bearer(bearer)]) if bearer in set(Bearer) else "–"


def hari_terakhir(until_on: date) -> date:
    """Return the last day of a span whose end is the first day after it."""
    return until_on - timedelta(days=1)


def hari_iso(day: str) -> str:
    """Write a day that was kept as text: 2026-11-22 -> 22 Nov 2026."""
    return hari(date.fromisoformat(day))


def finding_sentence(row: Mapping[str, Any]) -> str:
    """Say what a checker found, from what a call keeps of it."""
    return put_in_words(row["wrong"], row["values"])


def form_sentence(form: CoopForm, payment_days: int) -> str:
    """Say whose the goods are and when money is due, the same to both sides."""
    return put_in_words(COOPERATION[form].says, {"days": payment_days})


def usual_sentence(form: str) -> str:
    """Say it of a form of that name with its usual days."""
    kind = CoopForm(form)
    return form_sentence(kind, COOPERATION[kind].defaults.payment_days)


def register(app: Flask) -> None:
    """Offer them to templates."""
    app.add_template_filter(hari_terakhir)
    app.add_template_filter(hari_iso)
    app.jinja_env.globals.update(
        call_forms=FORMS,
        call_statuses=STATUSES,
        call_permits={kind.value: words for kind, words in PERMITS.items()},
        goods_words={kind.value: words for kind, words in GOODS.items()},
        form_sentence=form_sentence,
        usual_sentence=usual_sentence,
        charge_kinds=CHARGES,
        charge_bases=BASES,
        bearers=BEARERS,
        bearer_words=bearer_words,
        rule_weights=WEIGHTS,
        rule_places=PLACES,
        rule_kinds=RULE_KINDS,
        rule_number=rule_number,
        finding_sentence=finding_sentence,
    )
