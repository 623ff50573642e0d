"""What an allocation decided about a producer's own products, store by store, and why not."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.partnership.allocation.queries.edits import EditRow, list_edits_of_stall
from pol.partnership.allocation.queries.offers import list_offers_of_run
from pol.web.access import my_seat, trader_only
from pol.web.agreement_words import OFFERS
from pol.web.allocation_words import say_edit

bp = Blueprint("producer_allocation", __name__, url_prefix="/pedagang/rak/penetapan")


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    rows = list_offers_of_run(number=number, stall_id=my_seat().stall_id)
    edits: dict[str, list[EditRow]] = {}
    for edit in list_edits_of_stall(run_number=number, stall_id=my_seat().stall_id):
        edits.setdefault(edit.application_number, []).append(edit)
    products: dict[tuple[str, str], list[object]] = {}
    for row in rows:
        products.setdefault((row.application_number, row.product), []).append(row)
    return render_template(
        "producer/allocation/show.html",
        number=number,
        call=rows[0],
        products=products,
        words=OFFERS,
        edits=edits,
        say=say_edit,
    )
