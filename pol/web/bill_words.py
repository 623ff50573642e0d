"""What bills, their lines and disputes are called on the screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import Flask

from pol.kernel.money import ZERO
from pol.partnership.settlement.queries.bill_lines import LineRow
from pol.partnership.settlement.queries.bills import BillRow
from pol.partnership.settlement.queries.disputes import StepRow
from pol.partnership.settlement.rules import BillLineKind, BillStatus, DisputeStatus
from pol.partnership.slots.rules import CoopForm
from pol.web.agreement_words import FORMS
from pol.web.filters import tanggal
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

LINES = {
    BillLineKind.SALE: _l("Terjual"),
    BillLineKind.PURCHASE: _l("Dibeli toko"),
    BillLineKind.BORNE_LOSS: _l("Hilang atau rusak, ditanggung toko"),
    BillLineKind.RETURN: _l("Dikembalikan"),
    BillLineKind.CHARGE: _l("Biaya"),
    BillLineKind.FINE: _l("Denda"),
    BillLineKind.CARRIED: _l("Dibawa dari tagihan lalu"),
    BillLineKind.RULING: _l("Keputusan sengketa"),
}
STATUS = {
    BillStatus.BILLED: (_l("menunggu persetujuan"), "accent"),
    BillStatus.APPROVED: (_l("disetujui"), "info"),
    BillStatus.IN_PART: (_l("dibayar sebagian"), "warn"),
    BillStatus.PAID: (_l("lunas"), "good"),
    BillStatus.NOTHING_DUE: (_l("tidak ada tagihan"), "neutral"),
}
DISPUTE = {
    DisputeStatus.OPEN: (_l("dibicarakan"), "warn"),
    DisputeStatus.MEDIATION: (_l("di meja Dinas"), "accent"),
    DisputeStatus.SETTLED: (_l("selesai"), "good"),
}
SPEAKERS = {"producer": _l("Produsen"), "retailer": _l("Toko"), "dinas": _l("Dinas")}


@dataclass(frozen=True)
class Words:
    """A state in words, with the colour of its badge."""

    text: str
    tone: str


def bill_state(bill: BillRow, today: date) -> Words:
    """Return a bill's state; that it is late says more than anything else."""
    late = bill.days_late(today)
    if late:
        return Words(_("telat %(days)s hari", days=late), "bad")
    if bill.owed_back:
        return Words(_("produsen masih membayar"), "warn")
    if bill.payable < ZERO and bill.paid:
        return Words(_("dibayar produsen"), "good")
    text, tone = STATUS[bill.status]
    return Words(str(text), tone)


def dispute_state(status: DisputeStatus) -> Words:
    """Return a dispute's state."""
    text, tone = DISPUTE[status]
    return Words(str(text), tone)


def speaker(step: StepRow) -> str:
    """Return who said something in a dispute, and for which side."""
    return f"{step.name} ({SPEAKERS[step.side]})" if step.side else step.name


def line_kind(line: LineRow) -> str:
    """Return what a line of a bill is about."""
    if line.kind is BillLineKind.SALE and line.form is CoopForm.OUTRIGHT:
        return _("Terjual; sudah dibeli toko saat diterima")
    return str(LINES[line.kind])


def forms_of(lines: Iterable[LineRow]) -> str:
    """Name the forms of cooperation that a bill is about."""
    found = {line.form for line in lines}
    return ", ".join(str(words) for form, words in FORMS.items() if form in found)


def takings_words(lines: Iterable[LineRow]) -> str:
    """Say what the first sum of a bill is: sales, what the store bought, or both."""
    found = {line.form for line in lines if line.form}
    if found == {CoopForm.OUTRIGHT}:
        return _("Barang yang dibeli, harga jual")
    return _("Penjualan dan pembelian") if CoopForm.OUTRIGHT in found else _("Penjualan")


def margin_words(lines: Iterable[LineRow]) -> str:
    """Say what the store keeps of it."""
    found = {line.form for line in lines if line.form}
    return _("Potongan toko") if found == {CoopForm.OUTRIGHT} else _("Margin toko")


def days_text(tenths: int) -> str:
    """Return days in tenths as people write them: 6,3."""
    return f"{tenths // 10},{tenths % 10}"


def ppm_text(ppm: int) -> str:
    """Return millionths as a percentage with two places: 1,25 %."""
    return f"{ppm // 10_000},{ppm % 10_000 // 100:02} %"


def month_text(day: date) -> str:
    """Return a month as people write it: November 2026."""
    return tanggal(day).split(" ", 2)[2]


def register(app: Flask) -> None:
    """Let templates use these words."""
    app.jinja_env.globals.update(
        bill_state=bill_state,
        dispute_state=dispute_state,
        speaker=speaker,
        line_kind=line_kind,
        forms_of=forms_of,
        takings_words=takings_words,
        margin_words=margin_words,
    )
    app.add_template_filter(days_text, "hari_persepuluh")
    app.add_template_filter(ppm_text, "persen_ppm")
    app.add_template_filter(month_text, "bulan")
