"""The trader's list of products, with price and stock that change in place."""

from enum import StrEnum
from http import HTTPStatus
from typing import TypeVar

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.catalogue.queries import own
from pol.catalogue.rules import ProductStatus, Unit
from pol.catalogue.rules.product import WEIGHED, OwnSort
from pol.catalogue.services import offer
from pol.kernel import clock
from pol.kernel.money import Rupiah
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.forms.product import OfferForm
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

bp = Blueprint("trader_products", __name__, url_prefix="/pedagang/produk")
STATUSES = {
    ProductStatus.PUBLISHED: (_l("Tayang"), "good"),
    ProductStatus.SUBMITTED: (_l("Menunggu petugas"), "warn"),
    ProductStatus.DRAFT: (_l("Konsep"), "neutral"),
    ProductStatus.HIDDEN: (_l("Disembunyikan"), "bad"),
}
SORTS = {
    OwnSort.NAME: _l("Nama"),
    OwnSort.NEWEST: _l("Terbaru"),
    OwnSort.LEAST_STOCK: _l("Stok paling sedikit"),
}
Kind = TypeVar("Kind", bound=StrEnum)


@bp.get("")
@trader_only
def index() -> ResponseReturnValue:
    return _page()


@bp.post("/<slug>/cepat")
@trader_only
def quick(slug: str) -> ResponseReturnValue:
    form = OfferForm()
    own.get_own_row(slug=slug, stall_id=my_seat().stall_id)
    if not form.validate():
        return _page(slug, form)
    with change(done=_("Harga dan stok tersimpan."), tell=False) as outcome:
        offer.set_offer(
            product=own.lock_own(slug=slug, stall_id=my_seat().stall_id),
            price=form.price.data,
            price_seen=form.price_seen.data,
            stock_milli=form.stock.data,
            stock_seen=form.stock_seen.data,
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame_rule(outcome.refusal)
        return _page(slug, form)
    query = request.query_string.decode()
    return redirect(f"{url_for('.index')}?{query}#p-{slug}", HTTPStatus.SEE_OTHER)


def _page(slug: str | None = None, wrong: OfferForm | None = None) -> ResponseReturnValue:
    stall_id, words = my_seat().stall_id, request.args.get("q", "")[:80]
    status = _one_of(ProductStatus, request.args.get("status"))
    sort = _one_of(OwnSort, request.args.get("urut")) or OwnSort.NAME
    rows = own.list_own(stall_id=stall_id, status=status, words=words, sort=sort)
    counts = own.count_own(stall_id=stall_id)
    page = render_template(
        "trader/products/index.html",
        rows=rows,
        is_cut=len(rows) == own.MOST_SHOWN,
        wrong_slug=slug,
        wrong=wrong,
        words=words,
        status=status,
        sort=sort,
        sorts=SORTS,
        statuses=STATUSES,
        total=sum(counts.values()),
        tabs=_tabs(counts),
        here=url_for(".index", status=status.value if status else None),
        query=request.query_string.decode(),
        price_step=price_step,
        stock_step=stock_step,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


def _tabs(counts: dict[ProductStatus, int]) -> list[tuple[str, str, int]]:
    first = (url_for(".index"), _("Semua"), sum(counts.values()))
    others = [
        (url_for(".index", status=status.value), str(label), counts[status])
        for status, (label, _tone) in STATUSES.items()
        if status in counts
    ]
    return [first, *others]


def _one_of(kind: type[Kind], text: str | None) -> Kind | None:
    return kind(text) if text in {member.value for member in kind} else None


def price_step(price: Rupiah) -> str:
    """Return by how much one touch changes a price: a round number, at most a twentieth."""
    steps = (100, 250, 500, 1_000, 5_000)
    return str(next((step for step in reversed(steps) if step * 20 <= price.amount), 100))


def stock_step(unit: Unit) -> str:
    """Return by how much one touch changes a stock."""
    return "0.5" if unit in WEIGHED else "1"
