"""How each place of a producer did."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from pol.partnership.settlement.queries.report_cards import of_stall
from pol.web.access import my_seat, trader_only
from pol.web.report_cards import Side

bp = Blueprint("producer_report_cards", __name__, url_prefix="/pedagang/rak/rapor")
SIDE = Side(
    lambda: of_stall(my_seat().stall_id), "producer/report_card.html", "producer_agreements.show"
)


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    return SIDE.show(number)
