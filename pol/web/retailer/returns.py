"""What leaves a shelf unsold: the expiry list, one press to send back or destroy, the papers."""

from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.consignment.queries import returns as queries
from pol.partnership.consignment.queries import stock
from pol.partnership.consignment.queries.stores import StoreRow
from pol.partnership.consignment.rules import ReturnReason
from pol.partnership.consignment.rules.returning import Piece
from pol.partnership.consignment.services import returns
from pol.web.access import my_id, store_only
from pol.web.change import change
from pol.web.forms.goods import ReturnForm
from pol.web.language import gettext as _
from pol.web.records import record_of
from pol.web.retailer.reach import chosen_store, my_reach, my_stores

bp = Blueprint("retailer_returns", __name__, url_prefix="/peritel/barang/retur")
AHEAD = timedelta(days=14)


@bp.get("")
@store_only
def index() -> ResponseReturnValue:
    form = ReturnForm(formdata=None)
    form.fresh_key()
    return _page(chosen_store(), form)


def _page(store: StoreRow, form: ReturnForm) -> str:
    today = business_day(clock.now())
    return render_template(
        "retailer/returns/index.html",
        store=store,
        stores=my_stores(),
        today=today,
        week=today + timedelta(days=7),
        expiring=stock.list_expiring(store_id=store.id, until=today + AHEAD),
        batches=stock.list_batches(store_id=store.id),
        notes=queries.list_returns_of_store(store_id=store.id, cursor=request.args.get("sesudah")),
        form=form,
    )


@bp.post("")
@store_only
def ask() -> ResponseReturnValue:
    store, form, number = chosen_store(), ReturnForm(), ""
    if not form.validate():
        return _page(store, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Surat retur dibuat. Produsennya sudah dikabari."), tell=False) as outcome:
        note = returns.ask_return(
            store_id=store.id,
            pieces=[Piece(form.batch.data or 0, form.quantity.data)],
            reason=ReturnReason(form.reason.data),
            key=f"{form.key.data}:{form.batch.data}",
            actor_id=my_id(),
            now=clock.now(),
        )
        number = note.number
        if form.way.data == "musnah" and note.done_at is None:
            returns.destroy(note=note, actor_id=my_id(), now=clock.now())
    if outcome.refusal:
        form.blame(outcome.refusal, "quantity")
        return _page(store, form), HTTPStatus.CONFLICT
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.get("/<number>")
@store_only
def show(number: str) -> ResponseReturnValue:
    return render_template(
        "retailer/returns/show.html",
        note=queries.get_return_of_store(number=number, reach=my_reach()),
        record=record_of(number),
    )


@bp.post("/<number>/ambil")
@store_only
def pick_up(number: str) -> ResponseReturnValue:
    with change(done=_("Barang keluar dari catatan rak.")):
        note = queries.lock_return_of_store(number=number, reach=my_reach())
        returns.pick_up(note=note, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.post("/<number>/musnahkan")
@store_only
def destroy(number: str) -> ResponseReturnValue:
    with change(done=_("Barang dicatat musnah. Cetak berita acaranya.")):
        note = queries.lock_return_of_store(number=number, reach=my_reach())
        returns.destroy(note=note, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.post("/<number>/batal")
@store_only
def drop(number: str) -> ResponseReturnValue:
    with change(done=_("Retur dibatalkan. Barangnya tetap di rak.")):
        note = queries.lock_return_of_store(number=number, reach=my_reach())
        returns.drop_return(note=note, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)
