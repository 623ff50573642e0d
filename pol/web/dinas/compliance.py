"""What stores do for local producers: by month, by speed of money, by fairness."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.allocation.queries import fairness
from pol.partnership.settlement.queries import compliance
from pol.partnership.settlement.queries.overdue import list_overdue
from pol.partnership.settlement.queries.ranking import list_ranking
from pol.web.access import dinas_only
from pol.web.partnership_report import last_months, month_of, show_report

bp = Blueprint("dinas_compliance", __name__, url_prefix="/dinas")
LAST_DAYS = 180


def _today() -> date:
    return business_day(clock.now())


@bp.get("/kepatuhan")
@dinas_only
def index() -> ResponseReturnValue:
    month = month_of(request.args.get("bulan", ""))
    return render_template(
        "dinas/compliance/index.html",
        month=month,
        rows=compliance.list_stores(month, today=_today()),
        months=last_months(),
    )


@bp.get("/kepatuhan/<slug>/<month>")
@dinas_only
def report(slug: str, month: str) -> ResponseReturnValue:
    return show_report("dinas/compliance/report.html", slug=slug, month=month_of(month))


@bp.get("/peringkat")
@dinas_only
def ranking() -> ResponseReturnValue:
    return render_template(
        "dinas/compliance/ranking.html",
        rows=list_ranking(days=LAST_DAYS, today=_today()),
        days=LAST_DAYS,
    )


@bp.get("/peringkat/telat")
@dinas_only
def late() -> ResponseReturnValue:
    today = _today()
    page = list_overdue(today=today, cursor=request.args.get("setelah"))
    return render_template("dinas/compliance/late.html", page=page, today=today)


@bp.get("/keadilan")
@dinas_only
def board() -> ResponseReturnValue:
    return render_template(
        "dinas/compliance/fairness.html",
        decisions=fairness.list_decisions(),
        kecamatan=fairness.list_kecamatan(),
    )
