"""How commission terms and payout states are said."""

from flask import Flask

from pol.kernel.text import decimal
from pol.payments.rules import BatchStatus, PayoutStatus
from pol.payments.rules.commission import Terms
from pol.payments.rules.payout import LeftOut
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

PAYOUTS = {
    PayoutStatus.PLANNED: (_l("sedang dikirim"), "info"),
    PayoutStatus.PAID: (_l("sudah dikirim"), "good"),
    PayoutStatus.FAILED: (_l("gagal, kembali ke saldo"), "bad"),
    PayoutStatus.DROPPED: (_l("tidak jadi"), "neutral"),
}
BATCHES = {
    BatchStatus.MADE: (_l("menunggu persetujuan"), "warn"),
    BatchStatus.APPROVED: (_l("disetujui"), "good"),
    BatchStatus.DROPPED: (_l("dibatalkan"), "neutral"),
}
LEFT_OUT = {
    LeftOut.NOT_VERIFIED: _l("lapak tidak terverifikasi"),
    LeftOut.NOTHING_DUE: _l("semua haknya sudah dipegang tunai oleh lapak"),
    LeftOut.BELOW_MINIMUM: _l("di bawah jumlah paling sedikit"),
    LeftOut.NO_ACCOUNT: _l("belum menulis rekening"),
    LeftOut.COOLING: _l("rekening baru, masih masa tunggu"),
    LeftOut.IN_A_BATCH: _l("sudah ada di kumpulan lain"),
    LeftOut.ACCOUNT_CHANGED: _l("rekening diganti"),
}


def persen(basis_points: int) -> str:
    """Write it like 250 -> 2,5 %."""
    return f"{decimal(basis_points * 10)} %"


def syarat(terms: Terms) -> str:
    """Say a rule's terms in a line: 2,5 %, paling sedikit Rp500."""
    parts = [persen(terms.basis_points)]
    if terms.floor:
        parts.append(_("paling sedikit %(amount)s", amount=terms.floor))
    if terms.ceiling is not None:
        parts.append(_("paling banyak %(amount)s", amount=terms.ceiling))
    return ", ".join(parts)


def payout_state(status: PayoutStatus, batch: BatchStatus) -> tuple[str, str]:
    """Return what a payout's state is called, and its tone."""
    if status is PayoutStatus.PLANNED and batch is BatchStatus.MADE:
        return _("menunggu persetujuan"), "warn"
    words, tone = PAYOUTS[status]
    return str(words), tone


def register(app: Flask) -> None:
    """Offer them to templates."""
    app.add_template_filter(persen)
    app.add_template_filter(syarat)
    app.jinja_env.globals.update(payout_state=payout_state, batch_states=BATCHES)
