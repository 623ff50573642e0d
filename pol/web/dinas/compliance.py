"""What stores do for local producers: by month, by speed of money, by fairness."""

from datetime import date, timedelta

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.partnership.allocation.queries import fairness
from pol.partnership.settlement.queries import compliance
from pol.partnership.settlement.queries.compliance import Month
from pol.web.access import dinas_only

bp = Blueprint("dinas_compliance", __name__, url_prefix="/dinas")
EARLIEST = date(2020, 1, 1)
LAST_DAYS = 180


def _today() -> date:
    return business_day(clock.now())


def _month(text: str) -> Month:
    """Return the month of an address like 2026-11; what cannot be read is this month."""
    try:
        month = Month(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return Month.of(_today())
    return month if EARLIEST <= month.first <= _today() else Month.of(_today())


@bp.get("/kepatuhan")
@dinas_only
def index() -> ResponseReturnValue:
    month = _month(request.args.get("bulan", ""))
    return render_template(
        "dinas/compliance/index.html",
        month=month,
        rows=compliance.list_stores(month, today=_today()),
        months=_last_months(),
    )


def _last_months() -> list[Month]:
    months = [Month.of(_today())]
    while len(months) < 12:
        months.append(months[-1].before)
    return months


@bp.get("/kepatuhan/<slug>/<month>")
@dinas_only
def report(slug: str, month: str) -> ResponseReturnValue:
    found = compliance.list_stores(_month(month), today=_today(), slug=slug)
    if not found:
        raise NotFound
    return render_template(
        "dinas/compliance/report.html",
        month=_month(month),
        row=found[0],
        today=_today(),
        record=url_for(".report", slug=slug, month=month, _external=True),
    )


@bp.get("/peringkat")
@dinas_only
def ranking() -> ResponseReturnValue:
    until = _today() + timedelta(days=1)
    return render_template(
        "dinas/compliance/ranking.html",
        rows=compliance.list_speeds(until - timedelta(days=LAST_DAYS), until),
        days=LAST_DAYS,
    )


@bp.get("/keadilan")
@dinas_only
def board() -> ResponseReturnValue:
    return render_template(
        "dinas/compliance/fairness.html",
        decisions=fairness.list_decisions(),
        kecamatan=fairness.list_kecamatan(),
    )
