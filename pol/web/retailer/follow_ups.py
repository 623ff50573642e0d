"""What the Dinas asks about a store without a place for local goods, and the answer."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.partnership.slots.queries import follow_ups as queries
from pol.partnership.slots.queries.follow_ups import FollowUpRow
from pol.partnership.slots.services import follow_ups
from pol.web.access import my_id, my_retail_seat, retailer_only
from pol.web.change import change
from pol.web.forms.follow_ups import FIELD_OF, AnswerForm
from pol.web.language import gettext as _

bp = Blueprint("retailer_follow_ups", __name__, url_prefix="/peritel/tindak-lanjut")
WRONG, SEE_OTHER = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SEE_OTHER


def _mine(number: str) -> FollowUpRow:
    return queries.get_follow_up_of_retailer(
        retailer_id=my_retail_seat().retailer_id, number=number
    )


@bp.get("/<number>")
@retailer_only
def show(number: str) -> ResponseReturnValue:
    return _page(_mine(number), AnswerForm(formdata=None))


def _page(row: FollowUpRow, form: AnswerForm) -> str:
    return render_template(
        "retailer/calls/follow_up.html", row=row, form=form, retailer=my_retail_seat()
    )


@bp.post("/<number>/jawab")
@retailer_only
def answer(number: str) -> ResponseReturnValue:
    row, form = _mine(number), AnswerForm()
    if not form.validate():
        return _page(row, form), WRONG
    with change(done=_("Terkirim ke Dinas."), tell=False) as outcome:
        follow_ups.answer_follow_up(
            asked=queries.lock_follow_up_of_retailer(retailer_id=row.retailer_id, number=number),
            text=form.answer.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _page(_mine(number), form), WRONG
    return redirect(url_for(".show", number=number), SEE_OTHER)
