"""A forgotten password: a one-time code is traded for a new one."""

from flask import Blueprint, current_app, redirect, render_template
from flask.typing import ResponseReturnValue

from pol.identity.rules import CodePurpose
from pol.identity.rules.secrets import TooBusy, WrongCode
from pol.identity.services import codes, doors, passwords
from pol.identity.services.doors import Door
from pol.kernel.errors import Refused
from pol.web.access import open_to_all
from pol.web.account.halfway import Step, needed_step
from pol.web.account.knocking import TOO_MANY, may_try, my_try
from pol.web.account.login import finish_login
from pol.web.change import change
from pol.web.forms.account import ForgottenForm, UseCodeForm
from pol.web.language import gettext as _
from pol.web.next_page import after_login

bp = Blueprint("account_recover", __name__)


def _page(form: ForgottenForm) -> str:
    by_mail = bool(current_app.config["SMTP_HOST"])
    return render_template("account/forgotten.html", form=form, by_mail=by_mail)


def _code_page(form: UseCodeForm, *, sent: bool = False) -> str:
    return render_template("account/use_code.html", form=form, sent=sent)


@bp.get("/lupa")
@open_to_all
def show() -> ResponseReturnValue:
    return _page(ForgottenForm())


@bp.post("/lupa")
@open_to_all
def ask() -> ResponseReturnValue:
    form = ForgottenForm()
    if not form.validate():
        return _page(form), 422
    attempt = my_try(Door.LETTER, form.phone.data)
    if not may_try(attempt, form):
        return _page(form), TOO_MANY
    try:
        drawn = codes.draw_code(CodePurpose.RESET_PASSWORD)
    except TooBusy as refusal:
        form.blame(refusal)
        return _page(form), TOO_MANY
    with change():
        if current_app.config["SMTP_HOST"]:
            codes.mail_code(drawn, phone=attempt.account, now=attempt.at)
    return _code_page(UseCodeForm(formdata=None, phone=attempt.account), sent=True)


@bp.get("/lupa/kode")
@open_to_all
def show_code() -> ResponseReturnValue:
    return _code_page(UseCodeForm())


@bp.post("/lupa/kode")
@open_to_all
def use() -> ResponseReturnValue:
    form = UseCodeForm()
    if not form.validate():
        return _code_page(form), 422
    attempt = my_try(Door.CODE, form.phone.data)
    if not may_try(attempt, form):
        return _code_page(form), TOO_MANY
    with change():
        codes.count_code_try(phone=attempt.account, now=attempt.at)
    try:
        code_id = codes.match_code(phone=attempt.account, code=str(form.code.data), now=attempt.at)
        hashed = passwords.hash_secret(str(form.secret.data))
    except Refused as refusal:
        form.blame(refusal, "code" if isinstance(refusal, WrongCode) else None)
        with change():
            doors.note_failure(attempt)
        return _code_page(form), 422
    with change(tell=False, done=_("Sandi baru tersimpan.")) as outcome:
        user_id = codes.use_code(code_id=code_id, hashed=hashed, now=attempt.at)
        doors.forgive(attempt)
        doors.forgive(my_try(Door.PASSWORD, attempt.account))
        if needed_step(user_id=user_id) is not Step.AUTHENTICATOR:  # the code vouches for the rest
            finish_login(user_id=user_id, now=attempt.at)
    if outcome.refusal:
        form.blame(outcome.refusal, "code")
        return _code_page(form), 422
    return redirect(after_login())
