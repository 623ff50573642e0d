"""Money that customers get back."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import Length

from pol.kernel import clock
from pol.kernel.money import total
from pol.orders.queries import officer
from pol.payments.queries import payments as payment_queries
from pol.payments.rules import RefundStatus
from pol.payments.services import payments
from pol.web.access import me, my_id, officer_only
from pol.web.change import change
from pol.web.forms.base import Needed, PolForm
from pol.web.forms.problems import CHANNELS
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

bp = Blueprint("officer_refunds", __name__, url_prefix="/petugas/pengembalian")


class RefundForm(PolForm):
    """How the money went back."""

    note = StringField(
        _l("Dikembalikan lewat"),
        [Needed(_l("Tulis ke rekening mana, atau siapa yang menerima tunai.")), Length(max=200)],
    )


@bp.get("")
@officer_only
def show() -> ResponseReturnValue:
    return _page(RefundForm(formdata=None))


def _page(form: RefundForm, tried: int | None = None) -> str:
    mine = me().market_ids
    due = officer.list_refunds(market_ids=mine, status=RefundStatus.DUE)
    return render_template(
        "officer/refunds.html",
        due=due,
        owed=total(row.amount for row in due),
        done=officer.list_refunds(market_ids=mine, status=RefundStatus.DONE),
        form=form,
        tried=tried,
        channels=CHANNELS,
    )


@bp.post("/<int:refund_id>/selesai")
@officer_only
def finish(refund_id: int) -> ResponseReturnValue:
    form = RefundForm()
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
