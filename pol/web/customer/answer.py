"""The customer's yes or no to what a stall asks about a line."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.orders.queries import locks
from pol.orders.services import proposals
from pol.web.access import open_to_all
from pol.web.change import change
from pol.web.customer.letting_in import customer_id, let_in
from pol.web.language import gettext as _

bp = Blueprint("customer_answer", __name__, url_prefix="/belanjaan/<number>/<order_number>/jawab")


@bp.post("/<int:proposal_id>")
@open_to_all
def answer(number: str, order_number: str, proposal_id: int) -> ResponseReturnValue:
    key = let_in(number)
    is_yes = request.form.get("jawaban") == "ya"
    done = _("Baik, lapak sudah dikabari.") if is_yes else _("Baik, barang itu tidak jadi.")
    do = proposals.accept_proposal if is_yes else proposals.decline_proposal
    with change(done=done):
        order = locks.lock_order_of_group(number=order_number, group_number=number)
        do(order=order, proposal_id=proposal_id, customer_id=customer_id(), now=clock.now())
    return redirect(url_for("customer_group.show", number=number, kunci=key), 303)
