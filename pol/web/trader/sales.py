"""What a stall earned, day by day, as a picture and as a table."""

from datetime import timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.kernel.money import total
from pol.orders.queries.trader import sales_by_day
from pol.web.access import my_seat, trader_only
from pol.web.filters import day_name, hari
from pol.web.language import counted
from pol.web.language import gettext as _

bp = Blueprint("trader_sales", __name__, url_prefix="/pedagang/penjualan")
SPANS = (7, 30, 90)


@bp.get("")
@trader_only
def show() -> ResponseReturnValue:
    asked = request.args.get("hari", "7")
    span = int(asked) if asked in {str(days) for days in SPANS} else SPANS[0]
    until = business_day(clock.now()) + timedelta(days=1)
    days = sales_by_day(
        stall_id=my_seat().stall_id, since=until - timedelta(days=span), until=until
    )
    best = max(days, key=lambda day: day.earned)
    return render_template(
        "trader/sales/show.html",
        days=days,
        span=span,
        tabs=[(f"?hari={days}", counted("%(n)s hari", days)) for days in SPANS],
        earned=total(day.earned for day in days),
        orders=sum(day.orders for day in days),
        best=best,
        chart=[
            (
                day_name(day.day) if span == SPANS[0] else hari(day.day)[:-5],
                day.earned.amount // 1_000,
                _("%(n)s rb", n=day.earned.amount // 1_000) if day.earned else "0",
            )
            for day in days
        ],
    )
