"""The static QRIS of a stall: customers of this stall alone pay it directly."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.payments.queries import qris as queries
from pol.payments.rules.qris import StaticQris, read_static
from pol.payments.services import qris
from pol.stalls.queries import own
from pol.stalls.rules import Seat
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.forms.qris import KeepForm, QrisForm
from pol.web.language import gettext as _

bp = Blueprint("trader_qris", __name__, url_prefix="/pedagang/lapak/qris")


@bp.get("")
@trader_only
def show() -> ResponseReturnValue:
    return _page(QrisForm(formdata=None))


@bp.post("/baca")
@trader_only
def read() -> ResponseReturnValue:
    form, found = QrisForm(), None
    if form.validate():
        with change(tell=False) as outcome:
            found = form.read()
        if outcome.refusal:
            form.blame_rule(outcome.refusal)
    return _page(form, found), HTTPStatus.OK if found else HTTPStatus.UNPROCESSABLE_ENTITY


@bp.post("")
@trader_only
def keep() -> ResponseReturnValue:
    form = KeepForm()
    code = form.code.data if form.validate() else ""
    with change(done=_("QRIS tersimpan. Pembeli lapak Anda bisa membayar dengan kode ini.")):
        stall = own.lock_stall(stall_id=my_seat().stall_id)
        qris.keep_code(place=stall, code=code, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show"), HTTPStatus.SEE_OTHER)


@bp.post("/hapus")
@trader_only
def remove() -> ResponseReturnValue:
    with change(done=_("QRIS dihapus.")):
        stall = own.lock_stall(stall_id=my_seat().stall_id)
        qris.keep_code(place=stall, code=None, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show"), HTTPStatus.SEE_OTHER)


def _page(form: QrisForm, found: StaticQris | None = None) -> str:
    kept = queries.find_code_of_stall(my_seat().stall_id)
    return render_template(
        "trader/stall/qris.html",
        form=form,
        found=found,
        kept=read_static(kept) if kept else None,
        is_owner=my_seat().seat is Seat.OWNER,
    )
