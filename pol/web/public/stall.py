"""One stall: where it is, when it is open, what it sells."""

from dataclasses import replace

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.catalogue.queries.lists import count_products, list_products
from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.stalls.queries.public import get_market_of, get_stall, list_permits
from pol.web.access import open_to_all
from pol.web.cache import public_page
from pol.web.public.asking import count_words, read_question
from pol.web.public.tiles import place_words
from pol.web.public.words import PERMITS, first_words, opening_words, schedule_words

bp = Blueprint("public_stall", __name__)


@bp.get("/lapak/<slug>")
@open_to_all
@public_page(seconds=20)
def show(slug: str) -> ResponseReturnValue:
    stall, asked, now = get_stall(slug), read_question(), clock.now()
    market = get_market_of(stall.row.market_id)
    wanted = replace(asked.wanted, stall_id=stall.row.stall_id)
    page = list_products(wanted, now=now, sort=asked.sort, cursor=asked.cursor)
    return render_template(
        "public/stall.html",
        stall=stall,
        market=market,
        place=place_words(stall.row),
        opening=opening_words(market.hours, stall.row.hours, now=now),
        schedule=schedule_words(market.hours, stall.row.hours),
        permits=list_permits(stall_id=stall.row.stall_id, today=business_day(now)),
        permit_names=PERMITS,
        first_words=first_words(stall.row.name),
        asked=asked,
        page=page,
        count=count_words(count_products(wanted, page, now=now)),
    )
