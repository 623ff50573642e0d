"""Transfers: whether the money is on the account."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import Length

from pol.kernel import clock
from pol.orders.queries import officer
from pol.orders.services import paying
from pol.payments.services import payments
from pol.web.access import me, my_id, officer_only
from pol.web.change import change
from pol.web.forms.base import Needed, PolForm, RupiahField
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

bp = Blueprint("officer_transfers", __name__, url_prefix="/petugas/transfer")


class AmountForm(PolForm):
    """The amount on a bank statement."""

    jumlah = RupiahField(_l("Cari jumlah di rekening koran"), [Needed()])


class DoubtForm(PolForm):
    """Why a proof does not count."""

    reason = StringField(
        _l("Alasan menolak bukti"),
        [Needed(_l("Tulis alasannya dulu, supaya pembeli mengerti.")), Length(max=200)],
    )


@bp.get("")
@officer_only
def show() -> ResponseReturnValue:
    return _page(DoubtForm(formdata=None))


def _page(doubt: DoubtForm, doubted: str | None = None) -> str:
    mine, search = me().market_ids, AmountForm(request.args)
    wanted = search.jumlah.data if request.args.get("jumlah") and search.validate() else None
    return render_template(
        "officer/transfers.html",
        search=search,
        found=officer.find_transfers(market_ids=mine, amount=wanted) if wanted else None,
        proofs=officer.list_proofs(market_ids=mine, now=clock.now()),
        promised=officer.list_promised(market_ids=mine),
        doubt=doubt,
        doubted=doubted,
    )


@bp.post("/<number>/masuk")
@officer_only
def confirm(number: str) -> ResponseReturnValue:
    with change(done=_("Uang dicatat masuk. Lapak sudah dikabari.")):
        group, payment = officer.lock_transfer(group_number=number, market_ids=me().market_ids)
        paying.confirm_transfer(group=group, payment=payment, officer_id=my_id(), now=clock.now())
    return redirect(url_for(".show"), 303)


@bp.post("/<number>/tolak")
@officer_only
def refuse(number: str) -> ResponseReturnValue:
    form = DoubtForm()
    if not form.validate():
        return _page(form, doubted=number), 422
    with change(done=_("Bukti ditolak. Pembeli bisa mengirim bukti lain.")):
        _group, payment = officer.lock_transfer(group_number=number, market_ids=me().market_ids)
        payments.refuse_proof(
            payment=payment, officer_id=my_id(), reason=form.reason.data or "", now=clock.now()
        )
    return redirect(url_for(".show"), 303)
