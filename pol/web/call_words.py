"""How slot calls and the rules about their terms are said."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from pol.kernel.money import Rupiah
from pol.partnership.slots.rules import (
    Bearer,
    ChargeBasis,
    ChargeKind,
    CoopForm,
    RuleWeight,
    TermPlace,
    TermRuleKind,
)
from pol.partnership.slots.rules.term_rows import IN_PERCENT
from pol.web.commission_words import persen
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

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
    """Say a rule's number with its unit: 15 %, "15 hari untuk tagihan sampai Rp10.000.000"."""
    kind = TermRuleKind(kind)
    if kind in IN_PERCENT:
        return persen(number) if number else _("tanpa angka")
    if kind is not TermRuleKind.PAYMENT_DAYS_MOST:
        return _("tanpa angka")
    if not threshold:
        return _("%(n)s hari", n=number)
    most = threshold if isinstance(threshold, Rupiah) else Rupiah(threshold)
    return _("%(n)s hari untuk tagihan sampai %(amount)s", n=number, amount=most)


def finding_sentence(row: Mapping[str, Any]) -> str:
    """Say what a checker found, from what a call keeps of it."""
    return _(row["wrong"], **row["values"])


def register(app: Flask) -> None:
    """Offer them to templates."""
    app.jinja_env.globals.update(
        call_forms=FORMS,
        charge_kinds=CHARGES,
        charge_bases=BASES,
        bearers=BEARERS,
        rule_weights=WEIGHTS,
        rule_places=PLACES,
        rule_kinds=RULE_KINDS,
        rule_number=rule_number,
        finding_sentence=finding_sentence,
    )
