"""A producer's money from shelves: sold, margin, payable, due on, days from sale to money."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.kernel.money import total
from pol.partnership.settlement.queries import bills, disputes
from pol.partnership.settlement.services import disputing, paying
from pol.partnership.slots.rules import Bearer
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.forms.bills import FIELD_OF, LinesForm, SayForm
from pol.web.language import gettext as _

bp = Blueprint("producer_money", __name__, url_prefix="/pedagang/rak/uang")
WRONG = 422


def _mine() -> int:
    return my_seat().stall_id


@bp.get("")
@trader_only
def index() -> ResponseReturnValue:
    rows = bills.list_bills_of_stall(stall_id=_mine())
    paid = [row for row in rows if row.sale_to_money_tenths is not None]
    return render_template(
        "producer/money/index.html",
        rows=rows,
        unbilled=bills.sum_unbilled(stall_id=_mine()),
        due=total(row.open for row in rows),
        held=total(row.held for row in rows),
        tenths=_mean([row.sale_to_money_tenths or 0 for row in paid]),
        today=business_day(clock.now()),
    )


def _mean(tenths: list[int]) -> int | None:
    return (sum(tenths) + len(tenths) // 2) // len(tenths) if tenths else None


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    return _bill(number)


def _bill(number: str, *, wrong: LinesForm | None = None) -> str:
    bill = bills.get_bill_of_stall(stall_id=_mine(), number=number)
    found = disputes.list_of_bill(bill_id=bill.id)
    return render_template(
        "producer/money/show.html",
        bill=bill,
        lines=bills.list_lines(bill_id=bill.id),
        payments=bills.list_payments(bill_id=bill.id),
        disputes=found,
        steps=disputes.list_steps(dispute_ids=[row.id for row in found]),
        today=business_day(clock.now()),
        record=url_for(".show", number=number, _external=True),
        wrong=wrong or LinesForm(formdata=None),
        say=SayForm(formdata=None),
    )


@bp.get("/<number>/baris/<int:line_id>")
@trader_only
def line(number: str, line_id: int) -> ResponseReturnValue:
    bill = bills.get_bill_of_stall(stall_id=_mine(), number=number)
    return render_template(
        "producer/money/line.html",
        bill=bill,
        line=bills.get_line(bill_id=bill.id, line_id=line_id),
        sales=bills.list_sales_of_line(bill_id=bill.id, line_id=line_id),
    )


@bp.post("/<number>/bayar/<payment_number>")
@trader_only
def answer(number: str, payment_number: str) -> ResponseReturnValue:
    came = request.form.get("masuk") == "ya"
    form = SayForm()
    if not came and not form.validate():
        return _bill(number), WRONG
    done = _("Terima kasih, tercatat sudah masuk.") if came else _("Tercatat belum masuk.")
    with change(done=done):
        bill = bills.lock_bill_of_stall(stall_id=_mine(), number=number)
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
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<number>/sengketa")
@trader_only
def dispute(number: str) -> ResponseReturnValue:
    bill = bills.get_bill_of_stall(stall_id=_mine(), number=number)
    form = LinesForm()
    form.lines.choices = [(row.id, row.words) for row in bills.list_lines(bill_id=bill.id)]
    if not form.validate():
        return _bill(number, wrong=form), WRONG
    done = _("Tercatat. Baris itu dibicarakan dulu; sisanya tetap dibayar toko.")
    with change(done=done, tell=False) as outcome:
        disputing.open_dispute(
            bill=bills.lock_bill_of_stall(stall_id=_mine(), number=number),
            line_ids=form.lines.data or [],
            by=Bearer.PRODUCER,
            words=form.words.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _bill(number, wrong=form), 409
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<number>/sengketa/<dispute_number>")
@trader_only
def say(number: str, dispute_number: str) -> ResponseReturnValue:
    bill = bills.get_bill_of_stall(stall_id=_mine(), number=number)
    disputes.get_dispute_of_bill(bill_id=bill.id, number=dispute_number)
    form = SayForm()
    if not form.validate():
        return _bill(number), WRONG
    speak = disputing.call_mediator if request.form.get("ke") == "dinas" else disputing.say
    with change(done=_("Terkirim.")):
        speak(
            dispute=disputes.lock_dispute_of_bill(bill_id=bill.id, number=dispute_number),
            words=form.words.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", number=number), 303)
