"""The market's till: what is in it, what goes to the bank, how much cash a stall may keep."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.payments.queries import cash as queries
from pol.payments.queries import deposits
from pol.payments.services import cash
from pol.web import qr
from pol.web.access import me, my_id, officer_only
from pol.web.addresses import public_address
from pol.web.change import change
from pol.web.forms.cash import BankForm, CeilingForm
from pol.web.language import gettext as _

bp = Blueprint("officer_till", __name__, url_prefix="/petugas/kas")


@bp.get("")
@officer_only
def index() -> ResponseReturnValue:
    mine = me().market_ids
    return render_template(
        "officer/till/index.html",
        tills=queries.list_tills(market_ids=mine),
        papers=deposits.list_bank_deposits(market_ids=mine),
    )


@bp.get("/<slug>")
@officer_only
def show(slug: str) -> ResponseReturnValue:
    return _page(slug)


def _page(slug: str, bank: BankForm | None = None, ceiling: CeilingForm | None = None) -> str:
    till = queries.get_till(slug=slug, market_ids=me().market_ids)
    if bank is None:
        bank = BankForm(formdata=None)
        bank.fresh_key()
    return render_template(
        "officer/till/show.html",
        till=till,
        bank=bank,
        ceiling=ceiling or CeilingForm(formdata=None, ceiling=till.ceiling),
        papers=deposits.list_bank_deposits(market_ids=[till.market_id]),
    )


@bp.post("/<slug>/bank")
@officer_only
def bring(slug: str) -> ResponseReturnValue:
    form, number = BankForm(), ""
    if not form.validate():
        return _page(slug, bank=form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Setoran ke bank dicatat."), tell=False) as outcome:
        number = cash.bring_to_bank(
            market=queries.lock_market_of(slug=slug, market_ids=me().market_ids),
            key=form.key.data or "",
            amount=form.amount.data,
            reference=form.reference.data or "",
            officer_id=my_id(),
            now=clock.now(),
        ).number
    if outcome.refusal:
        form.blame(outcome.refusal, "amount")
        return _page(slug, bank=form), HTTPStatus.CONFLICT
    return redirect(url_for(".paper", number=number), HTTPStatus.SEE_OTHER)


@bp.post("/<slug>/batas")
@officer_only
def limit(slug: str) -> ResponseReturnValue:
    form = CeilingForm()
    if not form.validate():
        return _page(slug, ceiling=form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Batas tersimpan dan berlaku sekarang.")):
        cash.set_ceiling(
            market=queries.lock_market_of(slug=slug, market_ids=me().market_ids),
            ceiling=form.ceiling.data,
            officer_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", slug=slug), HTTPStatus.SEE_OTHER)


@bp.get("/bukti/<number>")
@officer_only
def paper(number: str) -> ResponseReturnValue:
    found = deposits.get_bank_deposit(number, market_ids=me().market_ids)
    here = public_address(url_for(".paper", number=number))
    return render_template("officer/till/paper.html", paper=found, code=qr.inline(here))
