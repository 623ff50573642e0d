"""From the code on a printed paper to its record: each side is led to its own page of it."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from pol.kernel.errors import NotFound
from pol.partnership.settlement.queries.papers import get_paper
from pol.web.access import login_only, me
from pol.web.records import own_page

bp = Blueprint("account_record", __name__, url_prefix="/catatan")


@bp.get("/<number>")
@login_only
def show(number: str) -> ResponseReturnValue:
    page = own_page(get_paper(number, store=request.args.get("toko")), me())
    if page is None:
        raise NotFound
    return redirect(page)
