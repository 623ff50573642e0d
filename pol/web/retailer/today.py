"""A retailer's desk: what waits today, and the ways to everything else."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.agreements.queries.agreements import count_to_sign
from pol.partnership.applications.queries.applications import count_to_curate
from pol.partnership.consignment.queries.deliveries import count_on_the_way
from pol.partnership.consignment.queries.stock import count_expired
from pol.partnership.settlement.queries.today import sum_bills
from pol.partnership.slots.queries.calls import count_calls_by_status
from pol.partnership.slots.queries.follow_ups import list_follow_ups_of_retailer
from pol.partnership.slots.queries.stores import count_stores_by_status, list_store_choices
from pol.partnership.slots.rules import Bearer
from pol.web.access import me, my_retail_seat, store_only

bp = Blueprint("retailer_today", __name__, url_prefix="/peritel")


@bp.get("")
@store_only
def show() -> ResponseReturnValue:
    seat, today = my_retail_seat(), business_day(clock.now())
    all_stores = [row.store_id for row in list_store_choices(retailer_id=seat.retailer_id)]
    stores = [seat.store_id] if seat.store_id else all_stores
    decides = me().is_buyer and me().second_factor
    return render_template(
        "retailer/today/show.html",
        seat=seat,
        day=today,
        stores=stores,
        arriving=count_on_the_way(store_ids=stores),
        expired=count_expired(store_ids=stores, day=today),
        decides=decides,
        needs_code=me().is_buyer and not decides,
        calls=count_calls_by_status(retailer_id=seat.retailer_id) if decides else {},
        curate=count_to_curate(retailer_id=seat.retailer_id) if decides else 0,
        sign=count_to_sign(side=Bearer.RETAILER, retailer_id=seat.retailer_id) if decides else 0,
        bills=sum_bills(today, retailer_id=seat.retailer_id) if decides else None,
        asked=list_follow_ups_of_retailer(retailer_id=seat.retailer_id) if decides else [],
        by_status=count_stores_by_status(retailer_id=seat.retailer_id),
    )
