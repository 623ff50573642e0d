"""Real weights of an order, and other goods in place of what is gone."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from pol.catalogue.queries import own
from pol.kernel import clock
from pol.kernel.errors import NotFound
from pol.orders.queries import locks, trader
from pol.orders.queries.rows import LineView, OrderView
from pol.orders.rules.life import LineStatus, OrderStatus
from pol.orders.services import proposals, weighing
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.forms.base import Choice, Needed, PolForm, QuantityField
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l
from pol.web.trader.orders import order_page

bp = Blueprint("trader_scales", __name__, url_prefix="/pedagang/pesanan/<number>")


class WeightForm(PolForm):
    """What the scales say."""

    weight = QuantityField(_l("Berat sebenarnya"), [Needed(_l("Isi beratnya, misalnya 1,05."))])


class ReplaceForm(PolForm):
    """Which of the stall's own products, and how much of it."""

    product = SelectField(_l("Pengganti"), [Needed(_l("Pilih penggantinya."))])
    quantity = QuantityField(_l("Jumlah"), [Needed(_l("Isi jumlahnya."))])


def _back(number: str) -> ResponseReturnValue:
    return redirect(url_for("trader_orders.show", number=number), 303)


@bp.post("/baris/<int:line_id>/timbang")
@trader_only
def weigh(number: str, line_id: int) -> ResponseReturnValue:
    form = WeightForm()
    if not form.validate():
        return order_page(number, tried=(line_id, form.weight)), 422
    with change(tell=False) as outcome:
        order = locks.lock_order_of_stall(number=number, stall_id=my_seat().stall_id)
        asked = weighing.weigh_line(
            order=order,
            line_id=line_id,
            milli=form.weight.data,
            trader_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "weight")
        return order_page(number, tried=(line_id, form.weight)), 409
    flash(_asked() if asked else _("Berat dicatat, harganya sudah mengikuti."), "good")
    return _back(number)


@bp.get("/baris/<int:line_id>/ganti")
@trader_only
def choose(number: str, line_id: int) -> ResponseReturnValue:
    order, line = _get_line(number, line_id)
    form = _form(line, ReplaceForm(formdata=None))
    form.quantity.data = line.quantity_milli
    return _page(order, line, form)


@bp.post("/baris/<int:line_id>/ganti")
@trader_only
def replace(number: str, line_id: int) -> ResponseReturnValue:
    shown, line = _get_line(number, line_id)
    form = _form(line, ReplaceForm())
    if not form.validate():
        return _page(shown, line, form), 422
    with change(tell=False) as outcome:
        order = locks.lock_order_of_stall(number=number, stall_id=my_seat().stall_id)
        asked = proposals.propose_replacement(
            order=order,
            line_id=line_id,
            slug=form.product.data,
            milli=form.quantity.data,
            trader_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "quantity")
        return _page(shown, line, form), 409
    flash(_asked() if asked else _("Barang diganti dan pembeli sudah dikabari."), "good")
    return _back(number)


@bp.post("/tanya/<int:proposal_id>/tarik")
@trader_only
def withdraw(number: str, proposal_id: int) -> ResponseReturnValue:
    with change(done=_("Pertanyaan ditarik. Barisnya tetap seperti dipesan.")):
        order = locks.lock_order_of_stall(number=number, stall_id=my_seat().stall_id)
        proposals.withdraw_proposal(
            order=order, proposal_id=proposal_id, trader_id=my_id(), now=clock.now()
        )
    return _back(number)


def _asked() -> str:
    return _("Pembeli ditanya dulu. Jawabannya muncul di halaman ini, paling lama 30 menit.")


def _get_line(number: str, line_id: int) -> tuple[OrderView, LineView]:
    """Return an order that is being prepared, and its line.

    :raises NotFound: another stall's, or nothing can be replaced any more
    """
    order, _who = trader.get_order_of_stall(number=number, stall_id=my_seat().stall_id)
    for line in order.lines:
        if line.id == line_id and line.status is LineStatus.ACTIVE:
            return order, line
    raise NotFound


def _form(line: LineView, form: ReplaceForm) -> ReplaceForm:
    """Offer what the stall sells, cheapest difference to the line's price first."""
    rows = own.list_for_sale(stall_id=my_seat().stall_id)
    near = sorted(rows, key=lambda row: abs(row.price.amount - line.price.amount))
    form.product.choices = [
        Choice(row.slug, f"{row.name}, {row.price} / {row.unit.value}")
        for row in near
        if row.name != line.name
    ]
    return form


def _page(order: OrderView, line: LineView, form: ReplaceForm) -> str:
    return render_template(
        "trader/orders/replace.html",
        seat=my_seat(),
        order=order,
        line=line,
        form=form,
        may_replace=order.status is OrderStatus.ACCEPTED,
    )
