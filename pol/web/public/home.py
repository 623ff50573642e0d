"""The front door: what is fresh and open now, where, and what there is."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.catalogue.queries.categories import top_categories
from pol.catalogue.queries.lists import list_products
from pol.catalogue.rules import Condition
from pol.catalogue.rules.finding import Filter
from pol.identity.queries import people
from pol.kernel import clock
from pol.regions.queries import VillageRow, find_village
from pol.stalls.queries.public import list_stalls_near, markets, open_market_ids
from pol.web.access import open_to_all
from pol.web.cache import public_page
from pol.web.public.asking import typed_words
from pol.web.public.tiles import market_tile, stall_tile
from pol.web.viewer import find_viewer

bp = Blueprint("public_home", __name__)
FRESH, MARKETS = 8, 8


@bp.get("/")
@open_to_all
@public_page(seconds=20)
def show() -> ResponseReturnValue:
    now = clock.now()
    places = markets()
    open_ids = open_market_ids(now)
    village = _my_village()
    near = (
        list_stalls_near(village_code=village.code, kecamatan_code=village.kecamatan_code)
        if village
        else []
    )
    by_openness = sorted(places.values(), key=lambda row: row.market_id not in open_ids)
    fresh = Filter(condition=Condition.FRESH, open_now=True)
    return render_template(
        "public/home.html",
        now=now,
        open_count=len(open_ids),
        fresh=list_products(fresh, now=now, size=FRESH).rows,
        categories=top_categories(),
        markets=[market_tile(row, now) for row in by_openness[:MARKETS]],
        village=village,
        stalls=[stall_tile(row, places[row.market_id], now) for row in near],
    )


def _my_village() -> VillageRow | None:
    """Return the village in the address, or else that of the account."""
    asked = typed_words("desa")
    viewer = None if asked else find_viewer()
    person = people.find_user(viewer.user_id) if viewer and viewer.user_id else None
    code = person.village_code if person else asked
    return find_village(code) if code else None
