"""The second pair of eyes for payouts of markets that have one officer only."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.payments.queries import payouts as queries
from pol.payments.services import payouts
from pol.web.access import admin_only, my_id
from pol.web.change import change
from pol.web.language import gettext as _
from pol.web.payout_policy import payout_policy

bp = Blueprint("admin_payouts", __name__, url_prefix="/admin/pencairan")


@bp.get("")
@admin_only
def index() -> ResponseReturnValue:
    return render_template("admin/payouts/index.html", batches=queries.list_batches(markets=None))


@bp.get("/<number>")
@admin_only
def show(number: str) -> ResponseReturnValue:
    batch = queries.get_batch(number=number, markets=None)
    return render_template(
        "admin/payouts/show.html",
        batch=batch,
        payouts=queries.list_payouts(batch_id=batch.id),
        is_mine=batch.made_by_id == my_id(),
    )


@bp.post("/<number>/setujui")
@admin_only
def approve(number: str) -> ResponseReturnValue:
    with change(done=_("Disetujui. Petugas pasar mengirim uangnya lewat bank.")):
        batch = queries.lock_batch(number=number, markets=None)
        payouts.approve_batch(
            batch=batch, policy=payout_policy(), checker_id=my_id(), now=clock.now()
        )
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)
