"""Sales over the counter: a day's sheet, a scanner, a day's recap, and what was wrong."""

from datetime import date
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.kernel.money import total
from pol.partnership.applications.queries.codes import list_scan_codes
from pol.partnership.consignment.queries import sales as queries
from pol.partnership.consignment.queries.permits import list_lapsed
from pol.partnership.consignment.queries.recalls import list_recalls
from pol.partnership.consignment.queries.sales import ProductRow
from pol.partnership.consignment.queries.stores import StoreRow, get_store
from pol.partnership.consignment.rules import SaleSource
from pol.partnership.consignment.rules.pos import UnknownCode, read_code
from pol.partnership.consignment.rules.sale import NotPermitted, Recalled
from pol.partnership.consignment.services.sales import (
    Sale,
    SheetRefused,
    sell,
    sell_sheet,
    take_back,
)
from pol.web.access import my_id, store_only
from pol.web.change import change
from pol.web.forms.goods import ReasonForm, ScanForm, SheetForm, sheet_form
from pol.web.language import gettext as _
from pol.web.records import record_of
from pol.web.retailer.reach import chosen_store, my_reach, my_stores

bp = Blueprint("retailer_sales", __name__, url_prefix="/peritel/barang/jual")
ABOUT_GOODS = UnknownCode, Recalled, NotPermitted


def _today() -> date:
    return business_day(clock.now())


@bp.get("")
@store_only
def index() -> ResponseReturnValue:
    store, today = chosen_store(), _today()
    recap = queries.list_day(store_id=store.id, day=today)
    return render_template(
        "retailer/sales/index.html",
        store=store,
        stores=my_stores(),
        today=today,
        recap=recap,
        gross=total(row.gross for row in recap),
        sales=queries.list_sales(store_id=store.id, cursor=request.args.get("sesudah")),
        form=ReasonForm(formdata=None),
    )


@bp.post("/<int:sale_id>/batal")
@store_only
def undo(sale_id: int) -> ResponseReturnValue:
    form, slug = ReasonForm(), request.form.get("toko", "")
    if not form.validate():
        flash(" ".join(map(str, form.reason.errors)), "bad")
        return redirect(url_for(".index", toko=slug or None), HTTPStatus.SEE_OTHER)
    with change(done=_("Penjualan dibatalkan. Barangnya kembali tercatat di rak.")):
        take_back(
            line=queries.lock_sale(sale_id=sale_id, reach=my_reach()),
            reason=form.reason.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".index", toko=slug or None), HTTPStatus.SEE_OTHER)


@bp.get("/lembar")
@store_only
def sheet() -> ResponseReturnValue:
    return _sheet_page(chosen_store())


def _products(store: StoreRow) -> list[ProductRow]:
    return queries.list_products(store_id=store.id, day=_today())


def _sheet_page(store: StoreRow, form: SheetForm | None = None) -> str:
    products = _products(store)
    form = form or sheet_form(products, day=_today())
    return render_template(
        "retailer/sales/sheet.html",
        store=store,
        stores=my_stores(),
        products=[row for row in products if f"laku_{row.sheet_id}" in form],
        form=form,
        recalls=list_recalls(store_id=store.id),
        lapsed=list_lapsed(store_id=store.id, day=_today()),
    )


@bp.post("/lembar")
@store_only
def write_sheet() -> ResponseReturnValue:
    store = chosen_store()
    products = _products(store)
    form = sheet_form(products, day=_today(), sent=True)
    if not form.validate():
        return _sheet_page(store, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Lembar penjualan tersimpan."), tell=False) as outcome:
        sell_sheet(
            store_id=store.id,
            pieces=form.pieces([row.sheet_id for row in products]),
            day=form.day.data or _today(),
            key=form.key.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal is None:
        return redirect(url_for(".index", toko=store.slug), HTTPStatus.SEE_OTHER)
    if isinstance(outcome.refusal, SheetRefused):
        form.blame_lines(outcome.refusal)
    else:
        form.blame(outcome.refusal)
    return _sheet_page(store, form), HTTPStatus.CONFLICT


@bp.get("/pindai")
@store_only
def scan() -> ResponseReturnValue:
    form = ScanForm(formdata=None, quantity=1)
    form.fresh_key()
    return _scan_page(chosen_store(), form)


def _scan_page(store: StoreRow, form: ScanForm) -> str:
    products = _products(store)
    return render_template(
        "retailer/sales/scan.html",
        store=store,
        stores=my_stores(),
        form=form,
        rows=queries.list_sales(store_id=store.id, sources=(SaleSource.SCAN,)).rows[:8],
        products=products,
        codes=list_scan_codes(
            retailer_id=store.retailer_id, sheet_ids={row.sheet_id for row in products}
        ),
        reason=ReasonForm(formdata=None),
        recalls=list_recalls(store_id=store.id),
        lapsed=list_lapsed(store_id=store.id, day=_today()),
    )


@bp.post("/pindai")
@store_only
def ring() -> ResponseReturnValue:
    store, form = chosen_store(), ScanForm()
    if not form.validate():
        return _scan_page(store, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(tell=False) as outcome:
        code = read_code(form.code.data or "")
        sheet_id = queries.list_codes(store_id=store.id).get(code)
        if sheet_id is None:
            raise UnknownCode(code=code)
        key = f"scan:{form.key.data}"
        sale = Sale(store.id, sheet_id, form.quantity.data, _today(), key)
        sell(sale, actor_id=my_id(), now=clock.now())
    if outcome.refusal:
        wrong = "code" if isinstance(outcome.refusal, ABOUT_GOODS) else "quantity"
        form.blame(outcome.refusal, wrong)
        return _scan_page(store, form), HTTPStatus.CONFLICT
    flash(_("%(n)s terjual tercatat.", n=form.quantity.data), "good")
    return redirect(url_for(".scan", toko=store.slug), HTTPStatus.SEE_OTHER)


@bp.get("/rekap/<slug>/<day>")
@store_only
def recap(slug: str, day: str) -> ResponseReturnValue:
    store = get_store(my_reach(), slug=slug)
    try:
        found = date.fromisoformat(day)
    except ValueError:
        found = _today()
    rows = queries.list_day(store_id=store.id, day=found)
    return render_template(
        "retailer/sales/recap.html",
        store=store,
        day=found,
        is_running=found >= _today(),
        rows=rows,
        sums=[total(getattr(row, name) for row in rows) for name in ("gross", "margin", "payable")],
        number=f"RK-{found.isoformat()}-{slug}",
        record=record_of(f"RK-{found.isoformat()}-{slug}"),
    )
