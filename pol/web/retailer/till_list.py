"""The list of goods that a store loads into its till, as a table and as a workbook."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.consignment.queries.stores import StoreRow, get_store
from pol.partnership.consignment.queries.till_list import list_for_till
from pol.web.access import store_only
from pol.web.csv_files import csv_answer
from pol.web.language import gettext as _
from pol.web.retailer.reach import my_reach
from pol.web.xlsx_files import Sheet, xlsx_answer

bp = Blueprint("retailer_till_list", __name__, url_prefix="/peritel/toko/<slug>")


@bp.get("/daftar-kasir.csv")
@store_only
def listed(slug: str) -> Response:
    store = get_store(my_reach(), slug=slug)
    return csv_answer(_name(store), _header(), _rows(store))


@bp.get("/daftar-kasir.xlsx")
@store_only
def workbook(slug: str) -> Response:
    store = get_store(my_reach(), slug=slug)
    return xlsx_answer(_name(store), [Sheet(_("Barang"), _header(), _rows(store))])


def _name(store: StoreRow) -> str:
    return f"daftar-kasir-{store.slug}-{business_day(clock.now())}"


def _header() -> Sequence[str]:
    return _("Kode"), _("Produk"), _("Produsen"), _("Harga"), _("Toko")


def _rows(store: StoreRow) -> Iterator[Sequence[object]]:
    for row in list_for_till(store_id=store.id, day=business_day(clock.now())):
        yield row.code, row.name, row.stall_name, row.price, store.name
