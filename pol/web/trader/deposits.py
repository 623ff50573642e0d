"""Cash of the operator's in the trader's hands, and what was handed in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.payments.queries import deposits
from pol.payments.queries.cash import get_debt
from pol.web.access import my_seat, trader_only

bp = Blueprint("trader_deposits", __name__, url_prefix="/pedagang/setoran")


@bp.get("")
@trader_only
def show() -> ResponseReturnValue:
    seat = my_seat()
    return render_template(
        "trader/deposits/show.html",
        debt=get_debt(stall_id=seat.stall_id),
        deposits=deposits.list_deposits_of_stall(seat.stall_id),
    )
