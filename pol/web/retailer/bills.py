"""What a retailer owes: closing a period, checking its bills, paying them, saying what is wrong."""

import secrets
from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.files.rules import PictureUse
from pol.kernel import clock
from pol.kernel.errors import Refused
from pol.kernel.localtime import business_day
from pol.kernel.money import total
from pol.partnership.settlement.queries import bills, disputes, periods
from pol.partnership.settlement.rules import BillStatus
from pol.partnership.settlement.rules.periods import Span, next_span
from pol.partnership.settlement.services import closing, disputing, paying
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.slots.rules import Bearer
from pol.web.access import my_id, my_retail_seat, retailer_only
from pol.web.change import change
from pol.web.forms.bills import FIELD_OF, CloseForm, LinesForm, PaymentForm, SayForm
from pol.web.language import gettext as _

bp = Blueprint("retailer_bills", __name__, url_prefix="/peritel/nota")
TABS = {
    "bayar": (BillStatus.BILLED, BillStatus.APPROVED, BillStatus.IN_PART),
    "lunas": (BillStatus.PAID,),
    "kosong": (BillStatus.NOTHING_DUE,),
}
WRONG = 422


def _mine() -> int:
    return my_retail_seat().retailer_id


@bp.get("")
@retailer_only
def index() -> ResponseReturnValue:
    tab = request.args.get("tab", "bayar")
    tab = tab if tab in TABS else "bayar"
    rows = bills.list_bills_of_retailer(retailer_id=_mine(), statuses=TABS[tab])
    today = business_day(clock.now())
    open_from = periods.find_open_from(retailer_id=_mine())
    return render_template(
        "retailer/bills/index.html",
        tab=tab,
        rows=rows,
        due=total(row.open for row in rows),
        late=[row for row in rows if row.days_late(today)],
        today=today,
        open_from=open_from,
        next_close=_next_close(open_from),
    )


def _next_close(from_on: date | None) -> date | None:
    """Return the day with which the oldest open period ends by its rhythm."""
    every = periods.get_every_days(retailer_id=_mine())
    return from_on + timedelta(days=every - 1) if from_on else None


@bp.get("/tutup")
@retailer_only
def preview() -> ResponseReturnValue:
    today = business_day(clock.now())
    asked = CloseForm(formdata=request.args if "sampai" in request.args else None)
    if "sampai" not in request.args:
        usual = _next_close(periods.find_open_from(retailer_id=_mine()))
        asked.sampai.data = min(usual or today, today - timedelta(days=1))
        return _preview(asked)
    return _preview(asked) if asked.validate() else (_preview(asked), WRONG)


def _preview(form: CloseForm) -> str:
    now, drafts, span = clock.now(), None, None
    if form.sampai.data and not form.errors:
        try:
            span = _span(form.sampai.data, business_day(now))
            drafts = closing.draft_bills(
                retailer_id=_mine(), span=span, closed_on=business_day(now)
            )
        except Refused as refusal:
            form.blame(refusal, FIELD_OF.get(type(refusal)))
    return render_template(
        "retailer/bills/close.html",
        form=form,
        span=span,
        planned=drafts,
        names=bills.name_stalls([draft.stall_id for draft in drafts or ()]),
        whole=total(draft.sums.payable for draft in drafts or () if draft.due_on),
    )


def _span(last_day: date, today: date) -> Span:
    from_on = periods.find_open_from(retailer_id=_mine())
    return next_span(from_on=from_on, last_day=last_day, today=today)


