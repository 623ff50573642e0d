"""What a retailer's stores did for local producers, month by month."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.settlement.queries import compliance
from pol.web.access import my_retail_seat, retailer_only
from pol.web.partnership_report import last_months, month_of, show_report

bp = Blueprint("retailer_reports", __name__, url_prefix="/peritel/laporan")


@bp.get("")
@retailer_only
def index() -> ResponseReturnValue:
    month, today = month_of(request.args.get("bulan", "")), business_day(clock.now())
    retailer_id = my_retail_seat().retailer_id
    return render_template(
        "retailer/reports/index.html",
        month=month,
        months=last_months(),
        rows=compliance.list_stores(month, today=today, retailer_id=retailer_id),
    )


@bp.get("/<slug>/<month>")
@retailer_only
def show(slug: str, month: str) -> ResponseReturnValue:
    return show_report(
        "retailer/reports/show.html",
        slug=slug,
        month=month_of(month),
        retailer_id=my_retail_seat().retailer_id,
    )
