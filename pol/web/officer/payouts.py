"""Paying the stalls of a market: make a batch, let somebody else approve it, hear the bank."""

from datetime import date, datetime
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import at_local, business_day
from pol.payments.queries import payouts as queries
from pol.payments.queries.standings import preview
from pol.payments.services import payouts
from pol.stalls.queries import own as stalls
from pol.web.access import me, my_id, officer_only
from pol.web.addresses import public_address
from pol.web.change import change
from pol.web.commission_words import LEFT_OUT
from pol.web.csv_files import csv_answer
from pol.web.forms.base import Choice
from pol.web.forms.payouts import FIELD_OF, BatchForm, FailureForm
from pol.web.language import gettext as _
from pol.web.payout_policy import payout_policy

bp = Blueprint("officer_payouts", __name__, url_prefix="/petugas/pencairan")
WRONG, SEE_OTHER = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SEE_OTHER


@bp.get("")
@officer_only
def index() -> ResponseReturnValue:
    batches = queries.list_batches(markets=me().market_ids)
    return render_template("officer/payouts/index.html", batches=batches)


def _form(*, from_address: bool) -> BatchForm:
    form = BatchForm(request.args) if from_address else BatchForm()
    mine = [m for m in stalls.list_market_choices() if m.market_id in me().market_ids]
    form.pasar.choices = [Choice(str(market.market_id), market.name) for market in mine]
    if from_address and not request.args:
        form.pasar.data = str(mine[0].market_id) if mine else None
        form.sampai.data = business_day(clock.now())
    return form


def _until(day: date | None, now: datetime) -> datetime:
    """Return the end of a past day, or this moment of today."""
    return at_local(day, 24 * 60) if day and day != business_day(now) else now


def _new_page(form: BatchForm) -> str:
    now, found = clock.now(), None
    if form.pasar.data and form.sampai.data and not form.errors:
        found = preview(
            market_id=int(form.pasar.data),
            until=min(_until(form.sampai.data, now), now),
            policy=payout_policy(),
            now=now,
        )
    return render_template(
        "officer/payouts/new.html",
        form=form,
        found=found,
        left_out=LEFT_OUT,
        minimum=payout_policy().minimum,
    )


@bp.get("/baru")
@officer_only
def new() -> ResponseReturnValue:
    form = _form(from_address=True)
    if request.args and not form.validate():
        return _new_page(form), WRONG
    return _new_page(form)


@bp.post("/baru")
@officer_only
def make() -> ResponseReturnValue:
    form, now, number = _form(from_address=False), clock.now(), ""
    if not form.validate():
        return _new_page(form), WRONG
    done = _("Kumpulan dibuat. Orang lain harus menyetujuinya.")
    with change(done=done, tell=False) as outcome:
        number = payouts.make_batch(
            market_id=int(form.pasar.data),
            until=_until(form.sampai.data, now),
            policy=payout_policy(),
            officer_id=my_id(),
            now=now,
        ).number
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _new_page(form), WRONG
    return redirect(url_for(".show", number=number), SEE_OTHER)


@bp.get("/<number>")
@officer_only
def show(number: str) -> ResponseReturnValue:
    return _page(number, FailureForm(formdata=None))


def _page(number: str, form: FailureForm, tried: str | None = None) -> str:
    batch = queries.get_batch(number=number, markets=me().market_ids)
    return render_template(
        "officer/payouts/show.html",
        batch=batch,
        payouts=queries.list_payouts(batch_id=batch.id),
        is_mine=batch.made_by_id == my_id(),
        form=form,
        tried=tried,
        record=public_address(url_for(".show", number=number)),
    )


@bp.get("/<number>/bank")
@officer_only
def bank_file(number: str) -> ResponseReturnValue:
    batch = queries.get_batch(number=number, markets=me().market_ids)
    header = ("number", "bank", "account", "holder", "amount", "note")
    rows = [
        (row.number, row.bank, row.account, row.holder, row.amount.amount, f"POL {row.stall}")
        for row in queries.list_payouts(batch_id=batch.id)
        if row.is_on_its_way
    ]
    return csv_answer(f"bank-{batch.number}", header, rows)


@bp.post("/<number>/setujui")
@officer_only
def approve(number: str) -> ResponseReturnValue:
    with change(done=_("Disetujui. Unduh berkas bank, lalu kirim uangnya.")):
        batch = queries.lock_batch(number=number, markets=me().market_ids)
        payouts.approve_batch(
            batch=batch, policy=payout_policy(), checker_id=my_id(), now=clock.now()
        )
    return redirect(url_for(".show", number=number), SEE_OTHER)


@bp.post("/<number>/batalkan")
@officer_only
def drop(number: str) -> ResponseReturnValue:
    with change(done=_("Kumpulan dibatalkan. Tidak ada uang yang bergerak.")):
        batch = queries.lock_batch(number=number, markets=me().market_ids)
        payouts.drop_batch(batch=batch, officer_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number), SEE_OTHER)


@bp.post("/<number>/terkirim")
@officer_only
def all_paid(number: str) -> ResponseReturnValue:
    with change(done=_("Semua yang di jalan dicatat terkirim.")):
        batch = queries.lock_batch(number=number, markets=me().market_ids)
        payouts.mark_all_paid(batch=batch, officer_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number), SEE_OTHER)


@bp.post("/<number>/<part>/terkirim")
@officer_only
def paid(number: str, part: str) -> ResponseReturnValue:
    with change(done=_("Dicatat terkirim.")):
        payout, batch = queries.lock_payout(
            number=part, batch_number=number, markets=me().market_ids
        )
        payouts.mark_paid(payout=payout, batch=batch, officer_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number), SEE_OTHER)


@bp.post("/<number>/<part>/gagal")
@officer_only
def failed(number: str, part: str) -> ResponseReturnValue:
    form = FailureForm()
    if not form.validate():
        return _page(number, form, tried=part), WRONG
    with change(done=_("Dicatat gagal. Uangnya kembali ke saldo lapak.")):
        payout, batch = queries.lock_payout(
            number=part, batch_number=number, markets=me().market_ids
        )
        payouts.mark_failed(
            payout=payout,
            batch=batch,
            reason=form.reason.data or "",
            officer_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", number=number), SEE_OTHER)
