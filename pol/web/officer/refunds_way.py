"""One refund that is due: another way back, or with a courier."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.delivery import queries as delivery
from pol.kernel import clock
from pol.orders.queries import refunds
from pol.orders.queries.refunds import RefundRow
from pol.orders.services import refunding
from pol.payments.queries.attempts import is_paid_online
from pol.payments.queries.payments import lock_refund_of_markets
from pol.payments.rules import Channel
from pol.payments.rules.refunds import PayeeMissing
from pol.web import status_words
from pol.web.access import me, my_id, officer_only
from pol.web.change import change
from pol.web.forms.base import Choice, PolForm
from pol.web.forms.refunds import WAYS, HandForm, RoundForm, WayForm
from pol.web.language import gettext as _

bp = Blueprint("officer_refund", __name__, url_prefix="/petugas/pengembalian/<int:refund_id>")


@bp.get("")
@officer_only
def show(refund_id: int) -> ResponseReturnValue:
    return _page(_get(refund_id))


def _get(refund_id: int) -> RefundRow:
    return refunds.get_refund_of_markets(refund_id=refund_id, market_ids=me().market_ids)


def _page(row: RefundRow, *, way: WayForm | None = None, hand: HandForm | None = None) -> str:
    return render_template(
        "officer/refunds/show.html",
        status_words=status_words,
        row=row,
        way=way or _way_form(row),
        hand=hand or _hand_form(row),
        tried=way or hand or PolForm(formdata=None),
        ways=WAYS,
    )


def _way_form(row: RefundRow, *, sent: bool = False) -> WayForm:
    known = {"channel": row.channel.value, "payee": row.payee}
    form = WayForm() if sent else WayForm(formdata=None, data=known)
    form.offer(has_account=row.has_account, is_online=is_paid_online(row.group_id))
    return form


def _hand_form(row: RefundRow, *, sent: bool = False) -> HandForm:
    form = HandForm() if sent else HandForm(formdata=None, data={"seen": str(row.rounds)})
    couriers = delivery.list_couriers(market_ids=[row.market_id])
    form.courier.choices = [Choice(each.user_id, each.name) for each in couriers]
    return form


@bp.post("/cara")
@officer_only
def change_way(refund_id: int) -> ResponseReturnValue:
    row = _get(refund_id)
    form = _way_form(row, sent=True)
    if not form.validate():
        return _page(row, way=form), 422
    with change(done=_("Cara kembalinya dicatat. Pembeli dikabari."), tell=False) as outcome:
        refunding.change_way(
            refund=lock_refund_of_markets(refund_id=refund_id, market_ids=me().market_ids),
            channel=Channel(form.channel.data),
            payee=form.payee.data or "",
            officer_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        about = "payee" if isinstance(outcome.refusal, PayeeMissing) else "channel"
        form.blame(outcome.refusal, about)
        return _page(_get(refund_id), way=form), 409
    return redirect(url_for("officer_refunds.show"), 303)


@bp.post("/kurir")
@officer_only
def hand_out(refund_id: int) -> ResponseReturnValue:
    row = _get(refund_id)
    form = _hand_form(row, sent=True)
    if not form.validate():
        return _page(row, hand=form), 422
    done = _("%(amount)s dicatat diserahkan ke kurir.", amount=row.amount)
    with change(done=done, tell=False) as outcome:
        refunding.hand_to_courier(
            refund=lock_refund_of_markets(refund_id=refund_id, market_ids=me().market_ids),
            courier_id=form.courier.data,
            seen=form.round,
            officer_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "courier")
        return _page(_get(refund_id), hand=form), 409
    return redirect(url_for("officer_refunds.show"), 303)


@bp.post("/ambil")
@officer_only
def take_back(refund_id: int) -> ResponseReturnValue:
    form = RoundForm()
    with change(done=_("Uangnya dicatat kembali di kas pasar.")):
        refunding.take_back(
            refund=lock_refund_of_markets(refund_id=refund_id, market_ids=me().market_ids),
            seen=form.round,
            officer_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for("officer_refunds.show"), 303)
