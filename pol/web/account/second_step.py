"""The code asked after the password: of the authenticator app, or from a letter."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.identity.rules import CodePurpose
from pol.identity.services import codes, doors, second_factor
from pol.identity.services.doors import Door, Try
from pol.kernel import clock
from pol.kernel.errors import Refused
from pol.web.access import open_to_all
from pol.web.account.halfway import HalfWay, Step, find_half_way
from pol.web.account.knocking import TOO_MANY, may_try, my_try
from pol.web.account.login import finish_login
from pol.web.change import change
from pol.web.forms.account import CodeForm
from pol.web.language import gettext as _
from pol.web.next_page import after_login, next_page

bp = Blueprint("account_second_step", __name__)


def _page(form: CodeForm, half: HalfWay) -> str:
    by_letter = half.step is Step.LETTER
    return render_template(
        "account/second_step.html", form=form, by_letter=by_letter, next_page=next_page()
    )


def _start_again() -> ResponseReturnValue:
    flash(_("Sudah lewat sepuluh menit. Masuk sekali lagi."), "warn")
    return redirect(url_for("account_login.show", next=next_page()))


@bp.get("/masuk/kode")
@open_to_all
def show() -> ResponseReturnValue:
    half = find_half_way(now=clock.now())
    return _page(CodeForm(), half) if half else _start_again()


@bp.post("/masuk/kode")
@open_to_all
def enter() -> ResponseReturnValue:
    form, half = CodeForm(), find_half_way(now=clock.now())
    if half is None:
        return _start_again()
    if not form.validate():
        return _page(form, half), 422
    attempt = my_try(Door.SECOND_FACTOR, half.user_id)
    if not may_try(attempt, form):
        return _page(form, half), TOO_MANY
    refusal = _look_at(str(form.code.data), half, attempt)
    if refusal:
        form.blame(refusal, "code")
        with change():
            doors.note_failure(attempt, user_id=half.user_id)
        return _page(form, half), 422
    return redirect(after_login())


def _look_at(code: str, half: HalfWay, attempt: Try) -> Refused | None:
    """Let the person in, or return why not."""
    code_id = None
    if half.step is Step.LETTER:
        try:
            code_id = _find_letter(code, half, attempt)
        except Refused as refusal:
            return refusal
    with change(tell=False) as entry:
        if code_id is None:
            second_factor.use_code(user_id=half.user_id, code=code, now=attempt.at)
        else:
            codes.spend_code(code_id=code_id, now=attempt.at)
        doors.forgive(attempt)
        finish_login(user_id=half.user_id, now=attempt.at, second_factor=code_id is None)
    return entry.refusal


def _find_letter(code: str, half: HalfWay, attempt: Try) -> int:
    with change():
        codes.count_code_try(phone=half.phone, now=attempt.at)
    asked = (CodePurpose.NEW_DEVICE,)
    return codes.match_code(phone=half.phone, code=code, now=attempt.at, purposes=asked)
