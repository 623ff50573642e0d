"""All that a person has ordered."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from pol.orders.queries import customer
from pol.web import status_words
from pol.web.access import login_only, my_id

bp = Blueprint("customer_groups", __name__, url_prefix="/pesanan-saya")


@bp.get("")
@login_only
def show() -> ResponseReturnValue:
    page = customer.list_groups_of(user_id=my_id(), cursor=request.args.get("sesudah"))
    return render_template(
        "customer/groups/show.html",
        page=page,
        count=customer.count_groups_of(user_id=my_id()),
        status_words=status_words,
    )
