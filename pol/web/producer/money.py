"""A producer's money from shelves: what is not billed yet, bills, days from sale to money."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.settlement.queries import bill_lists, bills
from pol.partnership.settlement.queries.unbilled import list_unbilled
from pol.partnership.settlement.services import paying
from pol.partnership.slots.rules import Bearer
from pol.web.access import my_id, my_seat, trader_only
from pol.web.bills import WRONG, Side, back
from pol.web.change import change
from pol.web.forms.bills import SayForm
from pol.web.language import gettext as _

bp = Blueprint("producer_money", __name__, url_prefix="/pedagang/rak/uang")


def _mine() -> int:
    return my_seat().stall_id


SIDE = Side(
    Bearer.PRODUCER, lambda: bills.of_stall(_mine()), "producer/money", "producer_letters.show"
)


@bp.get("")
@trader_only
def index() -> ResponseReturnValue:
    stall_id, asked = _mine(), request.args
    return render_template(
        "producer/money/index.html",
        sums=bill_lists.sum_bills_of_stall(stall_id=stall_id),
        waiting=bill_lists.list_bills_of_stall(
            stall_id=stall_id, over=False, cursor=asked.get("tagihan")
        ),
        done=bill_lists.list_bills_of_stall(
            stall_id=stall_id, over=True, cursor=asked.get("selesai")
        ),
        unbilled=list_unbilled(stall_id=stall_id),
        today=business_day(clock.now()),
    )


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    return SIDE.show(number)


@bp.get("/<number>/baris/<int:line_id>")
@trader_only
def line(number: str, line_id: int) -> ResponseReturnValue:
    return SIDE.line(number, line_id)


@bp.get("/<number>/bukti/<payment_number>")
@trader_only
def proof(number: str, payment_number: str) -> ResponseReturnValue:
    return SIDE.proof(number, payment_number)


@bp.post("/<number>/bayar/<payment_number>")
@trader_only
def answer(number: str, payment_number: str) -> ResponseReturnValue:
    came = request.form.get("masuk") == "ya"
    form = SayForm()
    if not came and not form.validate():
        return SIDE.unsaid(number, payment_number, form)
    done = _("Terima kasih, tercatat sudah masuk.") if came else _("Tercatat belum masuk.")
    with change(done=done):
        bill = bills.lock_bill(SIDE.mine(), number)
        if came:
            paying.confirm_payment(
                bill=bill, number=payment_number, actor_id=my_id(), now=clock.now()
            )
        else:
            paying.deny_payment(
                bill=bill,
                number=payment_number,
                reason=form.words.data or "",
                actor_id=my_id(),
                now=clock.now(),
            )
    return back(number)


@bp.post("/<number>/sengketa")
@trader_only
def dispute(number: str) -> ResponseReturnValue:
    form = SIDE.lines_form(number)
    if not form.validate():
        return SIDE.show(number, wrong=form), WRONG
    done = _("Tercatat. Baris itu dibicarakan dulu; sisanya tetap dibayar toko.")
    with change(done=done, tell=False) as outcome:
        SIDE.dispute(number, form)
    if outcome.refusal:
        return SIDE.refused(number, "wrong", form, outcome.refusal)
    return back(number)


@bp.get("/<number>/sengketa/<dispute_number>")
@trader_only
def minutes(number: str, dispute_number: str) -> ResponseReturnValue:
    return SIDE.minutes(number, dispute_number)


@bp.post("/<number>/sengketa/<dispute_number>")
@trader_only
def say(number: str, dispute_number: str) -> ResponseReturnValue:
    bill_id, form = SIDE.find_dispute(number, dispute_number), SayForm()
    if not form.validate():
        return SIDE.unsaid(number, dispute_number, form)
    with change(done=_("Terkirim.")):
        SIDE.say(bill_id, dispute_number, form.words.data or "")
    return back(number)
