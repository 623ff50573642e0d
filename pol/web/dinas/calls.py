"""All slot calls of the regency, to be read by the Dinas."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.partnership.allocation.queries.runs import find_fixed
from pol.partnership.slots.queries import calls as queries
from pol.partnership.slots.queries.call_terms import is_as_published
from pol.partnership.slots.rules import CallStatus
from pol.web.access import dinas_only
from pol.web.call_words import STATUSES

bp = Blueprint("dinas_calls", __name__, url_prefix="/dinas/slot")
SHOWN = (
    CallStatus.OPEN,
    CallStatus.CLOSED,
    CallStatus.ALLOCATED,
    CallStatus.DONE,
    CallStatus.CANCELLED,
    CallStatus.CHECKED,
    CallStatus.DRAFT,
)
CURATED = {CallStatus.CLOSED, CallStatus.ALLOCATED, CallStatus.DONE}
"""Calls that take no applications any more: there are minutes of their curation."""


@bp.get("")
@dinas_only
def index() -> ResponseReturnValue:
    asked = request.args.get("status")
    status = CallStatus(asked) if asked in set(SHOWN) else CallStatus.OPEN
    counts = queries.count_calls_by_status()
    return render_template(
        "dinas/calls/index.html",
        rows=queries.list_calls(statuses=[status]),
        here=url_for(".index", status=status.value),
        tabs=[
            (url_for(".index", status=one.value), str(STATUSES[one][0]), counts.get(one, 0))
            for one in SHOWN
        ],
    )


@bp.get("/<number>")
@dinas_only
def show(number: str) -> ResponseReturnValue:
    view = queries.get_call(number=number)
    return render_template(
        "dinas/calls/show.html",
        view=view,
        findings=view.call.findings or [],
        is_true=view.call.published_at is None or is_as_published(view),
        was_curated=view.call.status in CURATED,
        decided_by=find_fixed(call_id=view.call.id),
    )
