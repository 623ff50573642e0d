"""Search over everything that is for sale."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.catalogue.queries.search import search_products
from pol.catalogue.rules.finding import Sort
from pol.kernel import clock
from pol.web.access import open_to_all
from pol.web.cache import public_page
from pol.web.public.asking import count_words, read_question
from pol.web.public.choices import choices

bp = Blueprint("public_search", __name__)


@bp.get("/cari")
@open_to_all
@public_page(seconds=20)
def show() -> ResponseReturnValue:
    asked = read_question(default=Sort.RELEVANCE)
    words = asked.typed.get("q", "")
    found = search_products(
        words, asked.wanted, now=clock.now(), sort=asked.sort, cursor=asked.cursor
    )
    return render_template(
        "public/search.html",
        choices=choices("kategori", "pasar", "kecamatan", by_relevance=bool(words)),
        asked=asked,
        q=words,
        meant=found.meant,
        page=found.page,
        count=count_words(found.count),
    )
