"""Having a refund as store credit instead of waiting for it."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.errors import NotFound
from pol.orders.queries import customer, locks
from pol.payments.services import turning
from pol.web.access import login_only, my_id
from pol.web.change import change
from pol.web.language import gettext as _

bp = Blueprint("customer_credit", __name__, url_prefix="/belanjaan/<number>")


@bp.post("/saldo")
@login_only
def turn(number: str) -> ResponseReturnValue:
    if customer.find_owner(number) != my_id():
        raise NotFound
    with change(done=_("Uangnya sudah menjadi saldo belanja.")):
        group = locks.lock_group(number)
        turning.turn_all(group_id=group.id, user_id=my_id(), now=clock.now())
    return redirect(url_for("customer_group.show", number=number), 303)
