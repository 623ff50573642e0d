"""A producer's goods in stores: what stands there, what goes back, what a count has found."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.consignment.queries import counts, returns, stock
from pol.partnership.consignment.queries.stores import get_store_anywhere
from pol.partnership.consignment.rules.counting import ANSWER_WITHIN
from pol.partnership.consignment.services import counts as counting
from pol.partnership.consignment.services.returns import receive_return
from pol.web.access import my_id, my_seat, trader_only
from pol.web.addresses import public_address
from pol.web.change import change
from pol.web.language import gettext as _

bp = Blueprint("producer_shelf_stock", __name__, url_prefix="/pedagang/rak")


@bp.get("/stok")
@trader_only
def index() -> ResponseReturnValue:
    stall_id = my_seat().stall_id
    return render_template(
        "producer/shelf_stock/index.html",
        rows=stock.list_shelf_of_stall(stall_id=stall_id, day=business_day(clock.now())),
        returns=returns.list_returns_of_stall(stall_id=stall_id),
        counts=counts.list_counts_of_stall(stall_id=stall_id),
    )


@bp.get("/stok/<slug>/<number>")
@trader_only
def card(slug: str, number: str) -> ResponseReturnValue:
    store = get_store_anywhere(slug=slug)
    return render_template(
        "producer/shelf_stock/card.html",
        card=stock.get_card(store_id=store.id, sheet_number=number, stall_id=my_seat().stall_id),
        record=public_address(url_for(".card", slug=slug, number=number)),
        today=business_day(clock.now()),
    )


@bp.get("/retur/<number>")
@trader_only
def returned(number: str) -> ResponseReturnValue:
    return render_template(
        "producer/shelf_stock/return.html",
        note=returns.get_return_of_stall(number=number, stall_id=my_seat().stall_id),
        record=public_address(url_for(".returned", number=number)),
    )


@bp.post("/retur/<number>/terima")
@trader_only
def take(number: str) -> ResponseReturnValue:
    with change(done=_("Barang retur tercatat sudah kembali.")):
        note = returns.lock_return_of_stall(number=number, stall_id=my_seat().stall_id)
        receive_return(note=note, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".returned", number=number), HTTPStatus.SEE_OTHER)


@bp.get("/opname/<number>")
@trader_only
def counted(number: str) -> ResponseReturnValue:
    count = counts.get_count_of_stall(number=number, stall_id=my_seat().stall_id)
    assert count.counted_at is not None
    return render_template(
        "producer/shelf_stock/count.html",
        count=count,
        until=count.counted_at + ANSWER_WITHIN,
        record=public_address(url_for(".counted", number=number)),
    )


@bp.post("/opname/<number>/setuju")
@trader_only
def agree(number: str) -> ResponseReturnValue:
    stall_id = my_seat().stall_id
    with change(done=_("Terima kasih. Selisihnya dicatat sesuai perjanjian.")):
        count = counts.lock_count_of_stall(number=number, stall_id=stall_id)
        counting.agree(count=count, stall_id=stall_id, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".counted", number=number), HTTPStatus.SEE_OTHER)


@bp.post("/opname/<number>/bantah")
@trader_only
def dispute(number: str) -> ResponseReturnValue:
    stall_id, reason = my_seat().stall_id, request.form.get("reason", "")[:200]
    with change(done=_("Bantahan tercatat. Toko diminta menghitung ulang.")):
        count = counts.lock_count_of_stall(number=number, stall_id=stall_id)
        counting.dispute(
            count=count, stall_id=stall_id, reason=reason, actor_id=my_id(), now=clock.now()
        )
    return redirect(url_for(".counted", number=number), HTTPStatus.SEE_OTHER)
