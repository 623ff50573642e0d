"""Commission rules: what holds, what held, what will; add one, end one, ask what a sale costs."""

from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.catalogue.queries.categories import categories
from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.payments.queries import commission as queries
from pol.payments.queries.commission import Place
from pol.payments.rules.commission import Sale, Terms
from pol.payments.services import commission
from pol.stalls.queries import own as stalls
from pol.web.access import admin_only, my_id
from pol.web.change import change
from pol.web.forms.base import Choice
from pol.web.forms.commission import FIELD_OF, AskForm, EndForm, RuleForm, category_choices
from pol.web.language import gettext as _

bp = Blueprint("admin_commission", __name__, url_prefix="/admin/komisi")
WRONG, SEE_OTHER = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SEE_OTHER
EXAMPLE = Rupiah(100_000)


@dataclass(frozen=True)
class Answer:
    """What the example would cost at a stall on a day."""

    day: date
    terms: Terms
    amount: Rupiah


def _today() -> date:
    return business_day(clock.now())


def _slug(text: str | None) -> str:
    """Return the last part of a stall's address, however much of it was copied."""
    return (text or "").rstrip("/").rpartition("/")[2]


def _rule_form() -> RuleForm:
    form = RuleForm()
    form.offer(stalls.list_market_choices(), categories().values())
    return form


@bp.get("")
@admin_only
def show() -> ResponseReturnValue:
    form = _rule_form()
    form.valid_from.data = _today()
    return _page(form)


def _page(form: RuleForm) -> str:
    ask = AskForm(request.args)
    ask.kategori.choices = [Choice("", "–"), *category_choices(categories().values())]
    wanted = bool(request.args.get("lapak"))
    place = queries.find_place(_slug(ask.lapak.data)) if wanted and ask.validate() else None
    if wanted and place is None and not ask.errors:
        ask.lapak.errors = [_("Tidak ada lapak dengan alamat itu.")]
    return render_template(
        "admin/commission/index.html",
        rules=queries.list_rules(),
        form=form,
        ask=ask,
        place=place,
        answers=_answers(place, ask) if place else [],
        example=EXAMPLE,
        today=_today(),
    )


def _answers(place: Place, ask: AskForm) -> list[Answer]:
    chosen = int(ask.kategori.data or 0)
    above = next((c.parent for c in categories().values() if c.category_id == chosen), None)
    levels = (chosen, above.category_id) if above else (chosen,)
    sale = Sale(place.stall_id, place.market_id, levels)
    answers = []
    for day in sorted({_today(), ask.hari.data or _today()}):
        terms = queries.terms_of({0: sale}, day=day)[0]
        answers.append(Answer(day, terms, terms.of(EXAMPLE)))
    return answers


@bp.post("")
@admin_only
def add() -> ResponseReturnValue:
    form = _rule_form()
    if not form.validate():
        return _page(form), WRONG
    place = queries.find_place(_slug(form.stall.data)) if form.stall.data else None
    if form.stall.data and place is None:
        form.stall.errors = [_("Tidak ada lapak dengan alamat itu.")]
        return _page(form), WRONG
    with change(done=_("Aturan ditambahkan. Pesanan lama tidak berubah."), tell=False) as outcome:
        commission.add_rule(
            wanted=form.facts(stall_id=place.stall_id if place else None),
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _page(form), WRONG
    return redirect(url_for(".show"), SEE_OTHER)


@bp.get("/<int:rule_id>")
@admin_only
def show_one(rule_id: int) -> ResponseReturnValue:
    return _one_page(rule_id, EndForm(formdata=None))


def _one_page(rule_id: int, form: EndForm) -> str:
    return render_template(
        "admin/commission/show.html", row=queries.get_rule(rule_id), form=form, today=_today()
    )


@bp.post("/<int:rule_id>/akhiri")
@admin_only
def end(rule_id: int) -> ResponseReturnValue:
    form = EndForm()
    if not form.validate():
        return _one_page(rule_id, form), WRONG
    last_day = form.last_day.data or _today()
    with change(done=_("Hari terakhir aturan dicatat."), tell=False) as outcome:
        commission.end_rule(
            rule=queries.lock_rule(rule_id),
            until=last_day + timedelta(days=1),
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _one_page(rule_id, form), WRONG
    return redirect(url_for(".show"), SEE_OTHER)


@bp.post("/<int:rule_id>/batalkan")
@admin_only
def withdraw(rule_id: int) -> ResponseReturnValue:
    with change(done=_("Aturan dibatalkan sebelum berlaku.")):
        rule = queries.lock_rule(rule_id)
        commission.end_rule(rule=rule, until=rule.valid_from, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show_one", rule_id=rule_id), SEE_OTHER)
