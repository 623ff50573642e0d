"""The counter: bags of couriers are taken over, stalls pay back the cash they keep."""

from datetime import date, timedelta
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.kernel.money import total
from pol.orders.queries.cash import list_customers
from pol.payments.queries import cash as queries
from pol.payments.queries import deposits
from pol.payments.services import cash, shifts
from pol.stalls.queries.own import lock_stall_of_markets
from pol.web.access import me, my_id, officer_only
from pol.web.change import change
from pol.web.forms.cash import AcceptForm, DepositForm, read_seen
from pol.web.language import gettext as _

bp = Blueprint("officer_deposits", __name__, url_prefix="/petugas/setoran")


@bp.get("")
@officer_only
def index() -> ResponseReturnValue:
    mine, today = me().market_ids, business_day(clock.now())
    day = min(_asked_day(request.args.get("hari")) or today, today)
    waiting = deposits.list_waiting_shifts(market_ids=mine)
    received = deposits.list_deposits_of_day(market_ids=mine, day=day)
    return render_template(
        "officer/deposits/index.html",
        waiting=waiting,
        uncounted=queries.list_uncounted(
            market_ids=mine, waiting={shift.courier_id for shift in waiting}
        ),
        debts=queries.list_debts(market_ids=mine),
        received=received,
        whole=total(row.amount for row in received),
        day=day,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1) if day < today else None,
    )


def _asked_day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.year >= 2020 else None


@bp.get("/kurir/<number>")
@officer_only
def shift(number: str) -> ResponseReturnValue:
    return _shift_page(number)


def _shift_page(number: str) -> str:
    found = deposits.get_shift_of_markets(number, market_ids=me().market_ids)
    form = AcceptForm(formdata=None)
    form.counted.data = str(found.counted.amount)
    lines = deposits.list_shift_lines(found.id)
    return render_template(
        "officer/deposits/shift.html",
        shift=found,
        lines=lines,
        customers=list_customers([line.number for line in lines]),
        form=form,
    )


@bp.post("/kurir/<number>/terima")
@officer_only
def accept(number: str) -> ResponseReturnValue:
    form, mine = AcceptForm(), me().market_ids
    with change(done=_("Setoran diterima. Uangnya masuk kas pasar.")) as outcome:
        shifts.accept_shift(
            shift=deposits.lock_shift_of_markets(number, market_ids=mine),
            seen=read_seen(form.counted),
            forgive=form.forgive.data,
            officer_id=my_id(),
            now=clock.now(),
        )
    found = deposits.get_shift_of_markets(number, market_ids=mine)
    if outcome.refusal or not found.counted:
        return redirect(url_for(".shift", number=number), HTTPStatus.SEE_OTHER)
    return redirect(url_for("account_deposit.show", number=number), HTTPStatus.SEE_OTHER)


@bp.get("/lapak/<slug>")
@officer_only
def stall(slug: str) -> ResponseReturnValue:
    form = DepositForm(formdata=None)
    form.fresh_key()
    return _stall_page(slug, form)


def _stall_page(slug: str, form: DepositForm) -> str:
    debt = queries.get_debt_of_markets(slug=slug, market_ids=me().market_ids)
    form.seen.data = str(debt.cash.debt.amount)
    return render_template(
        "officer/deposits/stall.html",
        debt=debt,
        form=form,
        paid=deposits.list_deposits_of_stall(debt.stall_id)[:5],
    )


@bp.post("/lapak/<slug>")
@officer_only
def receive(slug: str) -> ResponseReturnValue:
    mine, form, number = me().market_ids, DepositForm(), ""
    if not form.validate():
        return _stall_page(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Setoran diterima. Cetak buktinya."), tell=False) as outcome:
        number = cash.receive_from_stall(
            stall=lock_stall_of_markets(slug=slug, market_ids=mine),
            handing=form.read(),
            officer_id=my_id(),
            now=clock.now(),
        ).number
    if outcome.refusal:
        form.blame(outcome.refusal, "amount")
        return _stall_page(slug, form), HTTPStatus.CONFLICT
    return redirect(url_for("account_deposit.show", number=number), HTTPStatus.SEE_OTHER)
