"""Answering a customer's problem: yes, and the money goes back at once, or why not."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.files.rules import PictureUse
from pol.kernel import clock
from pol.orders.queries import locks
from pol.orders.queries import problems as queries
from pol.orders.rules.problems import PICTURES
from pol.orders.services import problems
from pol.orders.services.problems import Saying
from pol.web import problem_words
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.forms.problems import AnswerForm
from pol.web.language import gettext as _

bp = Blueprint(
    "trader_problems", __name__, url_prefix="/pedagang/pesanan/<number>/masalah/<int:problem_id>"
)


@bp.get("")
@trader_only
def show(number: str, problem_id: int) -> ResponseReturnValue:
    return _page(number, problem_id, AnswerForm(formdata=None))


@bp.post("")
@trader_only
def answer(number: str, problem_id: int) -> ResponseReturnValue:
    form, now = AnswerForm(), clock.now()
    _get(number, problem_id)
    sound = form.validate()
    pictures = form.take_pictures(use=PictureUse.PROBLEM, owner_id=my_id(), most=PICTURES)
    if not sound or form.camera.errors:
        return _page(number, problem_id, form), 422
    agrees = request.form.get("agree") == "ya"
    say = problems.agree if agrees else problems.answer
    with change(done=_said(agrees=agrees), tell=False) as outcome:
        order = locks.lock_order_of_stall(number=number, stall_id=my_seat().stall_id)
        say(
            order=order,
            problem=problems.lock_problem(order=order, problem_id=problem_id),
            saying=Saying(form.text.data or "", pictures),
            trader_id=my_id(),
            now=now,
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "text")
        return _page(number, problem_id, form), 409
    return redirect(url_for("trader_orders.show", number=number), 303)


def _said(*, agrees: bool) -> str:
    if agrees:
        return _("Komplain selesai. Pembeli sudah dikabari.")
    return _("Jawaban terkirim. Petugas pasar akan memutuskan.")


def _get(number: str, problem_id: int) -> queries.ProblemView:
    return queries.get_problem_of_stall(
        problem_id=problem_id, number=number, stall_id=my_seat().stall_id
    )


def _page(number: str, problem_id: int, form: AnswerForm) -> str:
    problem = _get(number, problem_id)
    return render_template(
        "trader/problems/show.html",
        problem=problem,
        words=problem_words.of_problem(problem, clock.now()),
        form=form,
    )
