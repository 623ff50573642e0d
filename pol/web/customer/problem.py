"""Reporting a problem with what was handed over."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.files.rules import PictureUse
from pol.kernel import clock
from pol.kernel.errors import NotFound, Refused
from pol.kernel.money import ZERO
from pol.orders.queries import customer, locks
from pol.orders.queries.rows import OrderView
from pol.orders.rules.problems import PICTURES, WantedTooMuch, deadline
from pol.orders.services import problems
from pol.orders.services.problems import Saying
from pol.web.access import open_to_all
from pol.web.change import change
from pol.web.customer.letting_in import customer_id, let_in
from pol.web.forms.problems import ReportForm
from pol.web.language import gettext as _

bp = Blueprint("customer_problem", __name__, url_prefix="/belanjaan/<number>/<order_number>")


@bp.get("/masalah")
@open_to_all
def ask(number: str, order_number: str) -> ResponseReturnValue:
    key = let_in(number)
    return _page(number, order_number, key, ReportForm(formdata=None))


@bp.post("/masalah")
@open_to_all
def report(number: str, order_number: str) -> ResponseReturnValue:
    key, form, now = let_in(number), ReportForm(), clock.now()
    _get_order(number, order_number)
    sound = form.validate()
    pictures = form.take_pictures(use=PictureUse.PROBLEM, owner_id=customer_id(), most=PICTURES)
    if not sound or form.camera.errors:
        return _page(number, order_number, key, form), 422
    with change(done=_("Komplain terkirim. Lapak diminta menjawab."), tell=False) as outcome:
        problems.report(
            order=locks.lock_order_of_group(number=order_number, group_number=number),
            saying=Saying(form.text.data or "", pictures),
            wanted=form.wanted.data or ZERO,
            customer_id=customer_id(),
            now=now,
        )
    if outcome.refusal:
        form.blame(outcome.refusal, _field_of(outcome.refusal))
        return _page(number, order_number, key, form), 409
    return redirect(url_for("customer_group.show", number=number, kunci=key), 303)


def _field_of(refusal: Refused) -> str:
    return "wanted" if isinstance(refusal, WantedTooMuch) else "text"


def _get_order(number: str, order_number: str) -> OrderView:
    found = (o for o in customer.get_group(number).orders if o.number == order_number)
    order = next(found, None)
    if order is None:
        raise NotFound
    return order


def _page(number: str, order_number: str, key: str | None, form: ReportForm) -> str:
    order = _get_order(number, order_number)
    return render_template(
        "customer/problem/report.html",
        number=number,
        order=order,
        until=deadline(order.delivered_at) if order.delivered_at else None,
        form=form,
        may_look=customer_id() is not None,
        key=key,
    )
