"""Setting up the second factor, or showing it on a device that is already logged in."""

from flask import Blueprint, redirect, render_template, session
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from segno import make_qr

from pol.identity.queries import people
from pol.identity.rules import second_factor as rules
from pol.identity.services import doors, second_factor
from pol.identity.services.doors import Door
from pol.web.access import login_only, me, my_id
from pol.web.account.knocking import TOO_MANY, may_try, my_try
from pol.web.change import change
from pol.web.forms.account import CodeForm
from pol.web.language import gettext as _
from pol.web.next_page import after_login, next_page

bp = Blueprint("account_second_factor", __name__)


def _page(form: CodeForm) -> str:
    person = people.get_user(my_id())
    if person.totp_secret:
        known = {"done": me().second_factor, "form": form, "next_page": next_page()}
        return render_template("account/second_factor.html", **known)
    secret = session.setdefault("totp", rules.new_secret())
    address = rules.address_of(secret, phone=person.phone)
    drawing = make_qr(address, error="m").svg_inline(
        scale=5, border=4, light="#fff", omitsize=False
    )
    return render_template(
        "account/enrol.html",
        form=form,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        address=address,
        qr=Markup(drawing),  # noqa: S704 - drawn by segno from digits
        next_page=next_page(),
    )


@bp.get("/akun/dua-langkah")
@login_only
def show() -> ResponseReturnValue:
    return _page(CodeForm())


@bp.post("/akun/dua-langkah")
@login_only
def confirm() -> ResponseReturnValue:
    form, session_id = CodeForm(), me().session_id
    if not form.validate() or session_id is None:
        return _page(form), 422
    attempt = my_try(Door.SECOND_FACTOR, my_id())
    if not may_try(attempt, form):
        return _page(form), TOO_MANY
    with change(tell=False, done=_("Langkah kedua sudah benar.")) as outcome:
        second_factor.show_code(
            user_id=my_id(),
            session_id=session_id,
            code=str(form.code.data),
            new_secret=session.get("totp"),
            now=attempt.at,
        )
        doors.forgive(attempt)
    if outcome.refusal:
        form.blame(outcome.refusal, "code")
        return _page(form), 422
    session.pop("totp", None)
    return redirect(after_login())
