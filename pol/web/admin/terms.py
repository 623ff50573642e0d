"""Rules about trading terms: what holds, what held, what will; add one, replace one, end one."""

from datetime import date, timedelta
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.slots.queries import terms as queries
from pol.partnership.slots.services import terms
from pol.web.access import admin_only, my_id
from pol.web.change import change
from pol.web.forms.commission import EndForm
from pol.web.forms.terms import FIELD_OF, TermRuleForm
from pol.web.language import gettext as _

bp = Blueprint("admin_terms", __name__, url_prefix="/admin/aturan-dagang")
WRONG, SEE_OTHER = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SEE_OTHER


def _today() -> date:
    return business_day(clock.now())


@bp.get("")
@admin_only
def index() -> ResponseReturnValue:
    return render_template("admin/terms/index.html", rows=queries.list_rules(), today=_today())


@bp.get("/baru")
@admin_only
def new() -> ResponseReturnValue:
    form, replaced = TermRuleForm(formdata=None), request.args.get("ganti", "")
    if replaced:
        form.start_from(queries.get_rule(replaced).rule)
    form.valid_from.data = _today()
    return _form_page(form, replaced)


def _form_page(form: TermRuleForm, replaced: str) -> str:
    row = queries.get_rule(replaced) if replaced else None
    return render_template("admin/terms/new.html", form=form, row=row)


@bp.post("")
@admin_only
def add() -> ResponseReturnValue:
    form, replaced = TermRuleForm(), request.form.get("ganti", "")[:40]
    if not form.validate():
        return _form_page(form, replaced), WRONG
    with change(done=_("Aturan ditambahkan. Pembukaan lama tidak berubah."), tell=False) as outcome:
        terms.add_rule(
            wanted=form.facts(),
            replaces=queries.lock_rule(replaced) if replaced else None,
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _form_page(form, replaced), WRONG
    return redirect(url_for(".index"), SEE_OTHER)


@bp.get("/<code>")
@admin_only
def show(code: str) -> ResponseReturnValue:
    return _one_page(code, EndForm(formdata=None))


def _one_page(code: str, form: EndForm) -> str:
    return render_template(
        "admin/terms/show.html", row=queries.get_rule(code), form=form, today=_today()
    )


@bp.post("/<code>/akhiri")
@admin_only
def end(code: str) -> ResponseReturnValue:
    form = EndForm()
    if not form.validate():
        return _one_page(code, form), WRONG
    last_day = form.last_day.data or _today()
    with change(done=_("Hari terakhir aturan dicatat."), tell=False) as outcome:
        terms.end_rule(
            rule=queries.lock_rule(code),
            until=last_day + timedelta(days=1),
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "last_day")
        return _one_page(code, form), WRONG
    return redirect(url_for(".index"), SEE_OTHER)
