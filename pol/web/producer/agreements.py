"""A producer's agreements: read, sign, print, end."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.partnership.agreements.queries import agreements as queries
from pol.partnership.agreements.services import ending, signing
from pol.partnership.slots.rules import Bearer
from pol.web import agreement_words as words
from pol.web.access import my_id, my_seat, trader_only
from pol.web.agreement_page import show_agreement
from pol.web.change import change
from pol.web.forms.agreements import CallOffForm, NoticeForm, SignForm
from pol.web.language import gettext as _

bp = Blueprint("producer_agreements", __name__, url_prefix="/pedagang/rak/perjanjian")
PAGE = "producer/agreements/show.html"


@bp.get("")
@trader_only
def index() -> ResponseReturnValue:
    mine = my_seat().stall_id
    return render_template(
        "producer/agreements/index.html",
        page=queries.list_agreements_of_stall(stall_id=mine, cursor=request.args.get("sesudah")),
        count=queries.count_agreements_of_stall(stall_id=mine),
        side=Bearer.PRODUCER,
        words=words,
    )


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    return _page(number)


def _page(number: str, **forms: object) -> str:
    row = queries.get_agreement_of_stall(number=number, stall_id=my_seat().stall_id)
    return show_agreement(row, Bearer.PRODUCER, PAGE, **forms)


def _back(number: str) -> ResponseReturnValue:
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<number>/tanda-tangan")
@trader_only
def sign(number: str) -> ResponseReturnValue:
    form, stall_id = SignForm(), my_seat().stall_id
    if not form.validate():
        return _page(number, sign=form), 422
    with change(done=_("Tanda tangan Anda tersimpan."), tell=False) as outcome:
        signing.sign_for_stall(
            agreement=queries.lock_agreement_of_stall(number=number, stall_id=stall_id),
            typed_name=form.typed_name.data or "",
            read_sha256=form.read.data or "",
            user_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.say(outcome.refusal)
        return _page(number, sign=form), 409
    return _back(number)


@bp.post("/<number>/akhiri")
@trader_only
def give_notice(number: str) -> ResponseReturnValue:
    form, stall_id = NoticeForm(), my_seat().stall_id
    if not form.validate() or form.last_day.data is None:
        return _page(number, notice_form=form), 422
    with change(done=_("Pemberitahuan terkirim ke toko."), tell=False) as outcome:
        ending.give_notice(
            agreement=queries.lock_agreement_of_stall(number=number, stall_id=stall_id),
            last_day=form.last_day.data,
            reason=form.reason.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.say(outcome.refusal)
        return _page(number, notice_form=form), 409
    return _back(number)


@bp.post("/<number>/batalkan")
@trader_only
def call_off(number: str) -> ResponseReturnValue:
    form, stall_id = CallOffForm(), my_seat().stall_id
    if not form.validate():
        return _page(number, call_off=form), 422
    with change(done=_("Perjanjian dibatalkan, tempatnya dilepas."), tell=False) as outcome:
        ending.call_off(
            agreement=queries.lock_agreement_of_stall(number=number, stall_id=stall_id),
            reason=form.reason.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.say(outcome.refusal)
        return _page(number, call_off=form), 409
    return _back(number)
