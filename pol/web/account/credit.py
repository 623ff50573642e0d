"""My store credit: what there is, where it came from, where it went."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from pol.ledger import queries as ledger
from pol.orders.queries.customer import numbers_of
from pol.payments.services import credit
from pol.web.access import login_only, my_id

bp = Blueprint("account_credit", __name__)
PAGE_SIZE = 20


@bp.get("/akun/saldo")
@login_only
def show() -> ResponseReturnValue:
    cursor = request.args.get("sesudah")
    page = ledger.list_account(credit.account(my_id()), cursor=cursor, size=PAGE_SIZE)
    return render_template(
        "account/credit.html",
        balance=credit.balance_of(my_id()),
        page=page,
        numbers=numbers_of({row.reference for row in page.rows}),
        is_first=not cursor,
    )
