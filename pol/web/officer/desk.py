"""The officer's day at one glance."""

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.catalogue.queries import own as products
from pol.catalogue.rules import ProductStatus
from pol.delivery import queries as delivery
from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.orders.queries import officer, problems, refunds
from pol.payments.queries import deposits, payouts
from pol.stalls.queries import own as stalls
from pol.stalls.rules import StallStatus
from pol.web.access import me, officer_only

bp = Blueprint("officer_desk", __name__, url_prefix="/petugas")


@bp.get("")
@officer_only
def today() -> ResponseReturnValue:
    mine, now = me().market_ids, clock.now()
    day = business_day(now)
    trips = delivery.list_trips_of_markets(
        market_ids=mine, from_day=day, until_day=day + timedelta(days=1)
    )
    return render_template(
        "officer/today.html",
        day=day,
        stalls=stalls.count_stalls_by_status(market_ids=mine).get(StallStatus.SUBMITTED, 0),
        products=products.count_of_markets(market_ids=mine).get(ProductStatus.SUBMITTED, 0),
        proofs=officer.count_proofs(market_ids=mine, now=now),
        refunds=refunds.count_refunds(market_ids=mine),
        problems=problems.count_waiting(market_ids=mine),
        payouts=payouts.count_undecided(markets=mine),
        bags=deposits.count_waiting_shifts(market_ids=mine),
        at_post=len(officer.list_at_post(market_ids=mine)),
        trips=trips,
        parcels=officer.count_on_trips(trip_ids=[trip.id for trip in trips]),
    )
