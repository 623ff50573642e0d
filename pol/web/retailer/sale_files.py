"""Till files: uploaded, mapped, looked over, taken in by the jobs worker, and what was wrong."""

from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.errors import Refused
from pol.partnership.consignment.queries import imports as queries
from pol.partnership.consignment.queries.imports import FileRow
from pol.partnership.consignment.queries.stores import StoreRow
from pol.partnership.consignment.rules import ImportStatus
from pol.partnership.consignment.rules.pos import MOST_BYTES
from pol.partnership.consignment.services.pos import imports
from pol.web.access import my_id, store_only
from pol.web.change import change
from pol.web.csv_files import csv_answer
from pol.web.filters import saat
from pol.web.forms.goods import MappingForm, TillFileForm, mapping_form
from pol.web.language import gettext as _
from pol.web.language import sentence_of
from pol.web.retailer.reach import chosen_store, my_reach, my_stores

bp = Blueprint("retailer_sale_files", __name__, url_prefix="/peritel/barang/kasir")
LOOK_AGAIN_SECONDS = "2"


@bp.get("")
@store_only
def index() -> ResponseReturnValue:
    return _page(chosen_store(), TillFileForm(formdata=None))


def _page(store: StoreRow, form: TillFileForm) -> str:
    return render_template(
        "retailer/sale_files/index.html",
        store=store,
        stores=my_stores(),
        form=form,
        files=queries.list_files(store_id=store.id, cursor=request.args.get("sesudah")),
    )


@bp.post("")
@store_only
def upload() -> ResponseReturnValue:
    store, form, is_new = chosen_store(), TillFileForm(), True
    if not form.file.data:
        form.file.errors = [_("Pilih dulu berkasnya.")]
        return _page(store, form), HTTPStatus.UNPROCESSABLE_ENTITY
    sent = form.file.data
    try:
        content = sent.stream.read(MOST_BYTES + 1)
        file = imports.open_file(sent.filename or "", content, retailer_id=store.retailer_id)
    except Refused as refusal:
        form.blame(refusal, "file")
        return _page(store, form), HTTPStatus.CONFLICT
    with change():
        found, is_new = imports.upload(store=store, file=file, actor_id=my_id(), now=clock.now())
    if not is_new:
        flash(
            _(
                "Isinya sama dengan berkas %(number)s yang dikirim %(day)s; tak ada yang berubah.",
                number=found.number,
                day=saat(found.uploaded_at),
            ),
            "info",
        )
    return redirect(url_for(".show", number=found.number), HTTPStatus.SEE_OTHER)


@bp.get("/<number>")
@store_only
def show(number: str) -> ResponseReturnValue:
    found = queries.get_file(number=number, reach=my_reach())
    if found.status is ImportStatus.WAITING:
        return redirect(url_for(".columns", number=number))
    if found.status in (ImportStatus.PREVIEWED, ImportStatus.REFUSED):
        file = queries.lock_file(number=number, reach=my_reach())
        look = imports.look_over(file, now=clock.now())
        said = sentence_of(look.twin.refusal) if look.twin else None
        page = "retailer/sale_files/preview.html"
        return render_template(page, file=found, look=look, said=said)
    bad = queries.list_bad_rows(import_id=found.id)
    page = render_template("retailer/sale_files/result.html", file=found, bad=bad)
    going = found.status is ImportStatus.RUNNING
    return (page, {"Refresh": LOOK_AGAIN_SECONDS}) if going else page


@bp.get("/<number>/kolom")
@store_only
def columns(number: str) -> ResponseReturnValue:
    found = queries.get_file(number=number, reach=my_reach())
    return _mapping_page(found, mapping_form(found.heading, found.columns))


def _mapping_page(found: FileRow, form: MappingForm) -> str:
    return render_template("retailer/sale_files/columns.html", file=found, form=form)


@bp.post("/<number>/kolom")
@store_only
def choose(number: str) -> ResponseReturnValue:
    found = queries.get_file(number=number, reach=my_reach())
    form = mapping_form(found.heading, {}, sent=True)
    if not form.validate():
        return _mapping_page(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(tell=False) as outcome:
        imports.map_columns(
            found=queries.lock_file(number=number, reach=my_reach()),
            columns=form.columns(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal)
        return _mapping_page(found, form), HTTPStatus.CONFLICT
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.post("/<number>/jalankan")
@store_only
def start(number: str) -> ResponseReturnValue:
    with change():
        imports.start(
            found=queries.lock_file(number=number, reach=my_reach()),
            actor_id=my_id(),
            now=clock.now(),
            apart_from=request.form.get("lain", ""),
        )
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.get("/<number>/galat.csv")
@store_only
def errors(number: str) -> Response:
    found = queries.get_file(number=number, reach=my_reach())
    rows = queries.list_bad_rows(import_id=found.id, most=None)
    width = max([len(found.heading), *(len(row.cells) for row in rows)])
    heading = [*found.heading, *[""] * (width - len(found.heading))]
    return csv_answer(
        f"{found.number}-tidak-masuk",
        [_("Baris"), _("Sebab"), *heading],
        ([row.row, row.message, *row.cells, *[""] * (width - len(row.cells))] for row in rows),
    )