@bp.post("/tutup")
@retailer_only
def close() -> ResponseReturnValue:
    form = CloseForm()
    if not form.validate() or form.sampai.data is None:
        return _preview(form), WRONG
    done = _("Periode ditutup. Tagihannya sudah bisa dilihat produsen.")
    with change(done=done, tell=False) as outcome:
        closing.close_period(
            retailer_id=_mine(), last_day=form.sampai.data, actor_id=my_id(), now=clock.now()
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _preview(form), 409
    return redirect(url_for(".index"), 303)


@bp.get("/<number>")
@retailer_only
def show(number: str) -> ResponseReturnValue:
    return _bill(number)


def _bill(number: str, *, paid: PaymentForm | None = None, wrong: LinesForm | None = None) -> str:
    bill, now = bills.get_bill_of_retailer(retailer_id=_mine(), number=number), clock.now()
    found = disputes.list_of_bill(bill_id=bill.id)
    if paid is None:
        paid = PaymentForm(formdata=None, amount=bill.open, paid_on=business_day(now))
        paid.key.data = secrets.token_urlsafe(16)
    return render_template(
        "retailer/bills/show.html",
        bill=bill,
        lines=bills.list_lines(bill_id=bill.id),
        payments=bills.list_payments(bill_id=bill.id),
        disputes=found,
        steps=disputes.list_steps(dispute_ids=[row.id for row in found]),
        today=business_day(now),
        record=url_for(".show", number=number, _external=True),
        form=paid,
        wrong=wrong or LinesForm(formdata=None),
        say=SayForm(formdata=None),
    )


@bp.get("/<number>/baris/<int:line_id>")
@retailer_only
def line(number: str, line_id: int) -> ResponseReturnValue:
    bill = bills.get_bill_of_retailer(retailer_id=_mine(), number=number)
    return render_template(
        "retailer/bills/line.html",
        bill=bill,
        line=bills.get_line(bill_id=bill.id, line_id=line_id),
        sales=bills.list_sales_of_line(bill_id=bill.id, line_id=line_id),
    )


@bp.post("/<number>/setuju")
@retailer_only
def approve(number: str) -> ResponseReturnValue:
    with change(done=_("Tagihan disetujui.")):
        bill = bills.lock_bill_of_retailer(retailer_id=_mine(), number=number)
        paying.approve_bill(bill=bill, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<number>/bayar")
@retailer_only
def pay(number: str) -> ResponseReturnValue:
    bills.get_bill_of_retailer(retailer_id=_mine(), number=number)
    form = PaymentForm()
    sound = form.validate()
    pictures = form.take_pictures(use=PictureUse.PROOF, owner_id=my_id(), most=1)
    if not sound or form.paid_on.data is None or form.camera.errors:
        return _bill(number, paid=form), WRONG
    with change(done=_("Pembayaran tercatat. Produsen diberi tahu."), tell=False) as outcome:
        paying.note_payment(
            bill=bills.lock_bill_of_retailer(retailer_id=_mine(), number=number),
            sending=Sending(
                form.key.data or "",
                form.amount.data,
                form.paid_on.data,
                form.reference.data or "",
                next(iter(pictures), None),
            ),
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _bill(number, paid=form), 409
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<number>/sengketa")
@retailer_only
def dispute(number: str) -> ResponseReturnValue:
    bill = bills.get_bill_of_retailer(retailer_id=_mine(), number=number)
    form = LinesForm()
    form.lines.choices = [(row.id, row.words) for row in bills.list_lines(bill_id=bill.id)]
    if not form.validate():
        return _bill(number, wrong=form), WRONG
    done = _("Tercatat. Baris itu ditahan; sisanya tetap harus dibayar.")
    with change(done=done, tell=False) as outcome:
        disputing.open_dispute(
            bill=bills.lock_bill_of_retailer(retailer_id=_mine(), number=number),
            line_ids=form.lines.data or [],
            by=Bearer.RETAILER,
            words=form.words.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _bill(number, wrong=form), 409
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<number>/sengketa/<dispute_number>")
@retailer_only
def say(number: str, dispute_number: str) -> ResponseReturnValue:
    bill = bills.get_bill_of_retailer(retailer_id=_mine(), number=number)
    disputes.get_dispute_of_bill(bill_id=bill.id, number=dispute_number)
    form = SayForm()
    if form.validate():
        to_dinas = request.form.get("ke") == "dinas"
        speak = disputing.call_mediator if to_dinas else disputing.say
        with change(done=_("Terkirim.")):
            speak(
                dispute=disputes.lock_dispute_of_bill(bill_id=bill.id, number=dispute_number),
                words=form.words.data or "",
                actor_id=my_id(),
                now=clock.now(),
            )
        return redirect(url_for(".show", number=number), 303)
    return _bill(number), WRONG
