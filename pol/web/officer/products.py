"""Products that wait for the officer of their market, and what becomes of them."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.catalogue.queries import own
from pol.catalogue.rules import ProductStatus
from pol.catalogue.services import products
from pol.kernel import clock
from pol.stalls.queries.own import find_seat, list_permits
from pol.web.access import me, my_id, officer_only
from pol.web.change import change
from pol.web.forms.product import ReasonForm
from pol.web.language import gettext as _
from pol.web.public.words import CONDITIONS, PERMITS
from pol.web.trader.products import STATUSES

bp = Blueprint("officer_products", __name__, url_prefix="/petugas/produk")
SHOWN = (ProductStatus.SUBMITTED, ProductStatus.PUBLISHED, ProductStatus.HIDDEN)


@bp.get("")
@officer_only
def index() -> ResponseReturnValue:
    asked, words = request.args.get("status"), request.args.get("q", "")[:80]
    status = ProductStatus(asked) if asked in set(SHOWN) else ProductStatus.SUBMITTED
    counts = own.count_of_markets(market_ids=me().market_ids)
    rows = own.list_of_markets(market_ids=me().market_ids, status=status, words=words)
    return render_template(
        "officer/products/index.html",
        rows=rows,
        is_cut=len(rows) == own.MOST_SHOWN,
        status=status,
        words=words,
        statuses=STATUSES,
        here=url_for(".index", status=status.value),
        tabs=[
            (url_for(".index", status=one.value), str(STATUSES[one][0]), counts.get(one, 0))
            for one in SHOWN
        ],
    )


@bp.get("/<slug>")
@officer_only
def show(slug: str) -> ResponseReturnValue:
    return _page(slug, ReasonForm(formdata=None))


@bp.post("/<slug>/tayangkan")
@officer_only
def publish(slug: str) -> ResponseReturnValue:
    with change(done=_("Produk tayang. Pedagang diberi tahu.")):
        products.publish_product(
            product=own.lock_of_markets(slug=slug, market_ids=me().market_ids),
            officer_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@bp.post("/<slug>/sembunyikan")
@officer_only
def hide(slug: str) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate():
        return _page(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Produk disembunyikan. Pedagang diberi tahu alasannya.")):
        products.hide_product(
            product=own.lock_of_markets(slug=slug, market_ids=me().market_ids),
            officer_id=my_id(),
            reason=form.reason.data or "",
            now=clock.now(),
        )
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


def _page(slug: str, form: ReasonForm) -> str:
    product = own.get_of_markets(slug=slug, market_ids=me().market_ids)
    return render_template(
        "officer/products/show.html",
        product=product,
        status=STATUSES[product.status],
        form=form,
        condition=CONDITIONS[product.condition],
        permits=list_permits(stall_id=product.stall_id, product_id=product.product_id),
        permit_names=PERMITS,
        is_own=find_seat(stall_id=product.stall_id, user_id=my_id()) is not None,
    )
