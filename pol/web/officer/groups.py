"""Everything of a group at the officer's desk, and what may be given back or called off."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.money import ZERO, Rupiah
from pol.ledger import queries as ledger
from pol.orders.queries import desk, locks, problems
from pol.orders.queries.desk import GroupDesk, SaleDesk
from pol.orders.queries.sums import get_sums
from pol.orders.rules.life import WON
from pol.orders.rules.refunding import ON_ITS_WAY, Goods, plan
from pol.orders.rules.sums import restate
from pol.orders.services import life, returning
from pol.orders.services.returning import Giving
from pol.payments.rules import Channel
from pol.web import money_flow, problem_words, status_words
from pol.web.access import me, my_id, officer_only
from pol.web.change import change
from pol.web.forms.base import Choice
from pol.web.forms.problems import CHANNELS, LineGivingForm, ReasonForm, UndoForm
from pol.web.language import gettext as _

bp = Blueprint("officer_groups", __name__, url_prefix="/petugas")
money_flow.register(bp)


@bp.get("/belanjaan")
@officer_only
def index() -> ResponseReturnValue:
    words = request.args.get("q", "").strip()[:40]
    found = desk.find_groups(market_ids=me().market_ids, words=words)
    return render_template("officer/groups/index.html", found=found, words=words)


@bp.get("/belanjaan/<number>")
@officer_only
def show(number: str) -> ResponseReturnValue:
    found, now = _get(number), clock.now()
    orders = found.group.orders
    return render_template(
        "officer/groups/show.html",
        desk=found,
        group=found.group,
        dues=found.dues,
        channels=CHANNELS,
        entries=ledger.list_references([f"group:{found.group.id}"]),
        problems=problems.list_of_orders([order.id for order in orders]),
        problem_words=lambda problem: problem_words.of_problem(problem, now),
        status_words=status_words,
        may_call_off={order.id for order in orders if order.status in ON_ITS_WAY},
        may_refund={order.id for order in orders if order.status in WON and order.subtotal},
    )


def _get(number: str) -> GroupDesk:
    return desk.get_group_of_markets(number=number, market_ids=me().market_ids)


def _get_sale(order_number: str) -> SaleDesk:
    return desk.get_sale_of_markets(number=order_number, market_ids=me().market_ids)


@bp.get("/pesanan/<order_number>/kembali")
@officer_only
def ask_refund(order_number: str) -> ResponseReturnValue:
    return _refund_page(_get_sale(order_number), LineGivingForm(formdata=None))


@bp.post("/pesanan/<order_number>/kembali")
@officer_only
def refund(order_number: str) -> ResponseReturnValue:
    form, sale, now = LineGivingForm(), _get_sale(order_number), clock.now()
    _offer(form, sale)
    if not form.validate() or form.is_new(_left(form, sale)):
        return _refund_page(sale, form, tried=True), 422
    with change(done=_("Uangnya dicatat kembali ke pembeli."), tell=False) as outcome:
        returning.give_back(
            order=locks.lock_order_of_officer(number=order_number, market_ids=me().market_ids),
            line_id=int(form.line.data) if form.line.data else None,
            amount=form.amount.data,
            giving=_giving(form),
            officer_id=my_id(),
            now=now,
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "amount")
        return _refund_page(_get_sale(order_number), form, tried=True), 409
    return redirect(url_for(".show", number=sale.group_number), 303)


def _offer(form: LineGivingForm, sale: SaleDesk) -> None:
    form.offer(has_account=sale.has_account)
    whole = _("semua barang, sisa %(left)s", left=sale.sale.subtotal)
    lines = [Choice(str(line.id), f"{line.name}, {line.left}") for line in sale.lines if line.left]
    form.line.choices = [Choice("", whole), *lines]


def _left(form: LineGivingForm, sale: SaleDesk) -> Rupiah:
    """Return what may still go back of the chosen line, or of all of them."""
    lines = {str(line.id): line.left for line in sale.lines}
    return lines.get(form.line.data or "", sale.sale.subtotal)


def _giving(form: LineGivingForm) -> Giving:
    goods = Goods(form.goods.data)
    return Giving(form.seen_refunded, Channel(form.channel.data), form.reason.data or "", goods)


def _refund_page(sale: SaleDesk, form: LineGivingForm, *, tried: bool = False) -> str:
    if not tried:
        _offer(form, sale)
        form.amount.data = sale.sale.subtotal
    most = _left(form, sale)
    is_new = tried and not form.errors
    wanted = form.amount.data if form.amount.data is not None else ZERO
    amount = form.show(wanted, refunded=sale.refunded, most=most)
    return render_template(
        "officer/groups/refund.html",
        sale=sale,
        form=form,
        split=plan(sale.sale, amount),
        left=most,
        may_refund=sale.status in WON and bool(sale.sale.subtotal),
        is_new=is_new,
    )


@bp.get("/pesanan/<order_number>/batal")
@officer_only
def ask_call_off(order_number: str) -> ResponseReturnValue:
    return _call_off_page(_get_sale(order_number), ReasonForm(formdata=None))


@bp.post("/pesanan/<order_number>/batal")
@officer_only
def call_off(order_number: str) -> ResponseReturnValue:
    form, sale = ReasonForm(), _get_sale(order_number)
    if not form.validate():
        return _call_off_page(sale, form), 422
    with change(done=_("Pesanan dibatalkan. Kedua pihak sudah dikabari."), tell=False) as outcome:
        life.call_off(
            order=locks.lock_order_of_officer(number=order_number, market_ids=me().market_ids),
            officer_id=my_id(),
            reason=form.reason.data or "",
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "reason")
        return _call_off_page(_get_sale(order_number), form), 409
    return redirect(url_for(".show", number=sale.group_number), 303)


def _call_off_page(sale: SaleDesk, form: ReasonForm) -> str:
    after = restate(get_sums(sale.group_id).without([sale.id]))
    return render_template(
        "officer/groups/call_off.html",
        sale=sale,
        form=form,
        after=after,
        open=sale.status in ON_ITS_WAY,
    )


@bp.get("/belanjaan/<number>/batal")
@officer_only
def ask_undo(number: str) -> ResponseReturnValue:
    return _undo_page(_get(number), UndoForm(formdata=None))


@bp.post("/belanjaan/<number>/batal")
@officer_only
def undo(number: str) -> ResponseReturnValue:
    form, found = UndoForm(), _get(number)
    form.offer(has_account=found.group.user_id is not None)
    if not form.validate():
        return _undo_page(found, form), 422
    with change(done=_("Belanjaan dibatalkan. Semua pihak sudah dikabari."), tell=False) as outcome:
        returning.undo_group(
            group=desk.lock_whole_group(number=number, market_ids=me().market_ids),
            seen=form.seen.data or "",
            channel=Channel(form.channel.data),
            reason=form.reason.data or "",
            officer_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "reason")
        return _undo_page(_get(number), form), 409
    return redirect(url_for(".show", number=number), 303)


def _undo_page(found: GroupDesk, form: UndoForm) -> str:
    form.offer(has_account=found.group.user_id is not None)
    form.seen.data = found.undoing.mark
    return render_template(
        "officer/groups/undo.html",
        group=found.whole,
        is_whole=found.is_whole,
        may_undo=found.may_undo,
        undoing=found.undoing,
        after=found.undoing.after,
        form=form,
    )
