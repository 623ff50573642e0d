"""A slot call in five short screens; each is kept by itself, so that nothing typed is lost."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.slots.queries.call_space import Days, list_space
from pol.partnership.slots.queries.call_terms import Checked, check_terms
from pol.partnership.slots.queries.calls import (
    CallView,
    get_call_of_retailer,
    lock_call_of_retailer,
)
from pol.partnership.slots.rules.call import EDITABLE
from pol.partnership.slots.rules.term_checks import blocks
from pol.partnership.slots.services import calls
from pol.web.access import my_id, my_retail_seat, retailer_only
from pol.web.change import change
from pol.web.forms.base import PolForm
from pol.web.forms.call_basics import BasicsForm
from pol.web.forms.call_fields import FIELD_OF
from pol.web.forms.call_goods import GoodsForm
from pol.web.forms.call_life import PublishForm
from pol.web.forms.call_space import SpaceForm, space_form
from pol.web.forms.call_terms import TermsForm
from pol.web.language import lazy_gettext as _l

bp = Blueprint("retailer_calls_draft", __name__, url_prefix="/peritel/slot")
WRONG, SEE_OTHER = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SEE_OTHER
STEPS = {
    "basics": _l("Judul dan tanggal"),
    "space": _l("Ruang rak"),
    "terms": _l("Syarat"),
    "goods": _l("Barang"),
    "review": _l("Periksa"),
}


def _mine(number: str) -> CallView:
    return get_call_of_retailer(retailer_id=my_retail_seat().retailer_id, number=number)


def _locked(number: str) -> Any:
    return lock_call_of_retailer(retailer_id=my_retail_seat().retailer_id, number=number)


def _page(step: str, form: PolForm, view: CallView | None = None, **more: object) -> str:
    return render_template(
        f"retailer/calls/{step}.html",
        form=form,
        view=view,
        steps=STEPS,
        step=step,
        retailer=my_retail_seat(),
        **more,
    )


def _onward(number: str, step: str) -> ResponseReturnValue:
    """Go where the pressed button leads, by default to the next screen."""
    order = list(STEPS)
    wanted = request.form.get("ke", "")
    to = wanted if wanted in STEPS else order[order.index(step) + 1]
    return redirect(url_for(f".{to}", number=number), SEE_OTHER)


def _frozen(number: str) -> ResponseReturnValue:
    return redirect(url_for("retailer_calls.show", number=number), SEE_OTHER)


@bp.get("/baru")
@retailer_only
def new() -> ResponseReturnValue:
    return _page("basics", BasicsForm(formdata=None))


@bp.post("/baru")
@retailer_only
def create() -> ResponseReturnValue:
    form = BasicsForm()
    if not form.validate():
        return _page("basics", form), WRONG
    with change(tell=False) as outcome:
        call = calls.draft_call(
            retailer_id=my_retail_seat().retailer_id,
            basics=form.facts(),
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _page("basics", form), WRONG
    return _onward(call.number, "basics")


@bp.get("/<number>/dasar")
@retailer_only
def basics(number: str) -> ResponseReturnValue:
    view = _mine(number)
    if view.call.status not in EDITABLE:
        return _frozen(number)
    return _page("basics", BasicsForm.of(view), view)


@bp.post("/<number>/dasar")
@retailer_only
def save_basics(number: str) -> ResponseReturnValue:
    view, form = _mine(number), BasicsForm()
    if not form.validate():
        return _page("basics", form, view), WRONG
    with change(tell=False) as outcome:
        calls.save_basics(call=_locked(number), basics=form.facts(), now=clock.now())
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _page("basics", form, view), WRONG
    return _onward(number, "basics")


def _space_form(view: CallView, *, sent: bool) -> SpaceForm:
    call = view.call
    stores = list_space(
        retailer_id=call.retailer_id,
        days=Days(call.from_on, call.until_on, except_call_id=call.id),
        today=business_day(clock.now()),
    )
    return space_form(stores, None if sent else view.spans)


@bp.get("/<number>/ruang")
@retailer_only
def space(number: str) -> ResponseReturnValue:
    view = _mine(number)
    if view.call.status not in EDITABLE:
        return _frozen(number)
    return _page("space", _space_form(view, sent=False), view)


@bp.post("/<number>/ruang")
@retailer_only
def save_space(number: str) -> ResponseReturnValue:
    view = _mine(number)
    form = _space_form(view, sent=True)
    if not form.validate():
        return _page("space", form, view), WRONG
    with change(tell=False) as outcome:
        calls.save_space(call=_locked(number), spans=form.spans(), now=clock.now())
    if outcome.refusal:
        form.blame(outcome.refusal)
        return _page("space", form, view), WRONG
    return _onward(number, "space")


@bp.get("/<number>/syarat")
@retailer_only
def terms(number: str) -> ResponseReturnValue:
    view = _mine(number)
    if view.call.status not in EDITABLE:
        return _frozen(number)
    return _page("terms", TermsForm.of(view), view)


@bp.post("/<number>/syarat")
@retailer_only
def save_terms(number: str) -> ResponseReturnValue:
    view, form = _mine(number), TermsForm()
    if not form.validate():
        return _page("terms", form, view), WRONG
    with change(tell=False) as outcome:
        calls.save_terms(call=_locked(number), facts=form.facts(), now=clock.now())
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _page("terms", form, view), WRONG
    return _onward(number, "terms")


@bp.get("/<number>/barang")
@retailer_only
def goods(number: str) -> ResponseReturnValue:
    view = _mine(number)
    if view.call.status not in EDITABLE:
        return _frozen(number)
    return _page("goods", GoodsForm.of(view), view)


@bp.post("/<number>/barang")
@retailer_only
def save_goods(number: str) -> ResponseReturnValue:
    view, form = _mine(number), GoodsForm()
    if not form.validate():
        return _page("goods", form, view), WRONG
    with change(tell=False) as outcome:
        calls.save_goods(call=_locked(number), facts=form.facts(), now=clock.now())
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _page("goods", form, view), WRONG
    return _onward(number, "goods")


@bp.get("/<number>/periksa")
@retailer_only
def review(number: str) -> ResponseReturnValue:
    view = _mine(number)
    if view.call.status not in EDITABLE:
        return _frozen(number)
    return review_page(view, PublishForm(formdata=None))


def review_page(view: CallView, form: PublishForm) -> str:
    """Show the fifth screen: what the checker finds, and what everybody would read."""
    checked: Checked = check_terms(view, day=business_day(clock.now()))
    return _page(
        "review",
        form,
        view,
        checked=checked,
        findings=[finding.as_row() for finding in checked.findings],
        is_blocked=blocks(checked.findings),
    )
