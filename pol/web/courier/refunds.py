"""Money that a courier brings to customers: handed over, or nobody took it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.money import total
from pol.orders.queries import refunds
from pol.orders.services import refunding
from pol.payments.queries.refunds import lock_refund_of_courier
from pol.web.access import courier_only, my_id
from pol.web.change import change
from pol.web.forms.refunds import NotFoundForm, PaidForm, RoundForm
from pol.web.language import gettext as _

bp = Blueprint("courier_refunds", __name__, url_prefix="/kurir/pengembalian")


@bp.get("")
@courier_only
def show() -> ResponseReturnValue:
    return _page()


def _page(tried: int | None = None, form: RoundForm | None = None) -> str:
    rows = refunds.list_carried(my_id())
    return render_template(
        "courier/refunds.html",
        rows=rows,
        whole=total(row.amount for row in rows),
        tried=tried,
        paid=form if isinstance(form, PaidForm) else PaidForm(formdata=None),
        missed=form if isinstance(form, NotFoundForm) else NotFoundForm(formdata=None),
    )


@bp.post("/<int:refund_id>/diserahkan")
@courier_only
def pay(refund_id: int) -> ResponseReturnValue:
    form = PaidForm()
    if not form.validate():
        return _page(refund_id, form), 422
    with change(done=_("Dicatat diserahkan. Pembeli dikabari.")):
        refunding.pay_by_courier(
            refund=lock_refund_of_courier(refund_id=refund_id, courier_id=my_id()),
            seen=form.round,
            receiver=form.receiver.data or "",
            courier_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show"), 303)


@bp.post("/<int:refund_id>/kembali")
@courier_only
def bring_back(refund_id: int) -> ResponseReturnValue:
    form = NotFoundForm()
    if not form.validate():
        return _page(refund_id, form), 422
    with change(done=_("Dicatat belum diserahkan. Setorkan uangnya ke petugas.")):
        refunding.bring_back(
            refund=lock_refund_of_courier(refund_id=refund_id, courier_id=my_id()),
            seen=form.round,
            reason=form.reason.data or "",
            courier_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show"), 303)
