"""What a retailer owes: closing a period, checking its bills, paying them, saying what is wrong."""

import secrets
from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.files.rules import PictureUse
from pol.kernel import clock
from pol.kernel.errors import Refused
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, total
from pol.kernel.paging import Page
from pol.partnership.settlement.queries import bill_lists, bills, periods
from pol.partnership.settlement.queries.bills import BillRow
from pol.partnership.settlement.queries.today import sum_bills
from pol.partnership.settlement.rules import BillStatus
from pol.partnership.settlement.rules.periods import Span, last_day_by_hand, next_span
from pol.partnership.settlement.services import closing, paying
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.slots.rules import Bearer
from pol.web.access import my_id, my_retail_seat, retailer_only
from pol.web.bills import WRONG, Side, back
from pol.web.change import change
from pol.web.forms.bills import FIELD_OF, CloseForm, PaymentForm, SayForm
from pol.web.language import gettext as _

bp = Blueprint("retailer_bills", __name__, url_prefix="/peritel/nota")
TO_PAY = "bayar"
ENDED = {"lunas": BillStatus.PAID, "kosong": BillStatus.NOTHING_DUE}


def _mine() -> int:
    return my_retail_seat().retailer_id


def _forms(bill: BillRow) -> dict[str, PaymentForm]:
    due = bill.open or bill.owed_back
    form = PaymentForm(formdata=None, amount=due, paid_on=business_day(clock.now()))
    form.key.data = secrets.token_urlsafe(16)
    return {"form": form}


SIDE = Side(
    Bearer.RETAILER,
    lambda: bills.of_retailer(_mine()),
    "retailer/bills",
    "retailer_letters.show",
    _forms,
)


@bp.get("")
@retailer_only
def index() -> ResponseReturnValue:
    tab = request.args.get("tab", TO_PAY)
    tab = tab if tab in ENDED else TO_PAY
    today = business_day(clock.now())
    open_from = periods.find_open_from(retailer_id=_mine())
    return render_template(
        "retailer/bills/index.html",
        tab=tab,
        page=_list(tab, request.args.get("sesudah")),
        sums=sum_bills(today, retailer_id=_mine()) if tab == TO_PAY else None,
        today=today,
        open_from=open_from,
        next_close=_next_close(open_from, today),
    )


def _list(tab: str, cursor: str | None) -> Page[BillRow]:
    if tab == TO_PAY:
        return bill_lists.list_unpaid_bills(retailer_id=_mine(), cursor=cursor)
    return bill_lists.list_bills_of_retailer(retailer_id=_mine(), status=ENDED[tab], cursor=cursor)


def _next_close(from_on: date | None, today: date) -> date | None:
    """Return the day up to which closing is offered, or None when no day is over yet."""
    every = periods.get_every_days(retailer_id=_mine())
    return last_day_by_hand(from_on=from_on, every_days=every, today=today) if from_on else None


@bp.get("/tutup")
@retailer_only
def preview() -> ResponseReturnValue:
    today = business_day(clock.now())
    asked = CloseForm(formdata=request.args if "sampai" in request.args else None)
    if "sampai" not in request.args:
        usual = _next_close(periods.find_open_from(retailer_id=_mine()), today)
        asked.sampai.data = usual or today - timedelta(days=1)
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
        whole=total(draft.sums.payable for draft in drafts or () if draft.sums.payable > ZERO),
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
    return SIDE.show(number)


@bp.get("/<number>/baris/<int:line_id>")
@retailer_only
def line(number: str, line_id: int) -> ResponseReturnValue:
    return SIDE.line(number, line_id)


@bp.get("/<number>/bukti/<payment_number>")
@retailer_only
def proof(number: str, payment_number: str) -> ResponseReturnValue:
    return SIDE.proof(number, payment_number)


@bp.post("/<number>/setuju")
@retailer_only
def approve(number: str) -> ResponseReturnValue:
    with change(done=_("Tagihan disetujui.")):
        bill = bills.lock_bill(SIDE.mine(), number)
        paying.approve_bill(bill=bill, actor_id=my_id(), now=clock.now())
    return back(number)


@bp.post("/<number>/bayar")
@retailer_only
def pay(number: str) -> ResponseReturnValue:
    SIDE.get(number)
    form = PaymentForm()
    sound = form.validate()
    pictures = form.take_pictures(use=PictureUse.PROOF, owner_id=my_id(), most=1)
    if not sound or form.paid_on.data is None or form.camera.errors:
        return SIDE.show(number, form=form), WRONG
    with change(done=_("Pembayaran tercatat. Produsen diberi tahu."), tell=False) as outcome:
        paying.note_payment(
            bill=bills.lock_bill(SIDE.mine(), number),
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
        return SIDE.refused(number, "form", form, outcome.refusal)
    return back(number)


@bp.post("/<number>/sengketa")
@retailer_only
def dispute(number: str) -> ResponseReturnValue:
    form = SIDE.lines_form(number)
    if not form.validate():
        return SIDE.show(number, wrong=form), WRONG
    done = _("Tercatat. Baris itu ditahan; sisanya tetap harus dibayar.")
    with change(done=done, tell=False) as outcome:
        SIDE.dispute(number, form)
    if outcome.refusal:
        return SIDE.refused(number, "wrong", form, outcome.refusal)
    return back(number)


@bp.get("/<number>/sengketa/<dispute_number>")
@retailer_only
def minutes(number: str, dispute_number: str) -> ResponseReturnValue:
    return SIDE.minutes(number, dispute_number)


@bp.post("/<number>/sengketa/<dispute_number>")
@retailer_only
def say(number: str, dispute_number: str) -> ResponseReturnValue:
    bill_id, form = SIDE.find_dispute(number, dispute_number), SayForm()
    if not form.validate():
        return SIDE.unsaid(number, dispute_number, form)
    with change(done=_("Terkirim.")):
        SIDE.say(bill_id, dispute_number, form.words.data or "")
    return back(number)
