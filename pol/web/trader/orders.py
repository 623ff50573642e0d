"""The trader's order board: answer, prepare, hand over."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, TextAreaField
from wtforms.validators import Length

from pol.kernel import clock
from pol.orders.queries import locks, trader
from pol.orders.queries.commission import terms_of_orders
from pol.orders.queries.proposals import open_proposals
from pol.orders.rules.life import LOST, UNDO_WITHIN, WON, ActorKind, OrderStatus
from pol.orders.services import care, life
from pol.web import problem_words, status_words
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.forms.base import Needed, PolForm, QuantityField
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

bp = Blueprint("trader_orders", __name__, url_prefix="/pedagang/pesanan")

TABS = {
    "baru": (_l("Baru"), [OrderStatus.PLACED]),
    "disiapkan": (_l("Disiapkan"), [OrderStatus.ACCEPTED]),
    "siap": (_l("Siap dan diantar"), [OrderStatus.READY, OrderStatus.ON_THE_WAY]),
    "selesai": (_l("Selesai"), sorted(WON)),
    "batal": (_l("Batal"), sorted(LOST)),
}


class RefusalForm(PolForm):
    """Why an order is turned down."""

    reason = TextAreaField(
        _l("Alasan menolak"),
        [Needed(_l("Tulis alasannya dulu, supaya pembeli mengerti.")), Length(max=300)],
    )


class ShrinkForm(PolForm):
    """How much of a line there still is."""

    quantity = QuantityField(
        _l("Jumlah yang masih ada"), [Needed(_l("Isi jumlahnya, 0 kalau habis."))]
    )


@bp.get("")
@trader_only
def board() -> ResponseReturnValue:
    seat = my_seat()
    asked = request.args.get("tab", "baru")
    tab = asked if asked in TABS else "baru"
    counts = trader.count_by_status(stall_id=seat.stall_id)
    page = trader.list_board(
        stall_id=seat.stall_id, statuses=TABS[tab][1], cursor=request.args.get("sesudah")
    )
    return render_template(
        "trader/orders/board.html",
        seat=seat,
        tab=tab,
        tabs=[
            (url_for(".board", tab=name), str(words), sum(counts.get(s, 0) for s in statuses))
            for name, (words, statuses) in TABS.items()
        ],
        page=page,
        goods=trader.goods_of_orders([row.id for row in page.rows]),
        status_words=status_words,
    )


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    return order_page(number)


def order_page(
    number: str, *, refusal: RefusalForm | None = None, tried: tuple[int, Field] | None = None
) -> str:
    """Show an order; `tried`: a line and the field about it that was just refused."""
    seat = my_seat()
    order, customer = trader.get_order_of_stall(number=number, stall_id=seat.stall_id)
    return render_template(
        "trader/orders/show.html",
        seat=seat,
        order=order,
        customer=customer,
        refusal=refusal or RefusalForm(formdata=None),
        tried=tried,
        may_undo=order.status is OrderStatus.ACCEPTED
        and clock.now() <= order.status_at + UNDO_WITHIN,
        **problem_words.at_stall(order, now=clock.now()),
        kept=terms_of_orders([order.id])[order.id],
        questions=open_proposals([order])[order.id],
        to_weigh=[line for line in order.lines if line.is_weighed and line.status == "active"],
        tolerance_bp=customer.tolerance_bp,
        status_words=status_words,
    )


def _back(number: str) -> ResponseReturnValue:
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<number>/terima")
@trader_only
def accept(number: str) -> ResponseReturnValue:
    with change(done=_("Pesanan diterima. Siapkan barangnya, ya.")):
        order = locks.lock_order_of_stall(number=number, stall_id=my_seat().stall_id)
        life.accept_order(order=order, trader_id=my_id(), now=clock.now())
    return _back(number)


@bp.post("/<number>/tarik")
@trader_only
def undo(number: str) -> ResponseReturnValue:
    with change(done=_("Jawaban ditarik. Pesanan menunggu jawaban lagi.")):
        order = locks.lock_order_of_stall(number=number, stall_id=my_seat().stall_id)
        life.undo_accept(order=order, trader_id=my_id(), now=clock.now())
    return _back(number)


@bp.post("/<number>/tolak")
@trader_only
def refuse(number: str) -> ResponseReturnValue:
    form = RefusalForm()
    if not form.validate():
        return order_page(number, refusal=form), 422
    with change(done=_("Pesanan ditolak. Stok kembali dan pembeli sudah dikabari.")):
        order = locks.lock_order_of_stall(number=number, stall_id=my_seat().stall_id)
        reason = form.reason.data or ""
        life.refuse_order(order=order, trader_id=my_id(), reason=reason, now=clock.now())
    return _back(number)


@bp.post("/<number>/siap")
@trader_only
def ready(number: str) -> ResponseReturnValue:
    with change(done=_("Pesanan siap diserahkan.")):
        order = locks.lock_order_of_stall(number=number, stall_id=my_seat().stall_id)
        life.mark_ready(order=order, trader_id=my_id(), now=clock.now())
    return _back(number)


@bp.post("/<number>/kurir")
@trader_only
def to_courier(number: str) -> ResponseReturnValue:
    with change(done=_("Pesanan sudah dibawa kurir.")):
        order = locks.lock_order_of_stall(number=number, stall_id=my_seat().stall_id)
        life.hand_to_courier(order=order, by=ActorKind.TRADER, actor_id=my_id(), now=clock.now())
    return _back(number)


@bp.post("/<number>/serahkan")
@trader_only
def to_customer(number: str) -> ResponseReturnValue:
    with change(done=_("Pesanan sudah diserahkan ke pembeli.")):
        order = locks.lock_order_of_stall(number=number, stall_id=my_seat().stall_id)
        life.hand_to_customer(order=order, by=ActorKind.TRADER, actor_id=my_id(), now=clock.now())
    return _back(number)


@bp.post("/<number>/baris/<int:line_id>")
@trader_only
def shrink(number: str, line_id: int) -> ResponseReturnValue:
    form = ShrinkForm()
    if not form.validate():
        return order_page(number, tried=(line_id, form.quantity)), 422
    with change(done=_("Pesanan disesuaikan dan pembeli sudah dikabari."), tell=False) as outcome:
        order = locks.lock_order_of_stall(number=number, stall_id=my_seat().stall_id)
        care.shrink_line(
            order=order,
            line_id=line_id,
            milli=form.quantity.data,
            trader_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "quantity")
        return order_page(number, tried=(line_id, form.quantity)), 409
    return _back(number)
