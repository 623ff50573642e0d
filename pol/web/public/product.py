"""One product, ready to be put into the cart."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.catalogue.queries.product import get_product, list_related
from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.stalls.queries.public import get_market_of
from pol.web.access import open_to_all
from pol.web.cache import public_page
from pol.web.public.words import CONDITIONS, PERMITS, first_words, opening_words

bp = Blueprint("public_product", __name__)


@bp.get("/produk/<slug>")
@open_to_all
@public_page(seconds=20)
def show(slug: str) -> ResponseReturnValue:
    now = clock.now()
    product = get_product(slug, today=business_day(now))
    market = get_market_of(product.market_id)
    return render_template(
        "public/product.html",
        product=product,
        market=market,
        opening=opening_words(market.hours, product.hours, now=now),
        condition=CONDITIONS[product.condition],
        permits=product.permits,
        permit_names=PERMITS,
        first_words=first_words(product.stall_name, product.name),
        related=list_related(product, now=now),
    )
