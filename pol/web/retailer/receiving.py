"""Goods arrive at a store: by the code on the delivery note, or from the list of what comes."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.partnership.consignment.queries import deliveries as queries
from pol.partnership.consignment.queries.deliveries import NoteView
from pol.partnership.consignment.rules import DeliveryStatus
from pol.partnership.consignment.services.receiving import receive_delivery
from pol.web.access import my_id, store_only
from pol.web.change import change
from pol.web.forms.goods import ReceiptForm, receipt_form
from pol.web.language import gettext as _
from pol.web.records import record_of
from pol.web.retailer.reach import chosen_store, my_reach, my_stores

bp = Blueprint("retailer_receiving", __name__, url_prefix="/peritel/barang/terima")
ENDED = (DeliveryStatus.RECEIVED, DeliveryStatus.IN_PART, DeliveryStatus.REFUSED)


@bp.get("")
@store_only
def index() -> ResponseReturnValue:
    return _list()


def _list(missing: str = "") -> str:
    store, cursor = chosen_store(), request.args.get("sesudah")
    return render_template(
        "retailer/receiving/index.html",
        store=store,
        stores=my_stores(),
        missing=missing,
        coming=queries.list_notes_of_store(store_id=store.id, statuses=[DeliveryStatus.SENT]).rows,
        ended=queries.list_notes_of_store(store_id=store.id, statuses=ENDED, cursor=cursor),
    )


@bp.get("/cari")
@store_only
def find() -> ResponseReturnValue:
    number = request.args.get("nomor", "").strip().rpartition("/")[2].upper()[:40]
    if not number:
        return redirect(url_for(".index"))
    try:
        queries.get_note_of_store(number=number, reach=my_reach())
    except NotFound:
        return _list(missing=number), HTTPStatus.NOT_FOUND
    return redirect(url_for(".show", number=number))


@bp.get("/<number>")
@store_only
def show(number: str) -> ResponseReturnValue:
    return _page(queries.get_note_of_store(number=number, reach=my_reach()))


def _page(note: NoteView, form: ReceiptForm | None = None) -> str:
    return render_template(
        "retailer/receiving/show.html",
        note=note,
        form=form or receipt_form(note.lines),
        today=business_day(clock.now()),
        record=record_of(note.number),
    )


@bp.post("/<number>")
@store_only
def receive(number: str) -> ResponseReturnValue:
    note = queries.get_note_of_store(number=number, reach=my_reach())
    form = receipt_form(note.lines, sent=True)
    if not form.validate():
        return _page(note, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Tersimpan. Ini tanda terimanya."), tell=False) as outcome:
        receive_delivery(
            note=queries.lock_note_of_store(number=number, reach=my_reach()),
            taken=form.taken(note.lines),
            clerk_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame_line(outcome.refusal, note.lines)
        note = queries.get_note_of_store(number=number, reach=my_reach())
        return _page(note, form), HTTPStatus.CONFLICT
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)
