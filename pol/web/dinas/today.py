"""The Dinas' desk: what waits for a decision."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.applications.queries.applications import count_waiting_for_dinas
from pol.partnership.applications.queries.forecast import list_lapsing
from pol.partnership.settlement.queries.today import count_to_mediate, sum_bills
from pol.partnership.slots.queries.calls import count_calls_by_status
from pol.partnership.slots.queries.follow_ups import count_idle_stores
from pol.partnership.slots.queries.stores import count_stores_by_status
from pol.web.access import dinas_only

bp = Blueprint("dinas_today", __name__, url_prefix="/dinas")


@bp.get("")
@dinas_only
def show() -> ResponseReturnValue:
    today = business_day(clock.now())
    return render_template(
        "dinas/today/show.html",
        day=today,
        applications=count_waiting_for_dinas(),
        stores=count_stores_by_status(),
        calls=count_calls_by_status(),
        disputes=count_to_mediate(),
        bills=sum_bills(today),
        idle=count_idle_stores(today=today),
        lapsing=len(list_lapsing(today=today)),
    )
