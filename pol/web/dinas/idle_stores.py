"""Verified stores without any place for local goods: asked, answered, closed."""

from datetime import date, timedelta
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.slots.queries import follow_ups as queries
from pol.partnership.slots.queries.stores import get_store, lock_store
from pol.partnership.slots.services import follow_ups
from pol.web.access import dinas_only, my_id
from pol.web.change import change
from pol.web.forms.follow_ups import FIELD_OF, AskForm
from pol.web.language import gettext as _

bp = Blueprint("dinas_idle_stores", __name__, url_prefix="/dinas/toko-tanpa-slot")
WRONG, SEE_OTHER = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SEE_OTHER
USUAL_TIME = timedelta(days=14)


def _today() -> date:
    return business_day(clock.now())


@bp.get("")
@dinas_only
def index() -> ResponseReturnValue:
    today = _today()
    return render_template(
        "dinas/idle_stores/index.html", rows=queries.list_idle_stores(today=today), today=today
    )


@bp.get("/toko/<slug>")
@dinas_only
def new(slug: str) -> ResponseReturnValue:
    form = AskForm(formdata=None)
    form.due_on.data = _today() + USUAL_TIME
    return _ask_page(slug, form)


def _ask_page(slug: str, form: AskForm) -> str:
    return render_template("dinas/idle_stores/new.html", store=get_store(slug=slug), form=form)


@bp.post("/toko/<slug>")
@dinas_only
def ask(slug: str) -> ResponseReturnValue:
    form = AskForm()
    if not form.validate():
        return _ask_page(slug, form), WRONG
    with change(done=_("Terkirim. Toko itu mendapat kabar."), tell=False) as outcome:
        asked = follow_ups.follow_up(
            store=lock_store(slug=slug),
            text=form.text.data or "",
            due_on=form.due_on.data or _today(),
            officer_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _ask_page(slug, form), WRONG
    return redirect(url_for(".show", number=asked.number), SEE_OTHER)


@bp.get("/<number>")
@dinas_only
def show(number: str) -> ResponseReturnValue:
    return render_template(
        "dinas/idle_stores/show.html", row=queries.get_follow_up(number=number), today=_today()
    )


@bp.post("/<number>/tutup")
@dinas_only
def close(number: str) -> ResponseReturnValue:
    with change(done=_("Tindak lanjut ditutup.")):
        follow_ups.close_follow_up(
            asked=queries.lock_follow_up(number=number), officer_id=my_id(), now=clock.now()
        )
    return redirect(url_for(".show", number=number), SEE_OTHER)
