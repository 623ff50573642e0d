"""Money that customers paid to the stall's own QRIS: whether it came."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.orders.queries import stall_payments
from pol.orders.services import paying
from pol.payments.services import payments
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.language import gettext as _
from pol.web.officer.transfers import DoubtForm

bp = Blueprint("trader_payments", __name__, url_prefix="/pedagang/pembayaran")


@bp.get("")
@trader_only
def show() -> ResponseReturnValue:
    return _page(DoubtForm(formdata=None))


@bp.post("/<number>/masuk")
@trader_only
def confirm(number: str) -> ResponseReturnValue:
    with change(done=_("Uang dicatat masuk. Pesanannya ada di papan pesanan.")):
        group, payment = stall_payments.lock_payment_to_stall(
            group_number=number, stall_id=my_seat().stall_id
        )
        paying.confirm_transfer(group=group, payment=payment, officer_id=my_id(), now=clock.now())
    return redirect(url_for(".show"), 303)


@bp.post("/<number>/tolak")
@trader_only
def refuse(number: str) -> ResponseReturnValue:
    form = DoubtForm()
    if not form.validate():
        return _page(form, doubted=number), 422
    with change(done=_("Bukti ditolak. Pembeli bisa mengirim bukti lain.")):
        _group, payment = stall_payments.lock_payment_to_stall(
            group_number=number, stall_id=my_seat().stall_id
        )
        payments.refuse_proof(
            payment=payment, officer_id=my_id(), reason=form.reason.data or "", now=clock.now()
        )
    return redirect(url_for(".show"), 303)


def _page(doubt: DoubtForm, doubted: str | None = None) -> str:
    rows = stall_payments.list_payments_to_stall(stall_id=my_seat().stall_id, now=clock.now())
    return render_template(
        "trader/payments/show.html",
        seat=my_seat(),
        proofs=[row for row in rows if row.proof_key],
        promised=[row for row in rows if not row.proof_key],
        doubt=doubt,
        doubted=doubted,
    )
