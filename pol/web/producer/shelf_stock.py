"""A producer's goods in stores: what stands there, what sells, and how it came to its numbers."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.consignment.queries import counts, returns, stock
from pol.partnership.consignment.queries.stores import get_store_anywhere
from pol.partnership.settlement.queries.report_cards import list_latest_places, of_stall
from pol.web.access import my_seat, trader_only
from pol.web.stock_card import stock_card

bp = Blueprint("producer_shelf_stock", __name__, url_prefix="/pedagang/rak/stok")


@bp.get("")
@trader_only
def index() -> ResponseReturnValue:
    stall_id, asked = my_seat().stall_id, request.args
    return render_template(
        "producer/shelf_stock/index.html",
        rows=stock.list_shelf_of_stall(stall_id=stall_id, day=business_day(clock.now())),
        places=list_latest_places(of_stall(stall_id)),
        returns=returns.list_returns_of_stall(stall_id=stall_id, cursor=asked.get("retur")),
        counts=counts.list_counts_of_stall(stall_id=stall_id, cursor=asked.get("opname")),
    )


@bp.get("/<slug>/<number>")
@trader_only
def card(slug: str, number: str) -> ResponseReturnValue:
    store = get_store_anywhere(slug=slug)
    return stock_card(
        "producer/shelf_stock/card.html",
        stock.get_card(store_id=store.id, sheet_number=number, stall_id=my_seat().stall_id),
        store=slug,
        back_url=url_for(".index"),
    )
