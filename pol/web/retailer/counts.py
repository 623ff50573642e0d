"""Counting a store on a phone, without seeing what the records say."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.partnership.consignment.queries import counts as queries
from pol.partnership.consignment.queries.counts import CountView
from pol.partnership.consignment.rules.counting import ANSWER_WITHIN
from pol.partnership.consignment.services import counts
from pol.web.access import my_id, store_only
from pol.web.change import change
from pol.web.forms.goods import CountForm, count_form
from pol.web.language import gettext as _
from pol.web.records import record_of
from pol.web.retailer.reach import chosen_store, my_reach, my_stores

bp = Blueprint("retailer_counts", __name__, url_prefix="/peritel/barang/opname")


@bp.get("")
@store_only
def index() -> ResponseReturnValue:
    store = chosen_store()
    return render_template(
        "retailer/counts/index.html",
        store=store,
        stores=my_stores(),
        unfinished=queries.find_unfinished(store_id=store.id),
        counts=queries.list_counts_of_store(store_id=store.id, cursor=request.args.get("sesudah")),
    )


@bp.post("")
@store_only
def begin() -> ResponseReturnValue:
    store, number = chosen_store(), ""
    with change(done=_("Hitung yang ada di rak, satu per satu.")) as outcome:
        count = counts.open_count(store_id=store.id, actor_id=my_id(), now=clock.now())
        number = count.number
    if outcome.refusal:
        return redirect(url_for(".index", toko=store.slug), HTTPStatus.SEE_OTHER)
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.get("/<number>")
@store_only
def show(number: str) -> ResponseReturnValue:
    return _page(queries.get_count_of_store(number=number, reach=my_reach()))


def _page(count: CountView, form: CountForm | None = None) -> str:
    until = count.counted_at + ANSWER_WITHIN if count.counted_at else None
    return render_template(
        "retailer/counts/show.html",
        count=count,
        until=until,
        form=form or count_form(count.lines),
        record=record_of(count.number),
    )


@bp.post("/<number>")
@store_only
def enter(number: str) -> ResponseReturnValue:
    shown = queries.get_count_of_store(number=number, reach=my_reach())
    form = count_form(shown.lines, sent=True)
    if not form.validate():
        return _page(shown, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Hitungan tersimpan. Produsen yang barangnya selisih sudah dikabari.")):
        counts.enter_count(
            count=queries.lock_count_of_store(number=number, reach=my_reach()),
            counted=form.counted(shown.lines),
            reason=form.note.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)
