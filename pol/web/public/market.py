"""The markets, and what is sold in one of them."""

from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from pol.catalogue.queries.lists import count_products, list_products
from pol.kernel import clock
from pol.stalls.queries.public import get_market, list_stalls, markets, open_market_ids
from pol.web.access import open_to_all
from pol.web.cache import public_page
from pol.web.public.asking import count_words, read_question
from pol.web.public.choices import choices
from pol.web.public.tiles import market_tile, stall_tile
from pol.web.public.words import opening_words, schedule_words

bp = Blueprint("public_market", __name__, url_prefix="/pasar")


@bp.get("")
@open_to_all
@public_page(seconds=20)
def index() -> ResponseReturnValue:
    now = clock.now()
    open_ids = open_market_ids(now)
    rows = sorted(markets().values(), key=lambda row: row.market_id not in open_ids)
    return render_template(
        "public/markets.html",
        markets=[market_tile(row, now) for row in rows],
        open_count=len(open_ids),
    )


@bp.get("/<slug>")
@open_to_all
@public_page(seconds=20)
def show(slug: str) -> ResponseReturnValue:
    market = get_market(slug)
    asked, now = read_question(), clock.now()
    wanted = replace(asked.wanted, market_id=market.market_id)
    page = list_products(wanted, now=now, sort=asked.sort, cursor=asked.cursor)
    return render_template(
        "public/market.html",
        market=market,
        opening=opening_words(market.hours, now=now),
        schedule=schedule_words(market.hours),
        choices=choices("kategori"),
        asked=asked,
        page=page,
        count=count_words(count_products(wanted, page, now=now)),
    )


@bp.get("/<slug>/lapak")
@open_to_all
@public_page(seconds=20)
def stalls(slug: str) -> ResponseReturnValue:
    market, now = get_market(slug), clock.now()
    page = list_stalls(market_id=market.market_id, cursor=request.args.get("mulai"))
    return render_template(
        "public/market_stalls.html",
        market=market,
        opening=opening_words(market.hours, now=now),
        schedule=schedule_words(market.hours),
        stalls=[stall_tile(row, market, now) for row in page.rows],
        next_cursor=page.next_cursor,
        is_first="mulai" not in request.args,
    )
