"""Opening an account."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from pol.identity.rules.secrets import TooBusy
from pol.identity.services import accounts, passwords
from pol.identity.services.doors import Door
from pol.web.access import open_to_all
from pol.web.account.knocking import TOO_MANY, may_try, my_try
from pol.web.account.login import finish_login
from pol.web.change import change
from pol.web.forms.account import RegisterForm
from pol.web.language import gettext as _
from pol.web.next_page import after_login, next_page

bp = Blueprint("account_register", __name__)


def _page(form: RegisterForm) -> str:
    return render_template("account/register.html", form=form, next_page=next_page())


@bp.get("/daftar")
@open_to_all
def show() -> ResponseReturnValue:
    return _page(RegisterForm())


@bp.post("/daftar")
@open_to_all
def register() -> ResponseReturnValue:
    form = RegisterForm()
    if not form.validate():
        return _page(form), 422
    attempt = my_try(Door.REGISTRATION, form.phone.data)
    if not may_try(attempt, form):
        return _page(form), TOO_MANY
    try:
        hashed = passwords.hash_secret(str(form.secret.data))
    except TooBusy as refusal:
        form.blame(refusal)
        return _page(form), TOO_MANY
    with change(done=_("Akun Anda siap. Selamat berbelanja."), tell=False) as opening:
        user_id = accounts.register(
            phone=attempt.account,
            name=str(form.name.data),
            hashed=hashed,
            village_code=form.village.data,
            now=attempt.at,
        )
        finish_login(user_id=user_id, now=attempt.at)
    if opening.refusal:
        form.blame(opening.refusal, "phone")
        return _page(form), 422
    return redirect(after_login())
