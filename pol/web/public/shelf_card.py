"""From the code on a shelf card: its two sides to the place's record, shoppers to the product."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from pol.partnership.applications.queries.shopfront import get_shopfront
from pol.partnership.settlement.queries.papers import get_paper
from pol.web.access import open_to_all
from pol.web.records import own_page
from pol.web.viewer import find_viewer

bp = Blueprint("public_shelf_card", __name__, url_prefix="/catatan")


@bp.get("/PN<code>")
@open_to_all
def show(code: str) -> ResponseReturnValue:
    number, viewer = f"PN{code}", find_viewer()
    page = own_page(get_paper(number), viewer) if viewer else None
    return redirect(page or _for_shoppers(number))


def _for_shoppers(number: str) -> str:
    shopfront = get_shopfront(placement=number)
    if shopfront.product_slug:
        return url_for("public_product.show", slug=shopfront.product_slug)
    return url_for("public_stall.show", slug=shopfront.stall_slug)
