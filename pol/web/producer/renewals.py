"""What becomes of places that end: asked and answered by a producer."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from pol.partnership.settlement.queries import letters
from pol.partnership.settlement.queries.renewals import of_stall
from pol.partnership.slots.rules import Bearer
from pol.web.access import my_seat, trader_only
from pol.web.change import change
from pol.web.forms.renewals import WishForm
from pol.web.renewals import WRONG, Side, answered, asked, back

bp = Blueprint("producer_renewals", __name__, url_prefix="/pedagang/rak/perpanjangan")
SIDE = Side(
    Bearer.PRODUCER,
    lambda: of_stall(my_seat().stall_id),
    "producer/renewals.html",
    lambda: letters.of_stall(my_seat().stall_id),
    "producer_letters.show",
)


@bp.get("")
@trader_only
def index() -> ResponseReturnValue:
    return SIDE.index()


@bp.get("/<number>")
@trader_only
def propose(number: str) -> ResponseReturnValue:
    return SIDE.form(number, WishForm(formdata=None))


@bp.post("/<number>")
@trader_only
def ask(number: str) -> ResponseReturnValue:
    form = WishForm()
    if not form.validate():
        return SIDE.form(number, form), WRONG
    with change(done=asked(), tell=False) as outcome:
        SIDE.ask(number, form)
    if outcome.refusal:
        return SIDE.refused(number, form, outcome.refusal)
    return back(".index")


@bp.post("/jawab/<renewal_number>")
@trader_only
def answer(renewal_number: str) -> ResponseReturnValue:
    with change(done=answered()):
        SIDE.answer(renewal_number)
    return back(".index")
