"""What a call has offered to whom, store by store, and who waits."""

from itertools import groupby

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.partnership.allocation.queries.offers import list_offers_of_call
from pol.partnership.slots.queries.calls import get_call_of_retailer
from pol.web.access import my_retail_seat, retailer_only
from pol.web.agreement_words import OFFERS

bp = Blueprint("retailer_offers", __name__, url_prefix="/peritel/slot/<number>/tawaran")


@bp.get("")
@retailer_only
def index(number: str) -> ResponseReturnValue:
    retailer_id = my_retail_seat().retailer_id
    view = get_call_of_retailer(retailer_id=retailer_id, number=number)
    rows = list_offers_of_call(number=number, retailer_id=retailer_id)
    by_store = groupby(rows, key=lambda row: row.store_name)
    return render_template(
        "retailer/offers/index.html",
        number=number,
        title=view.call.title,
        stores=[(store, list(offers)) for store, offers in by_store],
        count=len(rows),
        words=OFFERS,
    )
