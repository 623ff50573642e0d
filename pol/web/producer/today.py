"""A producer's way to the shelves: what waits for an answer, and the next step."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.agreements.queries.agreements import count_to_sign
from pol.partnership.allocation.queries.offers import count_open_offers, count_waiting
from pol.partnership.applications.queries.applications import count_to_repair
from pol.partnership.applications.queries.sheets import list_sheets
from pol.partnership.consignment.queries.counts import count_waiting_for_stall
from pol.partnership.settlement.queries.today import sum_bills
from pol.partnership.slots.queries.calls import list_open_calls
from pol.partnership.slots.rules import Bearer
from pol.web.access import my_seat, trader_only

bp = Blueprint("producer_today", __name__, url_prefix="/pedagang/rak")


@bp.get("")
@trader_only
def show() -> ResponseReturnValue:
    seat, now = my_seat(), clock.now()
    return render_template(
        "producer/today/show.html",
        seat=seat,
        sheets=len(list_sheets(stall_id=seat.stall_id)),
        calls=len(list_open_calls(now=now)),
        offers=count_open_offers(stall_id=seat.stall_id),
        waiting=count_waiting(stall_id=seat.stall_id),
        sign=count_to_sign(side=Bearer.PRODUCER, stall_id=seat.stall_id),
        repair=count_to_repair(stall_id=seat.stall_id),
        counts=count_waiting_for_stall(stall_id=seat.stall_id),
        bills=sum_bills(business_day(now), stall_id=seat.stall_id),
    )
