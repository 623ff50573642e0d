"""The code of the authenticator app, asked after the password."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pol.identity.services import doors, second_factor
from pol.identity.services.doors import Door
from pol.kernel import clock
from pol.web.access import open_to_all
from pol.web.account.knocking import TOO_MANY, may_try, my_try
from pol.web.account.login import finish_login
from pol.web.change import change
from pol.web.forms.account import CodeForm
from pol.web.next_page import after_login, next_page

bp = Blueprint("account_second_step", __name__)

PATIENCE = timedelta(minutes=10)


def half_way() -> int | None:
    """Return who has just shown the right password, if that was a moment ago."""
    half = session.get("half")
    if not (isinstance(half, list) and len(half) == 2):
        return None
    age = clock.now().timestamp() - int(half[1])
    return int(half[0]) if age <= PATIENCE.total_seconds() else None


def _page(form: CodeForm) -> str:
    return render_template("account/second_step.html", form=form, next_page=next_page())


def _start_again() -> ResponseReturnValue:
    flash(_("Sudah lewat sepuluh menit. Masuk sekali lagi."), "warn")
    return redirect(url_for("account_login.show", next=next_page()))


@bp.get("/masuk/kode")
@open_to_all
def show() -> ResponseReturnValue:
    return _page(CodeForm()) if half_way() else _start_again()


@bp.post("/masuk/kode")
@open_to_all
def enter() -> ResponseReturnValue:
    form, user_id = CodeForm(), half_way()
    if user_id is None:
        return _start_again()
    if not form.validate():
        return _page(form), 422
    attempt = my_try(Door.SECOND_FACTOR, user_id)
    if not may_try(attempt, form):
        return _page(form), TOO_MANY
    with change(tell=False) as entry:
        second_factor.use_code(user_id=user_id, code=str(form.code.data), now=attempt.at)
        doors.forgive(attempt)
        finish_login(user_id=user_id, now=attempt.at, second_factor=True)
    if entry.refusal:
        form.blame(entry.refusal, "code")
        return _page(form), 422
    return redirect(after_login())
