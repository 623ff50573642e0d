"""Open slot calls, and the announcement of one, for everybody."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.partnership.slots.queries.call_terms import is_as_published
from pol.partnership.slots.queries.calls import get_public_call, list_open_calls
from pol.web.access import open_to_all
from pol.web.addresses import public_address
from pol.web.cache import public_page

bp = Blueprint("public_slots", __name__, url_prefix="/slot")


@bp.get("")
@open_to_all
@public_page(seconds=20)
def index() -> ResponseReturnValue:
    return render_template("public/slots/index.html", rows=list_open_calls(now=clock.now()))


@bp.get("/<number>")
@open_to_all
@public_page(seconds=20)
def show(number: str) -> ResponseReturnValue:
    view = get_public_call(number=number)
    return render_template(
        "public/slots/show.html",
        view=view,
        findings=view.call.findings or [],
        is_true=is_as_published(view),
        record=public_address(url_for(".show", number=number)),
        now=clock.now(),
    )
