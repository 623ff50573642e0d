"""A retailer's slot calls: the list, one of them, and what may still be done with it."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.slots.queries import calls as queries
from pol.partnership.slots.queries.call_terms import is_as_published
from pol.partnership.slots.queries.calls import CallView
from pol.partnership.slots.queries.follow_ups import list_follow_ups_of_retailer
from pol.partnership.slots.rules import CallStatus
from pol.partnership.slots.services import call_life
from pol.web.access import my_id, my_retail_seat, retailer_only
from pol.web.change import change
from pol.web.forms.base import PolForm
from pol.web.forms.call_fields import FIELD_OF
from pol.web.forms.call_life import CancelForm, ExtendForm, PublishForm
from pol.web.language import gettext as _
from pol.web.retailer.calls_draft import review_page

bp = Blueprint("retailer_calls", __name__, url_prefix="/peritel/slot")
WRONG, SEE_OTHER = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SEE_OTHER
CANCELLABLE = (CallStatus.DRAFT, CallStatus.CHECKED, CallStatus.OPEN, CallStatus.CLOSED)


@bp.get("")
@retailer_only
def index() -> ResponseReturnValue:
    retailer = my_retail_seat()
    return render_template(
        "retailer/calls/index.html",
        retailer=retailer,
        rows=queries.list_calls_of_retailer(retailer_id=retailer.retailer_id),
        follow_ups=list_follow_ups_of_retailer(retailer_id=retailer.retailer_id),
        today=business_day(clock.now()),
    )


def _mine(number: str) -> CallView:
    return queries.get_call_of_retailer(retailer_id=my_retail_seat().retailer_id, number=number)


@bp.get("/<number>")
@retailer_only
def show(number: str) -> ResponseReturnValue:
    return _page(_mine(number), CancelForm(formdata=None), ExtendForm(formdata=None))


def _page(view: CallView, cancel: PolForm, extend: PolForm) -> str:
    call = view.call
    may_extend = call.status is CallStatus.OPEN and call.closes_at > clock.now()
    return render_template(
        "retailer/calls/show.html",
        retailer=my_retail_seat(),
        view=view,
        cancel=cancel if call.status in CANCELLABLE or cancel.errors else None,
        extend=extend if may_extend or extend.errors else None,
        findings=call.findings or [],
        is_true=call.published_at is None or is_as_published(view),
    )


@bp.post("/<number>/buka")
@retailer_only
def publish(number: str) -> ResponseReturnValue:
    view, form = _mine(number), PublishForm()
    if not form.validate():
        return review_page(view, form), WRONG
    with change(done=_("Diumumkan. Produsen sudah bisa mendaftar."), tell=False) as outcome:
        call_life.publish_call(
            call=_locked(number),
            stated_reason=form.reason.data,
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        field = FIELD_OF.get(type(outcome.refusal))
        form.blame(outcome.refusal, field if field == "reason" else None)
        return review_page(_mine(number), form), WRONG
    return redirect(url_for(".show", number=number), SEE_OTHER)


def _locked(number: str) -> Any:
    return queries.lock_call_of_retailer(retailer_id=my_retail_seat().retailer_id, number=number)


@bp.post("/<number>/undur")
@retailer_only
def extend(number: str) -> ResponseReturnValue:
    view, form = _mine(number), ExtendForm()
    if not form.validate():
        return _page(view, CancelForm(formdata=None), form), WRONG
    with change(done=_("Batasnya diundur; pendaftar mendapat kabar."), tell=False) as outcome:
        call_life.extend_call(
            call=_locked(number), closes_at=form.closes_at, actor_id=my_id(), now=clock.now()
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _page(_mine(number), CancelForm(formdata=None), form), WRONG
    return redirect(url_for(".show", number=number), SEE_OTHER)


@bp.post("/<number>/tutup")
@retailer_only
def close(number: str) -> ResponseReturnValue:
    with change(done=_("Pendaftaran ditutup.")):
        call_life.close_call(call=_locked(number), actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number), SEE_OTHER)


@bp.post("/<number>/batalkan")
@retailer_only
def cancel(number: str) -> ResponseReturnValue:
    view, form = _mine(number), CancelForm()
    if not form.validate():
        return _page(view, form, ExtendForm(formdata=None)), WRONG
    with change(done=_("Pembukaan dibatalkan."), tell=False) as outcome:
        call_life.cancel_call(
            call=_locked(number), reason=form.reason.data or "", actor_id=my_id(), now=clock.now()
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _page(_mine(number), form, ExtendForm(formdata=None)), WRONG
    return redirect(url_for(".show", number=number), SEE_OTHER)
