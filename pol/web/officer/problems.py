"""Problems that customers reported: the queue, and the decision with what it costs."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.money import ZERO
from pol.orders.queries import desk, locks
from pol.orders.queries import problems as queries
from pol.orders.rules.problems import DecisionMissing
from pol.orders.rules.refunding import plan
from pol.orders.services import problems
from pol.orders.services.problems import Decision
from pol.payments.rules import Channel
from pol.web import problem_words
from pol.web.access import me, my_id, officer_only
from pol.web.change import change
from pol.web.forms.problems import GivingForm
from pol.web.language import gettext as _

bp = Blueprint("officer_problems", __name__, url_prefix="/petugas/masalah")


@bp.get("")
@officer_only
def index() -> ResponseReturnValue:
    mine, now = me().market_ids, clock.now()
    return render_template(
        "officer/problems/index.html",
        waiting=queries.list_waiting(market_ids=mine, now=now),
        decided=queries.list_decided(market_ids=mine),
        words=lambda problem: problem_words.of_problem(problem, now),
        now=now,
    )


@bp.get("/<int:problem_id>")
@officer_only
def show(problem_id: int) -> ResponseReturnValue:
    return _page(problem_id, GivingForm(formdata=None))


@bp.post("/<int:problem_id>")
@officer_only
def decide(problem_id: int) -> ResponseReturnValue:
    mine, now, form = me().market_ids, clock.now(), GivingForm()
    found = queries.get_problem_of_markets(problem_id=problem_id, market_ids=mine)
    sale = desk.get_sale_of_markets(number=found.order_number, market_ids=mine)
    form.offer(has_account=sale.has_account)
    if not form.validate() or form.is_new(sale.sale.subtotal):
        return _page(problem_id, form, tried=True), 422
    with change(done=_("Komplain diputuskan. Kedua pihak sudah dikabari."), tell=False) as outcome:
        order = locks.lock_order_of_officer(number=found.order_number, market_ids=mine)
        problems.decide(
            order=order,
            problem=problems.lock_problem(order=order, problem_id=problem_id),
            decision=Decision(form.amount.data, Channel(form.channel.data), form.reason.data or ""),
            officer_id=my_id(),
            now=now,
        )
    if outcome.refusal:
        field = "reason" if isinstance(outcome.refusal, DecisionMissing) else "amount"
        form.blame(outcome.refusal, field)
        return _page(problem_id, form, tried=True), 409
    return redirect(url_for(".index"), 303)


def _page(problem_id: int, form: GivingForm, *, tried: bool = False) -> str:
    mine = me().market_ids
    problem = queries.get_problem_of_markets(problem_id=problem_id, market_ids=mine)
    sale = desk.get_sale_of_markets(number=problem.order_number, market_ids=mine)
    left = sale.sale.subtotal
    if not tried:
        form.amount.data = min(problem.wanted, left)
        form.offer(has_account=sale.has_account)
    is_new = tried and not form.errors
    wanted = form.amount.data if form.amount.data is not None else ZERO
    amount = form.show(wanted, refunded=sale.refunded, most=left)
    return render_template(
        "officer/problems/show.html",
        problem=problem,
        sale=sale,
        words=problem_words.of_problem(problem, clock.now()),
        form=form,
        split=plan(sale.sale, amount),
        left=left,
        is_new=is_new,
    )
