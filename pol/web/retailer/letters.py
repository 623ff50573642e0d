"""Letters to and from a retailer, on paper."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from pol.partnership.settlement.queries.letters import of_retailer
from pol.web.access import my_retail_seat, retailer_only
from pol.web.letters import Side

bp = Blueprint("retailer_letters", __name__, url_prefix="/peritel/surat")
SIDE = Side(
    lambda: of_retailer(my_retail_seat().retailer_id),
    "retailer/letter.html",
    bills="retailer_bills.show",
    renewals="retailer_renewals.index",
)


@bp.get("/<number>")
@retailer_only
def show(number: str) -> ResponseReturnValue:
    return SIDE.show(number)
