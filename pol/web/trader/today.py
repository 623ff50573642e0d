"""The trader's day in a few numbers, and which stall it is about."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from pol.catalogue.queries import own as products
from pol.catalogue.rules import ProductStatus
from pol.kernel import clock
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.orders.queries.trader import today_of_stall
from pol.payments.queries.cash import get_debt
from pol.stalls.queries import own
from pol.web.access import me, my_seat, trader_only
from pol.web.change import change
from pol.web.language import gettext as _

bp = Blueprint("trader_today", __name__, url_prefix="/pedagang")


@bp.get("")
@trader_only
def show() -> ResponseReturnValue:
    seat, now = my_seat(), clock.now()
    counts = products.count_own(stall_id=seat.stall_id)
    return render_template(
        "trader/today/show.html",
        seat=seat,
        seats=me().seats,
        stall=own.get_detail(stall_id=seat.stall_id),
        today=today_of_stall(stall_id=seat.stall_id, now=now),
        day=business_day(now),
        counts=counts,
        product_count=sum(counts.values()),
        published=counts.get(ProductStatus.PUBLISHED, 0),
        cash=get_debt(stall_id=seat.stall_id).cash,
        sold_out=products.list_sold_out(stall_id=seat.stall_id),
    )


@bp.post("/lapak-saya/<slug>")
@trader_only
def choose(slug: str) -> ResponseReturnValue:
    seat = next((seat for seat in me().seats if seat.slug == slug), None)
    if seat is None:
        raise NotFound
    with change(done=_("Sekarang Anda bekerja di %(stall)s.", stall=seat.name)):
        session["stall_id"] = seat.stall_id
    return redirect(url_for(".show"), 303)
