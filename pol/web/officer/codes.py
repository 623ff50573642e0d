"""A one-time code, read aloud to somebody who forgot the password and came to the market."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.identity.rules import CodePurpose
from pol.identity.services import codes
from pol.kernel import clock
from pol.web.access import my_id, officer_only
from pol.web.change import change
from pol.web.forms.account_roles import PersonForm

bp = Blueprint("officer_codes", __name__)


@bp.get("/petugas/kode")
@officer_only
def show() -> ResponseReturnValue:
    return render_template("officer/codes.html", form=PersonForm())


@bp.post("/petugas/kode")
@officer_only
def hand_out() -> ResponseReturnValue:
    form = PersonForm()
    if not form.validate():
        return render_template("officer/codes.html", form=form), 422
    drawn = codes.draw_code(CodePurpose.RESET_PASSWORD)
    with change(tell=False) as outcome:
        person = codes.hand_out_code(
            drawn, phone=str(form.phone.data), officer_id=my_id(), now=clock.now()
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "phone")
        return render_template("officer/codes.html", form=form), 422
    return render_template("officer/code.html", person=person, code=drawn.code)
