"""Letters to and from a producer, on paper."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from pol.partnership.settlement.queries.letters import of_stall
from pol.web.access import my_seat, trader_only
from pol.web.letters import Side

bp = Blueprint("producer_letters", __name__, url_prefix="/pedagang/rak/surat")
SIDE = Side(
    lambda: of_stall(my_seat().stall_id),
    "producer/letter.html",
    bills="producer_money.show",
    renewals="producer_renewals.index",
)


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    return SIDE.show(number)
