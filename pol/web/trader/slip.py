"""The packing slip of an order: a page as narrow as the paper, and bytes for the printer itself."""

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.delivery.rules import Mode
from pol.orders.queries import trader
from pol.orders.queries.rows import LineView, OrderView
from pol.orders.queries.trader import Customer
from pol.orders.rules.life import LineStatus
from pol.orders.rules.slip import Slip, SlipLine, print_slip
from pol.payments.rules import Method
from pol.web.access import my_seat, trader_only
from pol.web.filters import hari, jumlah, menit, saat
from pol.web.language import gettext as _

bp = Blueprint("trader_slip", __name__, url_prefix="/pedagang/pesanan/<number>")


@bp.get("/struk")
@trader_only
def show(number: str) -> ResponseReturnValue:
    return render_template("trader/orders/slip.html", slip=_slip(number), number=number)


@bp.get("/struk.bin")
@trader_only
def printed(number: str) -> ResponseReturnValue:
    return Response(
        print_slip(_slip(number)),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{number}.bin"'},
    )


def _slip(number: str) -> Slip:
    seat = my_seat()
    order, customer = trader.get_order_of_stall(number=number, stall_id=seat.stall_id)
    lines = [
        SlipLine(
            line.name,
            _quantity(line),
            line.total - line.refunded,
            line.note,
        )
        for line in order.lines
        if line.status is LineStatus.ACTIVE
    ]
    return Slip(
        stall=order.stall_name,
        number=order.number,
        facts=_facts(order, customer),
        lines=lines,
        total_word=_("Jumlah"),
        total=order.subtotal,
        thanks=_("Ayo Beli Produk Lamongan"),
        address=url_for("trader_orders.show", number=number, _external=True),
    )


def _quantity(line: LineView) -> str:
    words = f"{jumlah(line.quantity_milli, line.unit)} x {line.price}"
    back = _("dikembalikan %(amount)s", amount=line.refunded)
    return f"{words}, {back}" if line.refunded else words


def _facts(order: OrderView, customer: Customer) -> list[str]:
    place = f"{order.market_name}, {order.stall_place}"
    paid = _("Bayar tunai") if customer.method is Method.CASH else _("Dibayar di muka")
    return [place, saat(order.placed_at), customer.name, _way(order), paid]


def _way(order: OrderView) -> str:
    if order.mode is not Mode.DELIVERY:
        return _("Diambil %(day)s", day=hari(order.on_day))
    hours = ""
    if order.starts_minute is not None and order.ends_minute is not None:
        hours = f" {menit(order.starts_minute)}-{menit(order.ends_minute)}"
    return _("Diantar %(day)s", day=hari(order.on_day)) + hours
