"""Goods in a store: what stands there, what to do next, and the stock card of each product."""

from datetime import timedelta

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.applications.queries.codes import list_scan_codes
from pol.partnership.consignment.queries import deliveries, stock
from pol.partnership.consignment.queries.permits import list_lapsed
from pol.partnership.consignment.queries.recalls import list_coming, list_recalls
from pol.partnership.consignment.queries.stores import get_store
from pol.partnership.settlement.queries.report_cards import list_latest_places, of_stores
from pol.web.access import my_retail_seat, store_only
from pol.web.retailer.reach import chosen_store, my_reach, my_stores
from pol.web.stock_card import stock_card

bp = Blueprint("retailer_goods", __name__, url_prefix="/peritel/barang")


@bp.get("")
@store_only
def index() -> ResponseReturnValue:
    stores = my_stores()
    if not stores:
        return render_template("retailer/goods/none.html", seat=my_retail_seat())
    store, today = chosen_store(), business_day(clock.now())
    rows = stock.list_shelf_of_stores([store.id], day=today)
    return render_template(
        "retailer/goods/index.html",
        store=store,
        stores=stores,
        rows=rows,
        codes=list_scan_codes(
            retailer_id=store.retailer_id, sheet_ids={row.sheet_id for row in rows}
        ),
        recalls=list_recalls(store_id=store.id),
        recalled_coming=list_coming(store_id=store.id),
        lapsed=list_lapsed(store_id=store.id, day=today),
        places=list_latest_places(of_stores(store.retailer_id, store.id)),
        coming=deliveries.count_on_the_way(store_ids=[store.id])[store.id],
        expiring=len(stock.list_expiring(store_id=store.id, until=today + timedelta(days=7))),
    )


@bp.get("/kartu/<slug>/<number>")
@store_only
def card(slug: str, number: str) -> ResponseReturnValue:
    store = get_store(my_reach(), slug=slug)
    found = stock.get_card(store_id=store.id, sheet_number=number)
    back = url_for(".index", toko=slug)
    return stock_card("retailer/goods/card.html", found, store=slug, back_url=back)
