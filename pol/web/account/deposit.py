"""The paper of a deposit: one address for who gave and who received, printed as a QR."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.payments.queries import deposits
from pol.web import qr
from pol.web.access import login_only, me, my_id
from pol.web.addresses import public_address

bp = Blueprint("account_deposit", __name__)


@bp.get("/setoran/<number>")
@login_only
def show(number: str) -> ResponseReturnValue:
    viewer = me()
    paper = deposits.get_deposit(
        number,
        market_ids=viewer.market_ids if viewer.second_factor else (),
        stall_ids=[seat.stall_id for seat in viewer.seats],
        courier_id=my_id(),
    )
    here = public_address(url_for(".show", number=number))
    shift = None if paper.shift_id is None else deposits.get_shift(paper.shift_id)
    return render_template(
        "account/deposit.html",
        paper=paper,
        shift=shift,
        lines=deposits.list_shift_lines(shift.id) if shift else (),
        code=qr.inline(here),
    )
