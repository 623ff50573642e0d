"""A retailer's desk: what waits today, and the ways to everything else."""

from collections import Counter
from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.agreements.queries.agreements import count_to_sign
from pol.partnership.applications.queries.applications import count_to_curate
from pol.partnership.consignment.queries.deliveries import count_on_the_way
from pol.partnership.consignment.queries.recalls import count_recalled
from pol.partnership.consignment.queries.stock import count_expired
from pol.partnership.consignment.queries.stores import StoreRow
from pol.partnership.settlement.queries.today import sum_bills
from pol.partnership.slots.queries.calls import count_calls_by_status
from pol.partnership.slots.queries.follow_ups import list_follow_ups_of_retailer
from pol.partnership.slots.queries.stores import count_stores_by_status
from pol.partnership.slots.rules import Bearer
from pol.web.access import me, my_retail_seat, store_only
from pol.web.retailer.reach import my_stores

bp = Blueprint("retailer_today", __name__, url_prefix="/peritel")


@bp.get("")
@store_only
def show() -> ResponseReturnValue:
    seat, today = my_retail_seat(), business_day(clock.now())
    stores = my_stores()
    ids = [store.id for store in stores]
    decides = me().is_buyer and me().second_factor
    return render_template(
        "retailer/today/show.html",
        seat=seat,
        day=today,
        stores=stores,
        arriving=_most_first(stores, count_on_the_way(store_ids=ids)),
        recalled=_most_first(stores, count_recalled(store_ids=ids)),
        expired=_most_first(stores, count_expired(store_ids=ids, day=today)),
        decides=decides,
        needs_code=me().is_buyer and not decides,
        calls=count_calls_by_status(retailer_id=seat.retailer_id) if decides else {},
        curate=count_to_curate(retailer_id=seat.retailer_id) if decides else 0,
        sign=count_to_sign(side=Bearer.RETAILER, retailer_id=seat.retailer_id) if decides else 0,
        bills=sum_bills(today, retailer_id=seat.retailer_id) if decides else None,
        asked=list_follow_ups_of_retailer(retailer_id=seat.retailer_id) if decides else [],
        by_status=count_stores_by_status(retailer_id=seat.retailer_id),
    )


def _most_first(stores: Sequence[StoreRow], counts: Counter[int]) -> list[tuple[StoreRow, int]]:
    """Return the stores where something waits, where most does first, so that links lead there."""
    waiting = [(store, counts[store.id]) for store in stores if counts[store.id]]
    return sorted(waiting, key=lambda one: -one[1])
