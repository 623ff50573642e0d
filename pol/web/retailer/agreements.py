"""A retailer's agreements: read, change a draft with a reason, sign, print, end."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.partnership.agreements.queries import agreements as queries
from pol.partnership.agreements.services import drafting, ending, signing
from pol.partnership.slots.queries.placements import lock_place_of_retailer
from pol.partnership.slots.rules import Bearer
from pol.web import agreement_words as words
from pol.web.access import my_id, my_retail_seat, retailer_only
from pol.web.agreement_page import show_agreement
from pol.web.change import change
from pol.web.forms.agreements import CallOffForm, NoticeForm, SignForm, TermsForm
from pol.web.language import gettext as _

bp = Blueprint("retailer_agreements", __name__, url_prefix="/peritel/perjanjian")
PAGE = "retailer/agreements/show.html"


@bp.get("")
@retailer_only
def index() -> ResponseReturnValue:
    asked, mine = request.args.get("cari", "").strip()[:80], my_retail_seat().retailer_id
    return render_template(
        "retailer/agreements/index.html",
        page=queries.list_agreements_of_retailer(
            retailer_id=mine, words=asked, cursor=request.args.get("sesudah")
        ),
        count=queries.count_agreements_of_retailer(retailer_id=mine, words=asked),
        asked=asked,
        side=Bearer.RETAILER,
        words=words,
    )


@bp.get("/<number>")
@retailer_only
def show(number: str) -> ResponseReturnValue:
    return _page(number)


def _row(number: str) -> queries.AgreementRow:
    return queries.get_agreement_of_retailer(
        number=number, retailer_id=my_retail_seat().retailer_id
    )


def _page(number: str, **forms: object) -> str:
    return show_agreement(_row(number), Bearer.RETAILER, PAGE, **forms)


def _back(number: str) -> ResponseReturnValue:
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<number>/tanda-tangan")
@retailer_only
def sign(number: str) -> ResponseReturnValue:
    form, retailer_id = SignForm(), my_retail_seat().retailer_id
    if not form.validate():
        return _page(number, sign=form), 422
    with change(done=_("Tanda tangan Anda tersimpan."), tell=False) as outcome:
        signing.sign(
            agreement=queries.lock_agreement_of_retailer(number=number, retailer_id=retailer_id),
            side=Bearer.RETAILER,
            typed_name=form.typed_name.data or "",
            read_sha256=form.read.data or "",
            user_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.say(outcome.refusal)
        return _page(number, sign=form), 409
    return _back(number)


@bp.get("/<number>/syarat")
@retailer_only
def terms(number: str) -> ResponseReturnValue:
    row = _row(number)
    return _terms(row, TermsForm.of(row))


def _terms(row: queries.AgreementRow, form: TermsForm) -> str:
    return render_template("retailer/agreements/terms.html", row=row, form=form)


@bp.post("/<number>/syarat")
@retailer_only
def change_terms(number: str) -> ResponseReturnValue:
    form, row = TermsForm(), _row(number)
    if not form.validate():
        return _terms(row, form), 422
    with change(done=_("Syarat diubah. Kedua pihak membaca alasannya."), tell=False) as outcome:
        drafting.change_terms(
            agreement=queries.lock_agreement_of_retailer(
                number=number, retailer_id=my_retail_seat().retailer_id
            ),
            new=form.terms(),
            reason=form.reason.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.say(outcome.refusal)
        return _terms(row, form), 409
    return _back(number)


@bp.post("/<number>/akhiri")
@retailer_only
def give_notice(number: str) -> ResponseReturnValue:
    form, retailer_id = NoticeForm(), my_retail_seat().retailer_id
    if not form.validate() or form.last_day.data is None:
        return _page(number, notice_form=form), 422
    with change(done=_("Pemberitahuan terkirim ke produsen."), tell=False) as outcome:
        ending.give_notice(
            agreement=queries.lock_agreement_of_retailer(number=number, retailer_id=retailer_id),
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
@retailer_only
def call_off(number: str) -> ResponseReturnValue:
    form, retailer_id = CallOffForm(), my_retail_seat().retailer_id
    if not form.validate():
        return _page(number, call_off=form), 422
    with change(done=_("Perjanjian dibatalkan, tempatnya dilepas."), tell=False) as outcome:
        ending.call_off(
            agreement=queries.lock_agreement_of_retailer(number=number, retailer_id=retailer_id),
            reason=form.reason.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.say(outcome.refusal)
        return _page(number, call_off=form), 409
    return _back(number)


@bp.post("/<number>/tempat/<place>/pajang")
@retailer_only
def open_place(number: str, place: str) -> ResponseReturnValue:
    row = _row(number)
    with change(done=_("Tempat dicatat sudah terpajang.")):
        ending.open_place(
            placement=lock_place_of_retailer(
                number=place, retailer_id=my_retail_seat().retailer_id
            ),
            now=clock.now(),
        )
    return _back(row.number)
