"""Coming in with phone and password, and leaving again."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from pol.identity.rules import CodePurpose
from pol.identity.rules.devices import device_name
from pol.identity.services import codes, doors, passwords, sessions
from pol.identity.services.doors import Door, Try
from pol.kernel import clock
from pol.kernel.errors import Refused
from pol.web.access import open_to_all
from pol.web.account.halfway import HalfWay, Step, needed_step, stop_here
from pol.web.account.knocking import TOO_MANY, may_try, my_address, my_try
from pol.web.change import change
from pol.web.customer.holder import take_cart_along
from pol.web.forms.account import LoginForm
from pol.web.next_page import after_login, next_page

bp = Blueprint("account_login", __name__)

GOODBYE = '"cookies", "storage"'


def finish_login(*, user_id: int, now: datetime, second_factor: bool = False) -> None:
    """Open a session with a new token, inside the running change, and hand it to the browser."""
    old = session.pop("sid", None)
    if isinstance(old, str):
        sessions.close_session(token=old, now=now)
    session["sid"] = sessions.open_session(
        user_id=user_id,
        now=now,
        device=device_name(request.user_agent.string),
        address=my_address(),
        second_factor=second_factor,
    )
    take_cart_along(user_id=user_id, now=now)
    for name in ("csrf_token", "half", "stall_id"):
        session.pop(name, None)
    session.permanent = True


def _page(form: LoginForm) -> str:
    return render_template("account/login.html", form=form, next_page=next_page())


@bp.get("/masuk")
@open_to_all
def show() -> ResponseReturnValue:
    return _page(LoginForm())


@bp.post("/masuk")
@open_to_all
def enter() -> ResponseReturnValue:
    form = LoginForm()
    if not form.validate():
        return _page(form), 422
    attempt = my_try(Door.PASSWORD, form.phone.data)
    if not may_try(attempt, form):
        return _page(form), TOO_MANY
    try:
        match = passwords.match_secret(phone=attempt.account, secret=str(form.secret.data))
    except Refused as refusal:
        form.blame(refusal, "secret")
        with change():
            doors.note_failure(attempt)
        return _page(form), 422
    return _welcome(match, attempt)


def _welcome(match: passwords.Match, attempt: Try) -> ResponseReturnValue:
    step = needed_step(user_id=match.user_id)
    drawn = codes.draw_code(CodePurpose.NEW_DEVICE) if step is Step.LETTER else None
    with change():
        doors.forgive(attempt)
        passwords.renew_hash(match)
        if drawn:
            codes.mail_code(drawn, phone=attempt.account, now=attempt.at)
        if step is None:
            finish_login(user_id=match.user_id, now=attempt.at)
    if step is None:
        return redirect(after_login())
    stop_here(HalfWay(match.user_id, attempt.account, step), now=attempt.at)
    return redirect(url_for("account_second_step.show", next=next_page()))


@bp.post("/keluar")
@open_to_all
def leave() -> ResponseReturnValue:
    token = session.get("sid")
    if isinstance(token, str):
        with change():
            sessions.close_session(token=token, now=clock.now())
    session.clear()
    response = redirect(url_for("account_login.show", keluar=1))
    response.headers["Clear-Site-Data"] = GOODBYE
    return response
