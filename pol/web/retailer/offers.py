"""What a call has offered to whom, store by store, and who waits."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.partnership.allocation.queries.offers import (
    OfferStoreRow,
    find_offer_store,
    list_offer_stores,
    list_offers_of_call,
)
from pol.partnership.slots.queries.calls import get_call_of_retailer
from pol.web.access import my_retail_seat, retailer_only
from pol.web.agreement_words import OFFERS

bp = Blueprint("retailer_offers", __name__, url_prefix="/peritel/slot/<number>/tawaran")


@bp.get("")
@retailer_only
def index(number: str) -> ResponseReturnValue:
    retailer_id = my_retail_seat().retailer_id
    view = get_call_of_retailer(retailer_id=retailer_id, number=number)
    mine: dict[str, Any] = {"number": number, "retailer_id": retailer_id}
    stores = list_offer_stores(**mine)
    store = _chosen(stores)
    return render_template(
        "retailer/offers/index.html",
        number=number,
        title=view.call.title,
        store=store,
        rows=list_offers_of_call(**mine, store_id=store.store_id) if store else [],
        here=store and _door(number, store),
        doors=[(_door(number, one), one.name, one.count) for one in stores],
        count=sum(one.count for one in stores),
        words=OFFERS,
    )


def _chosen(stores: Sequence[OfferStoreRow]) -> OfferStoreRow | None:
    """Return the store asked for, or that of the offer asked for, or the first one."""
    asked, offer = request.args.get("toko", type=int), request.args.get("tawaran")
    store_id = find_offer_store(number=offer) if offer else asked
    return next((one for one in stores if one.store_id == store_id), next(iter(stores), None))


def _door(number: str, store: OfferStoreRow) -> str:
    return url_for(".index", number=number, toko=store.store_id)
