"""Permits that lapse while their product stands on a shelf: who must be helped, and by when."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.applications.queries.forecast import list_lapsing
from pol.partnership.applications.rules.permits import FURTHEST, STAGES
from pol.web.access import dinas_only
from pol.web.language import gettext as _
from pol.web.producer.words import PERMITS

bp = Blueprint("dinas_permits", __name__, url_prefix="/dinas/izin")


@bp.get("")
@dinas_only
def index() -> ResponseReturnValue:
    asked = request.args.get("hari", "")
    days = next((stage for stage in STAGES if str(stage) == asked), FURTHEST)
    found = list_lapsing(today=business_day(clock.now()))
    return render_template(
        "dinas/permits/index.html",
        rows=[row for row in found if row.days_left <= days],
        days=days,
        names=PERMITS,
        here=url_for(".index", hari=days),
        tabs=[
            (
                url_for(".index", hari=stage),
                _("%(days)s hari", days=stage),
                sum(row.days_left <= stage for row in found),
            )
            for stage in STAGES
        ],
    )
