"""Writing an application: stores in order of wish, facings, how much a week; then send."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.errors import NotFound
from pol.partnership.applications.queries import applications, calls, details, sheets
from pol.partnership.applications.queries.calls import CallRow
from pol.partnership.applications.queries.sheets import SheetRow
from pol.partnership.applications.services import applying
from pol.regions.rules import kecamatan_of
from pol.stalls.queries.own import get_detail
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.forms.applications import WishForm
from pol.web.language import gettext as _
from pol.web.producer.words import say

bp = Blueprint("producer_applying", __name__, url_prefix="/pedagang/rak/pengajuan")
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


@bp.get("/baru")
@trader_only
def new() -> ResponseReturnValue:
    asked = _asked(request.args.get("slot", ""), request.args.get("produk", ""))
    if asked is None:
        return redirect(url_for("producer_calls.index"))
    call, sheet = asked
    found = applications.find_live(call_id=call.call_id, sheet_id=sheet.sheet_id)
    if found:
        return redirect(url_for("producer_applications.show", number=found))
    form = WishForm.with_stores(call.stores)(formdata=None)
    form.capacity_week.data = sheet.capacity_week
    form.rank({store.store_id for store in call.fit(sheet).stores if store.fits})
    return _page(form, call, sheet)


@bp.post("/baru")
@trader_only
def create() -> ResponseReturnValue:
    asked = _asked(request.form.get("call", ""), request.form.get("sheet", ""))
    if asked is None:
        return redirect(url_for("producer_calls.index"), HTTPStatus.SEE_OTHER)
    call, sheet = asked
    form = WishForm.with_stores(call.stores)()
    if not form.validate():
        return _page(form, call, sheet), WRONG
    with change(tell=False) as outcome:
        now = clock.now()
        application = applying.draft(
            sheet=sheets.lock_sheet(number=sheet.number, stall_id=my_seat().stall_id),
            call=call,
            wish=form.wish(),
            actor_id=my_id(),
            now=now,
        )
        if not form.draft.data:
            applying.submit(application=application, actor_id=my_id(), now=now)
    if outcome.refusal:
        form.blame_rule(outcome.refusal)
        return _page(form, call, sheet), WRONG
    return _done(form, application.number)


@bp.get("/<number>/ubah")
@trader_only
def edit(number: str) -> ResponseReturnValue:
    row = applications.get_of_stall(number=number, stall_id=my_seat().stall_id)
    call = _nearest_first(calls.get_call_by_id(call_id=row.call_id))
    wishes = details.list_wishes(application_ids=[row.application_id])
    form = WishForm.with_stores(call.stores)(formdata=None)
    form.start(wishes.get(row.application_id, []), row)
    return _page(form, call, _sheet(row.sheet_number), number)


@bp.post("/<number>/ubah")
@trader_only
def update(number: str) -> ResponseReturnValue:
    stall_id = my_seat().stall_id
    row = applications.get_of_stall(number=number, stall_id=stall_id)
    call = _nearest_first(calls.get_call_by_id(call_id=row.call_id))
    sheet = _sheet(row.sheet_number)
    form = WishForm.with_stores(call.stores)()
    if not form.validate():
        return _page(form, call, sheet, number), WRONG
    with change(tell=False) as outcome:
        application = applications.lock_of_stall(number=number, stall_id=stall_id)
        applying.change_wish(application=application, call=call, wish=form.wish())
        if not form.draft.data:
            applying.submit(application=application, actor_id=my_id(), now=clock.now())
    if outcome.refusal:
        form.blame_rule(outcome.refusal)
        return _page(form, call, sheet, number), WRONG
    return _done(form, number)


def _done(form: WishForm, number: str) -> ResponseReturnValue:
    flash(_("Konsep tersimpan.") if form.draft.data else _("Pengajuan terkirim."), "good")
    address = url_for("producer_applications.show", number=number)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _asked(call: str, sheet: str) -> tuple[CallRow, SheetRow] | None:
    """Return the call and the own product that an application is about, if both are there."""
    try:
        return _nearest_first(calls.get_call(number=call)), _sheet(sheet)
    except NotFound:
        return None


def _nearest_first(call: CallRow) -> CallRow:
    """Put the stores of the stall's own kecamatan before the others."""
    home = kecamatan_of(get_detail(stall_id=my_seat().stall_id).village_code)
    return replace(call, stores=sorted(call.stores, key=lambda one: one.kecamatan_code != home))


def _sheet(number: str) -> SheetRow:
    return sheets.get_sheet(number=number, stall_id=my_seat().stall_id)


def _page(form: WishForm, call: CallRow, sheet: SheetRow, number: str | None = None) -> str:
    fit = call.fit(sheet, min_facings=form.min_facings.data or 1)
    return render_template(
        "producer/applications/form.html",
        form=form,
        call=call,
        sheet=sheet,
        lacks=fit.lacks,
        stores=[
            (store, form[f"store_{store.store_id}"], one)
            for store in call.stores
            for one in fit.stores
            if one.store_id == store.store_id
        ],
        number=number,
        say=say,
    )
