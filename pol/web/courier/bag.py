"""The courier's bag: what should be in it, order by order, and counting it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.money import ZERO, total
from pol.orders.queries import refunds
from pol.orders.queries.cash import list_customers
from pol.payments.queries import deposits
from pol.payments.queries.cash import Bag, look_into_bag
from pol.payments.rules.cash import ReasonOfDifference
from pol.payments.services import shifts
from pol.stalls.queries.own import list_market_choices
from pol.web.access import courier_only, me, my_id
from pol.web.change import change
from pol.web.forms.cash import CountForm, count_form
from pol.web.language import gettext as _

bp = Blueprint("courier_bag", __name__, url_prefix="/kurir/setoran")


@bp.get("")
@courier_only
def show() -> ResponseReturnValue:
    bag = look_into_bag(my_id())
    return _page(bag, _form(bag))


@bp.post("")
@courier_only
def count() -> ResponseReturnValue:
    bag = look_into_bag(my_id())
    form = _form(bag, sent=True)
    if not form.validate():
        return _page(bag, form), 422
    with change(
        done=_("Hitungan dicatat. Serahkan uangnya ke petugas pasar."), tell=False
    ) as outcome:
        shifts.count_shift(
            courier_id=my_id(), market_id=form.market.data, count=form.read(bag), now=clock.now()
        )
    if outcome.refusal:
        about = "note" if isinstance(outcome.refusal, ReasonOfDifference) else "whole"
        form.blame(outcome.refusal, about)
        return _page(look_into_bag(my_id()), form), 409
    return redirect(url_for(".show"), 303)


def _form(bag: Bag, *, sent: bool = False) -> CountForm:
    mine = me().courier_market_ids
    markets = [(row.market_id, row.name) for row in list_market_choices() if row.market_id in mine]
    return count_form(bag, markets, deposits.find_usual_market(my_id()), sent=sent)


def _page(bag: Bag, form: CountForm) -> str:
    waiting = deposits.find_waiting_shift(my_id())
    form.seen.data = str(bag.expected.amount)
    return render_template(
        "courier/bag.html",
        bag=bag,
        customers=list_customers([line.number for line in bag.lines]),
        form=form,
        waiting=waiting,
        is_outdated=waiting is not None and waiting.expected != bag.expected,
        for_customers=total(row.amount for row in refunds.list_carried(my_id())),
        has_to_count=bag.expected > ZERO or bag.lines,
        deposits=deposits.list_deposits_of_courier(my_id()),
    )
