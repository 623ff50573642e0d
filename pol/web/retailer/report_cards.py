"""How each place in a retailer's stores did."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from pol.partnership.settlement.queries.report_cards import Mine, of_stores
from pol.web.access import my_retail_seat, store_only
from pol.web.report_cards import Side

bp = Blueprint("retailer_report_cards", __name__, url_prefix="/peritel/rapor")


def _mine() -> Mine:
    seat = my_retail_seat()
    return of_stores(seat.retailer_id, seat.store_id)


SIDE = Side(_mine, "retailer/report_card.html", "retailer_agreements.show")


@bp.get("/<number>")
@store_only
def show(number: str) -> ResponseReturnValue:
    return SIDE.show(number)
