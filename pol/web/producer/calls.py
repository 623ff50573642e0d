"""Open slot calls: does my product fit, and what is missing."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.partnership.applications.queries import applications, calls, sheets
from pol.partnership.applications.queries.sheets import SheetRow
from pol.partnership.applications.rules.life import Phase, phase_of
from pol.web.access import my_seat, trader_only
from pol.web.producer.words import BASES, BEARERS, FORMS, PERMITS, say

bp = Blueprint("producer_calls", __name__, url_prefix="/pedagang/rak/slot")


@bp.get("")
@trader_only
def index() -> ResponseReturnValue:
    own = sheets.list_sheets(stall_id=my_seat().stall_id)
    sheet = _chosen(own)
    found = calls.list_open_calls(now=clock.now())
    return render_template(
        "producer/calls/index.html",
        sheet=sheet,
        choices=[(url_for(".index", produk=one.number), one.name) for one in own],
        here=url_for(".index", produk=sheet.number) if sheet else None,
        rows=[(call, call.fit(sheet) if sheet else None) for call in found],
        forms=FORMS,
        say=say,
    )


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    call = calls.get_call(number=number)
    own = sheets.list_sheets(stall_id=my_seat().stall_id)
    sheet = _chosen(own)
    return render_template(
        "producer/calls/show.html",
        call=call,
        sheet=sheet,
        fit=call.fit(sheet) if sheet else None,
        choices=[(url_for(".show", number=number, produk=one.number), one.name) for one in own],
        here=url_for(".show", number=number, produk=sheet.number) if sheet else None,
        is_open=phase_of(call.status, call.closes_at, clock.now()) is Phase.OPEN,
        applied=applications.find_live(call_id=call.call_id, sheet_id=sheet.sheet_id)
        if sheet
        else None,
        criteria=calls.list_criteria(call_id=call.call_id),
        charges=calls.list_charges(call_id=call.call_id),
        stores={store.store_id: store for store in call.stores},
        forms=FORMS,
        permit_names=PERMITS,
        bearers=BEARERS,
        bases=BASES,
        say=say,
    )


def _chosen(own: list[SheetRow]) -> SheetRow | None:
    """Return the product that was asked about, else the first."""
    asked = request.args.get("produk")
    return next((one for one in own if one.number == asked), own[0] if own else None)
