"""Money that customers get back."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.money import total
from pol.orders.queries import refunds
from pol.payments.queries import payments as payment_queries
from pol.payments.rules import RefundStatus
from pol.payments.services import payments
from pol.web import status_words
from pol.web.access import me, my_id, officer_only
from pol.web.change import change
from pol.web.forms.refunds import WAYS, FinishForm
from pol.web.language import gettext as _

bp = Blueprint("officer_refunds", __name__, url_prefix="/petugas/pengembalian")


@bp.get("")
@officer_only
def show() -> ResponseReturnValue:
    return _page(FinishForm(formdata=None))


def _page(form: FinishForm, tried: int | None = None) -> str:
    mine = me().market_ids
    due = refunds.list_refunds(market_ids=mine, status=RefundStatus.DUE)
    return render_template(
        "officer/refunds/index.html",
        status_words=status_words,
        due=due,
        owed=total(row.amount for row in due),
        done=refunds.list_refunds(market_ids=mine, status=RefundStatus.DONE),
        form=form,
        tried=tried,
        ways=WAYS,
    )


@bp.post("/<int:refund_id>/selesai")
@officer_only
def finish(refund_id: int) -> ResponseReturnValue:
    form = FinishForm()
    if not form.validate():
        return _page(form, tried=refund_id), 422
    with change(done=_("Pengembalian dicatat selesai.")):
        refund = payment_queries.lock_refund_of_markets(
            refund_id=refund_id, market_ids=me().market_ids
        )
        payments.finish_refund(
            refund=refund, officer_id=my_id(), note=form.note.data or "", now=clock.now()
        )
    return redirect(url_for(".show"), 303)
