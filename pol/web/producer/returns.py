"""What a store sends back to its producer, and what its producer takes back from every store."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.partnership.consignment.queries import returns
from pol.partnership.consignment.queries.recalls import list_recallable
from pol.partnership.consignment.services.recalling import call_off, recall
from pol.partnership.consignment.services.returns import receive_return
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.forms.recalls import RecallForm
from pol.web.language import gettext as _
from pol.web.records import record_of

bp = Blueprint("producer_returns", __name__, url_prefix="/pedagang/rak/retur")


@bp.get("/tarik")
@trader_only
def ask() -> ResponseReturnValue:
    form = RecallForm(formdata=None)
    form.fresh_key()
    return _recall_page(form)


@bp.post("/tarik")
@trader_only
def take_back() -> ResponseReturnValue:
    form = RecallForm()
    if not form.validate():
        return _recall_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Semua tokonya sudah diminta menahannya."), tell=False) as outcome:
        recall(
            stall_id=my_seat().stall_id,
            line_id=form.line.data,
            why=form.why.data or "",
            key=form.key.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "line")
        return _recall_page(form), HTTPStatus.CONFLICT
    return redirect(url_for("producer_shelf_stock.index"), HTTPStatus.SEE_OTHER)


def _recall_page(form: RecallForm) -> str:
    rows = list_recallable(stall_id=my_seat().stall_id)
    form.offer(rows)
    return render_template("producer/returns/recall.html", form=form, rows=rows)


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    return render_template(
        "producer/returns/show.html",
        note=returns.get_return_of_stall(number=number, stall_id=my_seat().stall_id),
        record=record_of(number),
    )


@bp.post("/<number>/terima")
@trader_only
def take(number: str) -> ResponseReturnValue:
    with change(done=_("Barang retur tercatat sudah kembali.")):
        note = returns.lock_return_of_stall(number=number, stall_id=my_seat().stall_id)
        receive_return(note=note, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.post("/<number>/batal")
@trader_only
def undo(number: str) -> ResponseReturnValue:
    with change(done=_("Penarikan dibatalkan. Tokonya boleh menjual lagi.")):
        stall_id = my_seat().stall_id
        call_off(stall_id=stall_id, number=number, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)
