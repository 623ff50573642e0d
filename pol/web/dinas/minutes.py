"""Minutes that the Dinas signs beside a retailer: of curation, and of who got which place."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from pol.partnership.allocation.queries import runs
from pol.partnership.applications.queries.calls import get_call as get_published
from pol.partnership.slots.queries.calls import get_call
from pol.web.access import dinas_only
from pol.web.retailer import allocation as allocating
from pol.web.retailer import curation as curating

bp = Blueprint("dinas_minutes", __name__, url_prefix="/dinas/slot/<number>/berita-acara")


@bp.get("/kurasi")
@dinas_only
def curation(number: str) -> ResponseReturnValue:
    return curating.show_minutes("dinas/minutes/curation.html", get_published(number=number))


@bp.get("/penetapan/<run_number>")
@dinas_only
def allocation(number: str, run_number: str) -> ResponseReturnValue:
    """Show what was decided; a computed result is its retailer's own until then."""
    view = get_call(number=number)
    run = runs.get_fixed(call_id=view.call.id, number=run_number)
    return allocating.show_minutes(
        "dinas/minutes/allocation.html", view.call, run, retailer_name=view.retailer_name
    )
